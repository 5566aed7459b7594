"""Rights of a register stored in batches: what each of them changes, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

from casework.context import Context
from casework.references import LoadedReference, load_references
from domain.common import Refusal, RightId
from domain.grounds import Ground, ground_on
from domain.pictures import ROLES_OF_PEOPLE, ReferencePicture, ReferenceRole
from domain.registers import MOST_NAMED, RegisterImport, RightChange
from domain.rights import GeographicalIndication, RegisterEntry, Right, claim_of, is_same_holder
from register import RegisterRow
from storage import Unit, looks, rights

MOST_LISTED = 10_000
"""Refusals, and changes, that an import holds; the others are counted."""

_Loaded = tuple[RegisterRow, tuple[LoadedReference, ...]]


class Registering:
    """Takes in the rights of one register file and keeps count."""

    def __init__(self, context: Context, path: Path, now: datetime, today: date) -> None:
        self._context, self._path, self._now, self._today = context, path, now, today
        self._counts = dict.fromkeys(("added", "updated", "unchanged", "refused"), 0)
        self._grounds: Counter[Ground] = Counter()
        self._not_stated: list[RightId] = []
        self._without_area = self._lapsed = 0
        self._changes: list[RightChange] = []
        self._lapses: list[RightChange] = []
        self._refusals: list[Refusal] = []

    def refuse(self, refusal: Refusal) -> None:
        """Keep what was refused."""
        self._counts["refused"] += 1
        if len(self._refusals) < MOST_LISTED:
            self._refusals.append(refusal)

    def store(self, rows: Sequence[RegisterRow]) -> None:
        """Store some rights in one unit of work."""
        loaded = [(row, self._load(row)) for row in rows]
        right_ids = {row.right.right_id for row in rows}
        with self._context.database.write() as unit:
            known = rights.find_rights(unit, right_ids)
            pictures = rights.references_of_each(unit, tuple(known))
            others = self._claimed(unit, rows, right_ids)
            for row, references in loaded:
                right, claim = row.right, claim_of(row.right)
                other = others.setdefault(claim, right) if claim else right
                if other.right_id != right.right_id and not is_same_holder(
                    other.holder, right.holder
                ):
                    self.refuse(self._claim_refusal(row, other))
                    continue
                before = known.get(right.right_id)
                stored = pictures.get(right.right_id, ())
                has_new = save_pictures(self._context, unit, right, references, stored)
                self._save(unit, before, right, has_new_pictures=has_new)
                known[right.right_id] = right

    def result(self) -> RegisterImport:
        """Return what the import did so far."""
        return RegisterImport(
            file=self._path.name,
            imported_at=self._now,
            **self._counts,
            lapsed=self._lapsed,
            without_area=self._without_area,
            grounds=dict(self._grounds),
            not_stated=tuple(self._not_stated),
            changes=(*self._lapses, *self._changes)[:MOST_LISTED],
            refusals=tuple(self._refusals),
        )

    def _load(self, row: RegisterRow) -> tuple[LoadedReference, ...]:
        references, refused = load_references(row.right, self._path)
        for one in refused:
            self.refuse(replace(one, line=row.line))
        return references

    def _claimed(
        self, unit: Unit, rows: Sequence[RegisterRow], right_ids: set[RightId]
    ) -> dict[tuple[str, str, str], Right]:
        """Return who has the numbers of these rights already, but for these rights themselves."""
        numbers = {row.right.number for row in rows if row.right.number}
        return {
            claim: one
            for one in rights.find_claims(unit, numbers)
            if one.right_id not in right_ids
            and one.holder is not None
            and (claim := claim_of(one)) is not None
        }

    def _claim_refusal(self, row: RegisterRow, other: Right) -> Refusal:
        reason = (
            f"expected one holder for each number of an office, got {row.right.number}, which "
            f"another holder has as {other.right_id}"
        )
        return Refusal(file=self._path.name, line=row.line, field="number", reason=reason)

    def _save(
        self, unit: Unit, before: Right | None, right: Right, *, has_new_pictures: bool
    ) -> None:
        ground = ground_on(right, self._today, self._context.settings.market)
        self._grounds[ground] += 1
        if ground is Ground.NOT_STATED and len(self._not_stated) < MOST_NAMED:
            self._not_stated.append(right.right_id)
        self._without_area += isinstance(right, GeographicalIndication) and not right.area
        if before != right:
            rights.save_right(unit, right)
        if before is None:
            self._counts["added"] += 1
            return
        changed = changed_fields(before, right) + (("logos",) if has_new_pictures else ())
        if not changed:
            self._counts["unchanged"] += 1
            return
        self._counts["updated"] += 1
        was = ground_on(before, self._today, self._context.settings.market)
        is_lapse = ground is Ground.LAPSED and was is not Ground.LAPSED
        self._lapsed += is_lapse
        change = RightChange(
            right_id=right.right_id,
            name=right.name,
            fields=tuple(dict.fromkeys(changed)),
            is_lapse=is_lapse,
            ground=ground if ground is not was else None,
        )
        listed = self._lapses if is_lapse else self._changes
        if len(listed) < MOST_LISTED:
            listed.append(change)


def changed_fields(before: Right, after: Right) -> tuple[str, ...]:
    """Name the fields in which two states of a right differ, those of its entry with a dot."""
    if type(before) is not type(after):
        return ("kind",)
    return tuple(
        name
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
        for name in _names_within(field.name, before.entry, after.entry)
    )


def _names_within(
    name: str, before: RegisterEntry | None, after: RegisterEntry | None
) -> tuple[str, ...]:
    if name != "entry" or before is None or after is None:
        return (name,)
    return tuple(
        f"entry.{field.name}"
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def save_pictures(
    context: Context,
    unit: Unit,
    right: Right,
    loaded: tuple[LoadedReference, ...],
    stored: tuple[ReferencePicture, ...],
) -> bool:
    """Make the loaded pictures those of a right; returns whether anything changed.

    A stored picture that the right names and that was not loaded now stays, and so do those that
    people made references of.
    """
    if not loaded and not stored:
        return False
    for reference in loaded:
        context.blobs.put(reference.data)
    pictures = _with_stored(right, tuple(one.picture for one in loaded), stored)
    gone = set(stored) - set(pictures)
    looks.forget_references(unit, [(one.right_id, one.role, one.sha256) for one in gone])
    return rights.replace_references(unit, right.right_id, pictures)


def _with_stored(
    right: Right, loaded: tuple[ReferencePicture, ...], stored: tuple[ReferencePicture, ...]
) -> tuple[ReferencePicture, ...]:
    named = {
        *((ReferenceRole.LOGO, name) for name in right.logos),
        *((ReferenceRole.PHOTO, name) for name in right.photos),
    }
    missing = named - {(picture.role, picture.name) for picture in loaded}
    return loaded + tuple(
        one for one in stored if (one.role, one.name) in missing or one.role in ROLES_OF_PEOPLE
    )
