"""What cases, test purchases, jurisdiction and turnover are called, and who may do what."""

from __future__ import annotations

from enum import StrEnum

from domain.cases import CaseEventKind, CaseState
from domain.purchases import DayFault, Finding
from domain.users import Role
from tracing.jurisdiction import PlaceRole
from tracing.retention import CountedFrom
from tracing.turnover import Against, Ceiling
from web.languages import mark

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CaseState: {
        CaseState.OPEN: mark("Open"),
        CaseState.NOTICED: mark("Platform notified"),
        CaseState.HANDED_OVER: mark("Handed over"),
        CaseState.CLOSED: mark("Closed"),
    },
    CaseEventKind: {
        CaseEventKind.OPENED: mark("Case opened"),
        CaseEventKind.FLAG_ADDED: mark("Flag added"),
        CaseEventKind.DOSSIER_COMPILED: mark("Dossier compiled"),
        CaseEventKind.NOTICE_PACKAGED: mark("Notice packaged"),
        CaseEventKind.STATE_CHANGED: mark("State changed"),
        CaseEventKind.NOTE: mark("Note"),
        CaseEventKind.TEST_PURCHASE: mark("Test purchase entered"),
    },
    Role: {
        Role.INVESTIGATOR: mark("Investigator"),
        Role.RIGHTS_HOLDER: mark("Rights holder"),
        Role.OPERATOR: mark("Operator"),
    },
    PlaceRole: {
        PlaceRole.WAREHOUSE: mark("Warehouse"),
        PlaceRole.SENDER: mark("Sender of a parcel"),
        PlaceRole.RETURN: mark("Return address"),
        PlaceRole.SHIPS_FROM: mark("Ships from"),
        PlaceRole.DISCLOSED: mark("Given on request"),
        PlaceRole.SHOP: mark("Published by the shop"),
        PlaceRole.REGISTERED: mark("Registered address"),
    },
    Finding: {
        Finding.OPEN: mark("No statement yet"),
        Finding.COUNTERFEIT: mark("Counterfeit"),
        Finding.GENUINE: mark("Genuine goods"),
        Finding.NOT_TOLD: mark("Cannot be told"),
    },
    DayFault: {
        DayFault.TO_COME: mark("A day lies in the future."),
        DayFault.RECEIVED_BEFORE_ORDERED: mark("Received before it was ordered: check both days."),
        DayFault.OPENED_BEFORE_RECEIVED: mark("Opened before it was received: check both days."),
        DayFault.STATED_BEFORE_RECEIVED: mark(
            "The statement is older than the goods: check both days."
        ),
    },
    CountedFrom: {
        CountedFrom.FIRST_SEEN: mark("Sales up to the day it was first seen"),
        CountedFrom.LAST_SEEN: mark("Sales up to the day it was last seen"),
        CountedFrom.TEST_PURCHASE: mark("Test purchase completed"),
    },
    Against: {
        Against.ABOVE: mark("At or above ¥50,000"),
        Against.BELOW: mark("Below ¥50,000"),
        Against.OPEN: mark("¥50,000 not decided"),
    },
    Ceiling: {
        Ceiling.CLOSED: mark("Counter only rose"),
        Ceiling.FELL: mark("Counter fell: no upper end"),
        Ceiling.NO_PRICE: mark("No price shown"),
        Ceiling.NO_COUNTER: mark("No counter shown"),
        Ceiling.NOT_SHOWN: mark("Neither price nor counter shown"),
        Ceiling.CURRENCIES: mark("Prices in several currencies: not converted"),
    },
}
