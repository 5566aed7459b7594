"""The history of a listing: what each visit found otherwise, written once and never again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.context import Context
from casework.intake import mark_gone, take_in
from casework.runs import finish_run, start_run
from domain.common import Sha256
from domain.listings import Availability, Change, ListingChange, ListingRef
from domain.pictures import Picture
from domain.runs import SpiderName
from storage import changes, listings
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import START, Clock

REF = ListingRef(platform=PLATFORM, listing_key="1")
PICTURES = (Picture(url="https://shop.example/1.png", sha256=Sha256("a" * 64)),)
IN, OUT = Availability.IN_STOCK, Availability.OUT_OF_STOCK


def history(context: Context, key: str = "1") -> list[tuple[Change, float]]:
    """Kinds of a listing's changes, with the days after the first visit at which they came."""
    return [(one.kind, (one.at - START) / timedelta(days=1)) for one in entries(context, key)]


def entries(context: Context, key: str = "1") -> tuple[ListingChange, ...]:
    with context.database.read() as unit:
        return changes.changes_of(unit, ListingRef(platform=PLATFORM, listing_key=key))


def test_a_listing_lives_its_life(context: Context, gather: Gather, clock: Clock) -> None:
    assert gather(availability=IN) is Change.NEW
    clock.move(days=1)
    assert gather(availability=IN) is Change.UNCHANGED
    clock.move(days=1)
    assert gather(availability=IN, price_minor=990) is Change.CHANGED
    clock.move(days=1)
    assert gather(availability=OUT, price_minor=990) is Change.SOLD_OUT
    clock.move(days=1)
    assert gather(availability=IN, price_minor=990) is Change.RELISTED
    clock.move(days=1)
    assert mark_gone(context, REF, clock()) is Change.GONE
    clock.move(days=1)
    assert mark_gone(context, REF, clock()) is Change.UNCHANGED
    clock.move(days=1)
    assert gather(availability=IN, price_minor=990) is Change.RELISTED
    assert history(context) == [
        (Change.NEW, 0),
        (Change.CHANGED, 2),
        (Change.SOLD_OUT, 3),
        (Change.RELISTED, 4),
        (Change.GONE, 5),
        (Change.RELISTED, 7),
    ]


