"""Persons, numbers and places of a generated world: valid in form, drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from stdnum.cn import uscc

from tests.worlds.facts import (
    BRAND_MARKS,
    CITIES,
    GIVEN_COMMON,
    GIVEN_MARKS,
    LIKE_MARKS,
    MAILS,
    MOBILE_STARTS,
    ROADS,
    SURNAMES,
    TRADES,
)

_SURNAMES = [name for name, _ in SURNAMES]
_SURNAME_WEIGHTS = [weight for _, weight in SURNAMES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address in its parts; writers drop or reorder some of them."""

    province: str
    city: str
    district: str
    road: str
    number: str
    building: str
    room: str

    @property
    def full(self) -> str:
        return "".join(
            (self.province, self.city, self.district, self.road, self.number, self.building)
        ) + (f"{self.room}室" if self.room else "")


def person(chance: Random) -> str:
    """Draw a person's name; common ones recur among strangers."""
    surname = chance.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]
    if chance.random() < 0.3:
        return surname + chance.choice(GIVEN_COMMON)
    return surname + "".join(chance.choices(GIVEN_MARKS, k=1 if chance.random() < 0.2 else 2))


def mobile(chance: Random) -> str:
    return chance.choice(MOBILE_STARTS) + f"{chance.randrange(10**8):08}"


def wechat(chance: Random) -> str:
    letters = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 7)))
    return letters + chance.choice(("", "_")) + str(chance.randrange(100, 99999))


def qq(chance: Random) -> str:
    return str(chance.randrange(10**7, 4 * 10**9))


def email(chance: Random) -> str:
    if chance.random() < 0.4:
        return f"{qq(chance)}@qq.com"
    return f"{wechat(chance)}@{chance.choice(MAILS)}"


def place(chance: Random) -> Place:
    """Draw an address with its own building and room."""
    city, province, districts, _, _ = chance.choice(CITIES)
    return Place(
        province=province,
        city=city,
        district=chance.choice(districts),
        road=chance.choice(ROADS),
        number=f"{chance.randint(1, 999)}号",
        building=f"{chance.randint(1, 18)}幢" if chance.random() < 0.6 else "",
        room=str(chance.randint(1, 30) * 100 + chance.randint(1, 20))
        if chance.random() < 0.75
        else "",
    )


def credit_code(chance: Random, *, individual: bool) -> str:
    """Draw a 统一社会信用代码 with its check digit; 92 for 个体工商户, 91 for companies."""
    division = chance.choice(CITIES)[4]
    body = "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=7))
    known = f"{92 if individual else 91}{division}MA{body}"
    return known + uscc.calc_check_digit(known)


def brand(chance: Random) -> str:
    """Draw the distinctive part of a company's or shop's name, two to four characters."""
    return "".join(chance.sample(BRAND_MARKS, k=chance.choices((2, 3, 4), (6, 3, 1))[0]))


def company_name(chance: Random, trade_name: str, where: Place, owner: str) -> str:
    """Name a company or a 个体工商户 as registers do: place, trade name, trade, form."""
    city = where.city.removesuffix("市")
    trade = chance.choice(TRADES)
    kind = chance.random()
    if kind < 0.7:
        return f"{city}{trade_name}{trade}有限公司"
    if kind < 0.8:
        return f"{city}市{trade_name}{trade}有限责任公司"
    if kind < 0.95:
        return (
            f"{where.city}{where.district}{trade_name}{chance.choice(('商行', '百货店', '经营部'))}"
        )
    return f"{where.city}{where.district}{owner}{chance.choice(('商店', '服装店', '食品店'))}"


def misread_digits(chance: Random, digits: str) -> str:
    """Type a number wrongly: a digit changed, or two neighbours exchanged."""
    at = chance.randrange(3, len(digits) - 1)
    if chance.random() < 0.4 and digits[at] != digits[at + 1]:
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    other = chance.choice([digit for digit in "0123456789" if digit != digits[at]])
    return digits[:at] + other + digits[at + 1 :]


def misread_letters(chance: Random, text: str) -> str:
    """Type a name wrongly: a character of like sound or shape, one left out, or one doubled."""
    places = [at for at, mark in enumerate(text) if mark in LIKE_MARKS]
    if places and chance.random() < 0.6:
        at = chance.choice(places)
        return text[:at] + LIKE_MARKS[text[at]] + text[at + 1 :]
    at = chance.randrange(len(text))
    return text[:at] + (text[at] * 2 if chance.random() < 0.3 else "") + text[at + 1 :]
