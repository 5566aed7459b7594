"""Test purchases (购样取证): a controlled buy, from the order to the comparison of the goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.common import CaseId, Sha256, WrongUse
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


class DayFault(StrEnum):
    """Days of a purchase that cannot be."""

    TO_COME = "to_come"
    """One lies after the day it was entered."""
    RECEIVED_BEFORE_ORDERED = "received_before_ordered"
    OPENED_BEFORE_RECEIVED = "opened_before_received"
    STATED_BEFORE_RECEIVED = "stated_before_received"
    """The holder examined goods that had not come."""


class ImpossibleDays(WrongUse):
    """Days that cannot be: the other side's lawyer would find them first."""

    def __init__(self, fault: DayFault) -> None:
        super().__init__(f"the days of this purchase cannot be: {fault.value}")
        self.fault = fault


def day_fault(purchase: Purchase, today: date) -> DayFault | None:
    """Return what is wrong with the days of a purchase; days that are not known are not asked."""
    days = (purchase.ordered_on, purchase.received_on, purchase.opened_on, purchase.stated_on)
    if any(day > today for day in days if day):
        return DayFault.TO_COME
    ordered, received, opened, stated = days
    for earlier, later, fault in (
        (ordered, received, DayFault.RECEIVED_BEFORE_ORDERED),
        (received or ordered, opened, DayFault.OPENED_BEFORE_RECEIVED),
        (received or ordered, stated, DayFault.STATED_BEFORE_RECEIVED),
    ):
        if earlier and later and later < earlier:
            return fault
    return None
