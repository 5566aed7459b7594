"""The typed end of a query."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.outcomes import STREAK, Streak, Tally
from crawler.tallies import Tallies
from domain.listings import ListingRef
from domain.runs import OutcomeKind as Kind

LISTING = ListingRef(platform="shop.example", listing_key="1")


@pytest.mark.parametrize(
    ("tally", "kind", "why"),
    [
        (Tally(query="q", pages_read=1, listings={LISTING}), Kind.FOUND, "a clean run"),
        (Tally(query="q", pages_read=1, said_nothing=True), Kind.NOTHING_THERE, "it said so"),
        (Tally(query="q", pages_read=1), Kind.LAYOUT_CHANGED, "pages, but nothing on them"),
        (
            Tally(query="q", listings={LISTING}, troubles=Counter({Kind.BLOCKED: 1})),
            Kind.BLOCKED,
            "a blocked run is never clean, whatever it found before",
        ),
        (
            Tally(query="q", said_nothing=True, troubles=Counter({Kind.LOGIN_NEEDED: 1})),
            Kind.LOGIN_NEEDED,
            "a login is no empty shelf",
        ),
        (
            Tally(query="q", troubles=Counter({Kind.RATE_LIMITED: 1, Kind.SHOP_DOWN: 4})),
            Kind.RATE_LIMITED,
            "what the operator can act on comes first",
        ),
        (Tally(query="q", troubles=Counter({Kind.SHOP_DOWN: 1})), Kind.SHOP_DOWN, "no answer"),
        (
            Tally(query="q", listings={LISTING}, troubles=Counter({Kind.SHOP_DOWN: 1})),
            Kind.FOUND,
            "one failing page among good ones is counted, not more",
        ),
        (
            Tally(query="q", listings={LISTING}, stopped_by=Kind.SHOP_DOWN),
            Kind.SHOP_DOWN,
            "it went down on the way",
        ),
        (Tally(query="q", listings={LISTING}, limited=True), Kind.STOPPED_BY_LIMIT, "cut short"),
        (Tally(query="q", refused_by_robots=1), Kind.BLOCKED, "robots.txt closes the shop"),
        (Tally(query=None, gone=3, pages_read=3), Kind.FOUND, "a watch that found all gone"),
    ],
)
def test_kind_of_outcome(tally: Tally, kind: Kind, why: str) -> None:
    assert tally.outcome().kind is kind, why


def test_words_tell_what_went_wrong() -> None:
    tally = Tally(query="q", refused_by_robots=2, remarks=["first"])
    tally.troubles[Kind.BLOCKED] = 3
    words = tally.outcome().words
    assert words.startswith("first; 3 pages: the shop answered with a block page")
    assert "2 pages: disallowed by robots.txt" in words


def test_a_shop_that_refuses_in_a_row_is_left_alone() -> None:
    streak = Streak()
    assert [streak.note(Kind.BLOCKED) for _ in range(STREAK)][-1]
    assert not any(Streak().note(kind) for kind in (Kind.BLOCKED, Kind.BLOCKED, None))
    mixed = Streak()
    assert not any(
        mixed.note(kind) for kind in (Kind.BLOCKED, Kind.SHOP_DOWN, Kind.BLOCKED, Kind.SHOP_DOWN)
    )
    assert Streak().note(Kind.RATE_LIMITED)


def test_every_query_that_showed_a_listing_is_credited() -> None:
    tallies = Tallies(["茶", "tea", "wine"])
    tallies.show("key", "茶")
    tallies.gather("key", "茶", LISTING)
    tallies.show("key", "tea")
    assert [(o.query, o.listings) for o in tallies.outcomes()] == [
        ("茶", 1),
        ("tea", 1),
        ("wine", 0),
    ]
