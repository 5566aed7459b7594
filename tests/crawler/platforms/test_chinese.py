"""What the Chinese platforms share, and what their recorded pages do not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.platforms import chinese, chinese_pages, find_platform, read_page
from crawler.platforms.strict_json import Json
from domain.common import PageChanged, digest
from domain.money import Money
from domain.pages import Page, PageKind

URL = "https://item.taobao.com/item.htm?id=1"


def page_of(body: str, url: str = URL, *, status: int = 200) -> Page:
    data = body.encode()
    return Page(
        requested_url=url,
        url=url,
        status=status,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        body=data,
        sha256=digest(data),
    )


def yuan(amount_minor: int) -> Money:
    return Money(amount_minor=amount_minor, currency="CNY")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("59.9", 5990),
        ("￥1,299.00", 129900),
        ("1998-4390", 199800),  # a range counts by its lowest
        ("1.2万", 1200000),
        ("199元起", 19900),
        ("1??", None),  # digits hidden from those without a login
        ("￥5*", None),
        ("-1.00", None),  # off sale
        ("0.00", None),
        ("价格面议", None),
        ("暂无报价", None),
    ],
)
def test_reads_yuan(text: str, minor: int | None) -> None:
    found = chinese.read_yuan(Json({"price": text}, "", URL), "price")
    assert found == (None if minor is None else yuan(minor))


def test_a_price_that_is_none_names_its_field() -> None:
    with pytest.raises(PageChanged, match=r"data\.price: expected a price"):
        chinese.read_yuan(Json({"price": "立即抢购"}, "data", URL), "price")


@pytest.mark.parametrize(
    ("paid", "against", "expected"),
    [
        ([16800, 12850], [], (12850, 16800)),  # a coupon price beside the ordinary one
        ([5900], [19900], (5900, 19900)),
        ([5900], [4900], (5900, None)),  # nothing is held against a lower price
        ([5900, 5900], [], (5900, None)),
        ([None], [9900], (None, None)),  # a struck price alone is not what is paid
    ],
)
def test_tells_the_price_paid_from_the_one_held_against_it(
    paid: list[int | None], against: list[int], expected: tuple[int | None, int | None]
) -> None:
    found = chinese.paid_and_listed(
        [yuan(minor) if minor else None for minor in paid], [yuan(minor) for minor in against]
    )
    assert tuple(price.amount_minor if price else None for price in found) == expected


@pytest.mark.parametrize(
    ("text", "sold"),
    [
        ("1881人付款", 1881),
        ("1.2万+人付款", 12000),
        ("月销 1万+", 10000),
        ("已拼10万+件", 100000),
        ("已拼: 300件", 300),
        ("近30天已售200+", 200),  # the period is no count
        ("24小时内已拼50件", 50),
        ("4552", 4552),
        ("0", 0),
        ("500+人看过", None),  # views
        ("1.5万人收藏", None),
        ("2000+回头客", None),
        ("本月行业热卖", None),
        ("20万+条评价", None),
        ("9" * 150, None),  # more than all goods there are
        ("1" * 100_000 + "天", None),
    ],
)
def test_reads_claims_of_sales(text: str, sold: int | None) -> None:
    assert chinese.sold_of(None, text) == sold


def test_the_first_telling_claim_counts() -> None:
    assert chinese.sold_of("500+人看过", None, "已售 30", "已售 40") == 30


@pytest.mark.parametrize(
    ("shown", "original"),
    [
        ("//img.alicdn.com/i1/a.jpg_400x400.jpg_.webp", "https://img.alicdn.com/i1/a.jpg"),
        ("//img.alicdn.com/i1/a.png_q50.jpg", "https://img.alicdn.com/i1/a.png"),
        ("//img.alicdn.com/i1/a_!!0-item_pic.jpg", "https://img.alicdn.com/i1/a_!!0-item_pic.jpg"),
        ("//cbu01.alicdn.com/img/a-cib.220x220.jpg", "https://cbu01.alicdn.com/img/a-cib.jpg"),
        ("//cbu01.alicdn.com/img/a-cib.summ.jpg", "https://cbu01.alicdn.com/img/a-cib.jpg"),
        (
            "//img14.360buyimg.com/n5/s54x54_jfs/t1/a.jpg.avif",
            "https://img14.360buyimg.com/n0/jfs/t1/a.jpg",
        ),
        (
            "//img14.360buyimg.com/n7/jfs/t1/a.jpg!cc_4x3.webp",
            "https://img14.360buyimg.com/n0/jfs/t1/a.jpg",
        ),
        (
            "https://img.pddpic.com/g/a.jpeg.a.jpeg?imageView2/2/w/1300/q/80",
            "https://img.pddpic.com/g/a.jpeg.a.jpeg",
        ),
        ("https://other.example/a.jpg_400x400.jpg", "https://other.example/a.jpg_400x400.jpg"),
        ("//assets.alicdn.com/build/imglazyload/spaceball.gif", None),  # not loaded yet
        ("松茸_files/a.jpg", None),  # beside a saved page, on no server
        ("javascript:alert(1)", None),
    ],
)
def test_takes_pictures_in_their_own_sizes(shown: str, original: str | None) -> None:
    found = chinese.read_pictures(page_of(""), [shown])
    assert [picture.url for picture in found] == ([original] if original else [])


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (["SUCCESS::调用成功"], None),
        (["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::哎哟喂,被挤爆啦"], PageKind.BLOCKED),
        (["FAIL_SYS_SESSION_EXPIRED::Session过期"], PageKind.LOGIN),
        (["FAIL_SYS_TOKEN_EMPTY::令牌为空"], PageKind.ERROR),  # the first call of a browser
        (["FAIL_BIZ_ITEM_NOT_FOUND::宝贝不存在"], PageKind.ERROR),
    ],
)
def test_tells_why_mtop_holds_no_data(codes: list[str], kind: PageKind | None) -> None:
    assert chinese_pages.tell_mtop(Json({"ret": codes}, "", URL)) is kind


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://item.taobao.com/item.htm?id=1", "taobao"),
        ("https://shop123.taobao.com/", "taobao"),
        ("https://xuelingsong.tmall.com/", "taobao"),
        ("https://h5api.m.tmall.com/h5/x/1.0/", "taobao"),
        ("https://qipei88.1688.com/", "1688"),
        ("https://api.m.jd.com/api", "jd"),
        ("https://mobile.yangkeduo.com/goods.html", "pinduoduo"),
        ("https://nottaobao.com/", None),  # ends in the name, lies elsewhere
        ("https://taobao.com.example/", None),
    ],
)
def test_knows_shops_and_apis_by_their_hosts(url: str, name: str | None) -> None:
    platform = find_platform(url)
    assert (platform.name if platform else None) == name


FLAT = """<!DOCTYPE html> <html lang="zh"><head><title>雪岭松松茸-淘宝网</title></head>
<body><h1>雪岭松松茸 250g</h1><div class="price">¥128.00</div>
<button>立即购买</button><button>加入购物车</button></body></html>"""
SCRIPTED = FLAT.replace("</body>", "<script>var a={};</script></body>")
SAVED_AS = SCRIPTED.replace("<html", "<!-- saved from url=(0039)https://item.taobao.com/ --><html")
FLAT_URL = "https://item.taobao.com/item.htm?id=77001&spm=a1"


@pytest.mark.parametrize("body", [FLAT, SAVED_AS], ids=["without scripts", "saved as"])
def test_reads_a_saved_listing_by_what_it_shows(body: str) -> None:
    found = read_page(page_of(body, FLAT_URL))
    assert (found.kind, found.platform) == (PageKind.LISTING, "taobao")
    assert (found.listing_key, found.url) == ("77001", "https://item.taobao.com/item.htm?id=77001")
    assert found.offer is not None
    assert found.offer.price == yuan(12800)


def test_the_same_page_from_the_wire_has_changed() -> None:
    page = page_of(SCRIPTED.replace("立即购买", "立即购买" * 100), FLAT_URL)
    with pytest.raises(PageChanged, match="loaderData"):
        read_page(page)


SHELL = "<html><body><div id='ice-container'></div><script src='/a.js'></script></body></html>"


def test_a_page_that_scripts_have_yet_to_fill_says_nothing() -> None:
    assert read_page(page_of(SHELL)).kind is PageKind.OTHER


def test_a_page_full_of_state_under_another_name_has_changed() -> None:
    state = "<script>window.newData={" + '"a":"b",' * 5_000 + "}</script>"
    with pytest.raises(PageChanged, match="loaderData"):
        read_page(page_of(SHELL.replace("<script", f"{state}<script")))


def test_reads_a_listing_that_a_browser_drew_by_what_it_shows() -> None:
    found = read_page(replace(page_of(SHELL), rendered=FLAT.encode()))
    assert (found.kind, found.listing_key) == (PageKind.LISTING, "1")


def test_reads_the_state_that_scripts_drew() -> None:
    drawn = b'<script>window.rawData={"store":{"mallInfo":{"mallName":"x"}}};</script>'
    url = "https://mobile.yangkeduo.com/mall_page.html?mall_id=5"
    page = replace(page_of("<html><body></body></html>", url), rendered=drawn)
    found = read_page(page)
    assert found.seller is not None
    assert (found.seller.seller_key, found.seller.name) == ("5", "x")


@pytest.mark.parametrize(
    ("status", "kind"), [(404, PageKind.ERROR), (403, PageKind.BLOCKED), (401, PageKind.LOGIN)]
)
def test_a_refused_page_is_no_changed_page(status: int, kind: PageKind) -> None:
    page = page_of("<html><body>x</body></html>", status=status)
    assert read_page(page).kind is kind


def test_a_shop_is_not_joined_to_others_by_the_platforms_foot() -> None:
    page = page_of(
        "<html><body><div class='shop'>客服电话：0594-8800123</div>"
        "<div class='site-nav'>热线：95187</div>"
        "<div class='copyright'><p>客服电话：400-606-5500</p></div>"
        "<div id='footer'><p>浙ICP备12345678号 电话：0571-85022088</p></div></body></html>"
    )
    found = chinese_pages.read_seller_page(page, "taobao", key="9")
    assert found.seller is not None
    assert found.seller.phones == ("0594-8800123",)
    assert found.seller.icp is None
