"""Operators of a generated world, what they own, and what many strangers share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from tests.worlds import people
from tests.worlds.facts import CITIES, MARKETS
from tests.worlds.people import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A registered company or 个体工商户 with its own row in the register."""

    name: str
    uscc: str
    person: str
    place: Place
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who really stands behind some shops: the truth that linking looks for."""

    number: int
    person: str
    trade_name: str
    companies: tuple[Company, ...]
    phones: tuple[str, ...]
    wechat: tuple[str, ...]
    qq: tuple[str, ...]
    emails: tuple[str, ...]
    offices: tuple[Place, ...]
    warehouses: tuple[Place, ...]
    """Where parcels leave and returns go; the first is the present one, others are given up."""
    pictures: tuple[str, ...]
    """Digests of own photographs."""
    writing: tuple[str, ...]
    """Own texts of goods."""
    shops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A value that strangers share, and the kind of field in which it stands."""

    kind: str
    value: str
    weight: float
    """How often it is drawn among hubs of its kind."""


class Hubs:
    """Shared values, drawn by weight."""

    def __init__(self, hubs: Iterable[Hub]) -> None:
        by_kind: defaultdict[str, list[Hub]] = defaultdict(list)
        for hub in hubs:
            by_kind[hub.kind].append(hub)
        self._values = {kind: [hub.value for hub in of] for kind, of in by_kind.items()}
        self._reached = {
            kind: list(accumulate(hub.weight for hub in of)) for kind, of in by_kind.items()
        }

    def draw(self, chance: Random, kind: str) -> str:
        return chance.choices(self._values[kind], cum_weights=self._reached[kind])[0]

    def values(self) -> Iterator[str]:
        for values in self._values.values():
            yield from values


_WORDS = (
    "选用优质面料手感柔软舒适透气不易变形做工精细走线整齐支持七天无理由退换全国包邮"
    "新款上市厂家直供现货当天发货尺码标准颜色正品质保证细节决定成败欢迎新老顾客光临选购"
)


def text_of_goods(chance: Random) -> str:
    """Write a description as sellers do, of stock phrases in an order of its own."""
    return "".join(_WORDS[at : at + 6] for at in chance.choices(range(0, len(_WORDS) - 6, 3), k=12))


def digest(chance: Random) -> str:
    return f"{chance.getrandbits(256):064x}"


def shop_count(chance: Random, most: int) -> int:
    """Draw how many shops an operator runs: mostly one, now and then dozens."""
    if chance.random() < 0.55:
        return 1
    size = 2
    while size < most and chance.random() < (0.55 if size < 6 else 0.82):
        size += 1
    return size


def make_operator(chance: Random, number: int, shops: int, agents: Hubs) -> Operator:
    """Draw an operator; the more shops it runs the more companies and numbers it uses."""
    person, trade_name = people.person(chance), people.brand(chance)
    offices = tuple(people.place(chance) for _ in range(1 + shops // 6))
    phones = tuple(people.mobile(chance) for _ in range(1 + (shops + 1) // 4))
    emails = tuple(people.email(chance) for _ in range(1 + shops // 6))
    companies = tuple(
        _company(chance, person, trade_name, offices, phones, emails, agents)
        for _ in range(1 + shops // 5)
    )
    return Operator(
        number=number,
        person=person,
        trade_name=trade_name,
        companies=companies,
        phones=phones,
        wechat=tuple(people.wechat(chance) for _ in range(1 + shops // 5)),
        qq=tuple(people.qq(chance) for _ in range(1 + shops // 8)),
        emails=emails,
        offices=offices,
        warehouses=tuple(
            people.place(chance) for _ in range(1 + (chance.random() < 0.2) + shops // 12)
        ),
        pictures=tuple(digest(chance) for _ in range(3 + shops)),
        writing=tuple(text_of_goods(chance) for _ in range(2 + shops // 2)),
        shops=shops,
    )


def _company(
    chance: Random,
    person: str,
    trade_name: str,
    offices: tuple[Place, ...],
    phones: tuple[str, ...],
    emails: tuple[str, ...],
    agents: Hubs,
) -> Company:
    # A second company is often in the name of a relative and under another trade name.
    if chance.random() < 0.3:
        person, trade_name = people.person(chance), people.brand(chance)
    where = chance.choice(offices)
    name = people.company_name(chance, trade_name, where, person)
    phone, email = chance.choice(phones), chance.choice(emails)
    # One in five leaves the register to an agent, who gives the agent's own phone and e-mail.
    if chance.random() < 0.2:
        phone = agents.draw(chance, "phone")
        email = agents.draw(chance, "email")
    return Company(
        name=name,
        uscc=people.credit_code(chance, individual="公司" not in name),
        person=person,
        place=where,
        phone=phone,
        email=email,
    )


def make_hubs(chance: Random, sellers: int) -> Hubs:
    """Draw what strangers share: few values that very many show, more that a handful shows.

    Hotlines of couriers (service numbers and mobiles of couriers), customer service of service
    agents, addresses of markets and of collection points, groups on QQ.
    """
    many, few = 3 + sellers // 2000, 2 + sellers // 60
    hubs: list[Hub] = []
    for rank in range(many):
        heavy = 60.0 / (1 + rank)
        hubs += [
            Hub(kind="phone", value=f"400{chance.randrange(10**7):07}", weight=heavy),
            Hub(kind="wechat", value=people.wechat(chance), weight=heavy),
            Hub(kind="qq", value=people.qq(chance), weight=heavy),
            Hub(kind="email", value=f"kf@agent{rank}.example", weight=heavy),
            Hub(kind="address", value=_market(chance), weight=heavy),
        ]
    for _ in range(few):
        light = chance.choice((0.3, 0.6, 1.0))
        hubs += [
            Hub(kind="phone", value=people.mobile(chance), weight=light),
            Hub(kind="address", value=_collection_point(chance), weight=light),
        ]
        if chance.random() < 0.3:
            hubs.append(Hub(kind="wechat", value=people.wechat(chance), weight=light))
            hubs.append(Hub(kind="email", value=people.email(chance), weight=light))
    return Hubs(hubs)


def make_agents(chance: Random, sellers: int) -> Hubs:
    """Draw registration agents, each with a phone and an e-mail."""
    return Hubs(
        Hub(kind=kind, value=value, weight=1.0 / (1 + rank))
        for rank in range(3 + sellers // 400)
        for kind, value in (("phone", people.mobile(chance)), ("email", people.email(chance)))
    )


def _market(chance: Random) -> str:
    city, province, districts, _, _ = chance.choice(CITIES)
    name = chance.choice(MARKETS)
    return f"{province}{city}{chance.choice(districts)}{name}{chance.randint(1, 5)}区"


def _collection_point(chance: Random) -> str:
    where = people.place(chance)
    return where.full.partition("室")[0] + "快递驿站"
