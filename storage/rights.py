"""The register: rights, their reference pictures, authorisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Index, Table, delete, select

from domain.common import RightId, Sha256, derive_id
from domain.pictures import ReferencePicture
from domain.rights import (
    Authorisation,
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    Right,
)
from storage.schema import (
    Json,
    PlainText,
    Unit,
    from_json,
    from_row,
    metadata,
    save,
    to_json,
    to_row,
)

_CLASSES: dict[str, type] = {
    noun.__name__: noun for noun in (Mark, GeographicalIndication, OfficialSign, Patent)
}

rights = Table(
    "rights",
    metadata,
    Column("right_id", PlainText, primary_key=True, comment="As the register file names it"),
    Column("kind", PlainText, nullable=False, comment="Column kind of the register file"),
    Column("name", PlainText, nullable=False, comment="The protected name"),
    Column("holder", PlainText, comment="Owner or producer group"),
    Column("noun", PlainText, nullable=False, comment="Class of the right in the vocabulary"),
    Column("content", Json, nullable=False, comment="The whole right"),
    comment="Protected rights; a lapsed one stays with its dates",
)
Index(None, rights.c.holder)

reference_pictures = Table(
    "reference_pictures",
    metadata,
    Column("right_id", PlainText, primary_key=True, comment="The right it belongs to"),
    Column("role", PlainText, primary_key=True, comment="logo or photo"),
    Column("sha256", PlainText, primary_key=True, comment="Of the bytes, kept as a blob"),
    Column("name", PlainText, nullable=False, comment="File name in the register"),
    Column("media_type", PlainText, nullable=False, comment="As decoded"),
    Column("phash", PlainText, nullable=False, comment="64-bit pHash, 16 hex digits"),
    comment="Drawings of marks and photos of genuine products",
)

authorisations = Table(
    "authorisations",
    metadata,
    Column(
        "authorisation_id",
        PlainText,
        primary_key=True,
        comment="Of right, party, platform, area",
    ),
    Column("right_id", PlainText, nullable=False, comment="The right that may be used"),
    Column("content", Json, nullable=False, comment="The whole authorisation"),
    comment="Parties allowed to use a right",
)
Index(None, authorisations.c.right_id)


def find_right(unit: Unit, right_id: RightId) -> Right | None:
    """Return one right, or None when the register has none of this id."""
    row = unit.execute(
        select(rights.c.noun, rights.c.content).where(rights.c.right_id == right_id)
    ).first()
    return None if row is None else right_from_row(row.noun, row.content)


def save_right(unit: Unit, right: Right) -> None:
    """Write a right under its id."""
    values = to_row(right, rights)
    values.update(kind=right.kind.value, noun=type(right).__name__, content=to_json(right))
    save(unit, rights, values, replace=True)


def all_rights(unit: Unit, *, holder: str | None = None) -> tuple[Right, ...]:
    """Return the rights in the order of their ids; of one holder when given."""
    query = select(rights.c.noun, rights.c.content).order_by(rights.c.right_id)
    if holder is not None:
        query = query.where(rights.c.holder == holder)
    return tuple(right_from_row(row.noun, row.content) for row in unit.execute(query))


def replace_references(
    unit: Unit, right_id: RightId, pictures: tuple[ReferencePicture, ...]
) -> bool:
    """Make these the reference pictures of a right; returns whether anything changed."""
    before = references_of(unit, right_id)
    if set(before) == set(pictures):
        return False
    unit.execute(delete(reference_pictures).where(reference_pictures.c.right_id == right_id))
    for picture in pictures:
        values = {**to_row(picture, reference_pictures), "role": picture.role.value}
        save(unit, reference_pictures, values, replace=True)
    return True


def references_of(unit: Unit, right_id: RightId | None = None) -> tuple[ReferencePicture, ...]:
    """Return the reference pictures of one right, or of all."""
    columns = reference_pictures.c
    query = select(reference_pictures).order_by(columns.right_id, columns.role, columns.sha256)
    if right_id is not None:
        query = query.where(columns.right_id == right_id)
    return tuple(from_row(ReferencePicture, dict(row)) for row in unit.execute(query).mappings())


def first_references(unit: Unit, right_ids: Collection[RightId]) -> dict[RightId, Sha256]:
    """Return the first reference picture, logos before photos, of each of some rights."""
    columns = reference_pictures.c
    rows = unit.execute(
        select(columns.right_id, columns.sha256)
        .where(columns.right_id.in_(right_ids))
        .order_by(columns.right_id, columns.role, columns.sha256)
    )
    first: dict[RightId, Sha256] = {}
    for row in rows:
        first.setdefault(RightId(row.right_id), Sha256(row.sha256))
    return first


def reference_media_type(unit: Unit, sha256: Sha256) -> str | None:
    """Return the media type of a reference picture, or None when the digest is no such one's."""
    return (
        unit.execute(
            select(reference_pictures.c.media_type).where(reference_pictures.c.sha256 == sha256)
        )
        .scalars()
        .first()
    )


def save_authorisation(unit: Unit, authorisation: Authorisation) -> bool | None:
    """Keep an authorisation of a party for a right on its platform, account and area.

    A row for the same is replaced, since its dates may have changed. Returns True when it is new,
    False when it replaced another, None when just this one was kept already.
    """
    authorisation_id = _authorisation_id(authorisation)
    content = to_json(authorisation)
    known = unit.execute(
        select(authorisations.c.content).where(
            authorisations.c.authorisation_id == authorisation_id
        )
    ).scalar()
    if known == content:
        return None
    values = {
        "authorisation_id": authorisation_id,
        "right_id": authorisation.right_id,
        "content": content,
    }
    save(unit, authorisations, values, replace=True)
    return known is None


def remove_other_authorisations(
    unit: Unit, right_id: RightId, kept: Iterable[Authorisation]
) -> int:
    """Remove every authorisation of a right but these; returns how many were removed."""
    ids = [_authorisation_id(one) for one in kept]
    statement = delete(authorisations).where(
        authorisations.c.right_id == right_id, authorisations.c.authorisation_id.not_in(ids)
    )
    return unit.execute(statement).rowcount


def _authorisation_id(one: Authorisation) -> str:
    parts = (one.party, one.uscc, one.platform, one.seller_key, one.area)
    return derive_id("authorisation", one.right_id, *(part or "" for part in parts))


def all_authorisations(unit: Unit, right_id: RightId | None = None) -> tuple[Authorisation, ...]:
    """Return the authorisations of one right, or of all."""
    query = select(authorisations.c.content).order_by(authorisations.c.authorisation_id)
    if right_id is not None:
        query = query.where(authorisations.c.right_id == right_id)
    return tuple(from_json(Authorisation, content) for content in unit.execute(query).scalars())


def right_from_row(noun: str, content: object) -> Right:
    """Make the right of its stored class name and content."""
    right: Right = from_json(_CLASSES[noun], content)
    return right
