"""Official signs in the pictures of a flag, and what the register knows of who may show them."""

from __future__ import annotations

from dataclasses import dataclass

from casework.flags import FlagView
from domain.common import Sha256
from domain.pictures import Box
from domain.rights import GeographicalIndication
from matchers.pictures.signs import SIGN_OF, Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPlace:
    """Where in a picture a sign stands."""

    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPicture:
    """One official sign that a picture of the listing shows or names."""

    sha256: Sha256
    number: int
    """Among the signs of its picture, from 0."""
    sign: Sign
    place: SignPlace
    code: str | None
    """Credit code of the user, where it was read beside the sign."""
    is_listed: bool | None
    """The code is that of a party authorised to use the indication; None where there is no code,
    or the right of the flag is no indication."""


def signs_in(view: FlagView) -> list[SignInPicture]:
    """Return the signs in the order of the listing's pictures, each picture once."""
    listed = {one.uscc for one in view.authorisations if one.uscc}
    is_indication = isinstance(view.right, GeographicalIndication)
    digests = dict.fromkeys(one.sha256 for one in view.sighting.pictures if one.sha256)
    return [
        SignInPicture(
            sha256=sha256,
            number=number,
            sign=SIGN_OF[one.sign],
            place=SignPlace(box=_corners(one.box)),
            code=one.uscc,
            is_listed=one.uscc in listed if one.uscc and is_indication else None,
        )
        for sha256 in digests
        if sha256 in view.shown
        for number, one in enumerate(view.shown[sha256].signs)
        if one.sign in SIGN_OF
    ]


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.width, box.height
