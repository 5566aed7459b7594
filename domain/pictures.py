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


class ReferenceRole(StrEnum):
    """What a reference picture shows."""

    LOGO = "logo"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePicture:
    """A drawing of a mark, or a crop of a genuine product that shows it, in the register."""

    right_id: RightId
    role: ReferenceRole
    name: str
    """File name as the register file gave it."""
    sha256: Sha256
    media_type: str
    phash: str
    """64-bit pHash as 16 hex digits."""
