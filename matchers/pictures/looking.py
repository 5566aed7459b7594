"""One look at a picture: stage after stage, the cheap ones first, until its budget is spent.

A stage is a way of looking. To add one: a line in `STAGES`, and what it looks things up in as a
field of `LookIndex` (`look_index`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.matches import PictureHow
from domain.pictures import ReferencePicture, ReferenceRole, ShownSign, TextLine
from matchers.pictures.copies import find_copies
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.hits import PictureHit
from matchers.pictures.logos import find_logos, hit_from, logos_version
from matchers.pictures.look_index import LookIndex
from matchers.pictures.prints import take_print
from matchers.pictures.seals import SEALS_VERSION, SealHit, find_seals, may_show_seals
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import WORDS_VERSION, needs_words, read_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stages found in a picture."""

    hits: tuple[PictureHit, ...] = ()
    lines: tuple[TextLine, ...] | None = None
    """The words read, in reading order; None while they were not looked for."""
    seals: tuple[SealHit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One way of looking at a picture."""

    name: str
    version: str
    """Another one asks for another look at every picture."""
    cost_ms: float
    """CPU time of a picture of .57 megapixels on one core, as measured: what budgets are kept by,
    so that the same pictures are looked at in the same way on every machine."""
    look: Callable[[DecodedPicture, LookIndex, Found], Found]
    """Given what the stages before found; answers with what this one adds."""
    is_needed: Callable[[DecodedPicture, LookIndex, Found], bool]
    """A cheap test whether this stage can add anything; where not, it costs nothing."""
    has_references: bool = True
    """It looks for reference pictures, so that a new one asks for another look."""

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look at a picture came to."""

    found: Mapping[str, tuple[PictureHit, ...]]
    """Each stage that looked, or had nothing to look for, with what it found."""
    lines: tuple[TextLine, ...] | None
    """The words read, in reading order, and those of seals after them; None when there was nothing
    to read."""
    seals: tuple[SealHit, ...]
    """Official signs that the picture shows or names."""
    left_out: tuple[str, ...]
    """Stages that the budget did not reach, in their order."""
    spent_ms: float
    """By the costs that the stages state."""
    harmless: ReferencePicture | None = None
    """The known harmless picture that this one copies; then it is looked at no further."""

    @property
    def signs(self) -> tuple[ShownSign, ...]:
        """The official signs, as they are kept: the surest first."""
        return tuple(seal.shown for seal in self.seals)

    @property
    def hits(self) -> tuple[PictureHit, ...]:
        """The best first, each reference once in each way it is shown; none in a harmless copy."""
        if self.harmless is not None:
            return ()
        return best_of([hit for hits in self.found.values() for hit in hits])


def look_at(
    decoded: DecodedPicture,
    index: LookIndex,
    budget_ms: float = float("inf"),
    *,
    stages: Collection[str] | None = None,
    lines: tuple[TextLine, ...] | None = None,
) -> Looked:
    """Look at a picture within a budget; `stages` names those wanted, all when None.

    `lines`: the words read by an earlier look, for stages that ask for them.
    The first stage that is needed is run whatever the budget, so that a look always comes further.
    """
    seen, spent_ms = Found(lines=lines), 0.0
    found: dict[str, tuple[PictureHit, ...]] = {}
    left_out: list[str] = []
    wanted = [stage for stage in STAGES if stages is None or stage.name in stages]
    for stage in wanted:
        if not stage.is_needed(decoded, index, seen):
            found[stage.name] = ()
            continue
        if spent_ms and spent_ms + stage.cost_ms > budget_ms:
            left_out.append(stage.name)
            continue
        more = stage.look(decoded, index, seen)
        spent_ms += stage.cost_ms
        if (harmless := _harmless_in(more)) is not None:
            nothing: dict[str, tuple[PictureHit, ...]] = {one.name: () for one in wanted}
            return Looked(
                found={**nothing, stage.name: (harmless,)},
                lines=None,
                seals=(),
                left_out=(),
                spent_ms=spent_ms,
                harmless=harmless.reference,
            )
        more = replace(more, hits=best_of(_answered(more.hits, index)))
        found[stage.name] = more.hits
        seen = Found(
            hits=seen.hits + more.hits,
            lines=seen.lines if more.lines is None else more.lines,
            seals=seen.seals + more.seals,
        )
    return Looked(
        found=found,
        lines=seen.lines,
        seals=seen.seals,
        left_out=tuple(left_out),
        spent_ms=spent_ms,
    )


def _answered(hits: tuple[PictureHit, ...], index: LookIndex) -> tuple[PictureHit, ...]:
    if index.answering is None:
        return hits
    return tuple(hit for hit in hits if hit.reference in index.answering)


def _harmless_in(found: Found) -> PictureHit | None:
    copied = (hit for hit in found.hits if hit.how is PictureHow.COPY)
    return next((one for one in copied if one.reference.role is ReferenceRole.HARMLESS), None)


def best_of(hits: Sequence[PictureHit]) -> tuple[PictureHit, ...]:
    """Keep the best hit of each reference and way, the best first."""
    best: dict[tuple[object, ...], PictureHit] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        reference = hit.reference
        best.setdefault((reference.right_id, reference.role, reference.sha256, hit.how), hit)
    return tuple(best.values())


def _look_for_copies(decoded: DecodedPicture, index: LookIndex, _: Found) -> Found:
    return Found(hits=find_copies(take_print(decoded), index.copies))


def _look_for_logos(decoded: DecodedPicture, index: LookIndex, found: Found) -> Found:
    """Find logos; a reference that the picture is known to copy is not told twice."""
    copied = {hit.reference for hit in found.hits}
    least = hit_from(len(index.logos.references))
    hits = (hit for hit in find_logos(decoded, index.logos) if hit.score >= least)
    return Found(hits=tuple(hit for hit in hits if hit.reference not in copied))


def _has_references(_: DecodedPicture, index: LookIndex, __: Found) -> bool:
    return bool(index.references)


def _has_logos(_: DecodedPicture, index: LookIndex, __: Found) -> bool:
    return any(
        one.role is not ReferenceRole.HARMLESS for one in index.answering or index.references
    )


def _shows_words(decoded: DecodedPicture, _: LookIndex, __: Found) -> bool:
    return needs_words(decoded, reader=open_reader())


def _read_words(decoded: DecodedPicture, _: LookIndex, __: Found) -> Found:
    return Found(lines=read_words(decoded, reader=open_reader()))


def _may_show_seals(decoded: DecodedPicture, _: LookIndex, found: Found) -> bool:
    return bool(found.lines) or may_show_seals(decoded)


def _look_for_seals(decoded: DecodedPicture, _: LookIndex, found: Found) -> Found:
    seals = find_seals(decoded, reader=open_reader(), lines=found.lines or ())
    # The words along a seal and its user's code are words of the picture like any others.
    read = dict.fromkeys(line for seal in seals for line in seal.lines)
    new = tuple(line for line in read if line not in (found.lines or ()))
    return Found(lines=(*(found.lines or ()), *new) if new else None, seals=seals)


STAGES: tuple[Stage, ...] = (
    Stage(name="copies", version="2", cost_ms=30, look=_look_for_copies, is_needed=_has_references),
    Stage(
        name="logos",
        version=logos_version(),
        cost_ms=420,
        look=_look_for_logos,
        is_needed=_has_logos,
    ),
    Stage(
        name="words",
        version=WORDS_VERSION,
        cost_ms=120,
        look=_read_words,
        is_needed=_shows_words,
        has_references=False,
    ),
    Stage(
        name="seals",
        version=SEALS_VERSION,
        cost_ms=60,
        look=_look_for_seals,
        is_needed=_may_show_seals,
        has_references=False,
    ),
)
"""In the order in which they look: copies, then logos, words, seals."""
