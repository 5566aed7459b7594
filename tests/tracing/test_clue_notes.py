"""What a clue tells by itself."""

from __future__ import annotations

import pytest

from domain.tracing import ClueKind
from tracing.clue_notes import note_of

NOTES = [
    (ClueKind.PHONE, "+8613812345678", "江苏连云港", "the block 1381234"),
    (ClueKind.PHONE, "+8613800138000", "归属：北京", "a city that is a province is named once"),
    (ClueKind.PHONE, "+8657188123456", "杭州", "the area code 0571"),
    (ClueKind.PHONE, "+442079460018", "英国", "an area code abroad"),
    (ClueKind.PHONE, "+864008201234", "服务号码", "says nothing of a place"),
    (ClueKind.WAYBILL, "SF1234567890123", "顺丰速运", "a form of one carrier"),
    (ClueKind.WAYBILL, "203948576104", "中通快运", "one of several"),
]
NOTHING = [
    (ClueKind.PHONE, "+8616012345678", "a block that the table does not know"),
    (ClueKind.WAYBILL, "ABCDEFGH", "a form of no carrier"),
    (ClueKind.EMAIL, "abc@shoes.example", "an address tells no more than it says"),
]


@pytest.mark.parametrize(("kind", "value", "part", "why"), NOTES)
def test_notes(kind: ClueKind, value: str, part: str, why: str) -> None:
    words = note_of(kind, value)
    assert words is not None, why
    assert part in words.zh, why


@pytest.mark.parametrize(("kind", "value", "why"), NOTHING)
def test_values_that_tell_nothing(kind: ClueKind, value: str, why: str) -> None:
    assert note_of(kind, value) is None, why
