"""The catalogue holds what the example promises, and its truth is true."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import opencc
import pypinyin
import pytest
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from domain.common import digest
from domain.matches import NameHow
from domain.rights import Right
from domain.tracing import HopKind, Record
from examples.marketplace import ShopListing, World, build_truth, build_world, write_inputs
from examples.marketplace.catalogue import HERE
from examples.marketplace.truth import FILE, SHOP_NAMES, truth_text
from register import read_authorisations, read_register
from tracing import FileFacts, read_records

PLATFORMS = {"a": "127.0.0.1:8001", "b": "127.0.0.1:8002", "c": "127.0.0.1:8003"}
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
_SIMPLIFY = opencc.OpenCC("t2s")


@pytest.fixture(scope="module")
def rights() -> dict[str, Right]:
    path = HERE / "register" / "register.csv"
    reading = read_register(path.name, path.read_bytes())
    assert not reading.refusals
    return {right.right_id: right for right in reading.rights}


def test_the_same_tables_give_the_same_world(world: World) -> None:
    assert build_world() == world


def test_the_counts_of_the_issue_hold(world: World) -> None:
    kinds = Counter(listing.kind for listing in world.listings)
    assert sum(kinds.values()) >= 240
    assert kinds["imitated"] >= 48
    assert kinds["authorised"] >= 10
    assert kinds["genuine"] >= 10
    assert kinds["unrelated"] >= 100
    assert set(kinds) == {"imitated", "authorised", "genuine", "unrelated"}


def test_every_way_of_imitating_is_there(world: World) -> None:
    ways = Counter(listing.how for listing in world.listings if listing.kind == "imitated")
    # Its marks are short and whole: parts are tried on the labelled pairs of tests/matchers.
    of_whole_names = set(NameHow) - {NameHow.PART}
    assert {how: ways[how] for how in of_whole_names if ways[how] < 4} == {}
    assert ways["copy"] >= 4
    assert ways["logo_in_scene"] >= 3
    assert sum(ways[how] for how in ways if how.startswith("gi_")) >= 3


def test_each_listing_stands_once(world: World) -> None:
    keys = Counter((listing.shop, listing.listing_key) for listing in world.listings)
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_imitating_words_stand_where_the_truth_says(world: World) -> None:
    for listing in world.listings:
        if listing.where in ("title", "description"):
            assert listing.surface in getattr(listing, listing.where), listing.title
        else:
            assert not listing.surface


def test_the_surface_is_what_its_way_says(world: World, rights: dict[str, Right]) -> None:
    for listing in world.listings:
        if listing.kind == "imitated" and listing.how in set(NameHow):
            name = rights[listing.right_id].name
            assert _is_of_its_way(listing, name), (listing.how, listing.surface, name)


def _is_of_its_way(listing: ShopListing, name: str) -> bool:
    surface, plain = listing.surface, "".join(filter(str.isalnum, listing.surface))
    distance = OSA.distance(surface, name)
    match NameHow(listing.how):
        case NameHow.EXACT:
            return surface == name
        case NameHow.SEPARATOR:
            return surface != name and plain == name
        case NameHow.SPLIT:
            return surface.count(" ") == 1 and surface.replace(" ", "") == name
        case NameHow.FULLWIDTH:
            return not surface.isascii() and unicodedata.normalize("NFKC", surface) == name
        case NameHow.HOMOGLYPH:
            strange = [c for c in surface if not c.isascii()]
            return 0 < len(strange) == distance and len(surface) == len(name)
        case NameHow.LEET:
            return surface.isascii() and distance == sum(map(str.isdigit, surface)) > 0
        case NameHow.TYPO:
            return surface.isascii() and surface.isalpha() and distance == 1
        case NameHow.TRADITIONAL:
            return surface != name and _SIMPLIFY.convert(surface) == name
        case NameHow.PINYIN:
            return surface.lower().replace(" ", "") == "".join(pypinyin.lazy_pinyin(name))
        case NameHow.SOUND:
            return distance == 1 and pypinyin.lazy_pinyin(surface) == pypinyin.lazy_pinyin(name)
        case NameHow.SHAPE:
            return distance == 1 and pypinyin.lazy_pinyin(surface) != pypinyin.lazy_pinyin(name)
        case NameHow.TRANSLITERATED:
            spoken = "".join(pypinyin.lazy_pinyin(surface))
            return not surface.isascii() and surface.isalpha() and ratio(spoken, name.lower()) > 50
        case NameHow.MIXED:
            return plain != name and len(plain) >= len(name)


def test_unrelated_listings_name_a_right_only_lawfully(
    world: World, rights: dict[str, Right]
) -> None:
    lawful = {"compatible_with", "second_hand", "lapsed"}
    named = {name for right in rights.values() for name in (right.name, *right.other_names)}
    for listing in world.listings:
        if listing.kind == "unrelated":
            text = f"{listing.title} {listing.description}"
            assert any(name in text for name in named) == (listing.how in lawful), listing.title


def test_imitations_are_sold_by_imitators_only(world: World) -> None:
    sold_by = {(listing.kind, listing.seller.role) for listing in world.listings}
    assert sold_by == {
        ("imitated", "imitator"),
        ("genuine", "holder"),
        ("authorised", "authorised"),
        ("unrelated", "honest"),
    }


def test_holders_sell_under_the_name_that_the_register_has(
    world: World, rights: dict[str, Right]
) -> None:
    for listing in world.listings:
        if listing.kind == "genuine":
            assert listing.seller.company == rights[listing.right_id].holder, listing.title


def test_five_networks_lie_over_the_three_shops(world: World) -> None:
    networks = build_truth(world, SHOP_NAMES).networks
    assert len(networks) == 5
    assert all(len(network) >= 2 for network in networks)
    assert {seller.platform for network in networks for seller in network} == {"a", "b", "c"}


def test_a_courier_hotline_is_shared_across_networks(world: World) -> None:
    shared = [seller for seller in world.sellers if "4000008899" in seller.phones]
    assert len(shared) >= 12
    assert len({seller.network for seller in shared if seller.network}) >= 3


def test_truth_file_is_current(world: World) -> None:
    assert FILE.read_text(encoding="utf-8") == truth_text(world)


def test_every_input_is_read_without_a_refusal(tmp_path: Path, world: World) -> None:
    inputs = write_inputs(tmp_path, PLATFORMS)
    register = read_register("register.csv", inputs.register.read_bytes())
    given = read_authorisations("authorisations.csv", inputs.authorisations.read_bytes())
    assert not register.refusals
    assert len(register.rights) >= 25
    assert not given.refusals
    assert {one.platform for one in given.authorisations} - {None} <= set(PLATFORMS.values())
    for right in register.rights:
        assert all((tmp_path / file).is_file() for file in (*right.logos, *right.photos))
    known: set[str] = set()
    for path in inputs.records:
        facts = FileFacts(
            name=path.name,
            source="example",
            retrieved_at=NOW,
            sha256=digest(path.read_bytes()),
            zone=UTC,
        )
        with path.open("rb") as file:
            for record in read_records(file, facts):
                assert isinstance(record, Record)
                known.add(str(record.ref))
    hops = {
        key
        for trail in build_truth(world, PLATFORMS).trails
        for kind, key in trail.hops
        if kind not in (HopKind.LISTING, HopKind.SELLER)
    }
    assert hops <= known
