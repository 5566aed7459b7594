"""What listings, queries, runs and platforms are called."""

from __future__ import annotations

from enum import StrEnum

from domain.listings import Availability, Change, Part
from domain.platforms import PauseReason, PlatformEventKind
from domain.queries import QueryOrigin, QueryState
from domain.rendering import RenderingAdvice
from domain.runs import OutcomeKind, SpiderName
from web.languages import mark

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Availability: {
        Availability.IN_STOCK: mark("In stock"),
        Availability.OUT_OF_STOCK: mark("Out of stock"),
        Availability.UNKNOWN: mark("Not stated"),
    },
    Change: {
        Change.NEW: mark("First seen"),
        Change.CHANGED: mark("Changed"),
        Change.UNCHANGED: mark("Unchanged"),
        Change.SOLD_OUT: mark("Sold out"),
        Change.RELISTED: mark("Relisted"),
        Change.GONE: mark("Gone"),
    },
    Part: {
        Part.TITLE: mark("Title"),
        Part.PRICE: mark("Price"),
        Part.AVAILABILITY: mark("Availability"),
        Part.SELLER: mark("Seller"),
        Part.PICTURES: mark("Pictures"),
        Part.DESCRIPTION: mark("Description"),
        Part.OTHER: mark("Other details"),
    },
    QueryOrigin: {
        QueryOrigin.NAME: mark("Registered name"),
        QueryOrigin.OTHER_NAME: mark("Other registered name"),
        QueryOrigin.OWN: mark("Added by a person"),
        QueryOrigin.IMITATION: mark("Likely imitation"),
    },
    QueryState: {
        QueryState.UNTRIED: mark("Not asked yet"),
        QueryState.IN_USE: mark("In use"),
        QueryState.KEPT: mark("Kept by a person"),
        QueryState.BARREN: mark("Barren, resting"),
        QueryState.RETIRED: mark("Retired by a person"),
    },
    SpiderName: {
        SpiderName.SEARCH: mark("Search"),
        SpiderName.WATCH: mark("Watch"),
        SpiderName.CAPTURE: mark("Capture"),
    },
    PauseReason: {
        PauseReason.LOGIN: mark("Log-in wall"),
        PauseReason.BLOCKED: mark("Slider, captcha or refusal"),
        PauseReason.RATE_LIMITED: mark("Too many requests"),
        PauseReason.BY_HAND: mark("By a person"),
    },
    PlatformEventKind: {
        PlatformEventKind.PAUSED: mark("Paused"),
        PlatformEventKind.RESUMED: mark("Resumed"),
        PlatformEventKind.ROBOTS_SET_ASIDE: mark("robots.txt set aside by order"),
        PlatformEventKind.ROBOTS_OBEYED: mark("robots.txt obeyed again"),
    },
    RenderingAdvice: {
        RenderingAdvice.AS_NEEDED: mark("Without a browser, then with one where the page is empty"),
        RenderingAdvice.AT_ONCE: mark("In a browser at once"),
        RenderingAdvice.NEVER: mark("Without a browser: it brings nothing"),
    },
    OutcomeKind: {
        OutcomeKind.FOUND: mark("Found"),
        OutcomeKind.NOTHING_THERE: mark("Nothing there"),
        OutcomeKind.LAYOUT_CHANGED: mark("Layout changed"),
        OutcomeKind.BLOCKED: mark("Blocked"),
        OutcomeKind.LOGIN_NEEDED: mark("Log-in needed"),
        OutcomeKind.RATE_LIMITED: mark("Slowed down by the platform"),
        OutcomeKind.SHOP_DOWN: mark("Shop down"),
        OutcomeKind.STOPPED_BY_LIMIT: mark("Stopped by a limit"),
    },
}
