"""Captures of listings' pages, the wishes for them, and which listings still lack one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ColumnElement, Index, Integer, Table, and_, func, or_, select, update

from domain.captures import Capture, CaptureWish
from domain.flags import Verdict
from domain.listings import Listing, ListingRef
from storage.flags import flags
from storage.listings import listings
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

captures = Table(
    "captures",
    metadata,
    Column("capture_id", PlainText, primary_key=True, comment="Derived from listing and time"),
    Column("platform", PlainText, nullable=False, comment="Of the Listing"),
    Column("listing_key", PlainText, nullable=False, comment="Of the Listing"),
    Column("content_digest", PlainText, nullable=False, comment="Of what the listing said then"),
    Column("url", PlainText, nullable=False, comment="Of the page as the browser showed it"),
    Column("captured_at", UtcDateTime, nullable=False, comment="When the screenshot was taken"),
    Column("run_id", PlainText, nullable=False, comment="The run that took it"),
    Column("screenshot", PlainText, nullable=False, comment="SHA-256 of the PNG, kept as a blob"),
    Column("mhtml", PlainText, comment="SHA-256 of the MHTML; null when it was too large"),
    Column("preview", PlainText, nullable=False, comment="SHA-256 of a small JPEG for lists"),
    Column("width", Integer, nullable=False, comment="Of the PNG, pixels"),
    Column("height", Integer, nullable=False, comment="Of the PNG, pixels"),
    Column("page_height", Integer, nullable=False, comment="Of the whole page, pixels"),
    comment="Screenshot and MHTML of a listing's page, from one visit",
)
Index(None, captures.c.platform, captures.c.listing_key, captures.c.captured_at)

wishes = Table(
    "capture_wishes",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the Listing"),
    Column("asked_at", UtcDateTime, nullable=False, comment="When the person asked last"),
    Column("asked_by", PlainText, nullable=False, comment="User name"),
    Column("taken_up_at", UtcDateTime, comment="When a run set out for it; null while it waits"),
    comment="Captures that people asked for at the desk",
)
_UPHELD = (Verdict.INFRINGING.value, Verdict.UNSURE.value)


def save_capture(unit: Unit, capture: Capture) -> None:
    """Keep a capture."""
    save(unit, captures, to_row(capture, captures), replace=False)


def captures_of(unit: Unit, ref: ListingRef) -> tuple[Capture, ...]:
    """Return the captures of a listing, the latest first."""
    rows = unit.execute(
        select(captures)
        .where(_is(captures, ref))
        .order_by(captures.c.captured_at.desc(), captures.c.capture_id)
    ).mappings()
    return tuple(from_row(Capture, dict(row)) for row in rows)


def lacking_captures(unit: Unit, *, platform: str | None, limit: int) -> tuple[Listing, ...]:
    """Return flagged listings without a capture of what they say now, the strongest flag first.

    Left out are those that are gone, and those whose every flag was judged genuine or authorised.
    """
    score = (
        select(func.max(flags.c.score))
        .where(_same(flags, listings), or_(flags.c.verdict.is_(None), flags.c.verdict.in_(_UPHELD)))
        .scalar_subquery()
    )
    taken = select(captures.c.capture_id).where(
        _same(captures, listings), captures.c.content_digest == listings.c.content_digest
    )
    query = select(listings).where(
        listings.c.gone_at.is_(None), score.is_not(None), ~taken.exists()
    )
    if platform is not None:
        query = query.where(listings.c.platform == platform)
    ordered = query.order_by(score.desc(), listings.c.platform, listings.c.listing_key)
    rows = unit.execute(ordered.limit(limit)).mappings()
    return tuple(from_row(Listing, dict(row)) for row in rows)


def save_wish(unit: Unit, wish: CaptureWish) -> None:
    """Note that a person asks for a capture."""
    save(unit, wishes, to_row(wish, wishes), replace=True)


def find_wish(unit: Unit, ref: ListingRef) -> CaptureWish | None:
    """Return the last wish for a listing's capture, or None."""
    row = unit.execute(select(wishes).where(_is(wishes, ref))).mappings().first()
    return None if row is None else from_row(CaptureWish, dict(row))


def take_up_wishes(unit: Unit, at: datetime) -> tuple[ListingRef, ...]:
    """Return the wishes that wait, oldest first, and note that a run sets out for them."""
    waiting = wishes.c.taken_up_at.is_(None)
    rows = unit.execute(
        select(wishes.c.platform, wishes.c.listing_key).where(waiting).order_by(wishes.c.asked_at)
    ).all()
    unit.execute(update(wishes).where(waiting).values(taken_up_at=at))
    return tuple(ListingRef(platform=row.platform, listing_key=row.listing_key) for row in rows)


def _same(one: Table, other: Table) -> ColumnElement[bool]:
    return and_(one.c.platform == other.c.platform, one.c.listing_key == other.c.listing_key)


def _is(table: Table, ref: ListingRef) -> ColumnElement[bool]:
    return and_(table.c.platform == ref.platform, table.c.listing_key == ref.listing_key)
