"""A crawl learns who keeps a shop of its own: from its front, and from its pages of law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.crawler.shop import Crawl, Route, Shop, cards, listing, page
from tests.crawler.spiders.test_lists import SHOPIFY_HEAD, shopify_list

OpenShop = Callable[[dict[str, Route]], Shop]
CrawlShop = Callable[..., Crawl]
FOOTER = "<footer>杭州好茶铺贸易有限公司 浙ICP备20201234号-1 <a href='/impressum'>证照</a></footer>"
LICENCE = page(
    "<h1>经营者信息</h1><table><tr><td>统一社会信用代码</td><td>91330106MA2CFHRD6X</td></tr></table>"
)


def sellers(crawl: Crawl) -> list[dict[str, Any]]:
    return [s["seller"] for s in crawl.sightings if s["kind"] == "seller"]


@pytest.mark.parametrize(
    ("routes", "queries", "listings", "why"),
    [
        (
            {
                "/": page(f"<h1>好茶铺</h1>{FOOTER}", head=SHOPIFY_HEAD),
                "/products.json": shopify_list(2),
            },
            (),
            2,
            "a shop system's lists tell nothing of who keeps the shop",
        ),
        (
            {"/": page(cards("/item/1") + FOOTER), "/item/1": listing("茶", extra=FOOTER)},
            (),
            1,
            "a shop gathered by its pages",
        ),
    ],
)
def test_a_crawl_learns_who_keeps_the_shop(
    routes: dict[str, Route],
    queries: tuple[str, ...],
    listings: int,
    why: str,
    open_shop: OpenShop,
    crawl_shop: CrawlShop,
) -> None:
    shop = open_shop({**routes, "/impressum": LICENCE})
    crawl = crawl_shop(shop, queries=queries)
    assert crawl.kinds() == [(None, "found", listings)], why
    found = sellers(crawl)
    assert {seller["seller_key"] for seller in found} == {shop.netloc}, why
    assert {seller.get("company") for seller in found} >= {"杭州好茶铺贸易有限公司"}, why
    assert {seller.get("uscc") for seller in found} >= {"91330106MA2CFHRD6X"}, why
    assert {s["seller"]["seller_key"] for s in crawl.sightings if s["kind"] == "listing"} == {
        shop.netloc
    }, why
