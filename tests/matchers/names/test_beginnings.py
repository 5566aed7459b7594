"""Quick questions about the first letters of changed names never say no to what is asked next."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names.engine.beginnings import beginnings_of, may_begin, share_six
from matchers.names.engine.marks import count_packed, pack_letter
from matchers.names.engine.views import SYMBOLS_OF_A_BYTE
from matchers.names.folding import fold_character

_NAMES = st.lists(st.text("abnorvik1", min_size=4, max_size=11), min_size=1, max_size=90)
_TEXT = st.text("abnorvik1", min_size=1, max_size=8)


def _packed(text: str) -> np.uint64:
    packed = np.uint64(0)
    for letter in reversed(text):
        packed = np.uint64(pack_letter(np.uint32(ord(letter)), packed))
    return packed


def _without(text: str, most: int) -> set[str]:
    """Return what is left of a text when so many letters are taken out at most."""
    left = {text}
    for gone in range(1, most + 1):
        for places in combinations(range(len(text)), gone):
            left.add("".join(one for at, one in enumerate(text) if at not in places))
    return left


def _asked(names: list[str], text: str) -> tuple[bool, bool, bool]:
    beginnings = beginnings_of(names)
    in_any_order, edited, edited_twice = may_begin(_packed(text), beginnings)
    six = edited_twice != 0 and share_six(_packed(text), np.uint64(edited_twice), beginnings)
    return in_any_order != 0, edited != 0, bool(six)


@settings(deadline=None)
@given(_NAMES, _TEXT)
def test_no_beginning_of_a_changed_name_is_left(names: list[str], text: str) -> None:
    in_any_order, edited, edited_twice = _asked(names, text)
    for name in names:
        if sorted(name) == sorted(text[: len(name)]):
            assert in_any_order
        if 5 <= len(name) <= 7:
            left = {rest for end in range(4, len(text) + 1) for rest in _without(text[:end], 1)}
            assert edited or not left & _without(name, 1)
        if len(name) >= 8:
            left = {rest for rest in _without(text, 2) if len(rest) == 6}
            assert edited_twice or not left & _without(name[:8], 2)


@settings(deadline=None)
@given(st.text("abnorvik1", min_size=8, max_size=8), st.data())
def test_a_copy_of_one_name_among_many_is_not_left(name: str, data: st.DataObject) -> None:
    others = [f"{one}{other}xyzuvw" for one in "abcdefghij" for other in "klmnopqrst"]
    gone = data.draw(st.sets(st.integers(0, 7), max_size=2))
    rest = "".join(one for at, one in enumerate(name) if at not in gone)
    for few in ([name], [*others[:30], name], [*others, name]):
        assert _asked(few, rest)[2]


def test_what_begins_otherwise_is_left() -> None:
    names = ["norvik", "abrakadabra", "Schwarzkopf".lower()]
    assert _asked(names, "1111abvk") == (False, False, False)
    assert _asked(names, "nabv") == (False, False, False)
    assert _asked([], "norvikab") == (False, False, False)


@settings(deadline=None)
@given(_TEXT)
def test_packed_letters_are_counted(text: str) -> None:
    assert count_packed(_packed(text)) == len(text)


def test_a_byte_gives_no_more_symbols_than_there_is_room_for() -> None:
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.decomposition(character) or len(character.casefold()) > 1:
            room = SYMBOLS_OF_A_BYTE * len(character.encode())
            assert len(fold_character(character)[0]) <= room, hex(code)
