"""The running shops answer as real ones do, faults included."""

from __future__ import annotations

import html
import json
import re
import struct
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from examples.marketplace import Marketplace, World, serve
from examples.marketplace.pictures import picture_addresses
from examples.marketplace.shops import BLOCKED_KEY, BLOCKED_QUERY, RATE_LIMITED, SHOPS
from tests.examples.visits import visit, visit_once

_REFERENCE = re.compile(r'(?:href|src)="([^"]+)"')
_FACET_OR_SESSION = re.compile(r"[&?](?:sid|color|size|sort|ship)=\w+")
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.+?)</script>', re.DOTALL)
_EACH_SHOP = pytest.mark.parametrize("shop", list(SHOPS))


def _own_references(text: str) -> list[str]:
    found = (html.unescape(reference) for reference in _REFERENCE.findall(text))
    return [reference for reference in found if reference.startswith("/")]


@_EACH_SHOP
def test_every_page_answers_and_every_link_resolves(marketplace: Marketplace, shop: str) -> None:
    """Facets and sessions are cut off, as a crawler must, else this would not end."""
    seen: set[str] = set()
    waiting = ["/"]
    listings = set()
    while waiting:
        path = waiting.pop()
        plain = _FACET_OR_SESSION.sub("", path)
        if plain in seen or plain.startswith(("/pictures/", "/logo")):
            continue
        seen.add(plain)
        answer = visit(marketplace, shop, path)
        assert answer.status in (200, 302), path
        if answer.media_type.startswith("text/html"):
            waiting += _own_references(answer.text)
        listings.add(plain)
    paths = {one.path for one in marketplace.world.of_shop(SHOPS[shop])}
    assert paths <= listings, "a listing that no chain of links reaches"


def test_json_ld_tells_the_listing(marketplace: Marketplace) -> None:
    for listing in marketplace.world.of_shop(SHOPS["a"]):
        blocks = _JSON_LD.findall(visit(marketplace, "a", listing.path).text)
        assert len(blocks) == 1
        told = json.loads(blocks[0])
        assert (told["name"], told["sku"]) == (listing.title, listing.listing_key)
        assert told["offers"]["price"] == str(listing.price)


def test_a_scripted_page_holds_nothing_but_its_script_asks_for_all(
    marketplace: Marketplace,
) -> None:
    scripted = [one for one in marketplace.world.listings if one.scripted]
    assert len(scripted) >= 8
    for listing in scripted:
        assert listing.title not in visit(marketplace, "c", listing.path).text
        answer = visit(marketplace, "c", f"/api/flash/{listing.listing_key}.json")
        assert json.loads(answer.body)["title"] == listing.title


@pytest.mark.parametrize(
    ("shop", "query", "found"),
    [
        ("a", "云栖虎", True),
        ("a", "norveka", True),  # case does not matter
        ("b", "tea cups", True),  # every word, wherever it stands
        ("c", "蜂蜜", True),
        ("a", "没有的东西", False),
        ("b", "tea submarine", False),  # one word is not enough
    ],
)
def test_search_finds_listings_by_title(
    marketplace: Marketplace, shop: str, query: str, found: bool
) -> None:
    page = visit(marketplace, shop, SHOPS[shop].search_path(query)).text
    wanted = marketplace.world.search(SHOPS[shop], query)
    assert bool(wanted) == found
    shown = {html.unescape(reference) for reference in _REFERENCE.findall(page)}
    shown = {_FACET_OR_SESSION.sub("", reference) for reference in shown}
    assert {one.path for one in wanted[: SHOPS[shop].per_page]} <= shown


@_EACH_SHOP
def test_robots_forbids_the_trap_that_the_home_page_links(
    marketplace: Marketplace, shop: str
) -> None:
    robots = RobotFileParser()
    robots.parse(visit(marketplace, shop, "/robots.txt").text.splitlines())
    trap = SHOPS[shop].trap
    assert not robots.can_fetch("Suyuan", trap)
    assert all(
        robots.can_fetch("Suyuan", one.path) for one in marketplace.world.of_shop(SHOPS[shop])
    )
    references = _own_references(visit(marketplace, shop, "/").text)
    assert trap in [_FACET_OR_SESSION.sub("", reference) for reference in references]
    assert visit(marketplace, shop, trap).status == 200


