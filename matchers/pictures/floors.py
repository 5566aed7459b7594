"""What each reference takes for itself in pictures that do not show it, and what follows of that.

A reference found in several pictures that are not alike resembles things in general: it is a hub,
and is switched off. One found now and then is a hit only above what it scored there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.pictures import ReferencePicture
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.learned.networks import Floats
from matchers.pictures.logos import LogoIndex, find_logos

_COUNTS = 0.3
"""Score from which a wrong answer is worth learning from."""
_ABOVE = 0.05
"""How far the floor is above the best wrong answer."""
_HIGHEST = 0.95
"""The highest floor of a reference that is no hub: a sure hit stays one."""
_HUB_PICTURES, _HUB_SHARE = 4, 0.01
"""Pictures, and part of all that were asked, in which a hub is found wrongly."""
_ALIKE = 0.6
"""Likeness of descriptions from which two drawings may be one mark, or a family of marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAnswer:
    """A reference found in a picture that does not show it."""

    reference: ReferencePicture
    score: float


def ask(
    decoded: DecodedPicture, shows: Collection[RightId], vector: Floats | None, index: LogoIndex
) -> tuple[WrongAnswer, ...]:
    """Return what is found in a picture that shows these rights and no others.

    `vector` describes the picture where it is a drawing: references that are alike are no wrong
    answers, since two holders' marks may truly resemble each other.
    """

    def is_alike(reference: ReferencePicture) -> bool:
        at = index.references.index(reference)
        return vector is not None and index.learned.likeness_to(at, vector) >= _ALIKE

    return tuple(
        WrongAnswer(reference=hit.reference, score=hit.score)
        for hit in find_logos(decoded, index)
        if hit.score >= _COUNTS
        and hit.reference.right_id not in shows
        and not is_alike(hit.reference)
    )


def apply_floors(
    index: LogoIndex, answers: Mapping[int, Mapping[int, float]], asked: int
) -> npt.NDArray[np.bool_]:
    """Set the floors of references by their wrong answers; returns which are switched off.

    answers: by place of the reference, the scores it had, each by the picture. `asked`: how many
    pictures were asked in all.
    """
    hubs = np.zeros(len(index.references), np.bool_)
    for at, scores in answers.items():
        hubs[at] = is_hub(len(scores), asked)
        floor = min(_HIGHEST, max(scores.values()) + _ABOVE)
        index.floors[at] = max(float(index.floors[at]), floor)
    if hubs.any():
        index.switch_off(hubs)
    return hubs


def is_hub(found_in: int, asked: int) -> bool:
    """Tell whether a reference found wrongly in so many of the pictures asked is switched off."""
    return found_in >= max(_HUB_PICTURES, _HUB_SHARE * asked)


def is_another(vector: Floats, others: Floats) -> bool:
    """Tell whether a picture is unlike all of some others, so that it counts beside them."""
    return not len(others) or float((others @ vector).max()) < _ALIKE
