"""The compiled search beside the same rules in plain Python."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import DEFAULT_THRESHOLD, NameHit, find_names, find_names_in, index_names
from matchers.names.edges import is_edge, is_soft_edge
from matchers.names.engine.characters import syllable_numbers
from matchers.names.engine.forms import COUNT, COUNT_MASK, FIRST, SYLLABLE_SHIFT
from matchers.names.engine.gathering import gather
from matchers.names.engine.views import (
    ACCENTED,
    AFTER_APOSTROPHE,
    EDGE,
    IS_COMPOSED,
    IS_DIGIT,
    IS_HAN,
    IS_LATIN,
    IS_LETTER,
    ROOM,
    SOFT_EDGE,
    begins_of,
    fold_texts,
)
from matchers.names.folding import fold, is_han, is_latin, is_letter
from matchers.names.latin import is_accented, is_apostrophe_before
from matchers.names.make_readings import make_lines
from matchers.names.tables import read_lines
from tests.matchers.names.slow_search import find_slowly


def marks(*names: str) -> list[Mark]:
    """Return marks of these names, numbered from 0."""
    return [
        Mark(right_id=RightId(f"{at}"), kind=RightKind.MARK, name=name)
        for at, name in enumerate(names)
    ]


_SIGNS = "@!$¡|€'’ʼ`1l0oi氵胡湖\u0301\u200b  ，-・½ßﬁİ㎏①🅽Ａｂаν雲云"
TEXT_OF_SIGNS = st.text(st.characters(codec="utf-32") | st.sampled_from(_SIGNS), max_size=30)
_TEXTS = st.lists(TEXT_OF_SIGNS, max_size=4)


@given(_TEXTS)
def test_texts_fold_as_in_plain_python(texts: list[str]) -> None:
    views, begin = fold_texts(texts, begins_of(texts)), 0
    for text, first, count in zip(texts, views.starts, views.counts, strict=True):
        view, last = fold(text), first + count
        marks, offsets = views.marks[first : last + 1], views.offsets[first:last] - begin
        assert "".join(map(chr, views.symbols[first:last])) == view.symbols
        assert "".join(map(chr, views.originals[first:last])) == view.originals
        assert tuple(views.gaps[first:last]) == view.gaps
        assert tuple(offsets) == view.offsets
        widths = [2 if mark & IS_COMPOSED else 1 for mark in marks[:-1]]
        assert tuple(offsets + widths) == view.ends
        assert {at for at in range(count) if marks[at] & ACCENTED} == view.accented - {-1}
        assert views.accents[views.starts.tolist().index(first)] == sum(map(is_accented, text))
        told = {
            IS_LATIN: [is_latin(symbol) for symbol in view.symbols],
            IS_HAN: [is_han(symbol) for symbol in view.symbols],
            IS_LETTER: [is_letter(original) for original in view.originals],
            IS_DIGIT: [original.isdigit() for original in view.originals],
            AFTER_APOSTROPHE: [is_apostrophe_before(view, at) for at in range(count)],
        }
        for mark, expected in told.items():
            assert (marks[:-1] & mark != 0).tolist() == expected
        for at in range(count + 1):
            assert bool(marks[at] & EDGE) == is_edge(view, at)
            assert bool(marks[at] & SOFT_EDGE) == is_soft_edge(view, at)
        begin += len(text)
        room = slice(last, last + ROOM)
        assert not any(kept[room].any() for kept in (views.symbols, views.originals, views.gaps))
        assert not any(kept[room].any() for kept in (views.offsets, views.letters))
        assert not views.marks[last + 1 : last + ROOM].any()


def test_texts_of_more_symbols_than_most_fold_as_in_plain_python() -> None:
    texts = ["ﷺ" * 40, "nike", "㎏ﷺ" * 9, "e\u0301" * 40]
    views = fold_texts(texts, begins_of(texts))
    for text, first, count in zip(texts, views.starts, views.counts, strict=True):
        assert "".join(map(chr, views.symbols[first : first + count])) == fold(text).symbols


_GLUED = st.lists(
    st.sampled_from(
        ["shoes", "SHOES", "new", "New", "adib", "horse", "footwear", "é", "l", "1", " "]
    )
).map("".join)


@given(_GLUED)
def test_words_glued_together_end_as_in_plain_python(text: str) -> None:
    views, view = fold_texts([text], begins_of([text])), fold(text)
    for at in range(len(view.symbols) + 1):
        assert bool(views.marks[at] & EDGE) == is_edge(view, at)


_HAN = st.text(
    "云芸栖七虎户青清鲤李行银重庆长乐大小白兔免妈娘洽恰南北六九个核桃师傅康帅",
    min_size=2,
    max_size=6,
)
_LATIN = st.text("norvikNORVIKmwdlpbaeI013 -'", min_size=2, max_size=12)
_KNOWN = st.sampled_from(
    [
        *("小米 Pro", "T恤王", "Oral-B", "New Balance", "Levi's", "adidas", "puma", "cf4", "360"),
        *("dell", "Pan Gallego", "nike鞋店", "小K", "洽洽", "娃哈哈", "康师傅", "六个核桃"),
    ]
)
_NAMES = st.lists(_HAN | _LATIN | _KNOWN, max_size=5)
_PIECES = st.sampled_from(
    [
        *("云", "芸", "七", "虎", "青", "李", "行", "大白", "免", "雲", "氵胡", "yun", "qi"),
        *("nor", "vik", "NOR", "VIK", "rn", "vv", "cl", "0", "1", "Ν", "ö", "s", "ing", "new "),
        *(
            " ",
            "-",
            "·",
            "，",
            "\u200b",
            "小米",
            "Pro",
            "T恤",
            "Oral",
            "'",
            "’",
            "é",
            "ñ",
            "de la ",
        ),
        *("Now Balance", "小", "娘", "九", "摩托车", "的", "abi", "I", "L", "ß", "ǅ", "①", "２"),
    ]
)
_LETTERS = {"a": "eo", "e": "ai", "o": "au", "b": "dp", "d": "bp", "m": "n", "k": "ck", "洽": "恰"}
"""For a letter of a name, letters of the same frame; a character twice is replaced twice."""


@st.composite
def changed(draw: st.DrawFn, name: str) -> str:
    """Draw a name in another order, in other letters, apart, or with a piece put in."""
    way, at = draw(st.integers(0, 4)), draw(st.integers(0, len(name)))
    if way == 0:
        return "".join(draw(st.permutations(name)))
    if way == 1:
        return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    if way == 2:
        return "".join(draw(st.sampled_from(_LETTERS.get(one, one))) for one in name)
    if way == 3:
        return draw(st.sampled_from(".- '")).join(name)
    return name[:at] + draw(_PIECES) + name[at + draw(st.integers(0, 2)) :]


@st.composite
def names_and_text(draw: st.DrawFn) -> tuple[list[str], str]:
    """Draw names, and a text made of pieces, of the names, and of the names a little changed."""
    names = draw(_NAMES)
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        if names and draw(st.booleans()):
            name = draw(st.sampled_from(names))
            parts.append(draw(st.just(name) | changed(name)))
        else:
            parts.append(draw(_PIECES))
        parts.append(draw(st.sampled_from(["", "", " ", "，", "'s "])))
    return names, "".join(parts)


def _plainly(hits: tuple[NameHit, ...]) -> list[tuple[object, ...]]:
    return [(hit.right_id, hit.start, hit.end, hit.how) for hit in hits]


@settings(max_examples=300, deadline=None)
@given(names_and_text(), st.sampled_from([DEFAULT_THRESHOLD, 0.9]))
def test_what_the_rules_accept_is_found_and_nothing_else(
    case: tuple[list[str], str], threshold: float
) -> None:
    names, text = case
    rights = marks(*names)
    found = find_names(text, index_names(rights), threshold)
    expected = find_slowly(text, rights, threshold)
    assert _plainly(found) == _plainly(expected)
    scores = [hit.score for hit in expected]
    assert [hit.score for hit in found] == pytest.approx(scores, abs=0.0001)


def test_the_packaged_readings_are_those_of_pypinyin() -> None:
    assert read_lines("readings.txt") == make_lines(pinyin_dict)


@given(st.lists(_HAN, min_size=1, max_size=4, unique=True))
def test_names_are_spelled_as_pypinyin_spells_them(names: list[str]) -> None:
    gathered, kept = gather(names)
    syllables = {number: syllable for syllable, number in syllable_numbers().items()}
    for record, at in enumerate(kept.tolist()):
        first, count = gathered.records[record, FIRST], gathered.records[record, COUNT] & COUNT_MASK
        numbers = gathered.symbols[first : first + count] >> SYLLABLE_SHIFT
        assert [syllables[number] for number in numbers.tolist()] == lazy_pinyin(names[at])


@given(st.lists(st.sampled_from(["云七虎", "NORVIC bag", "", "包" * 300, "N0RVIK"]), max_size=300))
def test_many_texts_together_give_what_each_gives_alone(texts: list[str]) -> None:
    index = index_names(
        [
            Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)
            for name in ("云栖虎", "NORVIK")
        ]
    )
    alone = {text: find_names(text, index) for text in set(texts)}
    assert list(find_names_in(texts, index)) == [alone[text] for text in texts]


def test_every_code_point_is_folded() -> None:
    text = "".join(map(chr, range(0, sys.maxunicode + 1, 7)))
    views = fold_texts([text], begins_of([text]))
    assert "".join(map(chr, views.symbols[: views.counts[0]])) == fold(text).symbols


def test_a_register_of_odd_names_is_indexed() -> None:
    names = [
        "",
        " ",
        "虎",
        "😀" * 9,
        "虎" * 500,
        "ab" * 4_000,
        "ﷺ" * 500,
        "云栖虎",
        "云栖虎",
        "\ud800x",
    ]
    rights = [
        Mark(right_id=RightId(f"{at}"), kind=RightKind.MARK, name=name)
        for at, name in enumerate(names)
    ]
    index = index_names(rights)
    assert {right_id for right_id, _ in index.not_searched} == {"0", "1", "2", "3", "9"}
    assert [hit.right_id for hit in find_names("云栖虎", index)] == ["7", "8"]
    assert [hit.right_id for hit in find_names("虎" * 500, index)] == ["4"]
    assert len(find_names("云栖虎" * 300, index)) == 200


def test_a_name_of_many_rights_and_a_long_text_end_with_few_hits() -> None:
    index = index_names(marks(*["云栖虎"] * 3_000))
    hits = find_names("云栖虎卫衣" * 200_000, index)
    assert len(hits) == 200
