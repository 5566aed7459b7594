"""The register: importing files, registering one right by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import register
from casework.access import holder_scope, require
from casework.context import Context
from casework.files import open_file, read_file
from casework.references import describe_reference
from casework.registering import Registering, save_pictures
from domain.common import Refusal, RightId, WrongUse
from domain.pictures import ReferencePicture, ReferenceRole
from domain.registers import RegisterImport
from domain.rights import Authorisation, Right, claim_of, is_same_holder, party_of
from domain.users import Role, User
from storage import registers, rights


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of the rows of a file."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    refusals: tuple[Refusal, ...] = ()
    unlisted: int = 0
    """Refused too, beyond as many as are listed."""


_BATCH = 500
_KEPT = 50
"""Changes and refusals that are kept of an import; all of them are told when it is made."""
_OUTCOMES = {True: "added", False: "updated", None: "unchanged"}


def import_register(
    context: Context, path: Path, *, on_progress: Callable[[int, float], None] | None = None
) -> RegisterImport:
    """Import a register file: new rights are added, known ones updated, broken rows listed.

    The file is read and stored in batches. A right that it does not name stays as it is, also
    one that lapsed; a stored picture stays where its row still names it but the file cannot be
    read this time. `on_progress` is told how many rights are done and how much of the file, 0..1.

    Raises: WrongUse when the file cannot be opened.
    """
    now = context.clock()
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    registering = Registering(context, path, now, today)
    batch: list[register.RegisterRow] = []
    done = 0
    with open_file(path) as (file, size):
        for one in register.stream_register(path.name, file, size):
            if isinstance(one, Refusal):
                registering.refuse(one)
                continue
            batch.append(one)
            if len(batch) == _BATCH:
                registering.store(batch)
                done += len(batch)
                if on_progress is not None:
                    on_progress(done, one.share)
                batch.clear()
    registering.store(batch)
    result = registering.result()
    with context.database.write() as unit:
        kept = replace(result, changes=result.changes[:_KEPT], refusals=result.refusals[:_KEPT])
        registers.add_import(unit, kept)
    return result


def last_import(context: Context, user: User) -> RegisterImport | None:
    """Return what the last import of a register did; it tells of all holders' rights, so that a
    rights holder is told nothing.
    """
    if holder_scope(user) is not None:
        return None
    with context.database.read() as unit:
        return registers.last_import(unit)


def import_authorisations(context: Context, path: Path, *, is_whole: bool = False) -> ImportResult:
    """Import a list of authorised parties; rows for rights that the register lacks are refused.

    The rows for one party, right, platform, account and area replace those of an earlier file;
    several are periods that follow one another. With `is_whole` the file is the whole list of the
    rights it names: whoever is not in it any more loses the authorisation, unless rows are broken,
    which may have been theirs.

    Raises: WrongUse when the file cannot be opened.
    """
    reading = register.read_authorisations(path.name, read_file(path))
    refusals = list(reading.refusals)
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    removed = 0
    periods: dict[tuple[str | None, ...], list[Authorisation]] = {}
    with context.database.write() as unit:
        for line, one in zip(reading.lines, reading.authorisations, strict=True):
            if rights.find_right(unit, one.right_id) is None:
                reason = f"the register has no right {one.right_id}"
                refusals.append(Refusal(file=path.name, line=line, field="right_id", reason=reason))
                continue
            periods.setdefault(party_of(one), []).append(one)
        kept: dict[RightId, list[tuple[Authorisation, int]]] = {}
        for many in periods.values():
            for number, one in enumerate(sorted(many, key=_starts)):
                kept.setdefault(one.right_id, []).append((one, number))
                counts[_OUTCOMES[rights.save_authorisation(unit, one, period=number)]] += 1
            removed += rights.remove_periods(unit, many[0], after=len(many))
        if is_whole and reading.broken:
            reason = f"expected a whole list, got {reading.broken} broken rows: nobody was removed"
            refusals.append(Refusal(file=path.name, reason=reason))
        elif is_whole:
            for right_id, theirs in kept.items():
                removed += rights.remove_other_authorisations(unit, right_id, theirs)
    return ImportResult(**counts, removed=removed, refusals=tuple(refusals))


def _starts(one: Authorisation) -> date:
    return one.valid_from or date.min


def register_right(
    context: Context, user: User, right: Right, logos: Sequence[tuple[str, bytes]]
) -> Right:
    """Register one new right with its logos, for a rights holder always under the own name.

    Raises: UnreadablePicture naming the logo; WrongUse when the id, or the
    number by another holder, is registered already.
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
        for other in rights.find_claims(unit, {named.number} if named.number else ()):
            is_claimed = claim_of(other) == claim_of(named)
            if is_claimed and not is_same_holder(other.holder, named.holder):
                raise WrongUse(f"the number {named.number} is registered for another holder")
        stored = rights.references_of(unit, named.right_id)
        save_pictures(context, unit, named, references, stored)
        rights.save_right(unit, named)
    return named


def page_of_rights(
    context: Context, user: User, *, page: int, per_page: int
) -> tuple[tuple[Right, ...], int]:
    """Return one page, from 1, of the rights a user may see, and how many there are in all.

    Of a page after the last the last is returned.
    """
    holder = holder_scope(user)
    with context.database.read() as unit:
        total = rights.count_rights(unit, holder=holder)
        start = min(page - 1, max(0, total - 1) // per_page) * per_page
        return rights.all_rights(unit, holder=holder, start=start, limit=per_page), total


def list_references(context: Context, right_id: RightId) -> tuple[ReferencePicture, ...]:
    """Return the reference pictures of a right."""
    with context.database.read() as unit:
        return rights.references_of(unit, right_id)
