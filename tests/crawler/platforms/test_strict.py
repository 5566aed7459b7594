"""Strict reading: what stands as expected is read, everything else is an error with its place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.platforms import strict
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from domain.common import PageChanged, digest
from domain.money import Money
from domain.pages import Page


def page_of(text: str) -> Page:
    body = text.encode()
    return Page(
        requested_url="https://shop.example/a",
        url="https://shop.example/a",
        status=200,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        body=body,
        sha256=digest(body),
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1K+ bought in past month", 1_000),
        ("5,000+ sold", 5_000),
        ("1,2rb terjual", 1_200),  # Indonesian thousand, decimal comma
        ("10 RB+ terjual", 10_000),
        ("Đã bán 1,2k", 1_200),
        ("1,2mil vendidos", 1_200),  # mil is a thousand …
        ("1.2M sold", 1_200_000),  # … and M a million
        ("3万", 30_000),
        ("12 watchers", 12),  # the w begins a word, it is no 万
        ("12 million", 12),  # words are not read, only their signs
        ("none sold yet", None),
    ],
)
def test_reads_counts_as_platforms_round_them(text: str, count: int | None) -> None:
    assert strict.claimed_count(text) == count


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('window.state = {"a": "};"};', {"a": "};"}),
        ('window.state={ data: {"a": 1} }', {"a": 1}),  # an outer name without quotes
        ('window.state = {};\nwindow.state = {"a": 1};', {"a": 1}),  # filled later
        ('window.state.b = 1; window.state = {"a": 1}', {"a": 1}),  # a member set before
        ("window.state = {};", {}),
    ],
)
def test_finds_what_a_script_embeds(source: str, value: object) -> None:
    found = find_embedded(source, "window.state", page_of(source))
    assert found is not None
    assert found.value == value


def test_an_absent_marker_is_none_and_a_broken_one_an_error() -> None:
    assert find_embedded("<html>", "window.state", page_of("")) is None
    with pytest.raises(PageChanged, match=r"window\.state"):
        find_embedded("window.state = load()", "window.state", page_of(""))


@pytest.mark.parametrize("text", ['{"a":1}', '[{"a":1}]', 'mtopjsonp1({"a":1})', ' \n{"a":1}'])
def test_tells_an_answer_from_a_document(text: str) -> None:
    assert is_json(page_of(text))
    assert not is_json(page_of(f"<html>{text}</html>"))


@pytest.mark.parametrize(
    ("amount", "scale", "price"),
    [
        ("23.90", 0, 2390),
        (2390, 2, 2390),
        (15990000000, 5, 15990000),
        ("0", 0, None),  # free is no price
        (-1, 5, None),  # how Shopee writes none
        (None, 0, None),
    ],
)
def test_reads_prices(amount: object, scale: int, price: int | None) -> None:
    found = Json({"price": amount}, "", "https://shop.example/a").price("MYR", "price", scale=scale)
    assert found == (None if price is None else Money(amount_minor=price, currency="MYR"))


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"item": {"price": "ask"}}, "item.price"),  # no number
        ({"item": {"price": True}}, "item.price"),
        ({"item": {"price": {"value": 1}}}, "item.price"),
    ],
)
def test_names_the_place_of_what_is_no_price(value: object, field: str) -> None:
    with pytest.raises(PageChanged) as raised:
        Json(value, "", "https://shop.example/a").need("item").price("EUR", "price")
    assert raised.value.where.endswith(field)


def test_refuses_an_unknown_currency() -> None:
    with pytest.raises(PageChanged, match="ISO 4217"):
        Json({"price": "1"}, "", "https://shop.example/a").price("ZZZ", "price")


def test_deep_json_is_an_error_and_no_crash() -> None:
    with pytest.raises(PageChanged):
        read_json(page_of("[" * 200_000))
