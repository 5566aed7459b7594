"""Which links are followed."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import HostPort
from crawler.frontier import MAX_LISTING_VARIANTS, MAX_VARIANTS, Frontier, Verdict, url_key

SHOP = "http://shop.example"


@pytest.fixture
def frontier() -> Frontier:
    return Frontier({HostPort("shop.example", 80)}.__contains__)


@pytest.mark.parametrize(
    ("url", "verdict", "why"),
    [
        ("/item/1", Verdict.FOLLOW, "a listing"),
        ("/list?page=2", Verdict.FOLLOW, "a result page"),
        ("/sitemap.xml", Verdict.FOLLOW, "a sitemap"),
        ("/login-lamp-12", Verdict.FOLLOW, "a listing whose name begins with an act"),
        ("/catalogue/shopping-cart-cover_7/", Verdict.FOLLOW, "a listing named like a cart"),
        ("/photo.jpg", Verdict.NOT_A_PAGE, "a picture"),
        ("/app.apk", Verdict.NOT_A_PAGE, "a program"),
        ("/cart", Verdict.PERSONAL, "the visitor's own"),
        ("/basket/add/12/", Verdict.PERSONAL, "an act"),
        ("/account/login.html", Verdict.PERSONAL, "the visitor's own"),
        ("/logout", Verdict.PERSONAL, "an act"),
        ("/a/b/a/b/a/b/a/b/", Verdict.PATH_TRAP, "relative links that grow"),
        ("/" + "x/" * 60, Verdict.PATH_TRAP, "deeper than any shop"),
        ("/?" + "x" * 3000, Verdict.NOT_HTTP, "longer than any address"),
    ],
)
def test_links_are_judged_by_their_form(
    frontier: Frontier, url: str, verdict: Verdict, why: str
) -> None:
    assert frontier.admit(SHOP + url, is_listing=False) is verdict, why


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://cdn.example/item/1", Verdict.OFF_SITE),
        ("http://shop.example:8080/item/1", Verdict.OFF_SITE),
        ("http://127.0.0.1/admin", Verdict.PRIVATE_ADDRESS),
        ("http://2130706433/admin", Verdict.PRIVATE_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Verdict.PRIVATE_ADDRESS),
        ("javascript:void(0)", Verdict.NOT_HTTP),
        ("data:text/html,<h1>x", Verdict.NOT_HTTP),
        ("mailto:a@shop.example", Verdict.NOT_HTTP),
    ],
)
def test_only_the_shop_is_followed(frontier: Frontier, url: str, verdict: Verdict) -> None:
    assert frontier.admit(url, is_listing=True) is verdict


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("/item/1", "/item/1#reviews", "a fragment"),
        ("/list?a=1&b=2", "/list?b=2&a=1", "the order of parameters"),
        ("/item/1", "/item/1;jsessionid=9F8E", "a session in the path"),
        ("/item/1", "/item/1?PHPSESSID=abc", "a session in the query"),
        ("/item/1", "/item/1?utm_source=mail&spm=a.1", "advertising"),
        ("/搜索", "/%E6%90%9C%E7%B4%A2", "percent-encoding"),
    ],
)
def test_spellings_of_one_address_are_one(
    frontier: Frontier, first: str, second: str, why: str
) -> None:
    assert frontier.admit(SHOP + first, is_listing=False) is Verdict.FOLLOW
    assert frontier.admit(SHOP + second, is_listing=False) is Verdict.SEEN, why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/item?id=1", "/item?id=2"),
        ("/list?page=1", "/list?page=2"),
        ("/item/1", "/item/1/"),
        ("/list?cat=1", "/list?cat=2"),
    ],
)
def test_different_addresses_stay_different(frontier: Frontier, first: str, second: str) -> None:
    assert frontier.admit(SHOP + first, is_listing=False) is Verdict.FOLLOW
    assert frontier.admit(SHOP + second, is_listing=False) is Verdict.FOLLOW


def test_facets_do_not_explode(frontier: Frontier) -> None:
    facets = product(range(10), range(10), range(10))
    verdicts = [
        frontier.admit(f"{SHOP}/list?color={a}&size={b}&sort={c}", is_listing=False)
        for a, b, c in facets
    ]
    assert verdicts.count(Verdict.FOLLOW) == MAX_VARIANTS
    assert verdicts.count(Verdict.FACET_TRAP) == 1000 - MAX_VARIANTS


def test_a_listing_is_fetched_in_few_spellings(frontier: Frontier) -> None:
    verdicts = [frontier.admit(f"{SHOP}/item/12?color={n}", is_listing=True) for n in range(50)]
    assert verdicts.count(Verdict.FOLLOW) == MAX_LISTING_VARIANTS


def test_numbered_listings_and_result_pages_are_no_facets(frontier: Frontier) -> None:
    for n in range(2_000):
        item, page = f"{SHOP}/item.php?id={n}", f"{SHOP}/list?page={n}"
        assert frontier.admit(item, is_listing=True) is Verdict.FOLLOW
        assert frontier.admit(page, is_listing=False) is Verdict.FOLLOW


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    frontier = Frontier({HostPort("shop.example", 80)}.__contains__)
    assert frontier.admit(text, is_listing=False) is not Verdict.FOLLOW
    frontier.admit(f"{SHOP}/{text}", is_listing=True)


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = url_key(f"{SHOP}/list?q={text}")
    assert url_key(key) == key
