"""Which rights a notice can rest on."""

from __future__ import annotations

from datetime import date

import pytest

from domain.common import RightId
from domain.grounds import Ground, ground_on, words_of_ground
from domain.rights import Mark, RegisterEntry, RegisterStatus, RightKind

TODAY = date(2026, 11, 22)
APPLIED = RegisterEntry(status=RegisterStatus.APPLIED)
ENDED = RegisterEntry(status=RegisterStatus.ENDED)
NOT_STATED = RegisterEntry(status=RegisterStatus.NOT_STATED, filed_on=date(2019, 1, 1))
REGISTERED = RegisterEntry(status=RegisterStatus.REGISTERED)


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ({}, Ground.NOT_STATED, "neither dates nor a status are known"),
        ({"office": "CN"}, Ground.NOT_STATED, "an office alone tells nothing of validity"),
        ({"entry": NOT_STATED}, Ground.NOT_STATED, "other things are known of the entry"),
        ({"entry": NOT_STATED, "valid_from": date(2020, 1, 1)}, Ground.IN_FORCE, "it has begun"),
        ({"office": "CN", "entry": REGISTERED}, Ground.IN_FORCE, "registered here"),
        ({"valid_to": TODAY}, Ground.IN_FORCE, "the last day of protection is one"),
        ({"valid_to": date(2026, 11, 21)}, Ground.LAPSED, "over since yesterday"),
        ({"entry": ENDED}, Ground.LAPSED, "the register says so, without a day"),
        (
            {"entry": ENDED, "valid_to": date(2030, 1, 1)},
            Ground.LAPSED,
            "cancelled early",
        ),
        ({"valid_from": TODAY}, Ground.IN_FORCE, "the first day of protection is one"),
        ({"valid_from": date(2026, 11, 23)}, Ground.NOT_YET, "begins tomorrow"),
        ({"entry": APPLIED}, Ground.APPLIED, "an application protects nothing yet"),
        ({"entry": APPLIED, "valid_from": date(2020, 1, 1)}, Ground.APPLIED, "whatever its dates"),
        ({"office": "US"}, Ground.ABROAD, "rights are territorial"),
        ({"office": "EM", "entry": REGISTERED}, Ground.ABROAD, "in force, but elsewhere"),
        ({"office": "US", "entry": APPLIED}, Ground.APPLIED, "no right anywhere"),
        ({"office": "US", "valid_to": date(2020, 1, 1)}, Ground.LAPSED, "no right anywhere"),
    ],
)
def test_a_notice_rests_on_a_right_in_force_here(
    facts: dict[str, object], expected: Ground, why: str
) -> None:
    right = Mark(right_id=RightId("m"), kind=RightKind.MARK, name="青鲤", **facts)  # type: ignore[arg-type]
    assert ground_on(right, TODAY) is expected, why
    words = words_of_ground(right, expected)
    is_ground = expected.serves
    assert ("不能作为投诉依据" in words.zh) is not is_ground
    assert ("no ground" in words.en) is not is_ground
    assert "None" not in words.zh + words.en
    assert "2030" not in words.zh + words.en, "a term that a cancellation cut short"


def test_the_market_says_which_offices_count() -> None:
    right = Mark(
        right_id=RightId("m"), kind=RightKind.MARK, name="青鲤", office="US", valid_from=TODAY
    )
    assert ground_on(right, TODAY, frozenset({"CN", "US"})) is Ground.IN_FORCE
