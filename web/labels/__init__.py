"""What each term of the house is called on a page, as sentences to translate."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module

from web.labels.judging import FIELDS

__all__ = ["FIELDS", "every_label", "label_of", "labels_of"]

_ROOMS = ("judging", "gathering", "casework", "tracing")
"""The light ones first: each is loaded when a term is looked for in it, and the last two bring the
whole of tracing, which an import of a register does without."""


@cache
def labels_of(kind: type[StrEnum]) -> Mapping[StrEnum, str]:
    """Return the sentences for the members of an enum, still to be translated."""
    return next(labels[kind] for labels in map(_labels_in, _ROOMS) if kind in labels)


def label_of(member: StrEnum) -> str:
    """Return the sentence for a term, still to be translated."""
    return labels_of(type(member))[member]


def every_label() -> dict[type[StrEnum], Mapping[StrEnum, str]]:
    """Return the sentences of all enums.

    By enum first: members of different enums with the same value are equal as dictionary keys.
    """
    return {kind: labels for room in _ROOMS for kind, labels in _labels_in(room).items()}


def _labels_in(room: str) -> Mapping[type[StrEnum], Mapping[StrEnum, str]]:
    labels: Mapping[type[StrEnum], Mapping[StrEnum, str]] = import_module(
        f"{__name__}.{room}"
    ).LABELS
    return labels
