"""The generic reader finds on the shops' pages what the catalogue put there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.reading import needs_rendering, read_page
from domain.common import digest
from domain.pages import Page, PageKind
from examples.marketplace import Marketplace, ShopListing
from examples.marketplace.shops import SHOPS
from tests.examples.visits import visit

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def _page(marketplace: Marketplace, shop: str, path: str) -> Page:
    answer = visit(marketplace, shop, path)
    url = marketplace.base_urls[shop] + path
    return Page(
        requested_url=url,
        url=url,
        status=answer.status,
        fetched_at=NOW,
        charset="utf-8",
        body=answer.body,
        sha256=digest(answer.body),
    )


def _static(marketplace: Marketplace, shop: str) -> list[ShopListing]:
    return [one for one in marketplace.world.of_shop(SHOPS[shop]) if not one.scripted]


@pytest.mark.parametrize("shop", list(SHOPS))
def test_listings_are_read_whole(marketplace: Marketplace, shop: str) -> None:
    for listing in _static(marketplace, shop):
        sighting = read_page(_page(marketplace, shop, listing.path))
        assert sighting.kind is PageKind.LISTING, listing.title
        assert (sighting.platform, sighting.listing_key) == (
            marketplace.platforms[shop],
            listing.listing_key,
        )
        assert sighting.offer is not None
        assert sighting.offer.price is not None
        assert sighting.offer.price.to_decimal() == listing.price, listing.title
        assert sighting.offer.price.currency == listing.currency
        assert sighting.offer.ships_from == (listing.ships_from or None)
        assert sighting.seller is not None
        assert sighting.seller.seller_key == listing.seller.seller_key
        assert sighting.seller.name == listing.seller.name
        assert listing.description in (sighting.description or "")
        assert sighting.attributes.get("产地", "") == listing.origin
        assert len(sighting.pictures) == len(listing.pictures)


def test_a_title_is_read_as_it_stands_markup_too(marketplace: Marketplace) -> None:
    for shop in SHOPS:
        for listing in _static(marketplace, shop):
            assert read_page(_page(marketplace, shop, listing.path)).title == listing.title


@pytest.mark.parametrize("shop", list(SHOPS))
def test_sellers_are_read_whole(marketplace: Marketplace, shop: str) -> None:
    for seller in marketplace.world.sellers:
        if seller.shop != shop:
            continue
        path = SHOPS[shop].seller_path(seller.seller_key)
        read = read_page(_page(marketplace, shop, path)).seller
        assert read is not None
        for field in ("seller_key", "name", "company", "uscc", "licence", "return_address"):
            assert (getattr(read, field) or "") == getattr(seller, field), (field, seller.name)
        assert set(seller.phones) <= set(read.phones)
        assert set(filter(None, (seller.wechat,))) <= set(read.wechat)


def test_a_scripted_page_needs_rendering(marketplace: Marketplace) -> None:
    for listing in marketplace.world.listings:
        if listing.scripted:
            page = _page(marketplace, "c", listing.path)
            assert needs_rendering(page, read_page(page)), listing.title


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/search?q=NORVEKA", PageKind.SEARCH),
        ("/list/home", PageKind.SEARCH),
        ("/login", PageKind.LOGIN),
        ("/item/109999.html", PageKind.BLOCKED),
        ("/nothing", PageKind.ERROR),
    ],
)
def test_other_pages_are_told_apart(marketplace: Marketplace, path: str, kind: PageKind) -> None:
    assert read_page(_page(marketplace, "a", path)).kind is kind
