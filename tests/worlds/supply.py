"""Where the goods of a generated world come from: who supplies which operator with what.

Drawn beside a world, from a seed of its own, so that the world stays as it is without. What makes
it hard:

- Of half the operators no document tells; suppliers sell one or two kinds of goods to a few or to
  dozens, and buy from makers of their own; one in four is in no register extract.
- Documents name the buyer by code, by name alone, or a person at the buyer's warehouse; the
  supplier now and then by a person and a phone.
- Depots of carriers and stores for others, with telling names and without, send to hundreds.
- Packagers sell cartons to everybody. Own goods move between own places. Strangers at the same
  address, and sellers at home, have goods sent to them too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from domain.sellers import SellerRef
from domain.tracing import Party, Record, RecordKind
from tests.worlds import people
from tests.worlds.making import World
from tests.worlds.operators import Operator
from tests.worlds.shops import write_place
from tests.worlds.writing import MOMENT

GOODS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("4202929000", "背包", ("户外徒步背包 大容量", "双肩背包 防水", "学生背包 韩版")),
    ("3304990039", "面膜", ("补水面膜 10片装", "玻尿酸面膜 正品", "面膜 美白 保湿")),
    ("6404190090", "运动鞋", ("男士运动鞋 透气", "跑步运动鞋 新款", "女款运动鞋")),
    ("2208909021", "白酒", ("纯粮白酒 500ml", "酱香型白酒 礼盒", "白酒整箱")),
    ("8518300000", "耳机", ("蓝牙耳机 降噪", "无线耳机 运动", "耳机 入耳式")),
    ("6109100010", "汗衫", ("纯棉汗衫 夏季", "短袖汗衫 宽松", "男式汗衫")),
    ("9503008900", "玩具", ("儿童玩具 积木", "益智玩具", "玩具车 遥控")),
    ("9102190000", "手表", ("石英手表 男", "女士手表 防水", "手表 学生")),
)
"""Tariff code, name on documents, titles of listings; some listings say nothing of their goods."""
_CARTONS = ("4819100000", "瓦楞纸箱")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A wholesaler, or the maker behind it."""

    number: int
    name: str
    uscc: str
    place: people.Place
    phone: str
    goods: tuple[int, ...]
    """Numbers of `GOODS`."""
    registered: bool
    """A register extract has it."""
    maker: int | None = None
    """The supplier's own supplier."""

    @property
    def party(self) -> Party:
        return Party(name=self.name, uscc=self.uscc, address=self.place.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Suppliers, what documents say of them, and the truth."""

    suppliers: tuple[Supplier, ...]
    records: tuple[Record, ...]
    titles: Mapping[SellerRef, str]
    supplied_by: Mapping[SellerRef, int]
    """The supplier of each shop's goods, where a document names it."""
    of_operator: Mapping[int, frozenset[int]]
    """All that documents name as suppliers of each operator, whatever the goods."""
    supplier_of_key: Mapping[str, int]
    """Code or name of a supplier, key of its register row or of a document ▶ its number."""


def make_supply(world: World, *, told: float = 0.5) -> Supply:
    """Draw who supplies a world's operators; a share `told` of them has documents."""
    chance = Random(f"supply {world.seed}")
    suppliers = _suppliers(chance, 3 + len(world.operators) // 8)
    writer = _Writer(chance)
    bought: dict[tuple[int, int], Supplier] = {}
    kinds: dict[int, tuple[int, ...]] = {}
    for operator in world.operators:
        kinds[operator.number] = tuple(
            chance.sample(range(len(GOODS)), k=1 + (chance.random() < 0.3))
        )
        for kind in kinds[operator.number]:
            sellers = [one for one in suppliers if kind in one.goods and one.maker is not None]
            if sellers and chance.random() < told:
                # A few wholesalers have most customers.
                supplier = sellers[min(int(chance.expovariate(0.7)), len(sellers) - 1)]
                bought[operator.number, kind] = supplier
                for _ in range(chance.randint(1, 4)):
                    writer.deal(supplier, operator, kind)
        writer.noise(operator)
    for supplier in suppliers:
        if supplier.maker is not None:
            writer.between(suppliers[supplier.maker], supplier)
    writer.depots(world.operators, 3 + len(world.operators) // 400)
    titles, supplied_by = {}, {}
    for shop in world.shops:
        kind = chance.choice(kinds[shop.operator])
        silent = chance.random() < 0.25
        titles[shop.ref] = "新款 厂家直供 包邮" if silent else chance.choice(GOODS[kind][2])
        if found := bought.get((shop.operator, kind)):
            supplied_by[shop.ref] = found.number
    registered = tuple(_row(one) for one in suppliers if one.registered)
    keys = {one.uscc: one.number for one in suppliers} | {one.name: one.number for one in suppliers}
    keys |= {f"gsxt/S{one.number}": one.number for one in suppliers} | writer.documents
    return Supply(
        suppliers=suppliers,
        records=(*registered, *writer.records),
        titles=titles,
        supplied_by=supplied_by,
        of_operator={
            operator: frozenset(bought[one].number for one in bought if one[0] == operator)
            for operator in kinds
        },
        supplier_of_key=keys,
    )


def _suppliers(chance: Random, count: int) -> tuple[Supplier, ...]:
    """Draw makers, one to three wholesalers, and then the wholesalers who buy from them."""
    makers = max(2, count // 4)
    found: list[Supplier] = []
    for number in range(count + makers):
        where = people.place(chance)
        is_maker = number < makers
        city = where.city.removesuffix("市")
        end = chance.choice(
            ("厂", "制造有限公司") if is_maker else ("商贸有限公司", "商行", "经营部")
        )
        kinds = chance.sample(range(len(GOODS)), k=1 + (chance.random() < 0.4))
        maker = None if is_maker else chance.randrange(makers)
        if maker is not None:
            kinds = [found[maker].goods[0], *kinds[:1]][: 1 + (chance.random() < 0.4)]
        found.append(
            Supplier(
                number=number,
                name=f"{city}{people.brand(chance)}{end}",
                uscc=people.credit_code(chance, individual=end in ("商行", "经营部")),
                place=where,
                phone=people.mobile(chance),
                goods=tuple(dict.fromkeys(kinds)),
                registered=chance.random() < 0.75,
                maker=maker,
            )
        )
    return tuple(found)


def _row(one: Supplier) -> Record:
    return Record(
        source="gsxt",
        key=f"S{one.number}",
        retrieved_at=MOMENT,
        kind=RecordKind.COMPANY,
        name=one.name,
        uscc=one.uscc,
        address=one.place.full,
        phones=(one.phone,),
    )


class _Writer:
    """Writes documents of goods under way."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.records: list[Record] = []
        self.documents: dict[str, int] = {}
        """Keys of documents ▶ the supplier they name, for senders without code or firm."""

    def deal(self, supplier: Supplier, operator: Operator, kind: int) -> None:
        """Write a document of goods that an operator bought."""
        code, name, _ = GOODS[kind]
        sender = supplier.party
        drawn = self._chance.random()
        if drawn < 0.15:
            document = RecordKind.CUSTOMS
        elif drawn < 0.45:
            document = RecordKind.DELIVERY
        elif drawn < 0.6:
            document = RecordKind.EVENT
        else:
            document = RecordKind.SHIPMENT
            sender = Party(name=supplier.name, phones=(supplier.phone,))
            if self._chance.random() < 0.2:
                person = people.person(self._chance)
                sender = Party(name=person, phones=(supplier.phone,))
        goods = {"goods": name} if self._chance.random() < 0.7 else {}
        if document is RecordKind.CUSTOMS:
            goods["hs_code"] = code
        recipient = self._buyer(operator, by_trade=document is not RecordKind.SHIPMENT)
        key = self.add(document, sender, recipient, goods)
        self.documents[f"docs/{key}"] = supplier.number

    def _buyer(self, operator: Operator, *, by_trade: bool) -> Party:
        company = self._chance.choice(operator.companies)
        drawn = self._chance.random()
        if by_trade or drawn < 0.4:
            return Party(name=company.name, uscc=company.uscc if drawn < 0.7 else None)
        where = write_place(self._chance, operator.warehouses[0])
        if drawn < 0.6:
            return Party(name=company.name, phones=(operator.phones[0],))
        # A person at the warehouse; only some say that it is one.
        place = where + self._chance.choice(("仓库", "2号仓", ""))
        return Party(name=operator.person, phones=(operator.phones[0],), address=place)

    def between(self, maker: Supplier, supplier: Supplier) -> None:
        """Write what a wholesaler bought from its maker."""
        goods = {"goods": GOODS[maker.goods[0]][1]}
        key = self.add(RecordKind.DELIVERY, maker.party, supplier.party, goods)
        self.documents[f"docs/{key}"] = maker.number

    def noise(self, operator: Operator) -> None:
        """Write what reaches an operator and is no supply of what it sells."""
        company = operator.companies[0]
        buyer = Party(name=company.name, uscc=company.uscc)
        if self._chance.random() < 0.1:
            packager = Party(name=f"第{self._chance.randrange(5)}包装制品厂")
            goods = {"goods": _CARTONS[1], "hs_code": _CARTONS[0]}
            self.add(RecordKind.DELIVERY, packager, buyer, goods)
        if self._chance.random() < 0.1:
            own = Party(name=company.name, phones=(operator.phones[0],))
            place = write_place(self._chance, operator.warehouses[-1])
            self.add(RecordKind.SHIPMENT, own, Party(name=company.name, address=place), {})
        if self._chance.random() < 0.1:
            shop = Party(name=people.brand(self._chance) + "旗舰店", phones=("4008110000",))
            private = Party(name=operator.person, phones=(operator.phones[0],))
            self.add(RecordKind.SHIPMENT, shop, private, {})
        if self._chance.random() < 0.1:
            stranger = Party(
                name=f"{people.brand(self._chance)}商行",
                uscc=people.credit_code(self._chance, individual=True),
                address=company.place.full,
            )
            sender = Party(name=f"{people.brand(self._chance)}贸易有限公司")
            self.add(RecordKind.DELIVERY, sender, stranger, {})

    def depots(self, operators: Sequence[Operator], count: int) -> None:
        """Write parcels of carriers and of stores that send for others."""
        for number in range(count):
            name = self._chance.choice(
                ("通达快递{}网点", "跨境保税仓储{}中心", "{}号商务服务中心", "汇众{}贸易商行")
            ).format(number + 1)
            sender = Party(name=name, phones=(people.mobile(self._chance),))
            most = min(len(operators), self._chance.randint(120, 400))
            for operator in self._chance.sample(operators, k=most):
                company = self._chance.choice(operator.companies)
                goods = GOODS[self._chance.randrange(len(GOODS))][1]
                written = {"goods": goods} if self._chance.random() < 0.5 else {}
                self.add(RecordKind.SHIPMENT, sender, Party(name=company.name), written)

    def add(
        self, kind: RecordKind, sender: Party, recipient: Party, other: Mapping[str, str]
    ) -> str:
        """Keep a document; returns its key."""
        key = f"D{len(self.records)}"
        sent = self._day()
        is_event = kind is RecordKind.EVENT
        self.records.append(
            Record(
                source="docs",
                key=key,
                retrieved_at=MOMENT,
                kind=kind,
                waybill=f"YT{self._chance.randrange(10**13):013}"
                if kind is RecordKind.SHIPMENT
                else None,
                shipped_at=None if is_event else sent,
                sender=sender,
                recipient=recipient,
                other={**other, **({"event_at": sent.isoformat()} if is_event else {})},
            )
        )
        return key

    def _day(self) -> datetime:
        """Draw when goods were sent; one in ten after the shop was last seen."""
        return MOMENT + timedelta(days=self._chance.randint(-90, 10))
