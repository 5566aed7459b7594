"""What an import of a register did: how many rights, what changed, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.common import Refusal, RightId
from domain.grounds import Ground

MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RightChange:
    """A known right that a register now describes otherwise."""

    right_id: RightId
    name: str
    fields: tuple[str, ...]
    """What changed, as the nouns name it (holder, valid_to, entry.status); pictures are logos."""
    is_lapse: bool = False
    """It was no lapsed right before, and is one now."""
    ground: Ground | None = None
    """What it is worth as a ground now, where that changed (renewed, now registered)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImport:
    """One import of one register file."""

    file: str
    imported_at: datetime
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    lapsed: int = 0
    """Of those updated."""
    refused: int = 0
    """Refusals, also those that are not listed."""
    without_area: int = 0
    """Indications whose register gives no area: rules on origin stay silent for them."""
    grounds: Mapping[Ground, int] = field(default_factory=dict)
    """How many of the file's rights are what as a ground on the day of the import."""
    not_stated: tuple[RightId, ...] = ()
    """The first of those whose validity the file does not tell, at most `MOST_NAMED`."""
    changes: tuple[RightChange, ...] = ()
    """The first of them; lapses before the others."""
    refusals: tuple[Refusal, ...] = ()
    """The first of them."""
