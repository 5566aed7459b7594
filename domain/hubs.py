"""Hubs: values that so many strangers show that they say nothing of who anybody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.tracing import ClueKind


class HubVerdict(StrEnum):
    """What a person said of a value; linking obeys it, whatever it finds itself."""

    HUB = "hub"
    """Strangers show it: it joins nobody."""
    OWN = "own"
    """One operator's own: whoever shows it belongs together."""
    LEFT = "left"
    """Taken back: linking decides again."""


def write_key(kind: ClueKind, value: str) -> str:
    """Write by what clues are joined as one text: `kind:value`."""
    return f"{kind.value}:{value}"


def read_key(text: str) -> tuple[ClueKind, str]:
    """Read what `write_key` wrote."""
    kind, _, value = text.partition(":")
    return ClueKind(kind), value


@dataclass(frozen=True, slots=True, kw_only=True)
class HubDecision:
    """One entry of the log of such decisions; the last one of a value counts."""

    kind: ClueKind
    value: str
    """By which clues are joined."""
    verdict: HubVerdict
    by: str
    """User name."""
    at: datetime
    reason: str
    """The person's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedValue:
    """A value that several sellers show, and what linking thinks of it by itself."""

    kind: ClueKind
    value: str
    sellers: int
    """0 where only a decision is left of it."""
    owned: float
    """0..1 that it is one operator's."""
    platform_limit: int
    """Above 0: so many sellers of one platform show it that it is the platform's own."""
    hub_since: datetime | None
    """When linking found it to be a hub; None for no hub."""
