"""Intake: preserved first, then new, changed, unchanged or gone; twice changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.context import Context
from casework.intake import known_listings, mark_gone, preserve_picture, take_in
from domain.common import NotFound, UnreadablePicture, digest
from domain.listings import Change, ListingRef, Offer, Sighting
from domain.money import Money
from domain.pages import PageKind
from domain.sellers import Seller
from storage import evidence, listings, sellers
from tests.casework.conftest import PLATFORM, Gather, draw_logo
from tests.conftest import START, Clock

REF = ListingRef(platform=PLATFORM, listing_key="1")


def test_the_first_sighting_is_new_and_the_same_again_unchanged(
    context: Context, gather: Gather, clock: Clock
) -> None:
    assert gather() is Change.NEW
    clock.move(hours=1)
    assert gather() is Change.UNCHANGED
    with context.database.read() as unit:
        listing = listings.find_listing(unit, REF)
        history = listings.sightings_of(unit, REF)
    assert listing is not None
    assert (listing.first_seen_at, listing.last_seen_at) == (START, clock())
    assert len(history) == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title", "正品青鲤堂月饼"),
        ("offer", Offer(price=Money(amount_minor=990, currency="CNY"))),
        ("category", ("食品",)),
        ("description", "正品保证"),
    ],
)
def test_a_listing_that_says_something_else_is_changed(
    context: Context, gather: Gather, clock: Clock, field: str, change: object
) -> None:
    gather()
    before = _latest(context)
    clock.move(hours=1)
    assert (
        take_in(context, replace(before, fetched_at=clock(), **{field: change})) is Change.CHANGED
    )
    with context.database.read() as unit:
        assert len(listings.sightings_of(unit, REF)) == 2


def test_units_sold_are_no_change(context: Context, gather: Gather, clock: Clock) -> None:
    gather()
    before = _latest(context)
    clock.move(hours=1)
    sold = replace(before, fetched_at=clock(), offer=replace(before.offer or Offer(), sold=900))
    assert take_in(context, sold) is Change.UNCHANGED


def test_gone_and_back_again(context: Context, gather: Gather, clock: Clock) -> None:
    gather()
    clock.move(days=1)
    assert mark_gone(context, REF, clock()) is Change.GONE
    assert mark_gone(context, REF, clock()) is Change.UNCHANGED
    assert known_listings(context) == ()
    clock.move(days=1)
    assert gather() is Change.RELISTED
    assert [listing.ref for listing in known_listings(context, PLATFORM)] == [REF]


def test_a_listing_never_seen_cannot_be_gone(context: Context, clock: Clock) -> None:
    with pytest.raises(NotFound):
        mark_gone(context, REF, clock())


def test_an_older_capture_joins_the_history_and_is_not_the_latest(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    latest = _latest(context)
    clock.move(days=-30)
    older = replace(latest, fetched_at=clock(), title="青鲤堂 旧标题")
    take_in(context, older)
    assert _latest(context).title == latest.title
    with context.database.read() as unit:
        assert [one.title for one in listings.sightings_of(unit, REF)] == [
            "青鲤堂 旧标题",
            latest.title,
        ]


@pytest.mark.parametrize("kind", [kind for kind in PageKind if kind is not PageKind.LISTING])
def test_only_listing_pages_become_listings(
    context: Context, gather: Gather, kind: PageKind
) -> None:
    gather()
    other = replace(_latest(context), kind=kind, listing_key="other")
    assert take_in(context, other) is None
    with context.database.read() as unit:
        missing = ListingRef(platform=PLATFORM, listing_key="other")
        assert listings.find_listing(unit, missing) is None


def test_what_pages_say_of_a_seller_adds_up(context: Context, gather: Gather) -> None:
    named = Seller(platform=PLATFORM, seller_key="s1", name="小李的店", phones=("+8613800000001",))
    licence = Seller(
        platform=PLATFORM, seller_key="s1", company="示例公司", phones=("+8613800000002",)
    )
    gather(seller=named)
    gather(seller=licence)
    with context.database.read() as unit:
        merged = sellers.find_seller(unit, named.ref)
    assert merged == replace(named, company="示例公司", phones=("+8613800000001", "+8613800000002"))


def test_a_picture_is_preserved_even_when_it_is_none(context: Context, clock: Clock) -> None:
    data = b"<html>no picture</html>"
    with pytest.raises(UnreadablePicture):
        preserve_picture(
            context,
            url="https://shop.example/1.jpg",
            data=data,
            media_type="image/jpeg",
            fetched_at=clock(),
            run_id=None,
            by="test",
        )
    with context.database.read() as unit:
        (piece,) = evidence.evidence_of_digest(unit, digest(data))
        (entry,) = evidence.custody_of(unit, piece.evidence_id)
    assert context.blobs.get(piece.sha256) == data
    assert (entry.act, entry.by) == ("preserved", "test")


def test_a_picture_preserved_twice_is_one_piece(context: Context, clock: Clock) -> None:
    for _ in range(2):
        picture = preserve_picture(
            context,
            url="https://shop.example/1.png",
            data=draw_logo(),
            media_type="image/png",
            fetched_at=clock(),
            run_id=None,
            by="test",
        )
    assert picture.phash
    with context.database.read() as unit:
        (piece,) = evidence.evidence_of_digest(unit, digest(draw_logo()))
        assert len(evidence.custody_of(unit, piece.evidence_id)) == 1


def _latest(context: Context) -> Sighting:
    with context.database.read() as unit:
        sighting = listings.latest_sighting(unit, REF)
    assert sighting is not None
    return sighting
