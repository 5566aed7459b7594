"""Pages made to break their reader: each is read or passed over, none raises, none runs away."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import find_links, read_page
from crawler.reading.decode import MAX_BYTES, decode_html
from crawler.reading.text import (
    DESCRIPTION_LENGTH,
    TITLE_LENGTH,
    absolute_url,
    clean_text,
    decode_entities,
    text_of_fragment,
)
from domain.pages import Page, PageKind

_RANDOM = random.Random(7)
_DEEP = 50_000
PRODUCT = '{"@type":"Product","name":"x","offers":{"price":"1","priceCurrency":"USD"}'


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


_ITEMREF_RING = (
    "<div itemscope itemtype='http://schema.org/Product' itemref='a b' id=a itemprop=offers>"
    "<p id=b itemscope itemtype='http://schema.org/Offer' itemref='a b' itemprop=offers>"
    "<i itemprop=price>1</i></p></div>"
)
_REFERENCE_RING = (
    '[{"@id":"a","@type":"Product","name":"a","offers":[{"@id":"b"},{"@id":"b"}]},'
    '{"@id":"b","@type":"Offer","price":"1","seller":[{"@id":"a"},{"@id":"a"}]}]'
)
HOSTILE = {
    "empty": "",
    "white space": " \n\t ",
    "nul bytes": "\x00" * 1000 + "<h1>x</h1>",
    "no markup": "just words",
    "only a comment": "<!-- -->",
    "deep elements": "<div class=price>" * _DEEP + "¥1",
    "deep price blocks without text": "<div class=price>" * 250 + "<b></b>" * 40_000,
    "prices without cards": "<div><p>" + "<b>¥1</b>" * 40_000 + "</p></div>",
    "products with long names": _json_ld(
        f"[{','.join([PRODUCT.replace('x', 'ab' * 100) + '}'] * 5_000)}]"
    )
    + "<h1>"
    + "ba" * 100
    + "</h1>",
    "deep scopes": "<b itemscope itemtype='http://schema.org/Product' itemprop=offers>" * _DEEP,
    "deep json": _json_ld("[" * _DEEP + "]" * _DEEP),
    "json of many things": _json_ld(f"[{','.join([PRODUCT + '}'] * 20_000)}]"),
    "a ring of references": _json_ld(_REFERENCE_RING),
    "an itemref ring": _ITEMREF_RING,
    "many unclosed scripts in a value": _json_ld(
        f'{PRODUCT},"description":{json.dumps("<script " * 30_000 + "<!--" * 30_000)}}}'
    ),
    "many links": "".join(f"<a href='/item/{n}?a=[b'>¥{n}</a>" for n in range(20_000)),
    "broken addresses": "<base href='http://['><a href='http://[::1'>x</a><img src='http://a:b/'>",
    "a number without end": f"<h1>x</h1><div class=price>¥{'9' * 100_000}</div>",
    "digits and commas": f"<h1>x</h1><div class=price>{'1,' * 50_000}</div>",
    "a value of colons": "<li>" + "公司：" * 40_000 + "</li>",
    "an e-mail of dots": f"<p>公司名称：x {'a.' * 40_000}@{'b.' * 40_000}</p>",
    "state that never closes": "<h1>Teapot</h1><script>x={Teapot:" + "{a:[" * 60_000,
    "state of many beginnings": "<h1>Teapot</h1><script>" + "x = {Teapot sku ;" * 60_000,
    "strings that never close": "<h1>Teapot</h1><script>Teapot sku" + "JSON.parse('" * 60_000,
    "flight rows that never close": (
        "<h1>Teapot</h1><script>self.__next_f.push([1,'" + '0:{"Teapot":[\\n' * 40_000
    ),
    "attributes of broken json": '<p data-x="{&quot;Teapot&quot;:{">' * 20_000 + "<h1>Teapot",
    "a flat list that names itself": (
        '<h1>Teapot</h1><script id="__NUXT_DATA__" type="application/json">'
        '[{"sku":1,"Teapot":1},[1,1,0,0,1,0]]</script>'
    ),
    "a footer of capitals": "<footer>" + "Aa & " * 40_000 + "Ltd</footer>",
    "prices struck in prices": "<h1>x</h1>" + "<div class=price>" * 200 + "<del>¥5</del>" * 20_000,
    "lone surrogates in json": _json_ld(f'{PRODUCT},"description":"\\ud800"}}'),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("url", ["https://shop.example/item/1", "https://shop.example/shop/a/"])
def test_hostile_pages_are_survived(name: str, url: str, make_page: Callable[..., Page]) -> None:
    page = make_page(HOSTILE[name], url=url)
    sighting = read_page(page)
    find_links(page)
    assert isinstance(sighting.kind, PageKind)
    for text in (sighting.title, sighting.description):
        assert text is None or len(text) <= DESCRIPTION_LENGTH
        assert text is None or text.encode()  # no lone surrogates


def test_five_megabytes_of_garbage_are_cut_before_they_are_read(
    make_page: Callable[..., Page],
) -> None:
    garbage = _RANDOM.randbytes(5_000_000)
    assert len(decode_html(garbage, None).text) <= MAX_BYTES
    assert read_page(make_page(garbage)).kind is not PageKind.LISTING


def test_megabytes_of_markup_leave_the_page_readable(make_page: Callable[..., Page]) -> None:
    filler = "".join(_RANDOM.choices(string.ascii_letters + "<>&;\"'= ", k=1_000_000))
    page = make_page(f"<h1>茶</h1><p class=price>¥5.00</p><button>立即购买</button>{filler}")
    assert read_page(page).title == "茶"


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(body: bytes) -> None:
    assert isinstance(decode_html(body, None).text, str)
    assert isinstance(decode_html(body, "gbk").text, str)


@given(st.text(max_size=400))
def test_cleaned_text_is_bounded_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_text(text, length=50)
    if cleaned is not None:
        assert len(cleaned) <= 50
        assert cleaned == " ".join(cleaned.split())
        assert not any(ord(char) < 32 for char in cleaned)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<script>alert(1)</script>收纳箱", "<script>alert(1)</script>收纳箱"),
        ("&lt;b&gt;Tea", "&lt;b&gt;Tea"),
        ("3 < 5 & 7 > 6", "3 < 5 & 7 > 6"),
        ("茶\x00\x07\u200b叶\ufeff", "茶\u200b叶"),
        ("茶\ud800", "茶"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("  a\n\tb\u3000\x00 ", "a b"),
        ("\x00", None),
        ("x" * 5_000, "x" * TITLE_LENGTH),
    ],
)
def test_text_is_cleaned(value: str, expected: str | None) -> None:
    assert clean_text(value, length=TITLE_LENGTH) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<b>Tea</b>", "Tea"),
        ("N<b>ik</b>e<br>shoe", "Nike shoe"),
        ("&lt;b&gt;Tea&lt;/b&gt;", "Tea"),
        ("&amp;lt;b&amp;gt;Tea", "Tea"),
        ("<script>alert(1)</script>Tea", "Tea"),
        ("a <!-- b --> c", "a c"),
        ("3 < 5 & 7 > 6", "3 < 5 & 7 > 6"),
        ("I <3 tea", "I <3 tea"),
        ("sizes <M> and <L>", "sizes <M> and <L>"),
        ("<br>", None),
    ],
)
def test_a_fragment_becomes_its_text(value: str, expected: str | None) -> None:
    assert text_of_fragment(value, length=TITLE_LENGTH) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A &amp; B &#39;x&#x27; &lt;b&gt;", "A & B 'x' <b>"),
        ("A &amp;amp; B", "A &amp; B"),
        ("/a?b=1&copy=2&amp;d=3", "/a?b=1&copy=2&d=3"),
        ("&nosuch; & &#99999999;", "&nosuch; & &#99999999;"),
    ],
)
def test_entities_are_decoded_once(value: str, expected: str) -> None:
    assert decode_entities(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/a b.jpg#x", "https://shop.example/a b.jpg"),
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("../c", "https://shop.example/c"),
        ("java\nscript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:image/png;base64,AA", None),
        ("file:///etc/passwd", None),
        ("ftp://a/b", None),
        ("http://[::1", None),
        ("http://host:port/", None),
        ("", None),
    ],
)
def test_only_web_addresses_pass(value: str, expected: str | None) -> None:
    assert absolute_url("https://shop.example/a/b", value) == expected
