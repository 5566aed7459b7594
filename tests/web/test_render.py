"""Values become text that says the truth and cannot run."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matches import NameHow, TextPlace
from domain.money import Money
from domain.sellers import SellerRef
from web.nodes import seller_path
from web.render import Printer, highlight, local_path, web_address

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ZH = Printer(language="zh", zone=ZoneInfo("Asia/Shanghai"))
EN = Printer(language="en", zone=ZoneInfo("Asia/Shanghai"))


def place(start: int, end: int) -> TextPlace:
    return TextPlace(field="title", start=start, end=end, surface="", how=NameHow.EXACT)


def unseen(code: str) -> str:
    return f'<span class="unseen" data-code="{code}">{chr(int(code, 16))}</span>'


@pytest.mark.parametrize(
    ("text", "places", "marked"),
    [
        ("abcdef", [(1, 3)], "a<mark>bc</mark>def"),
        ("abcdef", [], "abcdef"),
        ("abcdef", [(3, 5), (1, 2)], "a<mark>b</mark>c<mark>de</mark>f"),  # in any order
        ("abcdef", [(1, 4), (2, 6)], "a<mark>bcdef</mark>"),  # overlapping: one
        ("abc", [(2, 99)], "ab<mark>c</mark>"),  # beyond the end: cut
        ("abc", [(-5, 1)], "<mark>a</mark>bc"),
        ("abc", [(2, 2), (9, 12), (2, 1)], "abc"),  # empty, outside, backwards: nothing
        ("𝔫orvik头灯", [(0, 6)], "<mark>𝔫orvik</mark>头灯"),  # code points, not UTF-16 units
        ("<b>&x", [(1, 2)], "&lt;<mark>b</mark>&gt;&amp;x"),
        ('<script>"', [(0, 8)], "<mark>&lt;script&gt;</mark>&#34;"),
        ("a\nb", [(0, 3)], "<mark>a\nb</mark>"),  # line breaks have a shape of their own
        ("a\u200bb", [(0, 3)], f"<mark>a{unseen('200B')}b</mark>"),  # zero width
        ("\u202ea", [], f"{unseen('202E')}a"),  # turns nothing round: it stands isolated
        ("\u3164", [], unseen("3164")),  # a letter without a shape
        ("👨‍👩‍👧 杯", [], "👨‍👩‍👧 杯"),  # joined emoji are one picture
        ("n‍k", [], f"n{unseen('200D')}k"),  # the same joiner between letters hides
    ],
)
def test_highlight(text: str, places: list[tuple[int, int]], marked: str) -> None:
    assert highlight(text, [place(*one) for one in places]) == marked


@pytest.mark.parametrize(
    ("how", "shown"),
    [
        (
            NameHow.HOMOGLYPH,
            '<mark><span class="alike" title="U+041D CYRILLIC CAPITAL LETTER EN">Н</span>el</mark>',
        ),
        (NameHow.EXACT, "<mark>Нel</mark>"),  # a mark in Cyrillic imitates no Latin one
    ],
)
def test_look_alike_letters_are_named_where_they_were_found(how: NameHow, shown: str) -> None:
    found = TextPlace(field="title", start=0, end=3, surface="Нel", how=how)
    assert highlight("Нel", [found]) == shown


@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6))
def test_highlight_keeps_the_text_and_lets_nothing_run(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marked = str(highlight(text, [place(*one) for one in spans]))
    bare = re.sub(r'</?mark>|<span class="unseen" data-code="[0-9A-F]+">|</span>', "", marked)
    assert "<" not in bare
    assert ">" not in bare
    assert unescape(bare) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://shop.example/item/1", True),
        ("http://127.0.0.1:8001/a", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//evil.example/x", False),
        ("/flags", False),
        ("https://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: bool) -> None:
    assert web_address(url) == (url if shown else None)


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/flags?state=all&page=2", True),
        ("/cases/ab12", True),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("/\tevil", False),
        ("/a\r\nSet-Cookie: x", False),
        ("flags", False),
        ("", False),
        (None, False),
    ],
)
def test_going_on_never_leaves_the_desk(target: str | None, kept: bool) -> None:
    assert local_path(target) == (target if kept else "/flags")


def test_seller_keys_of_any_kind_survive_the_address() -> None:
    ref = SellerRef(platform="127.0.0.1:8001", seller_key="店/a?b=c&d#e")
    assert seller_path(ref) == (
        "/sellers?platform=127.0.0.1%3A8001&key=%E5%BA%97%2Fa%3Fb%3Dc%26d%23e"
    )


def test_times_are_of_the_desk_and_amounts_carry_their_currency() -> None:
    assert ZH.time(NOW) == "2026-11-22 12:00"
    assert ZH.age(NOW - timedelta(hours=3), NOW) == "3小时前"
    assert EN.age(NOW - timedelta(days=2), NOW) == "2 days ago"
    price = Money(amount_minor=123450, currency="CNY")
    assert ZH.money(price) == "¥1,234.50"
    assert EN.money(price) == "CN¥1,234.50"
    assert ZH.money(Money(amount_minor=500, currency="JPY")) == "JP¥500"
    # A page that shows a bare number is shown so: never as if it were yuan.
    assert ZH.money(Money(amount_minor=123450, currency="XXX")) == "1,234.50（币种不明）"
    assert EN.money(Money(amount_minor=500, currency="XXX")) == "5.00 (currency unknown)"


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1.0, "very strong"),
        (0.9, "very strong"),
        (0.896, "very strong"),  # shown as 0.90
        (0.89, "strong"),
        (0.75, "strong"),
        (0.5, "moderate"),
        (0.49, "weak"),
        (0.0, "weak"),
    ],
)
def test_scores_are_told_in_words(score: float, word: str) -> None:
    assert EN.strength(score) == word
