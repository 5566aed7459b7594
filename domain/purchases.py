"""Test purchases (购样取证): a controlled buy, from the order to the comparison of the goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.common import CaseId, Sha256
from domain.listings import ListingRef
from domain.money import Money


class Finding(StrEnum):
    """What the holder states of the goods (鉴定意见)."""

    OPEN = "open"
    """No statement yet."""
    COUNTERFEIT = "counterfeit"
    GENUINE = "genuine"
    NOT_TOLD = "not_told"
    """The holder cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line of the comparison of the bought goods with genuine ones."""

    point: str
    """What was compared: wording, seam, code, weight."""
    genuine: str
    suspect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A photo, film or document of a purchase; the bytes are preserved evidence."""

    sha256: Sha256
    name: str
    """Of the file as it was brought."""
    caption: str
    """What it shows: the parcel's label, the seal before opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A test purchase as it stood after one entry; texts are empty where nothing is known yet."""

    purchase_id: str
    case_id: CaseId
    version: int
    """From 1; every entry adds one, none is ever changed."""
    entered_by: str
    entered_at: datetime
    listing: ListingRef
    order_number: str
    ordered_on: date | None = None
    ordered_by: str = ""
    """Who bought, and who witnessed it."""
    paid: Money | None = None
    carrier: str = ""
    waybill: str = ""
    received_on: date | None = None
    sender_name: str = ""
    sender_phone: str = ""
    sender_address: str = ""
    seals: str = ""
    """Numbers of the seals, who sealed and where it is kept."""
    opened_on: date | None = None
    opened_by: str = ""
    """Who opened the parcel before whom."""
    comparison: tuple[Compared, ...] = ()
    finding: Finding = Finding.OPEN
    stated_by: str = ""
    """Who examined the goods for the holder."""
    stated_on: date | None = None
    statement: str = ""
    media: tuple[Medium, ...] = ()
