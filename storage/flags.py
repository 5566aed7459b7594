"""Flags, the judgements on them, and the queue that people work through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    and_,
    func,
    or_,
    select,
    tuple_,
    update,
)

from domain.common import CaseId, FlagId, RightId
from domain.flags import Flag, Judgement, Verdict, verdict_that_counts
from domain.listings import ListingRef, Sighting
from domain.rights import Right
from domain.sellers import SellerRef
from storage.cases import case_flags
from storage.changes import was_relisted
from storage.listings import listings, sightings
from storage.rights import right_from_row, rights
from storage.schema import PlainText, Unit, UtcDateTime, from_json, from_row, metadata, save, to_row

flags = Table(
    "flags",
    metadata,
    Column("flag_id", PlainText, primary_key=True, comment="Derived from listing and right"),
    Column("platform", PlainText, nullable=False, comment="Of the Listing"),
    Column("listing_key", PlainText, nullable=False, comment="Of the Listing"),
    Column("right_id", PlainText, nullable=False, comment="The right that seems infringed"),
    Column("match_id", PlainText, nullable=False, comment="The match that raised it"),
    Column("raised_at", UtcDateTime, nullable=False, comment="When it was raised"),
    Column("score", Float, nullable=False, comment="0..1, of the match that raised it"),
    Column("verdict", PlainText, comment="Of the judgement that counts; null while it waits"),
    Column("judged_by", PlainText, comment="Of the judgement that counts"),
    comment="Matches over the threshold, one per listing and right",
)
Index(None, flags.c.verdict, flags.c.score, flags.c.flag_id)
Index(None, flags.c.platform, flags.c.listing_key)
Index(None, flags.c.right_id)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement_id", PlainText, primary_key=True, comment="Derived from flag and sequence"),
    Column("flag_id", ForeignKey(flags.c.flag_id), nullable=False, comment="The flag judged"),
    Column("sequence", Integer, nullable=False, comment="From 1 within the flag"),
    Column("verdict", PlainText, nullable=False, comment="The person's answer"),
    Column("reason", PlainText, nullable=False, comment="The person's own words"),
    Column("judged_by", PlainText, nullable=False, comment="User name"),
    Column("judged_at", UtcDateTime, nullable=False, comment="When"),
    Column("judged_as", PlainText, nullable=False, comment="The person's role at that time"),
    comment="Verdicts of people; rows are only ever added",
)
Index(None, judgements.c.flag_id, judgements.c.sequence, unique=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagQuery:
    """What the queue is narrowed to; None leaves a dimension open."""

    judged: bool | None = None
    holder: str | None = None
    right_id: str | None = None
    platform: str | None = None
    seller_key: str | None = None
    text: str | None = None
    """Part of the title, the seller's key or the right's name."""
    relisted: bool = False
    """Only listings that were gone or sold out and came back."""
    flag_ids: tuple[FlagId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A flag with what a queue shows of it."""

    flag: Flag
    sighting: Sighting
    """What the listing last said."""
    right: Right
    verdict: Verdict | None
    judged_by: str | None
    case_id: CaseId | None


def raise_flag(unit: Unit, flag: Flag) -> bool:
    """Raise a flag; one that was raised before is left as it is (returns False)."""
    values = {
        **to_row(flag, flags),
        "platform": flag.listing.platform,
        "listing_key": flag.listing.listing_key,
    }
    return save(unit, flags, values, replace=False)


def find_flag(unit: Unit, flag_id: FlagId) -> Flag | None:
    """Return one flag, or None."""
    row = unit.execute(select(flags).where(flags.c.flag_id == flag_id)).mappings().first()
    return None if row is None else _flag(dict(row))


def add_judgement(unit: Unit, judgement: Judgement) -> None:
    """Append a judgement, and note at its flag which one counts now."""
    earlier = judgements_of(unit, judgement.flag_id)
    values = {
        **to_row(judgement, judgements),
        "sequence": len(earlier) + 1,
        "verdict": judgement.verdict.value,
        "judged_as": judgement.judged_as.value,
    }
    save(unit, judgements, values, replace=False)
    counting = verdict_that_counts((*earlier, judgement)) or judgement
    unit.execute(
        update(flags)
        .where(flags.c.flag_id == judgement.flag_id)
        .values(verdict=counting.verdict.value, judged_by=counting.judged_by)
    )


def judgements_of(unit: Unit, flag_id: FlagId) -> tuple[Judgement, ...]:
    """Return the judgements on a flag, oldest first."""
    rows = unit.execute(
        select(judgements).where(judgements.c.flag_id == flag_id).order_by(judgements.c.sequence)
    ).mappings()
    return tuple(from_row(Judgement, dict(row)) for row in rows)


def count_flags(unit: Unit, query: FlagQuery) -> int:
    """Count the flags of a query."""
    counted = select(func.count()).select_from(flags)
    return int(unit.execute(_narrow(counted, query)).scalar_one())


def list_flags(unit: Unit, query: FlagQuery, *, offset: int, limit: int) -> tuple[FlagRow, ...]:
    """Return flags of a query, the highest score first."""
    columns = (
        flags,
        sightings.c.content.label("sighting"),
        rights.c.noun.label("right_noun"),
        rights.c.content.label("right_content"),
        _case_of_flag().label("case_id"),
    )
    chosen = _narrow(select(*columns).select_from(flags), query, whole=True)
    statement = chosen.order_by(*_ORDER).offset(offset).limit(limit)
    return tuple(_flag_row(dict(row)) for row in unit.execute(statement).mappings())


