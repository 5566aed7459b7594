"""Names with one digit or letter between all of their characters: 云0岭0听0涛."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matchers.names import DEFAULT_THRESHOLD, AnyIndex, NameHit, find_names

_RUN = re.compile("[\u4e00-\u9fff](?:[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][\u4e00-\u9fff]){2,}")
"""Two are the fewest that hide a name: one stands in 第3季 and in sizes everywhere."""
_MAY_RUN = re.compile("[0-9a-z][\u4e00-\u9fff][0-9a-z]")
"""Stands in every such run that is folded (`reference.folding`); few characters begin so."""
_FILLER = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
_SIGN = "·"
"""What the search of names reads over; of the same length, so that places stay what they are."""


def readings(text: str) -> tuple[str, ...]:
    """Return a text, and where it holds such a run the same text with signs for the fillers."""
    if _RUN.search(text) is None:
        return (text,)
    return text, _RUN.sub(lambda run: _FILLER.sub(_SIGN, run[0]), text)


def readings_of(fields: Iterable[tuple[str, str]], folded: str) -> Iterator[tuple[str, str, str]]:
    """Yield (field, text, reading) of every reading of a listing's fields.

    `folded`: all of the texts, folded; most listings hold no such run.
    """
    may_run = _MAY_RUN.search(folded) is not None
    for field, text in fields:
        for read in readings(text) if may_run else (text,):
            yield field, text, read


def find_names_in_readings(
    text: str, index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> tuple[NameHit, ...]:
    """Find names as `find_names` does, in every reading of a text; by place."""
    first, *others = readings(text)
    found = find_names(first, index, threshold)
    for read in others:
        more = [as_written(hit, text) for hit in find_names(read, index, threshold)]
        found = _best((*found, *(hit for hit in more if hit is not None)))
    return found


def _best(hits: Iterable[NameHit]) -> tuple[NameHit, ...]:
    """Of overlapping hits for one right return the best, of equals the first."""
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda one: -one.score):
        rivals = (one for one in kept if one.right_id == hit.right_id)
        if not any(one.start < hit.end and hit.start < one.end for one in rivals):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.right_id)))


def as_written(hit: NameHit, text: str) -> NameHit | None:
    """Return a hit in another reading as the text has it; None where both readings agree."""
    written = text[hit.start : hit.end]
    return None if written == hit.surface else hit._replace(surface=written)
