"""The protected rights of the register, and who may use them."""

from __future__ import annotations

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


PATENT_MARKING = Patent(
    right_id=RightId("patent_marking"), kind=RightKind.PATENT_MARKING, name="专利标识管理秩序"
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


class Validity(StrEnum):
    """Whether a right is in force on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"


def validity_on(right: Right, day: date) -> Validity:
    """Tell whether a right is in force on a day; open ends count as in force."""
    if right.valid_from is not None and day < right.valid_from:
        return Validity.NOT_YET
    if right.valid_to is not None and day > right.valid_to:
        return Validity.LAPSED
    return Validity.IN_FORCE
