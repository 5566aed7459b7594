"""The register: rights, their reference pictures, authorisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Index, Integer, Table, delete, func, insert, select

from domain.common import RightId, Sha256, derive_id
from domain.pictures import ReferencePicture, ReferenceRole
from domain.rights import (
    Authorisation,
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    Right,
    party_of,
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

_OF_HOLDER = (ReferenceRole.LOGO.value, ReferenceRole.PHOTO.value)
"""Roles of pictures that the rights holder registered."""
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
    Column("number", PlainText, comment="Of the registration, as the register writes it"),
    Column("noun", PlainText, nullable=False, comment="Class of the right in the vocabulary"),
    Column("content", Json, nullable=False, comment="The whole right"),
    comment="Protected rights; a lapsed one stays with its dates",
)
Index(None, rights.c.holder)
Index(None, rights.c.number)

reference_pictures = Table(
    "reference_pictures",
    metadata,
    Column("right_id", PlainText, primary_key=True, comment="The right it belongs to"),
    Column("role", PlainText, primary_key=True, comment="logo, photo, fake or harmless"),
    Column("sha256", PlainText, primary_key=True, comment="Of the bytes, kept as a blob"),
    Column("name", PlainText, nullable=False, comment="File name in the register"),
    Column("media_type", PlainText, nullable=False, comment="As decoded"),
    Column("phash", PlainText, nullable=False, comment="64-bit pHash, 16 hex digits"),
    Column(
        "number",
        Integer,
        nullable=False,
        server_default="1",
        comment="Order in which they came: known pictures are looked through for new ones only",
    ),
    comment="Drawings of marks, photos of genuine products, known fakes, harmless pictures",
)

reference_numbers = Table(
    "reference_numbers",
    metadata,
    Column("last", Integer, primary_key=True, comment="Number of the reference that came last"),
    comment="One row: numbers are never given twice, also after references were removed",
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


def find_rights(unit: Unit, right_ids: Collection[RightId]) -> dict[RightId, Right]:
    """Return those of some rights that the register has."""
    columns = (rights.c.right_id, rights.c.noun, rights.c.content)
    found = unit.execute(select(*columns).where(rights.c.right_id.in_(right_ids)))
    return {RightId(row.right_id): right_from_row(row.noun, row.content) for row in found}


def find_claims(unit: Unit, numbers: Collection[str]) -> tuple[Right, ...]:
    """Return the rights that have one of these numbers, at whatever office."""
    found = unit.execute(
        select(rights.c.noun, rights.c.content)
        .where(rights.c.number.in_(numbers))
        .order_by(rights.c.right_id)
    )
    return tuple(right_from_row(row.noun, row.content) for row in found)


def save_right(unit: Unit, right: Right) -> None:
    """Write a right under its id."""
    values = to_row(right, rights)
    values.update(kind=right.kind.value, noun=type(right).__name__, content=to_json(right))
    save(unit, rights, values, replace=True)


def count_rights(unit: Unit, *, holder: str | None = None) -> int:
    """Count the rights; those of one holder when given."""
    query = select(func.count()).select_from(rights)
    if holder is not None:
        query = query.where(rights.c.holder == holder)
    return unit.execute(query).scalar_one()


def all_rights(
    unit: Unit, *, holder: str | None = None, start: int = 0, limit: int | None = None
) -> tuple[Right, ...]:
    """Return the rights in the order of their ids; of one holder, and a stretch, when given."""
    query = select(rights.c.noun, rights.c.content).order_by(rights.c.right_id)
    query = query.offset(start).limit(limit)
    if holder is not None:
        query = query.where(rights.c.holder == holder)
    return tuple(right_from_row(row.noun, row.content) for row in unit.execute(query))


def replace_references(
    unit: Unit, right_id: RightId, pictures: tuple[ReferencePicture, ...]
) -> bool:
    """Make these the reference pictures of a right; returns whether anything changed."""
    before = set(references_of(unit, right_id))
    columns = reference_pictures.c
    for picture in before - set(pictures):
        unit.execute(
            delete(reference_pictures).where(
                columns.right_id == right_id,
                columns.role == picture.role.value,
                columns.sha256 == picture.sha256,
            )
        )
    for picture in pictures:
        if picture not in before:
            add_reference(unit, picture)
    return before != set(pictures)


def add_reference(unit: Unit, picture: ReferencePicture) -> None:
    """Keep a reference picture, numbered after all that ever were there."""
    number = last_reference(unit) + 1
    unit.execute(delete(reference_numbers))
    unit.execute(insert(reference_numbers).values(last=number))
    values = {
        **to_row(picture, reference_pictures),
        "role": picture.role.value,
        "number": number,
    }
    save(unit, reference_pictures, values, replace=True)


def last_reference(unit: Unit) -> int:
    """Return the number of the reference picture that came last, be it there or not."""
    last = unit.execute(select(reference_numbers.c.last)).scalar()
    return 1 if last is None else last


def references_of(
    unit: Unit, right_id: RightId | None = None, *, after: int = 0
) -> tuple[ReferencePicture, ...]:
    """Return the reference pictures of one right, or of all; those numbered above `after`."""
    columns = reference_pictures.c
    query = select(reference_pictures).order_by(columns.right_id, columns.role, columns.sha256)
    if right_id is not None:
        query = query.where(columns.right_id == right_id)
    if after:
        query = query.where(columns.number > after)
    return tuple(from_row(ReferencePicture, dict(row)) for row in unit.execute(query).mappings())


def references_of_each(
    unit: Unit, right_ids: Collection[RightId]
) -> dict[RightId, tuple[ReferencePicture, ...]]:
    """Return the reference pictures of each of some rights that has any."""
    query = select(reference_pictures).where(reference_pictures.c.right_id.in_(right_ids))
    found: dict[RightId, list[ReferencePicture]] = {}
    for row in unit.execute(query).mappings():
        picture = from_row(ReferencePicture, dict(row))
        found.setdefault(picture.right_id, []).append(picture)
    return {right_id: tuple(pictures) for right_id, pictures in found.items()}


def first_references(unit: Unit, right_ids: Collection[RightId]) -> dict[RightId, Sha256]:
    """Return the first reference picture, logos before photos, of each of some rights."""
    columns = reference_pictures.c
    rows = unit.execute(
        select(columns.right_id, columns.sha256)
        .where(columns.right_id.in_(right_ids), columns.role.in_(_OF_HOLDER))
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


def save_authorisation(unit: Unit, authorisation: Authorisation, *, period: int = 0) -> bool | None:
    """Keep an authorisation of a party for a right on its platform, account and area.

    A row for the same is replaced, since its dates may have changed; where there are several for
    one party, one after the other, `period` counts them from 0. Returns True when it is new, False
    when it replaced another, None when just this one was kept already.
    """
    authorisation_id = _authorisation_id(authorisation, period)
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


def remove_periods(unit: Unit, authorisation: Authorisation, *, after: int) -> int:
    """Remove the periods of an authorisation's party from a number on; returns how many."""
    removed = 0
    while unit.execute(
        delete(authorisations).where(
            authorisations.c.authorisation_id == _authorisation_id(authorisation, after + removed)
        )
    ).rowcount:
        removed += 1
    return removed


def remove_other_authorisations(
    unit: Unit, right_id: RightId, kept: Iterable[tuple[Authorisation, int]]
) -> int:
    """Remove every authorisation of a right but these, each with its period; returns how many."""
    ids = [_authorisation_id(one, period) for one, period in kept]
    statement = delete(authorisations).where(
        authorisations.c.right_id == right_id, authorisations.c.authorisation_id.not_in(ids)
    )
    return unit.execute(statement).rowcount


def _authorisation_id(one: Authorisation, period: int) -> str:
    later = (str(period),) if period else ()
    return derive_id("authorisation", *(part or "" for part in party_of(one)), *later)


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
