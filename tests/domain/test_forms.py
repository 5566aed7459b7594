"""The JSON Lines forms: what is written is read back; what is broken is refused by field."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RefusedInput
from domain.forms import (
    record_from_json,
    record_to_json,
    sighting_from_json,
    sighting_to_json,
)
from domain.listings import Availability, Offer, Provenance, Sighting
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller, SellerRef
from domain.tracing import Party, Record, RecordKind
from tests.conftest import START

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20
).filter(str.strip)
_MAYBE = st.none() | _TEXT
_TIME = st.datetimes(
    min_value=START.replace(year=1990, tzinfo=None),
    max_value=START.replace(year=2090, tzinfo=None),
    timezones=st.just(UTC),
)
_MONEY = st.builds(
    Money,
    amount_minor=st.integers(0, 10**12),
    currency=st.shared(st.sampled_from(["CNY", "EUR", "JPY", "KWD"]), key="currency"),
)
_SELLER = st.builds(
    Seller,
    platform=st.just("shop.example"),
    seller_key=_TEXT,
    name=_MAYBE,
    company=_MAYBE,
    uscc=_MAYBE,
    address=_MAYBE,
    phones=st.lists(_TEXT, max_size=2).map(tuple),
    wechat=st.lists(_TEXT, max_size=2).map(tuple),
)
_SIGHTING = st.builds(
    Sighting,
    platform=st.just("shop.example"),
    listing_key=_TEXT,
    url=_TEXT,
    requested_url=_TEXT,
    kind=st.sampled_from(PageKind),
    fetched_at=_TIME,
    title=_MAYBE,
    attributes=st.dictionaries(_TEXT, _TEXT, max_size=2),
    category=st.lists(_TEXT, max_size=3).map(tuple),
    offer=st.none()
    | st.builds(
        Offer,
        price=_MONEY,
        list_price=st.none() | _MONEY,
        availability=st.sampled_from(Availability),
        quantity=st.none() | st.integers(0, 10**6),
        sold=st.none() | st.integers(0, 10**6),
        ships_from=_MAYBE,
    ),
    pictures=st.lists(st.builds(Picture, url=_TEXT, text=_MAYBE), max_size=2).map(tuple),
    seller=st.none() | _SELLER,
    provenance=st.none() | st.builds(Provenance, query=_TEXT, page=st.integers(1, 9)),
    origins=st.dictionaries(_TEXT, _TEXT, max_size=2),
)
_PARTY = st.builds(Party, name=_TEXT, phones=st.lists(_TEXT, max_size=3).map(tuple))
_RECORD = st.builds(
    Record,
    source=_TEXT,
    key=_TEXT,
    retrieved_at=_TIME,
    kind=st.sampled_from(RecordKind),
    name=_MAYBE,
    phones=st.lists(_TEXT, max_size=2).map(tuple),
    tenants=st.lists(_PARTY, max_size=2).map(tuple),
    shipped_at=st.none() | _TIME,
    sender=st.none() | _PARTY,
    recipient=st.none() | _PARTY,
    shop=st.none() | st.builds(SellerRef, platform=_TEXT, seller_key=_TEXT),
    other=st.dictionaries(st.sampled_from(["hs_code", "port", "备注"]), _TEXT, max_size=2),
)


@given(_SIGHTING)
def test_a_sighting_survives_the_form(sighting: Sighting) -> None:
    line = json.dumps(sighting_to_json(sighting))
    assert sighting_from_json(json.loads(line), where="line 1") == sighting


@given(_RECORD)
def test_a_record_survives_the_form(record: Record) -> None:
    line = json.dumps(record_to_json(record))
    assert record_from_json(json.loads(line), where="line 1") == record


_GOOD = {
    "platform": "shop.example",
    "listing_key": "1",
    "url": "https://shop.example/1",
    "fetched_at": "2026-11-22T08:00:00Z",
    "offer": {"price": "87.11", "currency": "CNY"},
}


def test_an_unknown_field_is_ignored() -> None:
    assert sighting_from_json({**_GOOD, "new_field": 1}, where="line 1").listing_key == "1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": None}, "platform"),  # required
        ({"listing_key": "  "}, "listing_key"),  # empty is not given
        ({"fetched_at": "yesterday"}, "fetched_at"),  # no ISO 8601
        ({"fetched_at": "2026-11-22T08:00:00"}, "fetched_at"),  # a time without a zone
        ({"kind": "shop"}, "kind"),  # unknown categories are errors
        ({"title": ["a"]}, "title"),  # a text
        ({"attributes": {"产地": 5}}, "attributes"),  # an object of texts
        ({"offer": {"price": "87.11"}}, "currency"),  # an amount needs a currency
        ({"offer": {"price": "87,11", "currency": "CNY"}}, "price"),  # decimals have a point
        ({"offer": {"price": "NaN", "currency": "CNY"}}, "amount"),  # no amount
        ({"offer": {"price": "1", "currency": "yuan"}}, "currency"),  # no ISO 4217 code
        ({"pictures": {"url": "x"}}, "pictures"),  # a list of objects
        ({"seller": {"name": "x"}}, "seller_key"),  # a seller has a key
        ({"pictures": [{"url": "x", "sha256": "zz"}]}, "sha256"),  # 64 hex digits
        ({"pictures": [{"url": "x", "phash": "qq"}]}, "phash"),  # 16 hex digits
        ({"page_sha256": "A" * 64}, "page_sha256"),  # in lower case
        ({"fetched_at": "9999-12-31T23:59:59-12:00"}, "fetched_at"),  # beyond the calendar
    ],
)
def test_a_broken_field_is_refused_by_name(change: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        sighting_from_json({**_GOOD, **change}, where="file.jsonl:7")
    assert field in refusal.value.where


@pytest.mark.parametrize("value", [None, 5, "text", [], [{}]])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(RefusedInput, match="a JSON object"):
        sighting_from_json(value, where="file.jsonl:7")


def test_signs_that_no_database_holds_are_taken_out() -> None:
    read = sighting_from_json({**_GOOD, "title": "a\x00b\ud800c"}, where="line 1")
    assert read.title == "ab?c"
