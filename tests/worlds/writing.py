"""Generated shops written as what the product reads: sightings, records, truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from domain.common import Sha256
from domain.listings import Sighting
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller
from domain.tracing import Party, Record, RecordKind
from tests.worlds.operators import Operator
from tests.worlds.people import mobile, place
from tests.worlds.shops import Shop, write_place

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
_HAN_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_CAPITAL_DIGITS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def write_sighting(chance: Random, shop: Shop) -> Sighting:
    """Write the page of one listing of a shop."""
    hidden = [_disguise(chance, s.kind, s.value) for s in shop.shown if s.evaded]
    return Sighting(
        platform=shop.ref.platform,
        listing_key=f"L{shop.ref.seller_key}",
        url=f"https://{shop.ref.platform}/l/{shop.ref.seller_key}",
        requested_url=f"https://{shop.ref.platform}/l/{shop.ref.seller_key}",
        kind=PageKind.LISTING,
        fetched_at=MOMENT,
        title="新款 厂家直供 包邮",
        description="\n".join((shop.description, *hidden)),
        pictures=tuple(
            Picture(url=f"https://{shop.ref.platform}/p/{digest[:12]}.jpg", sha256=Sha256(digest))
            for digest in shop.pictures
        ),
        seller=Seller(
            platform=shop.ref.platform,
            seller_key=shop.ref.seller_key,
            name=shop.name,
            company=next(iter(shop.values("company")), None),
            uscc=next(iter(shop.values("uscc")), None),
            address=next(iter(shop.values("address")), None),
            return_address=next(iter(shop.values("return_address")), None),
            about="\n".join(f"退货地址：{text}" for text in shop.values("return_address")[1:])
            or None,
            phones=shop.values("phone"),
            emails=shop.values("email"),
            wechat=shop.values("wechat"),
            qq=shop.values("qq"),
        ),
    )


def _disguise(chance: Random, kind: str, value: str) -> str:
    """Write a contact so that a platform's filter does not see it."""
    if kind == "wechat":
        return chance.choice(("微❤信：", "加V：", "薇信 ", "vx: ", "＋微：")) + value
    if kind == "qq":
        return chance.choice(("扣扣：", "Q Q：", "企鹅号：")) + value
    form = chance.randrange(5)
    if form == 0:
        text = value.translate(_HAN_DIGITS)
    elif form == 1:
        text = value.translate(_CAPITAL_DIGITS)
    elif form == 2:
        text = value.translate(_WIDE_DIGITS)
    elif form == 3:
        text = " ".join((value[:3], value[3:7], value[7:]))
    else:
        text = "-".join((value[:3], value[3:7], value[7:]))
    return chance.choice(("电话：", "手机 ", "联系", "☎ ")) + text


def write_records(chance: Random, operators: Sequence[Operator], known: float) -> Iterator[Record]:
    """Write what offline sources know of a share `known` of operators."""
    for operator in operators:
        if chance.random() < known:
            yield from _companies(chance, operator)
        if chance.random() < known / 3:
            yield _warehouse(chance, operator)
        if chance.random() < known / 3:
            yield from _parcels(chance, operator)


def _companies(chance: Random, operator: Operator) -> Iterator[Record]:
    for number, company in enumerate(operator.companies):
        yield Record(
            source="gsxt",
            key=f"C{operator.number}-{number}",
            retrieved_at=MOMENT,
            kind=RecordKind.COMPANY,
            name=company.name,
            uscc=company.uscc,
            address=company.place.full,
            phones=(company.phone,),
            emails=(company.email,),
            legal_representative=company.person,
        )


def _warehouse(chance: Random, operator: Operator) -> Record:
    """A warehouse rents to strangers as well."""
    tenants = [Party(name=operator.companies[0].name, phones=(operator.phones[0],))]
    tenants += [Party(name=None, phones=(mobile(chance),)) for _ in range(chance.randint(0, 4))]
    return Record(
        source="lease",
        key=f"W{operator.number}",
        retrieved_at=MOMENT,
        kind=RecordKind.WAREHOUSE,
        name=f"{chance.randint(1, 9)}号仓",
        address=operator.warehouses[0].full,
        tenants=tuple(tenants),
    )


def _parcels(chance: Random, operator: Operator) -> Iterator[Record]:
    for number in range(chance.randint(1, 3)):
        sender = chance.choice(operator.warehouses)
        yield Record(
            source="parcels",
            key=f"P{operator.number}-{number}",
            retrieved_at=MOMENT,
            kind=RecordKind.SHIPMENT,
            waybill=f"SF{chance.randrange(10**13):013}",
            carrier="sf",
            shipped_at=MOMENT - timedelta(days=chance.randint(1, 90)),
            sender=Party(
                name=operator.person,
                phones=(chance.choice(operator.phones),),
                address=write_place(chance, sender),
            ),
            recipient=Party(name="买家", phones=(mobile(chance),), address=place(chance).full),
        )
