"""Going by a platform's lists: whole ones, results to visit, and what is done where they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.platforms import Ask
from crawler.requests import Role, Visit, visit_of
from crawler.spiders.lists import ListSpider
from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page, picture

OpenShop = Callable[[dict[str, Route]], Shop]
CrawlShop = Callable[..., Crawl]

SHOPIFY_HEAD = """<script src="//cdn.shopify.com/s/files/1/theme.js"></script><script>
Shopify.shop = "tea.example"; Shopify.currency = {"active":"EUR","rate":"1.0"};</script>"""
WOO_HEAD = '<meta name="generator" content="WooCommerce 9.8.1">'
SEARCH_FORM = '<form action="/search"><input name="q"></form>'
WOO_API = "/wp-json/wc/store/v1/products"


def json_of(value: object, status: int = 200) -> Answer:
    return Answer(json.dumps(value), status=status, media_type="application/json")


def shopify_product(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "title": f"Tea {n}",
        "handle": f"tea-{n}",
        "vendor": "Teahouse",
        "body_html": "<p>Leaves.</p>",
        "variants": [{"id": n, "title": "Default Title", "price": "9.50", "available": True}],
        "images": [{"src": "/cdn/tea.png"}],
        "options": [{"name": "Title", "values": ["Default Title"]}],
    }


def shopify_list(products: int) -> Callable[[Shop, str], Answer]:
    def answer(shop: Shop, target: str) -> Answer:
        asked = parse_qs(urlsplit(target).query)
        size, number = int(asked["limit"][0]), int(asked["page"][0])
        numbers = range(1, products + 1)[size * (number - 1) : size * number]
        return json_of({"products": [shopify_product(n) for n in numbers]})

    return answer


def woo_product(shop: Shop, n: int) -> dict[str, Any]:
    prices = {
        "price": "950",
        "regular_price": "950",
        "currency_code": "EUR",
        "currency_minor_unit": 2,
    }
    return {
        "id": n,
        "name": f"Tea {n}",
        "permalink": f"{shop.url}/product/tea-{n}/",
        "description": "",
        "prices": prices,
        "images": [],
        "is_in_stock": True,
    }


def woo_list(products: int) -> Callable[[Shop, str], Answer]:
    def answer(shop: Shop, target: str) -> Answer:
        asked = parse_qs(urlsplit(target).query)
        size, number = int(asked["per_page"][0]), int(asked["page"][0])
        total = 0 if asked.get("search") == ["coffee"] else products
        numbers = range(1, total + 1)[size * (number - 1) : size * number]
        return json_of([woo_product(shop, n) for n in numbers])

    return answer


def woo_front(**routes: Route) -> dict[str, Route]:
    """A shop with three listings, on its pages and, unless a route says else, by its API."""
    pages: dict[str, Route] = {f"/product/tea-{n}/": listing(f"Tea {n}") for n in (1, 2, 3)}
    front = page(cards(*pages) + SEARCH_FORM, head=WOO_HEAD)
    return {"/": front, "/search": page(cards(*pages)), **pages, WOO_API: woo_list(3), **routes}


def titles(crawl: Crawl) -> list[str]:
    return sorted(sighting["title"] for sighting in crawl.sightings)


def test_a_catalogue_is_gathered_by_its_lists_alone(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    front = page(
        "<h1>Teahouse</h1><p>Leaves, picked by hand and shipped within a day.</p>",
        head=SHOPIFY_HEAD,
    )
    shop = open_shop(
        {"/": front, "/products.json": shopify_list(253), "/cdn/tea.png": picture("green")}
    )
    crawl = crawl_shop(shop, pictures=True)
    assert crawl.kinds() == [(None, "found", 253)]
    assert len({sighting["listing_key"] for sighting in crawl.sightings}) == 253
    assert [urlsplit(request).path for request in shop.requests] == [
        "/robots.txt",
        "/",
        "/products.json",
        "/cdn/tea.png",
        "/products.json",
    ]
    assert crawl.result.counts["pages"] == 3
    for sighting in crawl.sightings:
        assert sighting["platform"] == shop.netloc
        assert sighting["offer"]["price"] == "9.50"
        assert sighting["offer"]["currency"] == "EUR"
        assert sighting["pictures"][0]["phash"]
    kept = {entry["url"]: entry for entry in crawl.requests}
    asked = f"{shop.url}/products.json?limit=250&page=1&currency=EUR"
    assert kept[asked]["robots"] == "allowed"
    assert (crawl.out_file.parent / "sightings.jsonl.pages" / kept[asked]["sha256"]).exists()


def test_queries_keep_page_and_rank(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    shop = open_shop(woo_front(**{WOO_API: woo_list(103)}))
    crawl = crawl_shop(shop, queries=("tea", "coffee"))
    assert crawl.kinds() == [("tea", "found", 103), ("coffee", "nothing_there", 0)]
    found = {s["title"]: s["provenance"] for s in crawl.sightings}
    assert {name: found["Tea 3"][name] for name in ("query", "page", "rank")} == {
        "query": "tea",
        "page": 1,
        "rank": 3,
    }
    assert (found["Tea 103"]["page"], found["Tea 103"]["rank"]) == (2, 103)
    assert not [request for request in shop.requests if request.startswith("/product/")]


@pytest.mark.parametrize(
    ("routes", "words", "why"),
    [
        ({WOO_API: json_of({"code": "rest_no_route"}, 404)}, "HTTP 404", "no such API"),
        ({WOO_API: json_of({"code": "rest_forbidden"}, 401)}, "HTTP 401", "a key is asked for"),
        ({WOO_API: Answer("<h1>Forbidden</h1>", status=403)}, "HTTP 403", "a firewall"),
        ({WOO_API: page("<h1>Welcome</h1>")}, "expected JSON", "a page where JSON should be"),
        ({WOO_API: json_of([{"id": 1, "name": "Tea"}])}, "permalink", "a field is missing"),
        (
            {"/robots.txt": Answer("User-agent: *\nDisallow: /wp-json/\n")},
            "robots.txt",
            "robots.txt closes the API and not the shop",
        ),
        (
            {"/": page(cards("/product/tea-1/", "/product/tea-2/", "/product/tea-3/"),
                       head=WOO_HEAD + '<link rel="https://api.w.org/" '
                       'href="https://api.tea.example/wp-json/">')},
            "another host",
            "the API lies on a host that is not the shop's",
        ),
    ],
)  # fmt: skip
def test_a_shop_whose_lists_refuse_is_gathered_by_its_pages(
    routes: dict[str, Route], words: str, why: str, open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    crawl = crawl_shop(open_shop(woo_front(**routes)))
    assert crawl.kinds() == [(None, "found", 3)], why
    assert titles(crawl) == ["Tea 1", "Tea 2", "Tea 3"]
    assert crawl.result.counts["list_refused"] == 1
    told = crawl.result.outcomes[0].words
    assert told.startswith("page 1 of the list was not to be had (")
    assert words in told


def test_refused_queries_go_through_the_search_form(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    shop = open_shop(woo_front(**{WOO_API: json_of({"code": "rest_no_route"}, 404)}))
    crawl = crawl_shop(shop, queries=("tea", "green tea"))
    assert crawl.kinds() == [("tea", "found", 3), ("green tea", "found", 3)]
    assert crawl.result.counts["list_refused"] == 2
    assert shop.count("/search?q=tea") == shop.count("/search?q=green+tea") == 1


def test_without_list_and_search_form_the_shop_is_gathered_whole_and_both_are_told(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    items: dict[str, Route] = {f"/product/tea-{n}/": listing(f"Tea {n}") for n in (1, 2, 3)}
    shop = open_shop({"/": page(cards(*items), head=WOO_HEAD), **items})
    crawl = crawl_shop(shop, queries=("tea",))
    assert crawl.kinds() == [(None, "found", 3)]
    assert "HTTP 404" in crawl.result.outcomes[0].words
    assert "no search form" in crawl.result.outcomes[0].words


def test_a_broken_card_is_refused_and_told_and_the_others_are_kept(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    def answer(shop: Shop, target: str) -> Answer:
        products = [woo_product(shop, n) for n in (1, 2, 3)]
        del products[1]["permalink"]
        return json_of(products)

    crawl = crawl_shop(open_shop(woo_front(**{WOO_API: answer})), queries=("tea",))
    assert crawl.kinds() == [("tea", "found", 2)]
    ranks = {s["title"]: s["provenance"]["rank"] for s in crawl.sightings}
    assert ranks == {"Tea 1": 1, "Tea 3": 3}, "the refused card keeps its place"
    assert crawl.result.counts["cards_refused"] == 1
    assert "1 refused on a list" in crawl.result.outcomes[0].words
    assert ":2: [1].permalink: expected a text" in crawl.result.outcomes[0].words


def test_a_list_may_be_asked_by_post() -> None:
    ask = Ask(
        url="https://tea.example/api",
        method="POST",
        body=b"{}",
        headers={"Content-Type": "application/json"},
    )
    request = ListSpider(name="lists").ask(ask, Visit(role=Role.LIST, query="tea"))
    assert (request.method, request.body) == ("POST", b"{}")
    assert request.headers["Content-Type"] == b"application/json"
    assert visit_of(request) == Visit(role=Role.LIST, query="tea")


def test_a_later_page_that_changed_is_told_and_the_run_goes_on(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    whole = woo_list(103)

    def changed(shop: Shop, target: str) -> Answer:
        return json_of([{"id": 101}]) if "page=2" in target else whole(shop, target)

    crawl = crawl_shop(open_shop(woo_front(**{WOO_API: changed})))
    assert crawl.kinds() == [(None, "layout_changed", 100)]
    assert crawl.result.counts["layout_changed"] == 1
    assert "[0].permalink: expected a text" in crawl.result.outcomes[0].words
    assert len(crawl.sightings) == 100


@pytest.mark.parametrize(
    ("robots", "kinds", "words"),
    [
        ("User-agent: *\nDisallow: /search\n", [(None, "found", 3)], "no search that may be"),
        ("", [("tea", "found", 3)], ""),
    ],
)
def test_a_catalogue_without_a_list_for_queries(
    robots: str,
    kinds: list[tuple[str | None, str, int]],
    words: str,
    open_shop: OpenShop,
    crawl_shop: CrawlShop,
) -> None:
    """The search form is asked where it may be, else the whole catalogue is gathered."""
    results: dict[str, Route] = {f"/products/tea-{n}": listing(f"Tea {n}") for n in (1, 2, 3)}
    shop = open_shop(
        {
            "/robots.txt": Answer(robots, media_type="text/plain"),
            "/": page(SEARCH_FORM, head=SHOPIFY_HEAD),
            "/search": page(cards(*results)),
            "/products.json": shopify_list(3),
            **results,
        }
    )
    crawl = crawl_shop(shop, queries=("tea",))
    assert crawl.kinds() == kinds
    assert words in crawl.result.outcomes[0].words


def test_what_a_list_said_is_kept_where_the_listing_says_nothing(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    def api(shop: Shop, target: str) -> Answer:
        query = parse_qs(urlsplit(target).query)["query"][0]
        if query.startswith("{search"):
            found = [{"productId": str(n), "productName": f"Tea {n}"} for n in (1, 2, 3)]
            return json_of({"data": {"search": {"totalItems": 3, "items": found}}})
        if 'id:"2"' in query:
            return json_of({"errors": [{"message": "no"}], "data": None})
        if 'id:"3"' in query:
            return json_of({"data": {"product": None}})
        variant = {"priceWithTax": 950, "currencyCode": "EUR", "stockLevel": "IN_STOCK"}
        return json_of({"data": {"product": {"id": "1", "name": "Tea 1", "variants": [variant]}}})

    shop = open_shop({"/": page('<script>api = "/shop-api"</script>'), "/shop-api": api})
    crawl = crawl_shop(shop, queries=("tea",))
    assert crawl.kinds() == [("tea", "layout_changed", 3)]
    assert "shop-api: errors: expected an answer without errors" in crawl.result.outcomes[0].words
    assert titles(crawl) == ["Tea 1", "Tea 2", "Tea 3"]
    assert [s["title"] for s in crawl.sightings if "offer" in s] == ["Tea 1"]
    assert {s["provenance"]["rank"] for s in crawl.sightings} == {1, 2, 3}
    assert crawl.result.counts["listings_by_list_only"] == 2


def test_a_list_stops_at_the_limit_of_pages(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    shop = open_shop(woo_front(**{WOO_API: woo_list(350)}))
    crawl = crawl_shop(shop, max_pages=3)
    assert crawl.kinds() == [(None, "stopped_by_limit", 200)]


def test_a_list_that_repeats_itself_is_left(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    def again(shop: Shop, target: str) -> Answer:
        return json_of([woo_product(shop, n) for n in range(100)])

    shop = open_shop(woo_front(**{WOO_API: again}))
    crawl = crawl_shop(shop)
    assert crawl.kinds() == [(None, "found", 100)]
    assert crawl.result.counts["endless_list"] == 1
    assert len(shop.requests) < 20
