"""Bits of symbols, and the words told by them, beside the plain way to the same."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names.engine.bits import (
    AFTER_HAN,
    BORDERS,
    DIGIT_SIGNS,
    EDGES,
    FURTHEST,
    HAN,
    HAN_GOES_ON,
    LATIN_ENDS,
    LETTER_SIGNS,
    SOFT_EDGES,
    next_border,
    next_set,
    up_to,
    window,
)
from matchers.names.engine.han_words import NO_WORD, PHRASE, TENTH
from matchers.names.engine.latin_words import is_no_word, is_word, run_of_words
from matchers.names.engine.views import (
    EDGE,
    IS_DIGIT,
    IS_HAN,
    IS_LATIN,
    IS_LETTER,
    ROOM,
    SOFT_EDGE,
    Views,
    begins_of,
    fold_texts,
)
from matchers.names.engine.word_keys import (
    NO_LETTER,
    keys_of_word,
    letter_of,
    number_of_word,
    plain_key,
    plain_letter_of,
)
from matchers.names.everyday import words_of_languages
from matchers.names.folding import Gap
from matchers.names.latin import MOST_OF_WORDS
from matchers.names.words import LONGEST, RAREST, rarities_as_read

_LATIN, _OTHER = (
    ["red ", "shoes", "Qwrtx", "naïve", "A1"],
    ["云南", "白药牙膏", "𠮷", ",", " ", "-"],
)
_TEXTS = st.lists(
    st.lists(st.sampled_from([*_LATIN, *_OTHER, "\u200b"]), max_size=40).map("".join),
    min_size=1,
    max_size=4,
)


@cache
def _words() -> frozenset[str]:
    return frozenset(words_of_languages())


_SEEN = int(Gap.INVISIBLE) + 1


def _folded(texts: list[str]) -> Views:
    return fold_texts(texts, begins_of(texts))


def _shown(views: Views, row: int, at: int) -> list[bool]:
    bits = int(window(views.bits, np.int64(row), np.int64(at)))
    return [bool(bits >> one & 1) for one in range(FURTHEST + 1)]


@settings(deadline=None)  # the first call may compile
@given(_TEXTS, st.data())
def test_a_window_shows_what_the_marks_say(texts: list[str], data: st.DataObject) -> None:
    views = _folded(texts)
    used = int(views.starts[-1] + views.counts[-1]) + ROOM
    marks, gaps = views.marks[:used].tolist(), views.gaps[:used].tolist()
    at = data.draw(st.integers(0, len(marks) - 1))
    latin = [bool(mark & IS_LATIN) for mark in marks]
    han = [bool(mark & IS_HAN) for mark in marks]
    after = range(at, min(len(marks), at + FURTHEST + 1))
    wanted = {
        EDGES: [bool(marks[one] & EDGE) for one in after],
        SOFT_EDGES: [bool(marks[one] & SOFT_EDGE) for one in after],
        LETTER_SIGNS: [bool(marks[one] & IS_LETTER) for one in after],
        DIGIT_SIGNS: [bool(marks[one] & IS_DIGIT) for one in after],
        LATIN_ENDS: [bool(marks[one] & EDGE) and one > 0 and latin[one - 1] for one in after],
        AFTER_HAN: [bool(marks[one] & EDGE) and one > 0 and han[one - 1] for one in after],
        HAN_GOES_ON: [han[one] and one > 0 and han[one - 1] and gaps[one] == 0 for one in after],
        BORDERS: [not latin[one] or gaps[one] >= _SEEN or not latin[one - 1] for one in after],
    }
    for row, bits in wanted.items():
        assert _shown(views, row, at)[: len(bits)] == bits, row


@settings(deadline=None)
@given(_TEXTS, st.data())
def test_the_next_symbol_with_a_bit_is_found(texts: list[str], data: st.DataObject) -> None:
    views = _folded(texts)
    last = int(views.starts[-1] + views.counts[-1])
    han = [at for at in range(last) if views.marks[at] & IS_HAN]
    start = data.draw(st.integers(0, last))
    end = data.draw(st.integers(start, last))
    found = int(next_set(views.bits, np.int64(HAN), np.int64(start), np.int64(end)))
    assert min(found, end) == min([at for at in han if at >= start] + [end])


@settings(deadline=None)
@given(_TEXTS)
def test_words_of_languages_are_told_from_others(texts: list[str]) -> None:
    views, known = _folded(texts), _words()
    for first, count in zip(views.starts.tolist(), views.counts.tolist(), strict=True):
        at = first
        while at < first + count:
            end = int(next_border(views.bits, np.int64(at + 1)))
            if views.marks[at] & IS_LATIN:
                word = "".join(map(chr, views.originals[at:end].tolist()))
                plain = word.isascii() and word.isalpha()
                assert is_word(views.bits, at, end) == (plain and word.lower() in known)
                assert is_no_word(views.bits, at, end) == (plain and word.lower() not in known)
            at = end
        assert at == first + count


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("red shoes", 8),
        ("red shoes qwrtx", 8),
        ("qwrtx red", 0),  # no word stands first
        ("red云", 3),  # nothing Latin follows
        ("re\u200bd", 3),  # what is invisible parts nothing
        ("red " * 30, FURTHEST),  # no window shows more
    ],
)
def test_a_run_of_words_ends_where_something_else_begins(text: str, run: int) -> None:
    assert MOST_OF_WORDS == FURTHEST
    assert int(run_of_words(_folded([text, "shoes"]).bits, np.int64(0))) == run


def test_no_bit_beyond_the_last_that_is_asked_for_counts() -> None:
    assert [int(up_to(np.int64(last))) for last in (0, 3, FURTHEST, 500)] == [
        1, 15, 2**64 - 1, 2**64 - 1
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text("abzAZ", min_size=1, max_size=30), st.text("abzAZ", min_size=1, max_size=30))
def test_letters_have_one_key_in_capitals_and_small(one: str, other: str) -> None:
    keys = []
    for word in (one, other):
        symbols = np.array([*map(ord, word)], np.uint32)
        plain, letters = (
            np.array([*map(one, symbols), *(16 * [NO_LETTER])], np.uint8)
            for one in (plain_letter_of, letter_of)
        )  # What stands after a word does not count.
        key, number = keys_of_word(plain, letters, 0, len(symbols))
        assert int(key) == int(plain_key(symbols, 0, len(symbols))) != 0
        assert int(number) == int(number_of_word(symbols, 0, len(symbols)))
        keys.append((int(key), int(number)))
    assert (keys[0][0] == keys[1][0]) == (one.lower() == other.lower())
    assert (keys[0][1] == keys[1][1]) == (one == other)


@settings(deadline=None)
@given(_TEXTS)
def test_every_han_word_is_found_at_its_place(texts: list[str]) -> None:
    views, (known, phrases) = _folded(texts), rarities_as_read()
    used = int(views.starts[-1] + views.counts[-1])
    for at in np.flatnonzero(views.marks[:used] & IS_HAN).tolist():
        most = 1
        while most < LONGEST and views.marks[at + most] & IS_HAN and not views.gaps[at + most]:
            most += 1
        for length in range(1, LONGEST + 1):
            word = "".join(map(chr, views.symbols[at : at + length].tolist()))
            rarity = known.get(word, RAREST if length == 1 else None)
            there = length <= most and rarity is not None
            wanted = round(rarity * TENTH) if there and rarity is not None else NO_WORD
            wanted |= PHRASE if there and length > 1 and word in phrases else 0
            assert views.rarities[at, length - 1] == wanted, word


def test_all_words_of_the_tables_are_found_again() -> None:
    known, _ = rarities_as_read()
    words = [word for word in known if 1 < len(word) <= LONGEST]
    views, found = _folded(words), 0
    for word, at in zip(words, views.starts.tolist(), strict=True):
        is_han = bool((views.marks[at : at + len(word)] & IS_HAN).all())
        as_it_is = views.symbols[at : at + len(word)].tolist() == [*map(ord, word)]
        if is_han and as_it_is:
            found += 1
            assert views.rarities[at, len(word) - 1] != NO_WORD, word
    assert found > len(words) // 2
