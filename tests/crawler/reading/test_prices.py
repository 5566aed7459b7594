"""Prices as shops write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import read_page
from crawler.reading.currencies import UNKNOWN, currency_of_sign, hint_of
from crawler.reading.prices import find_amounts, parse_price, read_number
from domain.listings import Offer
from domain.money import Money
from domain.pages import Page

HITS = [
    ("￥1.2万", "12000.00 CNY", "万 multiplies by ten thousand"),
    ("1.5w元", "15000.00 CNY", "w is how people write 万, beside a currency"),
    ("199元", "199.00 CNY", "the sign stands behind"),
    ("１２８元", "128.00 CNY", "full-width digits"),
    ("¥99-199", "99.00 CNY", "lowest of a range"),
    ("¥99 ~ ¥199", "99.00 CNY", "lowest of a range with two signs"),
    ("$20.00 to $35.00", "20.00 USD", "a range in words"),
    ("30,000원~ 29개 구매", "30000 KRW", "the number after ~ is a count"),
    ("from £3", "3.00 GBP", "from: the lowest"),
    ("1.299,00 €", "1299.00 EUR", "dot for thousands, comma for cents"),
    ("$1,299.99", "1299.99 USD", "the other way round"),
    ("CHF 1'299.00", "1299.00 CHF", "Swiss apostrophe"),
    ("1 299,00 zł", "1299.00 PLN", "space for thousands"),
    ("44 890 тг.", "44890.00 KZT", "no-break space for thousands"),
    ("34.000 ₫", "34000 VND", "three digits after one dot are thousands"),
    ("0.125 KWD", "0.125 KWD", "unless a lone zero stands before"),
    ("HK$ 88", "88.00 HKD", "a longer sign beats $"),
    ("券后￥59.9 已售1000件", "59.90 CNY", "units sold are no price"),
    ("满200减20 ¥88", "88.00 CNY", "a coupon is no price"),
    ("15% off $20", "20.00 USD", "a percentage is no price"),
    ("iPhone 12 ¥5999", "5999.00 CNY", "a number with a sign beats one without"),
    ("99,-", "99.00 XXX", "no currency named: kept under XXX"),
]
MISSES = [
    ("", "nothing"),
    ("面议", "price on request"),
    ("¥0.00", "zero is no price"),
    ("8折", "a discount rate"),
    ("已售1000件", "units sold"),
    ("20% off", "a percentage"),
    ("128 reviews", "a count"),
    ("满300减50", "a coupon"),
]


@pytest.mark.parametrize(("text", "expected", "why"), HITS)
def test_price_is_read(text: str, expected: str, why: str) -> None:
    assert str(parse_price(text)) == expected, why


@pytest.mark.parametrize(("text", "why"), MISSES)
def test_what_is_no_price_is_not_read_as_one(text: str, why: str) -> None:
    assert parse_price(text) is None, why


@pytest.mark.parametrize(
    ("sign", "hint", "code"),
    [
        ("$", None, "USD"),
        ("$", "CAD", "CAD"),
        ("$", "EUR", "USD"),  # a hint that the sign cannot mean is not followed
        ("¥", None, "CNY"),
        ("￥", "JPY", "JPY"),
        ("kr", "DKK", "DKK"),
        ("eur", None, "EUR"),
        ("doubloons", None, UNKNOWN),
    ],
)
def test_signs_of_several_currencies_follow_the_hint(
    sign: str, hint: str | None, code: str
) -> None:
    assert currency_of_sign(sign, hint) == code


@pytest.mark.parametrize(
    ("host", "language", "expected"),
    [
        ("shop.co.uk", "zh-CN", "GBP"),  # the host's country beats the language
        ("shop.example", "zh-CN", "CNY"),
        ("shop.example", "zh-Hant-TW", "TWD"),
        ("shop.example", "ja", "JPY"),
        ("shop.example", "en", None),  # English is spoken in many currencies
        ("127.0.0.1", None, None),
        ("shop.io", None, None),  # .io says nothing of a country
    ],
)
def test_a_shop_s_country_hints_at_its_currency(
    host: str, language: str | None, expected: str | None
) -> None:
    assert hint_of(host, language) == expected


@pytest.mark.parametrize(
    ("text", "machine", "expected"),
    [
        ("34.000", True, "34.000"),  # schema.org knows only the dot as decimal mark
        ("34.000", False, "34000"),
        ("1,299", True, "1299"),
        ("12,50", True, "12.50"),
        ("1.234.567", False, "1234567"),
        ("12.34.56", False, "123456"),
        ("", False, None),
        ("abc", True, None),
        ("1e5", True, None),
    ],
)
def test_numbers(text: str, machine: bool, expected: str | None) -> None:
    assert read_number(text, machine=machine) == (Decimal(expected) if expected else None)


@given(st.integers(min_value=1, max_value=10**9 - 1))
def test_every_country_s_writing_of_an_amount_reads_alike(cents: int) -> None:
    grouped = f"{cents // 100:,}"
    tail = f"{cents % 100:02}"
    expected = f"{Decimal(cents).scaleb(-2):.2f} EUR"
    for mark, point in ((",", "."), (".", ","), (" ", ","), ("'", ".")):
        assert str(parse_price(f"{grouped.replace(',', mark)}{point}{tail} €")) == expected


@given(st.text(max_size=300))
def test_any_text_gives_amounts_in_order_and_within_it(text: str) -> None:
    ends = [0, *(amount.end for amount in find_amounts(text))]
    assert ends == sorted(ends)


BLOCKS = [
    ("<div><em>¥</em><b>99</b></div>", "99 CNY", None, "the sign alone, the number beside it"),
    ("<div>最低价¥<span>99</span>起</div>", "99 CNY", None, "a label, a sign, a number apart"),
    ("<div>特價 $<b>29</b></div>", "29 USD", None, "in traditional characters"),
    (
        "<div class=price>现价<b>990</b>元 原价1390元</div>",
        "990 CNY",
        None,
        "both in one block: the first is no old price",
    ),
    (
        "<p><del>¥139</del> <b>¥99</b></p>",
        "99 CNY",
        "139 CNY",
        "struck out beside it",
    ),
    ("<p>￥199.00</p>", "199 CNY", None, "a paragraph that is nothing but the price"),
    ("<p>运费￥10</p>", None, None, "what else is named beside an amount is no price"),
    ("<p>满 ￥199 包邮，全国发货</p>", None, None, "prose that names an amount"),
    ("<div class=price>原價：1,390元</div>", None, None, "an old price alone is none"),
    (
        "<div class=price>每组990元 原价1390元</div><div class=deal>最低价¥99元起</div>",
        "99 CNY",
        None,
        "a block that tells one price is surer than one that tells two",
    ),
]


@pytest.mark.parametrize(("block", "price", "list_price", "why"), BLOCKS)
def test_price_of_a_page(
    block: str,
    price: str | None,
    list_price: str | None,
    why: str,
    make_page: Callable[..., Page],
) -> None:
    page = make_page(f"<html lang=zh-CN><h1>茶</h1>{block}", url="https://shop.cn/item/1")
    offer = read_page(page).offer or Offer()

    def plain(money: Money | None) -> str | None:
        return f"{money.to_decimal().normalize():f} {money.currency}" if money else None

    assert (plain(offer.price), plain(offer.list_price)) == (price, list_price), why
