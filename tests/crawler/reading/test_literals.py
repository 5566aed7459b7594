"""Literals of JavaScript are read as the values they write; nothing of them is run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.literals import LiteralReader, Number, read_string


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ('{"a": 1.50}', {"a": "1.50"}, "numbers stay as they are written"),
        ("{a: 1, $b: 2, 3: 4}", {"a": "1", "$b": "2", "3": "4"}, "bare names and numbers as names"),
        ("{'a': 'it\\'s \"x\"'}", {"a": 'it\'s "x"'}, "single quotes hold the others"),
        ("{a: `x y`}", {"a": "x y"}, "a template without places to fill"),
        ("[1, 2,]", ["1", "2"], "a comma at the end"),
        ("[1,,2]", ["1", None, "2"], "a place left empty"),
        ("{a: !0, b: !1, c: void 0}", {"a": True, "b": False, "c": None}, "what packers write"),
        ("{a: undefined, b: x.y}", {"a": None, "b": None}, "names of elsewhere are not known"),
        ("{a: new Date('x'), b: f(1, (2))}", {"a": None, "b": None}, "nothing is called"),
        ("{/* x */ a: 1, // y\n b: 2}", {"a": "1", "b": "2"}, "comments"),
        ("{a: '\\x41\\u0042'}", {"a": "AB"}, "escapes that JSON has not"),
        ("{a: .5}", {"a": "0.5"}, "no digit before the point"),
        ("{a: NaN}", {"a": None}, "no number"),
        ("{a: 'http://x//y'}", {"a": "http://x//y"}, "slashes in a string are no comment"),
    ],
)
def test_a_literal_is_read(text: str, value: object, why: str) -> None:
    read = LiteralReader().read(f"{text}; more")
    assert read == (value, len(text)), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{a: 1", "never closes"),
        ("{a: 1]", "closes wrongly"),
        ("{a: `${b}`}", "a template that must be run"),
        ("{a(b) { return c }}", "a method"),
        ("function () {}", "no literal"),
        ("", "nothing"),
    ],
)
def test_what_is_no_literal_is_left(text: str, why: str) -> None:
    assert LiteralReader().read(text) is None, why


def test_names_stand_for_their_values() -> None:
    read = LiteralReader().read("{a: x, b: y}", 0, {"x": '"tea"'})
    assert read is not None
    assert read[0] == {"a": "tea", "b": None}


def test_one_page_may_not_cost_more_than_its_tokens() -> None:
    reader = LiteralReader()
    assert reader.read("{a:" * 400_000) is None
    assert reader.read("{a: 1}") is None  # the page's tokens are spent
    assert reader.read('{"a": 1}') is not None  # plain JSON costs none


def test_a_string_is_read_with_where_it_ends() -> None:
    assert read_string("'{\"a\":1}')", 0) == ('{"a":1}', 9)
    assert read_string("x", 0) is None


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members = st.dictionaries(st.text(max_size=8), inner, max_size=4)
    return st.lists(inner, max_size=4) | members


_JSON = st.recursive(st.none() | st.booleans() | st.text(max_size=20), _nested, max_leaves=12)


@given(_JSON.filter(lambda value: isinstance(value, (list, dict))))
def test_json_without_its_quotes_is_read_as_json(value: Any) -> None:
    """A trailing comma sends plain JSON through the slow way: it must say the same."""
    text = json.dumps(value)
    read = LiteralReader().read(f"{text[:-1]},{text[-1]}" if len(text) > 2 else text)
    assert read is not None
    assert read[0] == value


def test_numbers_are_told_from_texts() -> None:
    read = LiteralReader().read('{"a": 24, "b": "24"}')
    assert read is not None
    assert isinstance(read[0], dict)
    assert [isinstance(v, Number) for v in read[0].values()] == [True, False]
