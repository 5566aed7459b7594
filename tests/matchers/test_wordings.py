"""Cues of wordings: no match of a pattern is without one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers import patent_marks
from matchers.features import claims, descriptive_uses, honest_uses, resale, wording
from matchers.goods import finding
from matchers.wordings import Wording
from reference.folding import fold_text

WORDINGS = {
    f"{module.__name__}.{name}": value
    for module in (claims, descriptive_uses, honest_uses, resale)
    for name, value in vars(module).items()
    if isinstance(value, Wording)
}
OTHERS = {
    "_FITS_AFTER": (descriptive_uses._FITS_AFTER, descriptive_uses.FITS_BEFORE.cues),
    "goods _FITS": (finding._FITS, finding._MAY_FIT),
    "goods _GIFT": (finding._GIFT, finding._MAY_GIFT),
    **{
        f"admission {number}": (one.pattern, wording._CUES)
        for number, one in enumerate(wording._WORDINGS)
    },
}


def test_there_are_wordings() -> None:
    assert len(WORDINGS) >= 8


@pytest.mark.parametrize("name", WORDINGS)
@given(data=st.data())
def test_every_match_of_a_wording_holds_a_cue(name: str, data: st.DataObject) -> None:
    one = WORDINGS[name]
    text = data.draw(st.from_regex(one.pattern))
    assert one.may_stand_in(text)


@pytest.mark.parametrize("name", WORDINGS)
@given(data=st.data())
def test_every_match_holds_a_cue_in_the_folded_listing(name: str, data: st.DataObject) -> None:
    one = WORDINGS[name]
    title = data.draw(st.from_regex(one.pattern))
    assert one.cues.search(fold_text(f"棉Ａ\n{title}\n１０"))


@pytest.mark.parametrize("name", OTHERS)
@given(data=st.data())
def test_every_match_of_a_pattern_holds_a_cue(name: str, data: st.DataObject) -> None:
    pattern, cues = OTHERS[name]
    # Both are asked of texts that are folded already.
    plain = re.compile(pattern.pattern, pattern.flags & ~re.IGNORECASE)
    assert cues.search(data.draw(st.from_regex(plain)))


@given(st.from_regex(patent_marks._MAY_SPEAK))
def test_what_speaks_of_patents_holds_a_cue_in_the_folded_listing(text: str) -> None:
    assert patent_marks._CUES.search(fold_text(text))


def test_a_text_without_cues_is_not_searched() -> None:
    assert resale.PROOF.search("云栖虎运动鞋 新款") is None
    assert list(resale.PROOF.finditer("云栖虎运动鞋 新款")) == []
    assert resale.PROOF.search("云栖虎运动鞋 带小票") is not None
