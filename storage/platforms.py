"""What is known of platforms: their history, and whether their pages need a browser."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Column, Integer, Table, select, union

from domain.platforms import PlatformEvent
from domain.rendering import RenderingNeed
from storage.runs import runs
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

platform_events = Table(
    "platform_events",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Host of the shop, or platform name"),
    Column(
        "sequence",
        Integer,
        primary_key=True,
        autoincrement=False,
        comment="From 1 without gaps",
    ),
    Column("kind", PlainText, nullable=False, comment="paused, resumed, robots_set_aside …"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("by", PlainText, nullable=False, comment="User name, or the program"),
    Column("why", PlainText, nullable=False, comment="A person's reason, or what was met"),
    Column("reason", PlainText, comment="Of a pause: login, blocked, rate_limited or by_hand"),
    Column("until", UtcDateTime, comment="When a pause lapses; null when a person must resume"),
    Column("run_id", PlainText, comment="The run that met the wall"),
    Column("page_url", PlainText, comment="The page that showed it"),
    Column("page_sha256", PlainText, comment="Of its preserved bytes"),
    comment="History of platforms: pauses and orders; rows are only ever added",
)

rendering_needs = Table(
    "rendering_needs",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Host of the shop, or platform name"),
    Column("role", PlainText, primary_key=True, comment="start, index, listing or seller"),
    Column("static", Integer, nullable=False, comment="Pages that needed no browser"),
    Column("gained", Integer, nullable=False, comment="Pages that said more once rendered"),
    Column("in_vain", Integer, nullable=False, comment="Pages rendered that said no more"),
    Column(
        "shells",
        Integer,
        nullable=False,
        server_default="0",
        comment="Pages that said nothing without",
    ),
    comment="Whether the pages of a platform need a browser, by kind",
)


def add_event(unit: Unit, event: PlatformEvent) -> bool:
    """Append to a platform's history; False when another came first with the same sequence."""
    values = {**to_row(event, platform_events), "kind": event.kind.value}
    values["reason"] = None if event.reason is None else event.reason.value
    return save(unit, platform_events, values, replace=False)


def history_of(unit: Unit, platform: str) -> tuple[PlatformEvent, ...]:
    """Return a platform's history, oldest first."""
    rows = unit.execute(
        select(platform_events)
        .where(platform_events.c.platform == platform)
        .order_by(platform_events.c.sequence)
    ).mappings()
    return tuple(from_row(PlatformEvent, dict(row)) for row in rows)


def all_histories(unit: Unit) -> dict[str, tuple[PlatformEvent, ...]]:
    """Return the history of every platform that has one, oldest first."""
    table = platform_events
    rows = unit.execute(select(table).order_by(table.c.platform, table.c.sequence)).mappings()
    events = (from_row(PlatformEvent, dict(row)) for row in rows)
    return {name: tuple(found) for name, found in groupby(events, lambda event: event.platform)}


def known_platforms(unit: Unit) -> tuple[str, ...]:
    """Return every platform that was crawled or has a history, by name."""
    names = union(select(runs.c.platform), select(platform_events.c.platform)).subquery()
    return tuple(unit.execute(select(names.c.platform).order_by(names.c.platform)).scalars())


def needs_of(unit: Unit, platform: str) -> tuple[RenderingNeed, ...]:
    """Return what is known of the kinds of a platform's pages."""
    table = rendering_needs
    rows = unit.execute(
        select(table).where(table.c.platform == platform).order_by(table.c.role)
    ).mappings()
    return tuple(from_row(RenderingNeed, dict(row)) for row in rows)


def add_needs(unit: Unit, seen: Iterable[RenderingNeed]) -> None:
    """Learn from what a run saw."""
    for one in seen:
        known = {need.role: need for need in needs_of(unit, one.platform)}.get(one.role)
        learnt = (known or RenderingNeed(platform=one.platform, role=one.role)).learn(one)
        save(unit, rendering_needs, to_row(learnt, rendering_needs), replace=True)
