"""The neutral form of structured data, held against extruct."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import extruct
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.document import Document
from crawler.reading.structured import read_structured
from crawler.reading.things import Thing, local_name
from domain.common import digest
from domain.pages import Page

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_NAMES = st.sampled_from(["name", "brand", "offers", "price", "sku"])
_WORDS = st.text(alphabet="abc茶 ", min_size=1, max_size=6).filter(str.strip)


def _leaf(name: str, text: str) -> str:
    return f'<span itemprop="{name}">{text}</span>'


def _scope(name: str, inner: list[str]) -> str:
    return f'<div itemprop="{name}" itemscope itemtype="http://schema.org/Thing">{"".join(inner)}</div>'


_PROPERTIES = st.recursive(
    st.builds(_leaf, _NAMES, _WORDS),
    lambda inner: st.builds(_scope, _NAMES, st.lists(inner, min_size=1, max_size=3)),
    max_leaves=12,
)


def _plain(thing: Thing) -> dict[str, list[object]]:
    return {
        name: [value if isinstance(value, str) else _plain(value) for value in values]
        for name, values in thing.properties.items()
    }


def _plain_of_extruct(item: dict[str, object]) -> dict[str, list[object]]:
    properties = item["properties"]
    assert isinstance(properties, dict)
    return {
        name: [
            _plain_of_extruct(value) if isinstance(value, dict) else value
            for value in (values if isinstance(values, list) else [values])
        ]
        for name, values in properties.items()
    }


@given(st.lists(_PROPERTIES, min_size=1, max_size=4))
def test_microdata_reads_as_extruct_reads_it(properties: list[str]) -> None:
    html = (
        '<html><body><div itemscope itemtype="http://schema.org/Product">'
        f"{''.join(properties)}</div></body></html>"
    )
    page = Page(
        requested_url="https://a.example/",
        url="https://a.example/",
        status=200,
        fetched_at=_NOW,
        body=html.encode(),
        sha256=digest(html.encode()),
    )
    ours = [_plain(thing) for thing in read_structured(Document(page)).things]
    theirs = extruct.extract(html, syntaxes=["microdata"])["microdata"]
    assert ours == [_plain_of_extruct(item) for item in theirs]


def test_itemref_brings_properties_from_elsewhere(make_page: Callable[..., Page]) -> None:
    page = make_page(
        '<div itemscope itemtype="http://schema.org/Product" itemref="p"></div>'
        '<p id="p"><b itemprop="name">Tea</b></p><b itemprop="name">stray</b>'
    )
    (thing,) = read_structured(Document(page)).things
    assert list(thing.texts("name")) == ["Tea"]


def test_names_lose_their_address() -> None:
    assert local_name("https://schema.org/Product") == "Product"
    assert local_name("schema:offers") == "offers"
    assert local_name("@id") == "@id"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ('{"@type":"Product","name":"茶","sku":"T-1",}', "a comma at the end"),
        ("{'@type':'Product','name':'茶','sku':'T-1'}", "single quotes"),
        ('{"@type":"Product", // the thing\n"name":"茶","sku":"T-1"}', "a comment"),
        ('{/* x */"@type":"Product","name":"茶","sku":"T-1"}', "a comment before all"),
        ('{@type:"Product",name:"茶",sku:"T-1"}'.replace("@type", '"@type"'), "bare names"),
        ('{"@type":"Product","name":"茶","sku":"T-1"}{"@type":"Thing"}', "two objects in a row"),
        ('{"@type":"Product","name":"茶","sku":"T-1"};', "a semicolon behind"),
        ("{&quot;@type&quot;:&quot;Product&quot;,&quot;name&quot;:&quot;茶&quot;,"
         "&quot;sku&quot;:&quot;T-1&quot;}", "entities throughout"),
        ('<!-- {"@type":"Product","name":"茶","sku":"T-1"} -->', "wrapped in a comment"),
        ('{"@type":"Product","name":"茶\n叶","sku":"T-1"}', "a line break inside a text"),
        ('{"@type":"Product","Name":"茶","SKU":"T-1"}', "property names with capitals"),
    ],
)  # fmt: skip
def test_broken_json_ld_loses_nothing(
    script: str, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f'<script type="application/ld+json">{script}</script>')
    thing = read_structured(Document(page)).things[0]
    assert (thing.text("name") or "")[0] == "茶", why
    assert thing.text("sku") == "T-1", why
