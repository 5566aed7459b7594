"""What is worked out of a text before any name is sought, beside the plain way to the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names.engine import characters
from matchers.names.engine.frames import frame_between, frame_key
from matchers.names.engine.gates import NEVER, Gates, look_over, new_gates
from matchers.names.engine.han_words import PHRASE, TENTH
from matchers.names.engine.keys import in_order
from matchers.names.engine.postings import empty_postings
from matchers.names.engine.views import IS_HAN, Views, begins_of, fold_texts
from matchers.names.letters import frame
from matchers.names.pattern import MOST_FRAMED
from matchers.names.words import LONGEST, RAREST

_BASE = 3
"""Symbols before the first, as where the text is not the first of several."""
_LETTERS = st.text("aabbcdeoopq", min_size=1, max_size=MOST_FRAMED)
_TITLES = st.text(st.sampled_from("正品云南白药牙膏官方旗舰店中国人民的𠮷龘 ,ab"), max_size=30)


def looked_over(text: str) -> tuple[Views, Gates, int]:
    """Return a text of which the gates are known, those of its first symbol at `_BASE`."""
    views = fold_texts((text,), begins_of((text,)))
    count, gates = int(views.counts[0]), new_gates(len(views.symbols) + _BASE)
    for array in gates:
        array[:] = 77  # Of another text.
    look_over(views, np.int64(0), np.int64(count), np.int64(-_BASE), characters.tables(), gates)
    return views, gates, count


def key_of_frame(word: str) -> int:
    symbols = np.array([*map(ord, word)], np.uint32)
    return int(frame_key(symbols, np.int64(len(symbols))))


@settings(deadline=None)  # the first call may compile
@given(st.text("aabdxo", max_size=5), _LETTERS, st.text("aabdxo", max_size=5))
def test_a_stretch_of_a_text_has_the_key_of_a_name_of_its_frame(
    before: str, word: str, after: str
) -> None:
    views, gates, _ = looked_over(before + word + after)
    start, end = np.int64(len(before)), np.int64(len(before + word))
    key = frame_between(views.symbols, start, end, np.int64(-_BASE), gates)
    assert int(key) == key_of_frame(word)


@given(_LETTERS, _LETTERS)
def test_words_share_a_key_where_they_share_a_frame(one: str, other: str) -> None:
    assert (key_of_frame(one) == key_of_frame(other)) == (frame(one) == frame(other))


@settings(deadline=None)
@given(st.text("aab牌c云", min_size=1, max_size=20), st.data())
def test_sums_stand_for_the_symbols_between_them_in_any_order(
    text: str, data: st.DataObject
) -> None:
    views, gates, count = looked_over(text)
    start = data.draw(st.integers(0, count))
    end = data.draw(st.integers(start, count))
    value = np.uint64(0)
    for symbol in sorted(views.symbols[start:end].tolist()):
        value = np.uint64(in_order(value, np.int64(symbol)))
    sums = int(gates.orders[end + _BASE]) - int(gates.orders[start + _BASE])
    assert sums % (1 << 64) == int(value)


@settings(deadline=None)
@given(_TITLES)
def test_the_most_probable_reading_costs_what_trying_all_words_says(text: str) -> None:
    views, gates, count = looked_over(text)
    before, after = [0] + [NEVER] * count, [NEVER] * count + [0]
    is_han = [bool(mark & IS_HAN) for mark in views.marks[:count]]
    words = [
        (at, at + length, int(views.rarities[at, length - 1]) & (PHRASE - 1))
        for at in range(count)
        if is_han[at]
        for length in range(1, min(LONGEST, count - at) + 1)
        if views.rarities[at, length - 1] >= 0
    ]
    words += [(at, at + 1, 0) for at in range(count) if not is_han[at]]
    for start, end, cost in sorted(words):
        before[end] = min(before[end], before[start] + cost)
    for start, end, cost in sorted(words, reverse=True):
        after[start] = min(after[start], after[end] + cost)
    assert gates.before[_BASE : _BASE + count + 1].tolist() == before
    assert gates.after[_BASE : _BASE + count + 1].tolist() == after


def test_no_word_costs_more_than_its_symbols_one_by_one() -> None:
    assert LONGEST * RAREST * TENTH < PHRASE - 1


def test_many_keys_share_a_bucket_so_that_a_million_names_stay_small() -> None:
    few, many = empty_postings(1 << 20), empty_postings(1 << 24)
    assert (len(few.buckets) - 1, len(many.buckets) - 1) == (1 << 19, 1 << 22)
