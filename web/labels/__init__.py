"""What each term of the house is called on a page, as sentences to translate."""

from __future__ import annotations

from enum import StrEnum

from web.labels import casework, gathering, judging, tracing
from web.labels.judging import FIELDS

__all__ = ["FIELDS", "LABELS", "label_of"]

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    kind: labels
    for room in (gathering, judging, casework, tracing)
    for kind, labels in room.LABELS.items()
}
"""By enum first: members of different enums with the same value are equal as dictionary keys."""


def label_of(member: StrEnum) -> str:
    """Return the sentence for a term, still to be translated."""
    return LABELS[type(member)][member]
