"""The register: importing files, registering one right by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import register
from casework.access import holder_scope, require
from casework.context import Context
from casework.files import read_file
from casework.references import LoadedReference, describe_reference, load_references
from domain.common import Refusal, RightId, WrongUse
from domain.pictures import ROLES_OF_PEOPLE, ReferencePicture, ReferenceRole
from domain.rights import Authorisation, Right
from domain.users import Role, User
from storage import Unit, looks, rights


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of the rows of a file."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    refusals: tuple[Refusal, ...] = ()


_CHUNK = 500
_OUTCOMES = {True: "added", False: "updated", None: "unchanged"}


def import_register(
    context: Context, path: Path, *, on_progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Import a register file: new rights are added, known ones updated, broken rows listed.

    A stored picture stays where its row still names it but the file cannot be read this time.
    `on_progress` is told how many rights of how many are done.

    Raises: WrongUse when the file cannot be opened.
    """
    reading = register.read_register(path.name, read_file(path))
    refusals = list(reading.refusals)
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for start in range(0, len(reading.rights), _CHUNK):
        chunk = []
        for right in reading.rights[start : start + _CHUNK]:
            references, refused = load_references(right, path)
            refusals += refused
            chunk.append((right, references))
        with context.database.write() as unit:
            for right, references in chunk:
                counts[_save(context, unit, right, references)] += 1
        if on_progress is not None:
            on_progress(start + len(chunk), len(reading.rights))
    return ImportResult(**counts, refusals=tuple(refusals))


def import_authorisations(context: Context, path: Path, *, is_whole: bool = False) -> ImportResult:
    """Import a list of authorised parties; rows for rights that the register lacks are refused.

    A row for the same party, right, platform, account and area replaces the earlier one. With
    `is_whole` the file is the whole list of the rights it names: whoever is not in it any more
    loses the authorisation.

    Raises: WrongUse when the file cannot be opened.
    """
    reading = register.read_authorisations(path.name, read_file(path))
    refusals = list(reading.refusals)
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    accepted: dict[RightId, list[Authorisation]] = {}
    with context.database.write() as unit:
        for one in reading.authorisations:
            if rights.find_right(unit, one.right_id) is None:
                reason = f"the register has no right {one.right_id}"
                refusals.append(Refusal(file=path.name, field="right_id", reason=reason))
                continue
            accepted.setdefault(one.right_id, []).append(one)
            counts[_OUTCOMES[rights.save_authorisation(unit, one)]] += 1
        removed = sum(
            rights.remove_other_authorisations(unit, right_id, kept)
            for right_id, kept in accepted.items()
            if is_whole
        )
    return ImportResult(**counts, removed=removed, refusals=tuple(refusals))


def register_right(
    context: Context, user: User, right: Right, logos: Sequence[tuple[str, bytes]]
) -> Right:
    """Register one new right with its logos, for a rights holder always under the own name.

    Raises: UnreadablePicture naming the logo; WrongUse when the id is registered already.
    """
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    scope = holder_scope(user)
    owned = right if scope is None else replace(right, holder=scope)
    named = replace(owned, logos=tuple(name for name, _ in logos))
    references = tuple(
        describe_reference(right.right_id, ReferenceRole.LOGO, name, data) for name, data in logos
    )
    with context.database.write() as unit:
        known = rights.find_right(unit, right.right_id)
        if known is not None and known != named:
            raise WrongUse(f"a right with the id {right.right_id} is registered already")
        _save(context, unit, named, references)
    return named


def list_rights(context: Context, user: User) -> tuple[Right, ...]:
    """Return the rights a user may see: all, or a rights holder's own."""
    with context.database.read() as unit:
        return rights.all_rights(unit, holder=holder_scope(user))


def list_references(context: Context, right_id: RightId) -> tuple[ReferencePicture, ...]:
    """Return the reference pictures of a right."""
    with context.database.read() as unit:
        return rights.references_of(unit, right_id)


def _save(
    context: Context, unit: Unit, right: Right, references: tuple[LoadedReference, ...]
) -> str:
    for reference in references:
        context.blobs.put(reference.data)
    pictures = _with_stored(unit, right, tuple(reference.picture for reference in references))
    known = rights.find_right(unit, right.right_id)
    gone = set(rights.references_of(unit, right.right_id)) - set(pictures)
    new_pictures = rights.replace_references(unit, right.right_id, pictures)
    looks.forget_references(unit, [(one.right_id, one.role, one.sha256) for one in gone])
    if known == right:
        return "updated" if new_pictures else "unchanged"
    rights.save_right(unit, right)
    return "added" if known is None else "updated"


def _with_stored(
    unit: Unit, right: Right, loaded: tuple[ReferencePicture, ...]
) -> tuple[ReferencePicture, ...]:
    """Keep the stored pictures that the right names and that were not loaded now, and those that
    people made references of.
    """
    named = {
        *((ReferenceRole.LOGO, name) for name in right.logos),
        *((ReferenceRole.PHOTO, name) for name in right.photos),
    }
    missing = named - {(picture.role, picture.name) for picture in loaded}
    stored = rights.references_of(unit, right.right_id)
    return loaded + tuple(
        one for one in stored if (one.role, one.name) in missing or one.role in ROLES_OF_PEOPLE
    )
