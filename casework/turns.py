"""Turns: one pace a platform, for any number of spiders, processes and machines."""

from __future__ import annotations

from casework.context import Context
from domain.turns import Turn
from storage import turns


def take_turn(
    context: Context, place: str, *, pace_s: float, crawl_delay_s: float | None, patience_s: float
) -> Turn | None:
    """Take the next turn at a place; None when it is held for longer than `patience_s`.

    `crawl_delay_s` is what robots.txt asks for, kept for all; None leaves what is known.
    """
    with context.database.write() as unit:
        return turns.take_turn(
            unit,
            place,
            pace_s=pace_s,
            crawl_delay_s=crawl_delay_s,
            patience_s=patience_s,
            now=context.clock().timestamp(),
        )


def spend_turns(context: Context, place: str, count: int) -> None:
    """Put the next turn off by as many as were used at once."""
    with context.database.write() as unit:
        turns.spend_turns(unit, place, count, now=context.clock().timestamp())


def hold(context: Context, place: str, seconds: float) -> None:
    """Give no turn at a place for some seconds."""
    with context.database.write() as unit:
        turns.hold(unit, place, seconds, now=context.clock().timestamp())
