"""What findings on patent marks say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.listings import Sighting
from domain.matches import Match
from domain.rights import Patent


@pytest.mark.parametrize(
    ("number", "held"),
    [
        ("ZL202022345678.7", "ZL202022345678.7"),
        # No patent can have this one, so it is nobody's; the holder's ends on 7.
        ("ZL202022345678.1", "ZL202022345678.7"),
    ],
)
def test_the_number_told_to_be_held_is_one_that_can_be(
    number: str,
    held: str,
    make_patent: Callable[..., Patent],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    found = match(make_sighting(f"榨汁杯 专利号{number}"), make_patent())
    assert found is not None
    finding = next(one for one in found.findings if one.name == "patent_of_another")
    assert f"“{held}”" in finding.words.zh
    assert f"“{held}”" in finding.words.en
    assert finding.where is not None