def flagged_rights(unit: Unit, holder: str | None) -> tuple[tuple[RightId, str], ...]:
    """Return id and name of every right that has flags, by name; of one holder when given."""
    statement = (
        select(rights.c.right_id, rights.c.name)
        .where(rights.c.right_id.in_(select(flags.c.right_id).distinct()))
        .order_by(rights.c.name, rights.c.right_id)
    )
    if holder is not None:
        statement = statement.where(rights.c.holder == holder)
    return tuple((RightId(row.right_id), row.name) for row in unit.execute(statement))


def first_flags(unit: Unit, refs: Collection[ListingRef]) -> dict[ListingRef, FlagId]:
    """Return the strongest flag on each of some listings; those without one are left out."""
    wanted = [(ref.platform, ref.listing_key) for ref in refs]
    rows = unit.execute(
        select(flags.c.platform, flags.c.listing_key, flags.c.flag_id)
        .where(tuple_(flags.c.platform, flags.c.listing_key).in_(wanted))
        .order_by(flags.c.score, flags.c.flag_id.desc())
    )
    return {
        ListingRef(platform=row.platform, listing_key=row.listing_key): FlagId(row.flag_id)
        for row in rows
    }


def upheld_listings(
    unit: Unit, sellers: Collection[SellerRef]
) -> dict[SellerRef, frozenset[ListingRef]]:
    """Return the listings of some sellers that were judged infringing, for whatever right."""
    wanted = [(one.platform, one.seller_key) for one in sellers]
    rows = unit.execute(
        select(listings.c.platform, listings.c.listing_key, listings.c.seller_key)
        .join(
            flags,
            (flags.c.platform == listings.c.platform)
            & (flags.c.listing_key == listings.c.listing_key),
        )
        .where(
            flags.c.verdict == Verdict.INFRINGING.value,
            tuple_(listings.c.platform, listings.c.seller_key).in_(wanted),
        )
        .distinct()
    )
    found: defaultdict[SellerRef, set[ListingRef]] = defaultdict(set)
    for row in rows:
        ref = ListingRef(platform=row.platform, listing_key=row.listing_key)
        found[SellerRef(platform=row.platform, seller_key=row.seller_key)].add(ref)
    return {seller: frozenset(refs) for seller, refs in found.items()}


def neighbours(unit: Unit, query: FlagQuery, flag: Flag) -> tuple[FlagId | None, FlagId | None]:
    """Return the flags just before and just after one in the order of a query."""
    before = or_(
        flags.c.score > flag.score,
        and_(flags.c.score == flag.score, flags.c.flag_id < flag.flag_id),
    )
    after = or_(
        flags.c.score < flag.score,
        and_(flags.c.score == flag.score, flags.c.flag_id > flag.flag_id),
    )
    backwards = (flags.c.score.asc(), flags.c.flag_id.desc())
    found = [
        unit.execute(
            _narrow(select(flags.c.flag_id).select_from(flags), query)
            .where(side)
            .order_by(*order)
            .limit(1)
        ).scalar()
        for side, order in ((before, backwards), (after, _ORDER))
    ]
    return found[0], found[1]


_ORDER = (flags.c.score.desc(), flags.c.flag_id)


def _case_of_flag() -> ColumnElement[str]:
    return (
        select(func.max(case_flags.c.case_id))
        .where(case_flags.c.flag_id == flags.c.flag_id)
        .scalar_subquery()
    )


def _narrow(statement: Select[Any], query: FlagQuery, *, whole: bool = False) -> Select[Any]:
    """Narrow a statement over flags, joining only what the query asks about, or all when `whole`.

    A count over tens of thousands of flags is made for every page of the queue.
    """
    if whole or query.text or query.seller_key is not None:
        statement = statement.join(
            listings,
            (listings.c.platform == flags.c.platform)
            & (listings.c.listing_key == flags.c.listing_key),
        )
    if whole or query.text:
        statement = statement.join(sightings, sightings.c.sighting_id == listings.c.sighting_id)
    if whole or query.text or query.holder is not None:
        statement = statement.join(rights, rights.c.right_id == flags.c.right_id)
    if query.judged is not None:
        waiting = flags.c.verdict.is_(None)
        statement = statement.where(~waiting if query.judged else waiting)
    for column, value in (
        (rights.c.holder, query.holder),
        (flags.c.right_id, query.right_id),
        (flags.c.platform, query.platform),
        (listings.c.seller_key, query.seller_key),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if query.relisted:
        statement = statement.where(was_relisted(flags.c.platform, flags.c.listing_key))
    if query.flag_ids is not None:
        statement = statement.where(flags.c.flag_id.in_(query.flag_ids))
    if query.text:
        part = query.text
        statement = statement.where(
            or_(
                sightings.c.title.icontains(part, autoescape=True),
                listings.c.seller_key.icontains(part, autoescape=True),
                rights.c.name.icontains(part, autoescape=True),
            )
        )
    return statement


def _flag(row: dict[str, object]) -> Flag:
    listing = ListingRef(platform=str(row["platform"]), listing_key=str(row["listing_key"]))
    return from_row(
        Flag, {**row, "listing": {"platform": listing.platform, "listing_key": listing.listing_key}}
    )


def _flag_row(row: dict[str, object]) -> FlagRow:
    verdict = row["verdict"]
    return FlagRow(
        flag=_flag(row),
        sighting=from_json(Sighting, row["sighting"]),
        right=right_from_row(str(row["right_noun"]), row["right_content"]),
        verdict=Verdict(str(verdict)) if verdict else None,
        judged_by=str(row["judged_by"]) if row["judged_by"] else None,
        case_id=CaseId(str(row["case_id"])) if row["case_id"] else None,
    )
