"""Pictures of listings and reference pictures of rights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.common import RightId, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that a page shows."""

    url: str
    sha256: Sha256 | None = None
    """Of the bytes; None while they were not fetched."""
    phash: str | None = None
    """64-bit perceptual hash (pHash) as 16 hex digits; None when not computed or unreadable."""
    file: str | None = None
    """Path of the bytes, in files of the Sighting form only."""
    text: str | None = None
    """Words read in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What the bytes of a picture are, before anything is looked for in it."""

    media_type: str
    width: int
    """Pixels, after the turn that EXIF asks for."""
    height: int
    phash: str
    """64-bit pHash as 16 hex digits; zeros for a blank picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of a picture, in pixels of the original, upright (the turn of EXIF made)."""

    x: int
    """Left edge, from 0."""
    y: int
    """Upper edge, from 0."""
    width: int
    height: int


Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""The corners of a frame that may lie aslant: from the upper left one, clockwise, (x, y) in
pixels of the original, upright; a corner may lie outside the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of words read in a picture."""

    text: str
    box: Box
    confidence: float
    """0..1, as the reader tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureText:
    """The words read in a picture; read once per digest and reader."""

    sha256: Sha256
    lines: tuple[TextLine, ...]
    """From the upper left, in reading order; empty where the picture holds no words."""
    reader: str
    """Name and version of the reader and its weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSign:
    """An official sign that a picture shows or names."""

    sign: str
    """Name of the sign, as `matchers.pictures.signs` tells it."""
    score: float
    """0..1: how like the words read are to the sign's own."""
    box: Box
    uscc: str | None = None
    """Credit code of the user, where it stands by the sign and its check digit is right."""


class ReferenceRole(StrEnum):
    """What a reference picture shows."""

    LOGO = "logo"
    """A drawing of the mark."""
    PHOTO = "photo"
    """A crop of a genuine product that shows the mark."""
    FAKE = "fake"
    """A known fake, or a region of a listing's picture that a person confirmed as infringing."""
    HARMLESS = "harmless"
    """A size chart, platform badge or stock picture: a copy of it is never a hit."""


ROLES_OF_PEOPLE = frozenset({ReferenceRole.FAKE, ReferenceRole.HARMLESS})
"""Roles that people give at the desk; no register file names such pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePicture:
    """A picture that the register holds of a right; its role tells of what."""

    right_id: RightId
    role: ReferenceRole
    name: str
    """File name as the register file gave it."""
    sha256: Sha256
    media_type: str
    phash: str
    """64-bit pHash as 16 hex digits."""
