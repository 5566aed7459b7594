"""The view in which evaded and plain writings look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.folding import MAX_SCANNED, fold, fold_text

CASES = [
    ("ＺＬ２０２０", "zl2020", "full width, capitals"),
    ("①②③", "123", "digits in circles"),
    ("🅥🆅", "vv", "white on black, which Unicode gives no plain form"),
    ("高\u200b仿", "高仿", "a character that nobody sees"),
    ("1\ufe0f\u20e3", "1", "a keycap"),
    ("T恤，É-“Ø”…", "t恤,é-“ø”…", "capitals with accents; a full-width comma"),
    ("ﬁ㎏İ", "ﬁ㎏İ", "what would become several characters is left alone"),
]


@pytest.mark.parametrize(("text", "folded", "why"), CASES)
def test_folding(text: str, folded: str, why: str) -> None:
    assert fold(text).text == fold_text(text) == folded, why


@given(st.text())
def test_a_text_is_folded_character_by_character(text: str) -> None:
    assert fold_text(text) == "".join(map(fold_text, text))


def test_every_character_alone_is_folded_as_beside_one_that_is_rare() -> None:
    # Beside a rare character a text is looked up in the table, without the short way for others.
    rare = "☯"
    every = map(chr, (*range(0xD800), *range(0xE000, 0x30000)))
    assert all(fold_text(one) + rare == fold_text(one + rare) for one in every)


def test_offsets_lead_back_to_the_original() -> None:
    folded = fold("高\u200b仿ＡＢ")
    assert folded.surface(0, 2) == "高\u200b仿"
    assert folded.surface(2, 4) == "ＡＢ"


def test_a_long_text_is_cut() -> None:
    assert len(fold("长" * (MAX_SCANNED + 1)).text) == MAX_SCANNED
