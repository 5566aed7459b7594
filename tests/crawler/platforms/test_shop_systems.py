"""Shop systems are told by a shop's front or by an API's answer, and by nothing less."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.platforms import find_system, read_page
from domain.common import digest
from domain.pages import Page, PageKind

SHOPIFY = (
    '<script src="//cdn.shopify.com/s/files/1/t.js"></script>'
    '<script>Shopify.shop = "a"; %s</script>'
)
WORDPRESS = "<link rel='https://api.w.org/' href='https://tea.example/%s' />"


def make_page(
    body: str, url: str = "https://tea.example/", *, status: int = 200, media_type: str = ""
) -> Page:
    data = body.encode()
    return Page(
        requested_url=url,
        url=url,
        status=status,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        media_type=media_type or ("application/json" if data[:1] in b"{[" else "text/html"),
        body=data,
        sha256=digest(data),
    )


def refused(path: str) -> str:
    return f'{{"statusCode":404,"message":"Cannot GET {path}","timestamp":"2026","path":"{path}"}}'


@pytest.mark.parametrize(
    ("page", "name", "why"),
    [
        (make_page(SHOPIFY % ""), "shopify", "two marks of Shopify's own"),
        (make_page('<img src="//cdn.shopify.com/s/a.png">'), None, "a picture from there"),
        (
            make_page('{"products":[{"handle":"a"}]}', "https://tea.example/products.json"),
            "shopify",
            "the list's address and form",
        ),
        (
            make_page('{"products":[]}', "https://tea.example/products.json"),
            None,
            "any shop may have this address",
        ),
        (
            make_page('<meta name="generator" content="WooCommerce 9.8.1">'),
            "woocommerce",
            "the plugin names itself",
        ),
        (make_page('<body class="home woocommerce page">'), "woocommerce", "the plugin's class"),
        (make_page("<p>We moved from WooCommerce.</p>"), None, "words of the page"),
        (make_page('<meta name="generator" content="WordPress 6.8">'), None, "no shop"),
        (
            make_page("[]", "https://tea.example/wp-json/wc/store/v1/products?page=1"),
            "woocommerce",
            "the API's address",
        ),
        (
            make_page("[]", "https://tea.example/?rest_route=/wc/store/v1/products"),
            "woocommerce",
            "the API without addresses of its own",
        ),
        (make_page("[]", "https://tea.example/wp-json/wp/v2/posts"), None, "another API"),
        (make_page('<script>a="/shop-api"</script>'), "vendure", "the front names the API"),
        (make_page("<p>Read about our /shop-api here.</p>"), None, "words of the page"),
        (
            make_page('{"errors":[]}', "https://tea.example/shop-api", status=400),
            "vendure",
            "asked for nothing",
        ),
        (make_page(refused("/"), status=404), "vendure", "a server without a front"),
        (make_page('{"statusCode":404,"error":"Not Found"}', status=404), None, "another server"),
        (make_page("<h1>Tea</h1>"), None, "any shop"),
    ],
)
def test_a_shop_system_is_told_by_its_marks(page: Page, name: str | None, why: str) -> None:
    system = find_system(page)
    assert (system.name if system else None) == name, why


@pytest.mark.parametrize(
    ("page", "asked", "why"),
    [
        (
            make_page(SHOPIFY % 'Shopify.currency = {"active":"SEK","rate":"1.0"};'),
            "https://tea.example/products.json?limit=250&page=1&currency=SEK",
            "the front's currency",
        ),
        (
            make_page(SHOPIFY % "", "https://tea.example/collections/all"),
            "https://tea.example/products.json?limit=250&page=1",
            "no currency named",
        ),
        (
            make_page(WORDPRESS % "blog/wp-json/" + '<body class="woocommerce">'),
            "https://tea.example/blog/wp-json/wc/store/v1/products"
            "?per_page=100&page=1&orderby=id&order=asc",
            "the root that the front names",
        ),
        (
            make_page(WORDPRESS % "index.php?rest_route=/" + '<body class="woocommerce">'),
            "https://tea.example/index.php?rest_route=%2Fwc%2Fstore%2Fv1%2Fproducts"
            "&per_page=100&page=1&orderby=id&order=asc",
            "plain addresses",
        ),
        (
            make_page('<body class="woocommerce">', "https://tea.example/shop/"),
            "https://tea.example/wp-json/wc/store/v1/products"
            "?per_page=100&page=1&orderby=id&order=asc",
            "the usual root",
        ),
    ],
)
def test_the_catalogue_is_asked_where_the_front_says(page: Page, asked: str, why: str) -> None:
    system = find_system(page)
    assert system is not None
    assert system.find_api is not None
    assert system.ask_all is not None
    assert system.ask_all(system.find_api(page)).url == asked, why


@pytest.mark.parametrize(
    ("front", "api"),
    [
        (r'{"u":"https:\/\/api.tea.example\/shop-api"}', "https://api.tea.example/shop-api"),
        ("fetch('/shop-api', o)", "https://tea.example/shop-api"),
    ],
)
def test_vendure_is_asked_where_the_front_says(front: str, api: str) -> None:
    page = make_page(f"<script>{front}</script>")
    system = find_system(page)
    assert system is not None
    assert system.find_api is not None
    assert system.find_api(page) == api


def test_an_answer_of_an_api_is_kept_under_the_shop_it_was_asked_for() -> None:
    variant = '{"priceWithTax":950,"currencyCode":"EUR","stockLevel":"IN_STOCK"}'
    page = make_page(
        f'{{"data":{{"product":{{"id":"1","name":"Tea","variants":[{variant}]}}}}}}',
        "https://api.tea.example/shop-api?query=x",
    )
    sighting = read_page(page, platform="tea.example")
    assert (sighting.kind, sighting.platform) == (PageKind.LISTING, "tea.example")
    assert sighting.seller is not None
    assert sighting.seller.platform == "tea.example"
