"""What was looked for in pictures and found there, by digest, and the words read in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Float, Integer, Table, and_, delete, func, or_, select, update

from domain.common import RightId, Sha256
from domain.listings import ListingRef, Sighting
from domain.matches import PictureHow
from domain.pictures import Box, PictureText, Quad, ReferenceRole, TextLine
from storage.listings import listings, sightings
from storage.rights import reference_pictures
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    in_parts,
    metadata,
    save,
    to_json,
)

picture_looks = Table(
    "picture_looks",
    metadata,
    Column("sha256", PlainText, primary_key=True, comment="Of the picture's bytes"),
    Column("stage", PlainText, primary_key=True, comment="Way of looking"),
    Column("version", PlainText, nullable=False, comment="Of that way"),
    Column("up_to", Integer, nullable=False, comment="Number of the last reference looked for"),
    Column("looked_at", UtcDateTime, nullable=False, comment="When"),
    comment="Which way of looking is done with which picture, so that none is worked twice",
)

picture_hits = Table(
    "picture_hits",
    metadata,
    Column("sha256", PlainText, primary_key=True, comment="Of the picture's bytes"),
    Column("right_id", PlainText, primary_key=True, comment="Of the reference"),
    Column("role", PlainText, primary_key=True, comment="Of the reference"),
    Column("reference", PlainText, primary_key=True, comment="SHA-256 of the reference's bytes"),
    Column("how", PlainText, primary_key=True, comment="copy, local_features, learned …"),
    Column("stage", PlainText, nullable=False, comment="Way of looking that found it"),
    Column("score", Float, nullable=False, comment="0..1"),
    Column("box", Json, comment="Region in pixels of the original; null for the whole picture"),
    Column("quad", Json, comment="Corners of the reference's frame in the picture"),
    comment="Reference pictures found in pictures",
)

picture_texts = Table(
    "picture_texts",
    metadata,
    Column("sha256", PlainText, primary_key=True, comment="Of the picture's bytes"),
    Column("reader", PlainText, nullable=False, comment="Name and version of the reader"),
    Column("lines", Json, nullable=False, comment="Text, box and confidence of each line"),
    comment="Words read in pictures",
)

listing_looks = Table(
    "listing_looks",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the Listing"),
    Column("content_digest", PlainText, nullable=False, comment="Of the Sighting looked at last"),
    Column("state", PlainText, nullable=False, comment="Ways of looking, last reference"),
    Column("found_digest", PlainText, comment="Over what its pictures show; null for nothing"),
    Column("left_out", Integer, nullable=False, comment="Looks that its budget did not reach"),
    comment="How each Listing's pictures were last looked at: the work list is its absence",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one way of looking got with one picture."""

    version: str
    up_to: int
    """Number of the last reference looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHit:
    """A reference picture found in a picture."""

    right_id: RightId
    role: ReferenceRole
    reference: Sha256
    how: PictureHow
    score: float
    box: Box | None
    quad: Quad | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTask:
    """A listing whose pictures are to be looked at."""

    ref: ListingRef
    content_digest: Sha256
    pictures: tuple[Sha256, ...]
    """Those that were fetched and could be decoded, in the order of the page, each once."""


def unlooked(
    unit: Unit, state: str, *, after: ListingRef | None, limit: int, again: bool = False
) -> tuple[LookTask, ...]:
    """Return listings not yet looked at in just this way, after one in the order of their keys.

    With `again` those of which the budget left something out.
    """
    done, key = listing_looks.c, listings.c
    is_due = or_(
        done.platform.is_(None),
        done.content_digest != key.content_digest,
        done.state != state,
    )
    query = (
        select(key.platform, key.listing_key, key.content_digest, sightings.c.content)
        .join(sightings, key.sighting_id == sightings.c.sighting_id)
        .outerjoin(
            listing_looks,
            and_(done.platform == key.platform, done.listing_key == key.listing_key),
        )
        .where(done.left_out > 0 if again else is_due)
        .order_by(key.platform, key.listing_key)
        .limit(limit)
    )
    if after is not None:
        later = and_(key.platform == after.platform, key.listing_key > after.listing_key)
        query = query.where(or_(key.platform > after.platform, later))
    return tuple(
        LookTask(
            ref=ListingRef(platform=row.platform, listing_key=row.listing_key),
            content_digest=Sha256(row.content_digest),
            pictures=_readable(from_json(Sighting, row.content)),
        )
        for row in unit.execute(query)
    )


def count_left_out(unit: Unit) -> int:
    """Return how many looks the budgets of listings did not reach so far."""
    total: int = unit.execute(
        select(func.coalesce(func.sum(listing_looks.c.left_out), 0))
    ).scalar_one()
    return total


def standings_of(unit: Unit, pictures: Collection[Sha256]) -> dict[Sha256, dict[str, Standing]]:
    """Return how far each way of looking got with each of some pictures."""
    columns = picture_looks.c
    found: defaultdict[Sha256, dict[str, Standing]] = defaultdict(dict)
    for part in in_parts(pictures):
        for row in unit.execute(select(picture_looks).where(columns.sha256.in_(part))):
            standing = Standing(version=row.version, up_to=row.up_to)
            found[Sha256(row.sha256)][row.stage] = standing
    return found


def save_look(
    unit: Unit,
    sha256: Sha256,
    stage: str,
    standing: Standing,
    hits: Iterable[StoredHit],
    at: datetime,
    *,
    keep_hits: bool,
) -> None:
    """Note how far a way of looking got, and what it found.

    `keep_hits`: it looked for new references only, and what it found before stays.
    """
    if not keep_hits:
        unit.execute(
            delete(picture_hits).where(
                picture_hits.c.sha256 == sha256, picture_hits.c.stage == stage
            )
        )
    for hit in hits:
        values = {
            "sha256": sha256,
            "right_id": hit.right_id,
            "role": hit.role.value,
            "reference": hit.reference,
            "how": hit.how.value,
            "stage": stage,
            "score": hit.score,
            "box": to_json(hit.box),
            "quad": to_json(hit.quad),
        }
        save(unit, picture_hits, values, replace=True)
    values = {
        "sha256": sha256,
        "stage": stage,
        "version": standing.version,
        "up_to": standing.up_to,
        "looked_at": at,
    }
    save(unit, picture_looks, values, replace=True)


def save_text(unit: Unit, sha256: Sha256, text: PictureText | None) -> None:
    """Keep the words read in a picture in place of those read before; None where there are none."""
    if text is None:
        unit.execute(delete(picture_texts).where(picture_texts.c.sha256 == sha256))
    else:
        values = {"sha256": sha256, "reader": text.reader, "lines": to_json(text.lines)}
        save(unit, picture_texts, values, replace=True)


def texts_of(unit: Unit, pictures: Collection[Sha256]) -> dict[Sha256, PictureText]:
    """Return the words read in some pictures."""
    found = {}
    for part in in_parts(pictures):
        rows = unit.execute(select(picture_texts).where(picture_texts.c.sha256.in_(part)))
        for row in rows:
            sha256 = Sha256(row.sha256)
            lines = from_json(tuple[TextLine, ...], row.lines)
            found[sha256] = PictureText(sha256=sha256, lines=lines, reader=row.reader)
    return found


def hits_of(unit: Unit, pictures: Collection[Sha256]) -> Mapping[Sha256, tuple[StoredHit, ...]]:
    """Return what was found in some pictures and is still in the register, the best first."""
    hits, known = picture_hits.c, reference_pictures.c
    found: defaultdict[Sha256, list[StoredHit]] = defaultdict(list)
    for part in in_parts(pictures):
        rows = unit.execute(
            select(picture_hits)
            .join(
                reference_pictures,
                and_(
                    known.right_id == hits.right_id,
                    known.role == hits.role,
                    known.sha256 == hits.reference,
                ),
            )
            .where(hits.sha256.in_(part))
            .order_by(hits.sha256, hits.score.desc(), hits.reference, hits.right_id, hits.how)
        )
        for row in rows:
            found[Sha256(row.sha256)].append(_hit_of(row))
    return {sha256: tuple(many) for sha256, many in found.items()}


def save_listing_look(
    unit: Unit, task: LookTask, *, state: str, found_digest: Sha256 | None, left_out: int
) -> None:
    """Note how the pictures of a listing were looked at, so that it leaves the work list."""
    values = {
        "platform": task.ref.platform,
        "listing_key": task.ref.listing_key,
        "content_digest": task.content_digest,
        "state": state,
        "found_digest": found_digest,
        "left_out": left_out,
    }
    save(unit, listing_looks, values, replace=True)


def forget_references(unit: Unit, gone: Collection[tuple[RightId, ReferenceRole, Sha256]]) -> None:
    """Take back what was found of references that leave the register.

    Pictures that were looked at no further because they copy a harmless one are looked at again.
    """
    hits = picture_hits.c
    for right_id, role, sha256 in gone:
        is_its = and_(hits.right_id == right_id, hits.role == role.value, hits.reference == sha256)
        if role is ReferenceRole.HARMLESS:
            shown = select(hits.sha256).where(is_its)
            unit.execute(delete(picture_looks).where(picture_looks.c.sha256.in_(shown)))
            unit.execute(update(listing_looks).values(state=""))
        unit.execute(delete(picture_hits).where(is_its))


def _hit_of(row: Any) -> StoredHit:
    return StoredHit(
        right_id=RightId(row.right_id),
        role=ReferenceRole(row.role),
        reference=Sha256(row.reference),
        how=PictureHow(row.how),
        score=row.score,
        box=from_json(Box | None, row.box),
        quad=from_json(Quad | None, row.quad),
    )


def _readable(sighting: Sighting) -> tuple[Sha256, ...]:
    shown = (one.sha256 for one in sighting.pictures if one.sha256 and one.phash)
    return tuple(dict.fromkeys(shown))
