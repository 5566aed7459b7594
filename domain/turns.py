"""Turns: when a platform may be asked next, whatever the number of spiders."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The ledger's row of one place; times in Unix seconds."""

    place: str
    last_at: float
    pace_s: float
    crawl_delay_s: float
    held_until: float
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn that was given."""

    at: float
    """Unix seconds, by the clock of the database."""
    wait_s: float
    """How far off that is."""