@_EACH_SHOP
def test_sitemap_lists_the_listings_where_there_is_one(marketplace: Marketplace, shop: str) -> None:
    answer = visit(marketplace, shop, "/sitemap.xml")
    if not SHOPS[shop].has_sitemap:
        assert answer.status == 404
        return
    tree = ElementTree.fromstring(answer.body)  # noqa: S314 (our own server's)
    paths = [urlsplit(element.text or "").path for element in tree.iter() if "loc" in element.tag]
    assert paths == [one.path for one in marketplace.world.of_shop(SHOPS[shop])]


@_EACH_SHOP
def test_one_listing_asks_to_come_back_later_once(shop: str) -> None:
    with serve() as fresh:
        listing = fresh.world.find_listing(SHOPS[shop], RATE_LIMITED[shop])
        assert listing is not None
        first = visit_once(fresh, shop, listing.path)
        assert (first.status, first.headers["Retry-After"]) == (429, "1")
        assert [visit_once(fresh, shop, listing.path).status for _ in range(2)] == [200, 200]


def test_a_slider_stands_before_one_listing_that_only_a_search_shows(
    marketplace: Marketplace,
) -> None:
    results = visit(marketplace, "a", f"/search?q={quote(BLOCKED_QUERY)}").text
    path = f"/item/{BLOCKED_KEY}.html"
    assert path in results
    assert path not in visit(marketplace, "a", "/sitemap.xml").text
    answer = visit(marketplace, "a", path)
    assert answer.status == 403
    assert "滑块" in answer.text


def test_a_withdrawn_listing_is_gone() -> None:
    with serve() as fresh:
        listing = fresh.world.of_shop(SHOPS["b"])[0]
        assert visit(fresh, "b", listing.path).status == 200
        fresh.sites["b"].withdraw(listing.listing_key)
        assert visit(fresh, "b", listing.path).status == 410


@pytest.mark.parametrize("path", ["/no-such-page", "/catalogue/x_999/", "/sellers/nobody", "/c/x"])
def test_what_is_not_there_is_not_found(marketplace: Marketplace, path: str) -> None:
    assert visit(marketplace, "b", path).status == 404


def test_markup_in_titles_is_text_in_the_shops_own_pages(marketplace: Marketplace) -> None:
    hostile = [one for one in marketplace.world.listings if "<" in one.title and not one.scripted]
    assert len(hostile) >= 4
    for listing in hostile:
        page = visit(marketplace, listing.shop, listing.path).text
        outside_scripts = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert listing.title not in outside_scripts
        assert str(html.escape(listing.title)).replace("&quot;", "&#34;") in outside_scripts


def test_sessions_differ_on_every_visit_to_shop_c(marketplace: Marketplace) -> None:
    first, second = (
        set(re.findall(r"sid=(\w+)", visit(marketplace, "c", "/").text)) for _ in range(2)
    )
    assert len(first) == len(second) == 1
    assert first != second


def test_facets_of_shop_b_multiply_and_show_the_same_listings_again(
    marketplace: Marketplace,
) -> None:
    shop = SHOPS["b"]
    category = {one.path for one in marketplace.world.in_category(shop, "home")}
    path = shop.category_path("home")
    for chosen in range(len(shop.facets)):
        links = _own_references(visit(marketplace, "b", path).text)
        shown = {one for one in links if one.startswith("/catalogue/")}
        assert shown
        assert shown <= category
        facets = [one for one in links if one.startswith("/c/home?") and "page=" not in one]
        assert len(facets) == sum(map(len, shop.facets.values()))
        path = max(facets, key=lambda link: link.count("="))
        assert path.count("=") == chosen + 1


def test_hostile_pictures_are_what_they_are_said_to_be(
    marketplace: Marketplace, world: World
) -> None:
    seen = {}
    for listing in world.listings:
        for shows, address in zip(listing.pictures, picture_addresses(listing), strict=True):
            if ":" not in shows and shows != "product":
                seen[shows] = (listing.shop, address)
    assert set(seen) == {"text", "bomb", "missing", "private"}
    assert seen["private"][1].startswith("http://127.0.0.1:9/")
    assert visit(marketplace, *seen["missing"]).status == 404
    text = visit(marketplace, *seen["text"])
    assert text.media_type == "image/jpeg"
    assert text.body.isascii()
    bomb = visit(marketplace, *seen["bomb"]).body
    assert len(bomb) < 500_000
    assert struct.unpack(">II", bomb[16:24]) == (60_000, 60_000)
