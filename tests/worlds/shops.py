"""Shops of a generated world: what each shows of its operator, and how it comes to be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from domain.sellers import SellerRef
from tests.worlds import people
from tests.worlds.facts import COMMON_SHOP_WORDS, PLATFORMS, SHOP_ENDINGS
from tests.worlds.operators import Company, Hubs, Operator, digest, text_of_goods
from tests.worlds.people import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Knobs:
    """How a world is noisy; every number is the share of what it names, 0..1.

    The defaults are judgements of what public shop pages are like: platforms show licences of
    most shops and contacts of few; contacts stand in free text, disguised as often as not.
    """

    licence_shown: float = 0.7
    """Shops whose company and credit code their platform shows (E-Commerce Law art. 15)."""
    contact_shown: float = 0.55
    """Of each of phone, WeChat, QQ, e-mail and return address."""
    evaded: float = 0.3
    """Contacts that stand disguised in a text instead of in a field."""
    typo: float = 0.03
    """Numbers and names typed wrongly."""
    moved: float = 0.1
    """Shops that still show an address or phone which the operator gave up."""
    hubs: float = 0.25
    """Shops that show something strangers share: a hotline, a market, an agent."""
    recycled: float = 0.003
    """Shops whose phone was another's before."""
    borrowed: float = 0.15
    """Shops with photographs or texts taken from a stranger."""
    generic: float = 0.3
    """Shops with a name of words that everybody uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One value that a shop shows, as it is typed there."""

    kind: str
    """phone, wechat, qq, email, address, return_address, company, uscc, hotline, …"""
    value: str
    evaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A seller account with the truth of who runs it."""

    ref: SellerRef
    operator: int
    name: str
    shown: tuple[Shown, ...]
    pictures: tuple[str, ...]
    description: str

    def values(self, kind: str, *, evaded: bool = False) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(s.value for s in self.shown if s.kind == kind and s.evaded is evaded)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Commons:
    """What a world's strangers share."""

    hubs: Hubs
    pictures: tuple[str, ...]
    writing: tuple[str, ...]
    old_phones: tuple[str, ...]
    """Numbers that changed hands."""


def make_commons(chance: Random, hubs: Hubs, sellers: int) -> Commons:
    """Draw stock photographs, stock texts and numbers in second hands."""
    count = 5 + sellers // 50
    return Commons(
        hubs=hubs,
        pictures=tuple(digest(chance) for _ in range(count)),
        writing=tuple(text_of_goods(chance) for _ in range(count)),
        old_phones=tuple(people.mobile(chance) for _ in range(1 + sellers // 500)),
    )


def make_shop(
    chance: Random, operator: Operator, number: int, commons: Commons, knobs: Knobs
) -> Shop:
    """Draw one shop of an operator."""
    platform = chance.choice(PLATFORMS)
    company = chance.choice(operator.companies)
    shown: list[Shown] = []
    if chance.random() < knobs.licence_shown:
        shown += _licence(chance, company, knobs)
    shown += _contacts(chance, operator, company, knobs)
    shown += _shared(chance, commons, knobs)
    borrows = chance.random() < knobs.borrowed
    return Shop(
        ref=SellerRef(platform=platform, seller_key=f"{number:07}"),
        operator=operator.number,
        name=_shop_name(chance, operator, knobs),
        shown=tuple(shown),
        pictures=_some(chance, commons.pictures if borrows else operator.pictures),
        description=chance.choice(commons.writing if borrows else operator.writing),
    )


def _some(chance: Random, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(chance.sample(values, k=min(len(values), chance.randint(0, 3))))


def _licence(chance: Random, company: Company, knobs: Knobs) -> list[Shown]:
    name = company.name
    if chance.random() < knobs.typo:
        name = people.misread_letters(chance, name)
    shown = [Shown(kind="company", value=name)]
    if chance.random() < 0.7:
        code = company.uscc
        if chance.random() < knobs.typo:
            code = code[:8] + people.misread_letters(chance, code[8:])
        shown.append(Shown(kind="uscc", value=code))
    if chance.random() < 0.4:
        shown.append(Shown(kind="address", value=write_place(chance, company.place)))
    return shown


def _contacts(chance: Random, operator: Operator, company: Company, knobs: Knobs) -> list[Shown]:
    shown: list[Shown] = []
    for kind, owned in (
        ("phone", operator.phones),
        ("wechat", operator.wechat),
        ("qq", operator.qq),
        ("email", (company.email, *operator.emails)),
    ):
        if chance.random() >= knobs.contact_shown:
            continue
        # The first number is the operator's main one; a moved shop still shows an old one.
        main = owned[0] if chance.random() < 0.5 else chance.choice(owned)
        value = owned[-1] if chance.random() < knobs.moved else main
        if chance.random() < knobs.typo and kind in ("phone", "qq"):
            value = people.misread_digits(chance, value)
        hidden = kind != "email" and chance.random() < knobs.evaded
        shown.append(Shown(kind=kind, value=value, evaded=hidden))
        if kind == "phone" and chance.random() < 0.15:
            shown.append(Shown(kind=kind, value=chance.choice(owned)))
    if chance.random() < knobs.contact_shown:
        moved = chance.random() < knobs.moved
        where = operator.warehouses[-1 if moved else 0]
        shown.append(Shown(kind="return_address", value=write_place(chance, where)))
    return shown


def _shared(chance: Random, commons: Commons, knobs: Knobs) -> list[Shown]:
    shown: list[Shown] = []
    if chance.random() < knobs.recycled:
        shown.append(Shown(kind="phone", value=chance.choice(commons.old_phones)))
    if chance.random() < knobs.hubs:
        kind = chance.choices(("phone", "address", "wechat", "qq", "email"), (5, 5, 1, 1, 2))[0]
        value = commons.hubs.draw(chance, kind)
        kind = {"address": "return_address"}.get(kind, kind)
        shown.append(Shown(kind=kind, value=value))
    return shown


def _shop_name(chance: Random, operator: Operator, knobs: Knobs) -> str:
    if chance.random() < knobs.generic:
        core = chance.choice(COMMON_SHOP_WORDS)
    elif chance.random() < 0.6:
        core = operator.trade_name
    else:
        core = people.brand(chance)
    if chance.random() < knobs.typo:
        core = people.misread_letters(chance, core)
    return core + chance.choice(SHOP_ENDINGS)


def write_place(chance: Random, where: Place) -> str:
    """Write an address as people do: without province, with spaces, another word for a block."""
    province = where.province if chance.random() < 0.6 else ""
    city = where.city
    building, room = where.building, where.room
    if building and chance.random() < 0.3:
        building = building.replace("幢", chance.choice(("号楼", "栋", "座")))
    if room and chance.random() < 0.1:
        room = ""
    gap = " " if chance.random() < 0.1 else ""
    parts = (province, city, where.district, where.road, where.number, building)
    return gap.join(part for part in parts if part) + (
        room + ("室" if chance.random() < 0.7 else "") if room else ""
    )
