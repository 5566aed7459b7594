"""What a scanner of free text hands back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.tracing import ClueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A normalised value and where it stands in the folded text."""

    kind: ClueKind
    value: str
    start: int
    end: int
    """Exclusive."""
    confidence: float
    """0..1 that the value is what its kind says."""


def found_in(
    kind: ClueKind, value: str, match: re.Match[str], confidence: float, group: str | int = 0
) -> Found:
    """Return what a match found, standing where its group does."""
    return Found(
        kind=kind,
        value=value,
        start=match.start(group),
        end=match.end(group),
        confidence=confidence,
    )
