"""Traits of shops: the text of goods as it is compared, and as it is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.listings import Sighting
from domain.tracing import Clue, ClueKind
from tracing.traits import find_traits

See = Callable[..., Sighting]
TEXT = "Hand made lunch boxes of bamboo, natural colour; keep them dry, clean with a damp cloth."


def text_of(see: See, description: str) -> Clue | None:
    found = [one for one in find_traits(see(description=description)) if one.kind is ClueKind.TEXT]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("description", "written"),
    [
        (TEXT, TEXT),
        (TEXT.replace(" ", "  "), TEXT),
        (f"call 1234567\n  {TEXT}\t\nthanks", TEXT),
        (TEXT.replace(",", "，").replace(" ", ""), TEXT.replace(",", "，").replace(" ", "")),
    ],
)
def test_a_text_is_compared_by_its_letters_and_shown_as_written(
    see: See, description: str, written: str
) -> None:
    clue, plain = text_of(see, description), text_of(see, TEXT)
    assert clue is not None
    assert plain is not None
    assert clue.value == plain.value
    assert clue.surface == written


@pytest.mark.parametrize("description", ["", "- " * 200, "too short a text of goods"])
def test_a_text_too_short_is_none(see: See, description: str) -> None:
    assert text_of(see, description) is None
