"""What references take for themselves in pictures that do not show them: asked bit by bit, kept.

Drawings of the register are asked, for all marks but those of their own holder, and harmless
pictures, for all but the mark of their right. What is judged genuine is not: it shows the mark.
A thousand pictures tell what is found wrongly in one of a hundred.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.context import Context
from casework.derived import write_whole
from casework.picture_indexes import open_stored_pictures
from domain.common import RightId, SuyuanError, digest
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.decode import decode_picture
from matchers.pictures.floors import apply_floors, ask, is_another, is_hub
from matchers.pictures.learned.index import LearnedIndex, from_steps
from matchers.pictures.learned.networks import EMBEDDING, Floats
from matchers.pictures.logos import logos_version
from matchers.pictures.look_index import LookIndex, prints_of_references
from storage import rights

ENDING = ".floors"
MOST_ASKED = 1_000
"""Pictures that are asked in all."""
_log = logging.getLogger("suyuan.pictures")


@dataclass(slots=True)
class LearntFloors:
    """Wrong answers so far; references and pictures by their prints (`prints_of_references`)."""

    asked: set[int] = field(default_factory=set)
    wrong: defaultdict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    """Of each reference, its score in each picture; pictures that are alike count as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A reference that is switched off, since it was found in pictures that do not show it."""

    reference: ReferencePicture
    found_in: int
    asked: int


def open_floors(folder: Path | None) -> LearntFloors:
    """Return what was learnt with these networks; nothing where no file tells it."""
    learnt = LearntFloors()
    if folder is None:
        return learnt
    path = _path(folder)
    try:
        content = json.loads(path.read_bytes())
        learnt.asked.update(map(int, content["asked"]))
        for reference, picture, score in content["wrong"]:
            learnt.wrong[int(reference)][int(picture)] = float(score)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as fault:
        _log.warning("what was learnt of hubs cannot be read and is learnt anew: %s", fault)
        return LearntFloors()
    return learnt


def save_floors(folder: Path, learnt: LearntFloors) -> None:
    """Keep what was learnt; what other versions of the networks learnt goes.

    Raises: OSError.
    """
    wrong = [
        (reference, picture, score)
        for reference, scores in sorted(learnt.wrong.items())
        for picture, score in sorted(scores.items())
    ]
    content = json.dumps({"asked": sorted(learnt.asked), "wrong": wrong}).encode()
    write_whole(_path(folder), lambda file: file.write(content))
    for other in folder.glob(f"*{ENDING}"):
        if other != _path(folder):
            other.unlink(missing_ok=True)


def use_floors(index: LookIndex, learnt: LearntFloors) -> tuple[Hub, ...]:
    """Set the floors of an index; returns the hubs, which are switched off."""
    if not learnt.wrong:
        return ()
    prints = prints_of_references(index.references).tolist()
    answers = {at: learnt.wrong[one] for at, one in enumerate(prints) if one in learnt.wrong}
    apply_floors(index.logos, answers, len(learnt.asked))
    return hubs_among(index.references, learnt)


def hubs_among(references: Sequence[ReferencePicture], learnt: LearntFloors) -> tuple[Hub, ...]:
    """Return those of some references that are switched off by what was learnt."""
    asked = len(learnt.asked)
    if not learnt.wrong:
        return ()
    prints = prints_of_references(references).tolist()
    found_in = [len(learnt.wrong[one]) if one in learnt.wrong else 0 for one in prints]
    return tuple(
        Hub(reference=reference, found_in=count, asked=asked)
        for reference, count in zip(references, found_in, strict=True)
        if is_hub(count, asked)
    )


def list_hubs(
    context: Context, references: Sequence[ReferencePicture] | None = None
) -> tuple[Hub, ...]:
    """Return the references that are switched off: of some, or of the whole register."""
    learnt = open_floors(context.settings.indexes_folder)
    if references is None:
        with context.database.read() as unit:
            references = rights.references_of(unit)
    return hubs_among(references, learnt)


def learn_floors(context: Context, *, most: int = 100) -> tuple[Hub, ...]:
    """Ask pictures that were not asked before, `most` at a time (.3 s each); return all hubs.

    A second call goes on where this one ends, until `MOST_ASKED` were asked.
    """
    folder = context.settings.indexes_folder
    index, learnt = _open_index(context), open_floors(folder)
    hubs = use_floors(index, learnt)
    asking = _unasked(index, learnt, min(most, MOST_ASKED - len(learnt.asked)))
    if not asking:
        return hubs
    with context.database.read() as unit:
        holders = {one.right_id: one.holder for one in rights.all_rights(unit)}
    family: defaultdict[str, set[RightId]] = defaultdict(set)
    for right_id, holder in holders.items():
        family[holder or right_id].add(right_id)
    vectors = _Vectors.of(index)
    for number, reference in asking:
        learnt.asked.add(number)
        try:
            decoded = decode_picture(context.blobs.get(reference.sha256), reference.name)
        except SuyuanError as refusal:
            _log.warning("a picture could not be asked: %s", refusal)
            continue
        shows = family[holders.get(reference.right_id) or reference.right_id]
        drawing = vectors.at(number) if reference.role is ReferenceRole.LOGO else None
        for answer in ask(decoded, shows | {reference.right_id}, drawing, index.logos):
            (wrong,) = prints_of_references([answer.reference]).tolist()
            before = learnt.wrong[wrong]
            if drawing is None or is_another(drawing, vectors.all_of(before)):
                before[number] = answer.score
    save_floors(folder, learnt)
    return use_floors(index, learnt)


def _unasked(
    index: LookIndex, learnt: LearntFloors, room: int
) -> list[tuple[int, ReferencePicture]]:
    """Return harmless pictures, then drawings, in the order of their prints, which is by chance."""
    numbered = zip(prints_of_references(index.references).tolist(), index.references, strict=True)
    asked = (ReferenceRole.HARMLESS, ReferenceRole.LOGO)
    new = [(number, one) for number, one in numbered if one.role in asked and one.right_id]
    new = [pair for pair in new if pair[0] not in learnt.asked]
    new.sort(key=lambda pair: (pair[1].role is ReferenceRole.LOGO, pair[0]))
    return new[: max(room, 0)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Vectors:
    """Descriptions of references by their prints."""

    learned: LearnedIndex
    rows: dict[int, int]

    @classmethod
    def of(cls, index: LookIndex) -> _Vectors:
        prints = prints_of_references(index.references).tolist()
        learned = index.logos.learned
        rows = {prints[at]: row for row, at in enumerate(learned.references.tolist())}
        return cls(learned=learned, rows=rows)

    def at(self, number: int) -> Floats | None:
        row = self.rows.get(number)
        return None if row is None else from_steps(self.learned.vectors[row])

    def all_of(self, numbers: dict[int, float]) -> Floats:
        rows = [self.rows[one] for one in numbers if one in self.rows]
        return from_steps(self.learned.vectors[rows].reshape(-1, EMBEDDING))


def _open_index(context: Context) -> LookIndex:
    with context.database.read() as unit:
        references = rights.references_of(unit)
    return open_stored_pictures(context, references)


def _path(folder: Path) -> Path:
    return folder / f"{digest(logos_version().encode())[:12]}{ENDING}"
