"""One crawl of a whole shop that has every trap: what it gathers, and what it leaves alone."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from domain.common import digest
from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page, picture

PLAIN = [f"/item/{n}" for n in range(1, 9)]
"""Listings that the category shows, four a page."""
_NAMES = "busy loop huge bomb noise inward abroad refresh gone broken packed script senseless"
SPECIAL = {name: f"/item/{n}" for n, name in enumerate(_NAMES.split(), start=901)}
"""Listings that are not what they should be."""


@dataclass
class World:
    """The shop, a neighbour on another port of the same machine, and the crawl."""

    shop: Shop
    neighbour: Shop
    crawl: Crawl

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.crawl.result.counts)

    def listings(self) -> dict[str, dict[str, Any]]:
        return {s["listing_key"]: s for s in self.crawl.sightings if s["kind"] == "listing"}

    def log(self, path: str) -> list[dict[str, Any]]:
        return [entry for entry in self.crawl.requests if entry["url"] == self.shop.url + path]


def gigabyte() -> Iterator[bytes]:
    yield b"<html><h1>big</h1>"
    for _ in range(1024):
        yield b"x" * 1_048_576


def busy_once(shop: Shop, target: str) -> Answer:
    if shop.count(target) == 1:
        return Answer("slow down", status=429, headers={"Retry-After": "1"})
    return Answer(listing("限流后的茶"))


def facets(shop: Shop, target: str) -> Answer:
    links = "".join(
        f'<nav><a href="/list/f?color={a}&amp;size={b}&amp;n={len(shop.requests)}">筛选</a></nav>'
        for a in range(8)
        for b in range(8)
    )
    return Answer(page(cards(*PLAIN[:4]) + links))


def moved(target: str) -> Answer:
    return Answer(status=302, headers={"Location": target})


def routes(neighbour: str) -> dict[str, Route]:
    found: dict[str, Route] = {
        "/robots.txt": Answer(
            "User-agent: *\nDisallow: /secret/\nSitemap: /map.xml\n", media_type="text/plain"
        ),
        "/map.xml": Answer(
            "<urlset><url><loc>http://127.0.0.1:9/item/800</loc></url>"
            "<url><loc>HERE/item/700</loc></url><url><loc>HERE/secret/item/13</loc></url></urlset>",
            media_type="application/xml",
        ),
        "/": page(
            f"<p>{'本店经营福建各地的茶叶，欢迎选购。' * 30}</p>"
            '<script src="/app.js"></script><link rel="stylesheet" href="/style.css">'
            f'<script src="{neighbour}/cdn.js"></script><img src="{neighbour}/banner.png">'
            '<nav><a href="/category/tea">茶</a><a href="/category/special">特价</a>'
            '<a href="/list/f">筛选</a><a href="/login">登录</a><a href="/cart">购物车</a>'
            f'<a href="javascript:alert(1)">x</a><a href="{neighbour}/item/99">邻居</a>'
            '<a href="data:text/html,x">y</a></nav>'
        ),
        "/category/tea": page(
            cards(*PLAIN[:4]) + '<a rel="next" href="/category/tea?page=2">下一页</a>'
        ),
        "/category/tea?page=2": page(cards(*PLAIN[4:])),
        "/category/special": page(cards(*SPECIAL.values())),
        "/list/f": facets,
        SPECIAL["busy"]: busy_once,
        SPECIAL["loop"]: moved(f"{SPECIAL['loop']}?again"),
        SPECIAL["huge"]: lambda shop, target: Answer(gigabyte()),
        SPECIAL["noise"]: Answer(bytes(range(256)) * 200),
        SPECIAL["inward"]: moved(f"{neighbour}/admin"),
        SPECIAL["abroad"]: moved("http://198.51.100.7/"),
        SPECIAL["refresh"]: page(
            "<h1>自动刷新的茶</h1><p>￥88.00</p><button>加入购物车</button>",
            head='<meta http-equiv="refresh" content="60">',
        ),
        SPECIAL["gone"]: Answer("<h1>商品不存在</h1>", status=404),
        SPECIAL["broken"]: Answer("<h1>oops</h1>", status=500),
        SPECIAL["bomb"]: Answer(
            gzip.compress(b"<h1>x</h1>" * 2_000_000), headers={"Content-Encoding": "gzip"}
        ),
        SPECIAL["packed"]: Answer(b"\xff\xff\xff", headers={"Content-Encoding": "br"}),
        SPECIAL["script"]: moved("javascript:alert(1)"),
        SPECIAL["senseless"]: page(
            "<h1>跳转无效的茶</h1><p>￥66.00</p><button>加入购物车</button>",
            head='<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
        ),
        "/item/700": listing("只在站点地图里的茶"),
        "/secret/item/13": listing("不可抓取的茶"),
        "/shop/hongda": page(
            "<h1>鸿达茶行</h1><p>公司名称：福州鸿达茶业有限公司</p><p>电话：13800138000</p>"
        ),
        "/photo/1.png": picture("red"),
        "/photo/not.png": Answer("<h1>no picture</h1>", media_type="image/png"),
        "/photo/shared.png": picture("blue"),
    }
    seller = '<div class="seller"><a href="/shop/hongda">鸿达茶行</a></div>'
    for n, path in enumerate(PLAIN, start=1):
        found[path] = listing(f"茶 {n}", extra=seller, picture="/photo/shared.png")
    found[PLAIN[0]] = listing("茶 1", extra=seller, picture="/photo/1.png")
    found[PLAIN[1]] = listing("茶 2", extra=seller, picture="/photo/not.png")
    found[PLAIN[2]] = listing("茶 3", extra=seller, picture=f"{neighbour}/inside.png")
    return found


@pytest.fixture(scope="module")
def world(open_shop: Callable[[dict[str, Route]], Shop], crawl_shop: Callable[..., Crawl]) -> World:
    neighbour = open_shop({"/admin": listing("内部"), "/inside.png": picture("green")})
    shop = open_shop(routes(neighbour.url))
    site_map = shop.routes["/map.xml"]
    assert isinstance(site_map, Answer)
    assert isinstance(site_map.body, str)
    site_map.body = site_map.body.replace("HERE", shop.url)
    return World(shop, neighbour, crawl_shop(shop, pictures=True))


def test_every_listing_is_gathered_once(world: World) -> None:
    titles = Counter(s["title"] for s in world.crawl.sightings if s["kind"] == "listing")
    expected = {f"茶 {n}" for n in range(1, 9)}
    expected |= {"限流后的茶", "自动刷新的茶", "跳转无效的茶", "只在站点地图里的茶"}
    assert set(titles) == expected
    assert set(titles.values()) == {1}
    assert world.counts["listings"] == len(expected)


def test_a_whole_shop_has_one_outcome(world: World) -> None:
    assert world.crawl.kinds() == [(None, "found", 12)]
    assert world.crawl.result.fault is None


def test_listings_say_where_they_come_from(world: World) -> None:
    tea = next(s for s in world.crawl.sightings if s["title"] == "茶 5")
    assert tea["platform"] == world.shop.netloc
    assert tea["url"] == f"{world.shop.url}/item/5"
    assert tea["offer"]["price"] == "199.00"
    assert tea["provenance"]["run"] == world.crawl.result.run_id


def test_pages_are_kept_under_their_digest(world: World) -> None:
    for sighting in world.crawl.sightings:
        kept = Path(f"{world.crawl.out_file}.pages") / sighting["page_sha256"]
        assert digest(kept.read_bytes()) == sighting["page_sha256"]


def test_pictures_are_fetched_once_and_hashed(world: World) -> None:
    assert world.shop.count("/photo/shared.png") == 1
    tea = next(s for s in world.crawl.sightings if s["title"] == "茶 5")
    [shown] = tea["pictures"]
    kept = world.crawl.out_file.parent / shown["file"]
    assert digest(kept.read_bytes()) == shown["sha256"]
    assert len(shown["phash"]) == 16
    assert world.counts["pictures"] == 2


def test_a_picture_that_is_none_loses_only_itself(world: World) -> None:
    tea = next(s for s in world.crawl.sightings if s["title"] == "茶 2")
    assert tea["pictures"] == [{"url": f"{world.shop.url}/photo/not.png"}]
    assert world.counts["not_a_picture"] == 1


def test_nothing_private_is_asked_for(world: World) -> None:
    assert world.neighbour.requests == []
    refused = [e["url"] for e in world.crawl.requests if "not of the public" in e.get("note", "")]
    assert set(refused) == {
        f"{world.neighbour.url}/admin",
        f"{world.neighbour.url}/inside.png",
        "http://198.51.100.7/",
    }
    # And the sitemap's address, which is refused before it becomes a request.
    assert world.counts["private_address"] == 4


def test_a_seller_page_is_read_once(world: World) -> None:
    sellers = [s for s in world.crawl.sightings if s["kind"] == "seller"]
    assert world.shop.count("/shop/hongda") == 1
    assert [s["seller"]["seller_key"] for s in sellers] == ["hongda"]
    assert sellers[0]["seller"]["company"] == "福州鸿达茶业有限公司"


def test_robots_are_obeyed_and_noted(world: World) -> None:
    assert world.shop.count("/secret/item/13") == 0
    assert world.counts["robots"] == 1
    [entry] = world.log("/secret/item/13")
    assert entry["robots"] == "refused"
    assert "status" not in entry
    assert world.shop.requests[0] == "/robots.txt"
    assert world.log("/robots.txt")[0]["robots"] == "not_asked"


def test_a_shop_that_asks_to_wait_is_asked_again(world: World) -> None:
    assert [entry["status"] for entry in world.log(SPECIAL["busy"])] == [429, 200]
    assert world.counts["rate_limited"] == 0


def test_a_loop_is_left(world: World) -> None:
    assert world.counts["redirect_loop"] == 1
    assert world.shop.count(f"{SPECIAL['loop']}?again") < 12


def test_a_gigabyte_is_cut_off_and_a_bomb_not_unpacked(world: World) -> None:
    assert world.counts["too_large"] == 2
    for name in ("huge", "bomb"):
        [entry] = world.log(SPECIAL[name])
        assert "status" not in entry
    assert world.shop.count(f"cut off {SPECIAL['huge']}") == 1


def test_what_cannot_be_unpacked_or_followed_is_the_shops_fault_and_not_ours(world: World) -> None:
    assert world.counts["bad_packing"] == 1
    assert world.counts["not_http"] == 1
    assert world.counts["fault"] == 0


def test_garbage_gone_and_broken_pages_are_counted(world: World) -> None:
    assert world.counts["http_404"] >= 1
    assert world.counts["http_500"] == 1
    assert world.shop.count(SPECIAL["broken"]) > 1, "a failure may pass: it is asked again"
    assert world.shop.count(SPECIAL["noise"]) == 1


def test_facets_do_not_trap(world: World) -> None:
    followed = [r for r in world.shop.requests if r.startswith("/list/f")]
    assert len(followed) < 60


def test_personal_pages_and_styles_are_never_asked_for(world: World) -> None:
    for path in ("/login", "/cart", "/style.css"):
        assert world.shop.count(path) == 0, path


def test_the_log_holds_every_request(world: World) -> None:
    sent = Counter(r for r in world.shop.requests if not r.startswith("cut off"))
    logged = Counter(
        entry["url"].removeprefix(world.shop.url) or "/"
        for entry in world.crawl.requests
        if entry["url"].startswith(world.shop.url) and "status" in entry
    )
    unread = Counter([SPECIAL["huge"], SPECIAL["bomb"], SPECIAL["packed"]])
    assert sent - logged == unread, "logged without a status"
    assert logged - sent == Counter()


def test_the_crawler_says_who_it_is(world: World) -> None:
    assert world.shop.agents == {"Suyuan/0.1 (+no contact configured)"}
