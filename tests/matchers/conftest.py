"""Rights, sightings and pairs, as little of them as a test needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

import matchers.screening
from domain.common import RightId, Sha256
from domain.listings import ListingRef, Offer, Sighting
from domain.matches import Match
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import ReferencePicture
from domain.rights import (
    Authorisation,
    GeographicalIndication,
    Mark,
    Patent,
    Right,
    RightKind,
)
from domain.sellers import Seller, SellerRef
from matchers.pictures.hits import SeenPicture

TODAY = date(2026, 11, 22)


@pytest.fixture
def make_mark() -> Callable[..., Mark]:
    def make(name: str = "云栖虎", *other_names: str, **fields: Any) -> Mark:
        values: dict[str, Any] = {"right_id": RightId(f"right-{name}"), "kind": RightKind.MARK}
        return Mark(name=name, other_names=other_names, **(values | fields))

    return make


@pytest.fixture
def make_gi() -> Callable[..., GeographicalIndication]:
    def make(name: str = "云溪湖大闸蟹", **fields: Any) -> GeographicalIndication:
        values: dict[str, Any] = {
            "right_id": RightId("gi"),
            "kind": RightKind.GI,
            "product": "大闸蟹",
            "area": ("320500",),
        }
        return GeographicalIndication(name=name, **(values | fields))

    return make


@pytest.fixture
def make_patent() -> Callable[..., Patent]:
    def make(name: str = "一种便携式榨汁机", **fields: Any) -> Patent:
        values: dict[str, Any] = {
            "right_id": RightId("patent"),
            "kind": RightKind.UTILITY_MODEL,
            "number": "ZL202022345678.7",
            "holder": "杭州云栖虎电器有限公司",
        }
        return Patent(name=name, **(values | fields))

    return make


@pytest.fixture
def make_sighting() -> Callable[..., Sighting]:
    """Make a listing; `price` in CNY, `ships_from`, and `company`, `seller_key` … of its seller."""

    def make(
        title: str = "",
        *,
        price: str | None = None,
        ships_from: str | None = None,
        seller: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Sighting:
        money = None if price is None else Money.from_decimal(Decimal(price), "CNY")
        shop: dict[str, Any] = {"platform": "shop.example", "seller_key": "s1"}
        values: dict[str, Any] = {
            "platform": "shop.example",
            "listing_key": "1",
            "url": "https://shop.example/1",
            "requested_url": "https://shop.example/1",
            "kind": PageKind.LISTING,
            "fetched_at": datetime(2026, 11, 22, tzinfo=UTC),
            "offer": Offer(price=money, ships_from=ships_from),
            "seller": Seller(**(shop | (seller or {}))),
        }
        return Sighting(title=title, **(values | fields))

    return make


@pytest.fixture
def match() -> Callable[..., Match | None]:
    """Screen one sighting against one right; None when the index does not propose it."""

    def match(
        sighting: Sighting,
        right: Right,
        *,
        authorisations: tuple[Authorisation, ...] = (),
        references: tuple[ReferencePicture, ...] = (),
        today: date = TODAY,
        shown: Mapping[Sha256, SeenPicture] | None = None,
        upheld: Mapping[SellerRef, Collection[ListingRef]] | None = None,
    ) -> Match | None:
        index = matchers.screening.prepare([right], references, authorisations)
        found = list(
            matchers.screening.screen([sighting], index, today, shown=shown, upheld=upheld)
        )
        of_right = [one for one in found if one.right_id == right.right_id]
        assert len(of_right) <= 1
        return of_right[0] if of_right else None

    return match
