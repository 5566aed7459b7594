"""What a scanner of free text hands back."""

from __future__ import annotations

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
