"""What every way of looking at a picture answers with."""

from __future__ import annotations

from dataclasses import dataclass

from domain.matches import PictureHow
from domain.pictures import Box, Quad, ReferencePicture, ShownSign


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureHit:
    """A reference picture that a picture shows, whole or in a region."""

    reference: ReferencePicture
    score: float
    """0..1, calibrated where the way can be; 1 for equal pictures."""
    how: PictureHow
    box: Box | None = None
    """The region of the picture; None for the whole picture."""
    quad: Quad | None = None
    """Where the corners of the reference's frame lie in the picture, as far as that is known."""
    distance_bits: int | None = None
    """Different bits of the hashes, where the way compares hashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPicture:
    """A picture of a listing that was looked at, with what was found in it."""

    width: int
    """Pixels, upright."""
    height: int
    hits: tuple[PictureHit, ...]
    """The best first; empty where nothing was found."""
    signs: tuple[ShownSign, ...] = ()
    """Official signs, the surest first."""
