"""How a crawl ends: the typed outcome of each query, when the shop is not as it should be."""

from __future__ import annotations

import socket
from collections.abc import Callable
from itertools import count

import pytest

from crawler.outcomes import STREAK
from domain.common import WrongUse
from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
CrawlShop = Callable[..., Crawl]

SEARCH_FORM = '<form action="/search"><input name="q"><button>搜索</button></form>'
FRONT = page(SEARCH_FORM + f"<p>{'欢迎光临本店。' * 60}</p>")
SLIDER = Answer(page("<h1>安全验证</h1><p>请拖动滑块完成验证</p>"), status=403)
LOGIN = Answer(
    page('<h1>登录</h1><form method="post"><input name="u"><input type="password"></form>')
)


def results(shop: Shop, target: str) -> Answer:
    """A search that knows tea, knows no wine, and answers paint with something else."""
    if "%E8%8C%B6" in target:
        second = target.endswith("page=2")
        shown = ["/item/3"] if second else ["/item/1", "/item/2", "/item/4"]
        more = "" if second else f'<a rel="next" href="{target}&amp;page=2">下一页</a>'
        return Answer(page(SEARCH_FORM + cards(*shown) + more))
    if "wine" in target:
        return Answer(page(SEARCH_FORM + "<h1>搜索</h1><p>没有找到相关商品</p>"))
    return Answer(page(SEARCH_FORM + f"<h1>本店公告</h1><p>{'今日盘点。' * 100}</p>"))


def test_each_query_has_its_own_end(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 6)}
    shop = open_shop({"/": FRONT, "/search": results, **items})
    crawl = crawl_shop(shop, queries=("茶", "wine", "paint"))
    assert crawl.kinds() == [
        ("茶", "found", 4),
        ("wine", "nothing_there", 0),
        ("paint", "layout_changed", 0),
    ]
    places = {s["title"]: s["provenance"] for s in crawl.sightings}
    assert places["茶 4"] | {"run": ""} == {"query": "茶", "page": 1, "rank": 3, "run": ""}
    assert places["茶 3"] | {"run": ""} == {"query": "茶", "page": 2, "rank": 1, "run": ""}
    assert shop.count("/sitemap.xml") == 0, "a query does not gather the whole shop"


def test_without_a_search_form_the_whole_shop_is_gathered(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    shop = open_shop({"/": page(cards("/item/1")), "/item/1": listing("茶")})
    crawl = crawl_shop(shop, queries=("茶", "wine"))
    assert crawl.kinds() == [(None, "found", 1)]
    assert "no search form" in crawl.result.outcomes[0].words


def closed_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


def test_a_shop_that_is_down(crawl_shop: CrawlShop) -> None:
    crawl = crawl_shop(closed_port())
    assert crawl.kinds() == [(None, "shop_down", 0)]
    assert crawl.sightings == []


@pytest.mark.parametrize(
    ("routes", "kind", "asked", "why"),
    [
        ({"/": SLIDER}, "blocked", 1, "a block page is not asked again"),
        ({"/": LOGIN}, "login_needed", 1, "nor is a login"),
        (
            {"/": Answer("wait", status=429, headers={"Retry-After": "86400"})},
            "rate_limited",
            1,
            "a day is longer than a run waits",
        ),
        (
            {"/robots.txt": Answer("User-agent: *\nDisallow: /\n", media_type="text/plain")},
            "blocked",
            0,
            "robots.txt closes the shop",
        ),
        (
            {"/robots.txt": Answer("oops", status=500)},
            "shop_down",
            0,
            "without robots.txt nothing is allowed, RFC 9309 2.3.1.4",
        ),
    ],
)
def test_a_shop_that_refuses(
    open_shop: OpenShop,
    crawl_shop: CrawlShop,
    routes: dict[str, Route],
    kind: str,
    asked: int,
    why: str,
) -> None:
    shop = open_shop(routes)
    crawl = crawl_shop(shop)
    assert crawl.kinds() == [(None, kind, 0)], why
    assert shop.count("/") == asked, why


def test_one_blocked_page_makes_a_run_unclean_and_loses_nothing_else(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 9)}
    items["/item/2"] = SLIDER
    shop = open_shop({"/": page(cards(*items)), **items})
    crawl = crawl_shop(shop)
    assert crawl.kinds() == [(None, "blocked", 7)]
    assert crawl.result.counts["blocked"] == 1
    assert shop.count("/item/2") == 1


def test_a_shop_that_goes_on_blocking_is_left_alone(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    paths = [f"/item/{n}" for n in range(1, 60)]
    shop = open_shop({"/": page(cards(*paths)), **dict.fromkeys(paths, SLIDER)})
    crawl = crawl_shop(shop)
    assert crawl.kinds() == [(None, "blocked", 0)]
    # Those under way when the third refusal was read are let finish.
    assert STREAK <= sum(shop.count(path) for path in paths) < 20


def test_endless_pages_stop_at_the_limit(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    numbers = count(1)

    def endless(shop: Shop, target: str) -> Answer:
        n = next(numbers)
        return Answer(page(cards(f"/item/{n}") + f'<a rel="next" href="/list?page={n}">下一页</a>'))

    def any_item(shop: Shop, target: str) -> Answer:
        return Answer(listing(f"茶 {target}"))

    items: dict[str, Route] = {f"/item/{n}": any_item for n in range(1, 100)}
    shop = open_shop({"/": endless, "/list": endless, **items})
    crawl = crawl_shop(shop, max_pages=15)
    [(query, kind, listings)] = crawl.kinds()
    assert (query, kind) == (None, "stopped_by_limit")
    assert listings > 4
    pages = [r for r in shop.requests if r not in ("/robots.txt", "/sitemap.xml")]
    assert len(pages) == 15


def test_a_list_that_repeats_itself_is_left(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    numbers = count(1)
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 6)}

    def again(shop: Shop, target: str) -> Answer:
        link = f'<a rel="next" href="/list?page={next(numbers)}">下一页</a>'
        return Answer(page(cards(*items) + link))

    shop = open_shop({"/": again, "/list": again, **items})
    crawl = crawl_shop(shop)
    assert crawl.kinds() == [(None, "found", 5)]
    assert crawl.result.counts["endless_list"] >= 1
    assert len(shop.requests) < 40


def test_the_operator_may_allow_a_port_and_set_robots_aside_with_a_reason(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    images = open_shop({"/1.png": Answer(b"", media_type="image/png")})
    shop = open_shop(
        {
            "/robots.txt": Answer("User-agent: Suyuan\nDisallow: /\n", media_type="text/plain"),
            "/": page(cards("/item/1", "/item/2", "/item/3", "/item/4")),
            "/item/1": listing("茶", picture=f"{images.url}/1.png"),
        }
    )
    crawl = crawl_shop(
        shop, pictures=True, allow_hosts=(images.netloc,), robots_override="order 2026-17"
    )
    assert crawl.kinds() == [(None, "found", 1)]
    [entry] = [e for e in crawl.requests if e["url"].endswith("/item/1")]
    assert entry["robots"] == "refused"
    assert entry["note"] == "robots.txt set aside by the operator: order 2026-17"
    assert images.requests == ["/robots.txt", "/1.png"]
    assert crawl.result.counts["not_a_picture"] == 1


def test_a_target_that_is_none_is_refused(crawl_shop: CrawlShop) -> None:
    with pytest.raises(WrongUse, match="TARGET"):
        crawl_shop("ftp://shop.example/")