def test_each_change_names_what_was_said_before_and_after(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    clock.move(days=1)
    gather(price_minor=990)
    clock.move(days=1)
    mark_gone(context, REF, clock())
    new, changed, gone = entries(context)
    assert new.previous_digest is None
    assert changed.previous_digest == new.content_digest
    assert gone.content_digest == gone.previous_digest == changed.content_digest
    with context.database.read() as unit:
        said = listings.sighting_by_digest(unit, REF, changed.content_digest)
    assert said is not None
    assert said.offer is not None
    assert said.offer.price is not None
    assert said.offer.price.amount_minor == 990


def test_a_page_that_is_there_again_is_kept_as_it_is_then(
    context: Context, gather: Gather, clock: Clock
) -> None:
    """The evidence of a relisting is the page of that day, also when it says nothing new."""
    gather()
    mark_gone(context, REF, clock() + timedelta(days=1))
    clock.move(days=2)
    gather()
    with context.database.read() as unit:
        first, again = listings.sightings_of(unit, REF)
        latest = listings.latest_sighting(unit, REF)
    assert first.content_digest == again.content_digest
    assert first.page_sha256 != again.page_sha256
    assert latest == again


def test_the_same_sighting_twice_is_one_change(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    clock.move(days=1)
    gather(price_minor=990)
    with context.database.read() as unit:
        latest = listings.latest_sighting(unit, REF)
    assert latest is not None
    assert take_in(context, latest) is Change.UNCHANGED
    assert len(entries(context)) == 2


def test_an_older_capture_changes_nothing(context: Context, gather: Gather, clock: Clock) -> None:
    clock.move(days=3)
    gather()
    mark_gone(context, REF, clock() + timedelta(days=4))
    before = entries(context)
    for days in (-2, 4):  # Before it was seen here, and before it was found gone.
        clock.move(days=days)
        assert gather(price_minor=1) is Change.UNCHANGED
    assert entries(context) == before
    with context.database.read() as unit:
        listing = listings.find_listing(unit, REF)
    assert listing is not None
    assert listing.gone_at is not None


def put_up(gather: Gather, key: str, **more: object) -> Change | None:
    return gather(key, pictures=PICTURES, **more)


def test_a_listing_put_up_anew_under_another_key_names_the_one_that_went(
    context: Context, gather: Gather, clock: Clock
) -> None:
    put_up(gather, "1")
    mark_gone(context, REF, clock() + timedelta(days=1))
    clock.move(days=2)
    # Price and text may differ: seller, title and pictures are what buyers know it by.
    assert put_up(gather, "2", price_minor=1500) is Change.RELISTED
    [relisted] = entries(context, "2")
    assert (relisted.kind, relisted.predecessor_key) == (Change.RELISTED, "1")
    assert relisted.previous_digest is None


def test_the_one_that_went_may_be_found_gone_later(
    context: Context, gather: Gather, clock: Clock
) -> None:
    put_up(gather, "1")
    put_up(gather, "twin")
    clock.move(days=2)
    assert put_up(gather, "2") is Change.NEW
    clock.move(days=1)
    mark_gone(context, REF, clock())
    assert history(context, "2") == [(Change.NEW, 2), (Change.RELISTED, 3)]
    assert entries(context, "2")[1].predecessor_key == "1"
    # A twin that was there all the time came back as nothing.
    assert history(context, "twin") == [(Change.NEW, 0)]


def test_what_is_not_the_same_in_all_three_is_new(
    context: Context, gather: Gather, clock: Clock
) -> None:
    others = (Picture(url="https://shop.example/1.png", sha256=Sha256("b" * 64)),)
    put_up(gather, "1")
    gather("bare")
    for key in ("1", "bare"):
        gone = ListingRef(platform=PLATFORM, listing_key=key)
        mark_gone(context, gone, clock() + timedelta(days=1))
    clock.move(days=2)
    assert gather("2", seller_key="s2", pictures=PICTURES) is Change.NEW
    assert gather("3", "青鲤堂桃酥 新款", pictures=PICTURES) is Change.NEW
    assert gather("4", pictures=others) is Change.NEW
    assert gather("5") is Change.NEW, "without pictures many listings are alike"


def test_a_run_counts_what_it_found(context: Context, gather: Gather, clock: Clock) -> None:
    run = start_run(context, platform=PLATFORM, spider=SpiderName.WATCH, target=PLATFORM)
    for key in ("1", "2", "3"):
        gather(key, run=run.run_id)
    clock.move(days=1)
    gather("2", price_minor=1, run=run.run_id)
    gather("3", run="another run", price_minor=2)
    mark_gone(context, REF, clock(), run.run_id)
    ended = finish_run(context, run.run_id, [], {"robots": 2})
    assert ended.counts == {"robots": 2, "new": 3, "changed": 1, "gone": 1}
    with context.database.read() as unit:
        found = changes.changes_of_run(unit, run.run_id, limit=10)
    told = [(one.listing.listing_key, one.kind, now.listing_key) for one, now in found]
    assert told == [("1", Change.GONE, "1"), ("2", Change.CHANGED, "2")]


def test_relistings_are_found_for_many_listings_at_once(
    context: Context, gather: Gather, clock: Clock
) -> None:
    refs = [ListingRef(platform=PLATFORM, listing_key=key) for key in ("1", "2")]
    gather("1")
    gather("2")
    mark_gone(context, REF, clock() + timedelta(days=1))
    clock.move(days=2)
    gather("1")
    with context.database.read() as unit:
        assert changes.relisted_at(unit, refs) == {REF: clock()}
        assert changes.relisted_at(unit, []) == {}


def test_likeness_needs_seller_title_and_pictures(
    context: Context, gather: Gather, clock: Clock
) -> None:
    put_up(gather, "1")
    with context.database.read() as unit:
        whole = listings.latest_sighting(unit, REF)
    assert whole is not None
    assert whole.likeness == replace(whole, listing_key="2", description="更多").likeness
    for lacking in ({"seller": None}, {"title": None}, {"pictures": ()}):
        assert replace(whole, **lacking).likeness is None  # type: ignore[arg-type]
