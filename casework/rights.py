"""The register: importing files, registering one right by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import register
from casework.access import holder_scope, require
from casework.context import Context
from casework.files import read_file
from casework.references import LoadedReference, describe_reference, load_references
from domain.common import Refusal, RightId, WrongUse
from domain.pictures import ReferencePicture, ReferenceRole
from domain.rights import Right
from domain.users import Role, User
from storage import rights


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of the rows of a file."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: tuple[Refusal, ...] = ()


def import_register(context: Context, path: Path) -> ImportResult:
    """Import a register file: new rights are added, known ones updated, broken rows listed.

    Raises: WrongUse when the file cannot be opened.
    """
    reading = register.read_register(path.name, read_file(path))
    refusals = list(reading.refusals)
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for right in reading.rights:
        references, refused = load_references(right, path)
        refusals += refused
        counts[_save(context, right, references)] += 1
    return ImportResult(**counts, refusals=tuple(refusals))


def import_authorisations(context: Context, path: Path) -> ImportResult:
    """Import a list of authorised parties; rows for rights that the register lacks are refused.

    Raises: WrongUse when the file cannot be opened.
    """
    reading = register.read_authorisations(path.name, read_file(path))
    refusals = list(reading.refusals)
    added = unchanged = 0
    with context.database.write() as unit:
        for authorisation in reading.authorisations:
            if rights.find_right(unit, authorisation.right_id) is None:
                reason = f"the register has no right {authorisation.right_id}"
                refusals.append(Refusal(file=path.name, field="right_id", reason=reason))
            elif rights.save_authorisation(unit, authorisation):
                added += 1
            else:
                unchanged += 1
    return ImportResult(added=added, unchanged=unchanged, refusals=tuple(refusals))


def register_right(
    context: Context, user: User, right: Right, logos: Sequence[tuple[str, bytes]]
) -> Right:
    """Register one right with its logos, for a rights holder always under the holder's own name.

    Raises: UnreadablePicture naming the logo; WrongUse when the id is taken by another holder.
    """
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    scope = holder_scope(user)
    owned = right if scope is None else replace(right, holder=scope)
    named = replace(owned, logos=tuple(name for name, _ in logos))
    with context.database.read() as unit:
        known = rights.find_right(unit, right.right_id)
    if known is not None and scope is not None and known.holder != scope:
        raise WrongUse(f"the id {right.right_id} is taken")
    references = tuple(
        describe_reference(right.right_id, ReferenceRole.LOGO, name, data) for name, data in logos
    )
    _save(context, named, references)
    return named


def list_rights(context: Context, user: User) -> tuple[Right, ...]:
    """Return the rights a user may see: all, or a rights holder's own."""
    with context.database.read() as unit:
        return rights.all_rights(unit, holder=holder_scope(user))


def list_references(context: Context, right_id: RightId) -> tuple[ReferencePicture, ...]:
    """Return the reference pictures of a right."""
    with context.database.read() as unit:
        return rights.references_of(unit, right_id)


def _save(context: Context, right: Right, references: tuple[LoadedReference, ...]) -> str:
    for reference in references:
        context.blobs.put(reference.data)
    pictures = tuple(reference.picture for reference in references)
    with context.database.write() as unit:
        known = rights.find_right(unit, right.right_id)
        new_pictures = rights.replace_references(unit, right.right_id, pictures)
        if known == right:
            return "updated" if new_pictures else "unchanged"
        rights.save_right(unit, right)
        return "added" if known is None else "updated"
