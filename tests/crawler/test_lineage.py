"""The collection log tells which page led to which."""

from __future__ import annotations

from collections.abc import Callable

from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page


def test_each_request_names_the_one_that_led_to_it(
    open_shop: Callable[[dict[str, Route]], Shop], crawl_shop: Callable[..., Crawl]
) -> None:
    form = '<form action="/search"><input type="search" name="q"></form>'
    shop = open_shop(
        {
            "/": page(form),
            "/search": page(cards("/item/1", "/item/2", "/item/3")),
            "/item/1": listing("茶 1"),
            "/item/2": Answer(status=302, headers={"Location": "/item/2-new"}),
            "/item/2-new": listing("茶 2"),
            "/item/3": listing("茶 3"),
        }
    )
    crawl = crawl_shop(shop, queries=("茶",))
    assert crawl.kinds() == [("茶", "found", 3)]
    lines = {line["url"].removeprefix(shop.url): line for line in crawl.requests}
    search = next(path for path in lines if path.startswith("/search"))
    trail = {path: line["found_on"] for path, line in lines.items() if "found_on" in line}
    listed = lines[search]["asked"]
    assert trail == {
        search: lines["/"]["asked"],
        "/item/1": listed,
        "/item/2": listed,
        "/item/2-new": listed,
        "/item/3": listed,
    }, "nothing led to the start page and to robots.txt"
