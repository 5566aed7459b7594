"""What a visit makes of a listing: every pair of what was and what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.listings import Availability, Change, Listing, Offer, Sighting, tell_change
from domain.pages import PageKind

AT = datetime(2026, 11, 22, tzinfo=UTC)
IN, OUT, UNKNOWN = Availability.IN_STOCK, Availability.OUT_OF_STOCK, Availability.UNKNOWN


def sighting(availability: Availability | None) -> Sighting:
    return Sighting(
        platform="shop.example",
        listing_key="1",
        url="https://shop.example/1",
        requested_url="https://shop.example/1",
        kind=PageKind.LISTING,
        fetched_at=AT,
        offer=None if availability is None else Offer(availability=availability),
    )


@pytest.mark.parametrize(
    ("previous", "now", "expected", "why"),
    [
        (IN, IN, Change.CHANGED, "something else"),
        (IN, OUT, Change.SOLD_OUT, "was to be had, is not"),
        (IN, UNKNOWN, Change.CHANGED, "it only stopped saying so"),
        (IN, None, Change.CHANGED, "no offer is no statement"),
        (OUT, IN, Change.RELISTED, "is to be had again"),
        (OUT, OUT, Change.CHANGED, "sold out twice is sold out once"),
        (OUT, UNKNOWN, Change.CHANGED, "nobody said that it is back"),
        (UNKNOWN, OUT, Change.SOLD_OUT, "shops tell stock when there is none"),
        (UNKNOWN, IN, Change.CHANGED, "was never out"),
    ],
)
def test_stock_tells_sold_out_and_relisted(
    previous: Availability, now: Availability | None, expected: Change, why: str
) -> None:
    found = sighting(now)
    before = listing(digest_of=sighting(previous), title="another")
    assert tell_change(before, previous, found, found.content_digest) is expected, why


@pytest.mark.parametrize("now", [IN, OUT, UNKNOWN])
def test_what_was_gone_and_is_there_is_relisted_whatever_it_says(now: Availability) -> None:
    found = sighting(now)
    for before in (listing(digest_of=found, gone=True), listing(title="another", gone=True)):
        assert tell_change(before, IN, found, found.content_digest) is Change.RELISTED


def test_the_same_again_is_unchanged_and_the_first_is_new() -> None:
    found = sighting(OUT)
    assert tell_change(listing(digest_of=found), OUT, found, found.content_digest) is (
        Change.UNCHANGED
    )
    assert tell_change(None, UNKNOWN, found, found.content_digest) is Change.NEW


def listing(
    *, digest_of: Sighting | None = None, title: str | None = None, gone: bool = False
) -> Listing:
    said = replace(digest_of or sighting(IN), title=title)
    return Listing(
        platform="shop.example",
        listing_key="1",
        url="https://shop.example/1",
        first_seen_at=AT,
        last_seen_at=AT,
        gone_at=AT if gone else None,
        content_digest=said.content_digest,
    )
