"""The protected rights of the register, and who may use them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.common import RightId
from domain.money import Money


class RightKind(StrEnum):
    """Kinds of right, as in the register file's column `kind`."""

    MARK = "mark"
    WELL_KNOWN_MARK = "well_known_mark"
    TIME_HONOURED_BRAND = "time_honoured_brand"
    CERTIFICATION_MARK = "certification_mark"
    COLLECTIVE_MARK = "collective_mark"
    GI = "gi"
    OFFICIAL_SIGN = "official_sign"
    SPECIAL_SIGN = "special_sign"
    OLYMPIC_SIGN = "olympic_sign"
    INVENTION_PATENT = "invention_patent"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PATENT_MARKING = "patent_marking"
    """Of `PATENT_MARKING` alone; no register file holds one."""


class RegisterStatus(StrEnum):
    """What an official register says has become of an entry."""

    APPLIED = "applied"
    """Filed or published, but not registered."""
    REGISTERED = "registered"
    ENDED = "ended"
    """Expired, cancelled, refused, withdrawn or abandoned."""
    NOT_STATED = "not_stated"
    """The register says other things of the entry, but not this."""


class MarkForm(StrEnum):
    """How a mark stands in its register."""

    STANDARD_CHARACTERS = "standard_characters"
    """Words in no special lettering."""
    STYLISED = "stylised"
    FIGURATIVE = "figurative"
    """A drawing without words."""
    COMBINED = "combined"
    """Words and a drawing."""
    OTHER = "other"
    """Sound, colour, shape, motion …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """What an official register says of a right beside its name, number and period."""

    status: RegisterStatus
    status_text: str | None = None
    """The register's own code or words."""
    status_on: date | None = None
    application_number: str | None = None
    filed_on: date | None = None
    form: MarkForm | None = None
    design_codes: tuple[str, ...] = ()
    """National codes of what a drawing shows (US design search codes as 03.01.04)."""
    countries: tuple[str, ...] = ()
    """Of a geographical indication: countries of origin, as the register names them."""
    product_type: str | None = None
    """Of a geographical indication: class of product, as the register names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBand:
    """The holder's own price of the genuine product."""

    low: Money | None
    high: Money | None
    unit: str | None
    """What the price is for (件, kg, 盒); None when the register does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A registered trade mark (terms of WIPO ST.66 and ST.96)."""

    right_id: RightId
    kind: RightKind
    name: str
    other_names: tuple[str, ...] = ()
    number: str | None = None
    office: str | None = None
    """WIPO ST.3 code of the register (CN, EM, US)."""
    nice_classes: tuple[int, ...] = ()
    """1 to 45."""
    vienna_codes: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    holder: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day of protection."""
    logos: tuple[str, ...] = ()
    """Paths of drawings, relative to the register file."""
    photos: tuple[str, ...] = ()
    """Paths of crops of genuine products that show the mark."""
    price_band: PriceBand | None = None
    notes: str | None = None
    entry: RegisterEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeographicalIndication:
    """A geographical indication (Lisbon Agreement, Geneva Act)."""

    right_id: RightId
    kind: RightKind
    name: str
    other_names: tuple[str, ...] = ()
    product: str | None = None
    """The product part of the name (大闸蟹)."""
    area: tuple[str, ...] = ()
    """Adcodes (GB/T 2260) or place names of the protected area."""
    standard: str | None = None
    """GB/T, DB or register specification."""
    season_from: str | None = None
    """MM-DD."""
    season_to: str | None = None
    users_complete: bool = False
    """The authorisations are the whole list of its users; else one who is not on it may be."""
    number: str | None = None
    office: str | None = None
    nice_classes: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    holder: str | None = None
    """The producer group."""
    valid_from: date | None = None
    valid_to: date | None = None
    logos: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    price_band: PriceBand | None = None
    notes: str | None = None
    entry: RegisterEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialSign:
    """An official, special or Olympic sign (官方标志, 特殊标志, 奥林匹克标志)."""

    right_id: RightId
    kind: RightKind
    name: str
    other_names: tuple[str, ...] = ()
    number: str | None = None
    office: str | None = None
    nice_classes: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    holder: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    logos: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    price_band: PriceBand | None = None
    notes: str | None = None
    entry: RegisterEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent:
    """A patent or design whose number a listing may claim."""

    right_id: RightId
    kind: RightKind
    name: str
    other_names: tuple[str, ...] = ()
    number: str | None = None
    """ZL number with its check digit."""
    office: str | None = None
    nice_classes: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    holder: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    logos: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    price_band: PriceBand | None = None
    notes: str | None = None
    entry: RegisterEntry | None = None


PATENT_MARKING = Patent(
    right_id=RightId("patent_marking"),
    kind=RightKind.PATENT_MARKING,
    name="专利标识（专利法第六十八条）",
)
"""The standing right behind marks of patents that nobody has: it is in every register.

专利法 (2020) art. 68 forbids them whether or not anyone's patent is used, so a flag for an invented
number has this right instead of a holder's.
"""

Right = Mark | GeographicalIndication | OfficialSign | Patent


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """A party allowed to use a Right: a licence, or a listed user of a GI (用标企业).

    At least one of `uscc`, `seller_key` and `party` names the party. A dimension that is None
    is not limited.
    """

    right_id: RightId
    party: str | None = None
    uscc: str | None = None
    platform: str | None = None
    seller_key: str | None = None
    area: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def party_of(one: Authorisation) -> tuple[str | None, ...]:
    """Return what an authorisation is known by: the right, and who may use it where.

    Those of one party follow one another in time.
    """
    return (one.right_id, one.party, one.uscc, one.platform, one.seller_key, one.area)


def claim_of(right: Right) -> tuple[str, str, str] | None:
    """Return (kind of right, office, number): two holders cannot both have it; None without one.

    Numbers of marks, of indications and of patents are counted apart.
    """
    if not right.number:
        return None
    number = "".join(right.number.casefold().split())
    return type(right).__name__, right.office or "", number


def is_same_holder(one: str | None, other: str | None) -> bool:
    """Tell whether two texts name one holder, but for case and punctuation; None fits all."""
    return one is None or other is None or _folded(one) == _folded(other)


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in text if character.isalnum())
