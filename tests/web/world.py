"""What is stored for the tests of the desk: three rights, two sellers, six flagged listings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.common import RightId
from domain.listings import Availability, Offer, Sighting
from domain.matches import NameHow
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import Picture
from domain.rights import GeographicalIndication, Mark, PriceBand, RightKind
from domain.sellers import Seller

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
NOW = START + timedelta(days=2, hours=1)
"""When the tests begin."""
SHOP = "shop.example"
HOSTILE = '<script>alert(1)</script> N0RVIK "><img src=x onerror=alert(2)> 头灯'

RIGHTS = (
    (
        Mark(
            right_id=RightId("NORVIK-CN"),
            kind=RightKind.MARK,
            name="NORVIK",
            other_names=("诺维克",),
            number="18273645",
            office="CN",
            nice_classes=(9, 11),
            goods=("头灯", "手电筒"),
            holder="诺维克户外用品有限公司",
            valid_from=date(2018, 3, 7),
            valid_to=date(2028, 3, 6),
            price_band=PriceBand(
                low=Money(amount_minor=26800, currency="CNY"),
                high=Money(amount_minor=39900, currency="CNY"),
                unit="件",
            ),
        ),
        ("NORVIK", "#17324d"),
    ),
    (
        Mark(
            right_id=RightId("YQH-CN"),
            kind=RightKind.WELL_KNOWN_MARK,
            name="云栖虎",
            number="5566778",
            office="CN",
            nice_classes=(30,),
            holder="杭州云栖虎茶业有限公司",
            valid_from=date(2009, 1, 1),
            valid_to=date(2029, 1, 1),
        ),
        ("YUNXIHU", "#2f6b3a"),
    ),
    (
        GeographicalIndication(
            right_id=RightId("QLH-GI"),
            kind=RightKind.GI,
            name="青鲤湖大闸蟹",
            product="大闸蟹",
            area=("320583",),
            standard="DB32/T 1234",
            number="AGI02099",
            office="CN",
            holder="青鲤湖大闸蟹协会",
        ),
        ("QLH", "#8a5a00"),
    ),
)

SELLER_ONE = Seller(
    platform=SHOP,
    seller_key="s-1001",
    name="户外折扣仓",
    url="https://shop.example/seller/s-1001",
    company="义乌市驰野贸易有限公司",
    uscc="91330782MA2E5F7J3X",
    address="浙江省义乌市江东街道青口工业区8号",
    return_address="浙江省义乌市北苑街道丹溪北路19号3号库",
    phones=("+8613812345678",),
    wechat=("chiye_888",),
)
SELLER_TWO = Seller(
    platform="mall.example",
    seller_key="lamp-king",
    name="灯王专营",
    phones=("+8613812345678",),
    wechat=("chiye_888",),
)


def _listing(
    key: str, title: str, price: int, seller: Seller, colour: str | None, **more: object
) -> Sighting:
    pictures: tuple[Picture, ...] = ()
    if colour:
        pictures = (Picture(url=f"https://{seller.platform}/p/{key}.png"),)
    base = Sighting(
        platform=seller.platform,
        listing_key=key,
        url=f"https://{seller.platform}/item/{key}",
        requested_url=f"https://{seller.platform}/item/{key}",
        kind=PageKind.LISTING,
        fetched_at=START,
        title=title,
        offer=Offer(
            price=Money(amount_minor=price, currency="CNY"),
            availability=Availability.IN_STOCK,
            sold=1200,
            ships_from="浙江 义乌",
        ),
        pictures=pictures,
        seller=seller,
    )
    return replace(base, **more)  # type: ignore[arg-type]


_LONG = (
    "正品NORVIK头灯，超亮，工厂直供。\n支持一件代发，微信 chiye_888。\n"
    "材质：铝合金；续航：8小时；防水：IPX6。" * 4
)
LISTINGS = (
    (
        _listing(
            "a-1",
            "N0RVIK 同款 强光头灯 户外夜钓 充电款",
            5990,
            SELLER_ONE,
            "#1b3c5c",
            description=_LONG,
            brand="NORVIK风",
            attributes={"产地": "浙江", "材质": "铝合金"},
            pictures=tuple(Picture(url=f"https://{SHOP}/p/a-1-{n}.png") for n in (1, 2)),
        ),
        RightId("NORVIK-CN"),
        "N0RVIK",
        NameHow.LEET,
        0.96,
    ),
    (
        _listing("a-2", HOSTILE, 4500, SELLER_ONE, "#223"),
        RightId("NORVIK-CN"),
        "N0RVIK",
        NameHow.LEET,
        0.93,
    ),
    (
        _listing("b-7", "云·栖·虎 明前龙井 250g 礼盒", 9900, SELLER_TWO, "#356b40"),
        RightId("YQH-CN"),
        "云·栖·虎",
        NameHow.SEPARATOR,
        0.91,
    ),
    (
        _listing("b-8", "青鲤湖大闸蟹 公4两母3两 8只装", 16800, SELLER_TWO, None),
        RightId("QLH-GI"),
        "青鲤湖大闸蟹",
        NameHow.EXACT,
        0.88,
    ),
    (
        _listing("a-3", "诺唯克头灯 超长续航", 6900, SELLER_ONE, "#345"),
        RightId("NORVIK-CN"),
        "诺唯克",
        NameHow.SOUND,
        0.71,
    ),
    (
        _listing("b-9", "NORVIC headlamp 800lm", 7900, SELLER_TWO, "#456"),
        RightId("NORVIK-CN"),
        "NORVIC",
        NameHow.TYPO,
        0.62,
    ),
)
