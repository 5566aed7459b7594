"""The shops as HTTP servers on loopback, each on a port of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from examples.marketplace.catalogue import HERE, ShopListing, World, build_world
from examples.marketplace.pages import ShopPages, new_session
from examples.marketplace.pictures import draw_picture
from examples.marketplace.shops import BLOCKED_KEY, CATEGORIES, RATE_LIMITED, SHOPS, Shop

_HTML = "text/html; charset=utf-8"
_ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one request gets."""

    body: bytes
    status: int = 200
    media_type: str = _HTML
    headers: Mapping[str, str] = field(default_factory=dict)


class ShopSite:
    """One running shop: its pages, and what it remembers of its visitors."""

    def __init__(self, world: World, shop: Shop, base_urls: Mapping[str, str]) -> None:
        self.shop = shop
        self._world = world
        self._pages = ShopPages(world, shop, base_urls)
        self._lock = threading.Lock()
        self._visits = 0
        self._rate_limited_once = False
        self._withdrawn: set[str] = set()
        self._routes = _routes(shop)

    def withdraw(self, listing_key: str) -> None:
        """Take a listing off the shop: from now on its page answers 410."""
        with self._lock:
            self._withdrawn.add(listing_key)

    def answer(self, target: str) -> Answer:
        """Answer one GET; `target` is a path with its query."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        for pattern, view in self._routes:
            match = pattern.fullmatch(parts.path)
            if match:
                return view(self, {**query, **match.groupdict()})
        return self._error(404)

    def home(self, _: Mapping[str, str]) -> Answer:
        return Answer(body=self._pages.home(self._session()))

    def category(self, asked: Mapping[str, str]) -> Answer:
        category = asked.get("cid", "")
        if category not in CATEGORIES:
            return self._error(404)
        facets = {
            name: asked[name]
            for name, values in self.shop.facets.items()
            if asked.get(name) in values
        }
        body = self._pages.category(category, self._page(asked), facets, self._session())
        return Answer(body=body)

    def search(self, asked: Mapping[str, str]) -> Answer:
        query = asked.get(self.shop.search_field, "")[:200]
        return Answer(body=self._pages.search(query, self._page(asked), self._session()))

    def listing(self, asked: Mapping[str, str]) -> Answer:
        key = asked.get("id", "")
        if self.shop.name == "a" and key == BLOCKED_KEY:
            return Answer(body=self._pages.plain("blocked"), status=403)
        if self._limits_rate(key):
            return self._error(429, headers={"Retry-After": "1"})
        listing = self._world.find_listing(self.shop, key)
        if listing is None:
            return self._error(404)
        if key in self._withdrawn:
            return self._error(410)
        return Answer(body=self._pages.listing(listing, self._session()))

    def scripted_listing(self, asked: Mapping[str, str]) -> Answer:
        listing = self._world.find_listing(self.shop, asked["id"])
        if listing is None or not listing.scripted:
            return self._error(404)
        body = self._pages.scripted_listing(listing)
        return Answer(body=body, media_type="application/json; charset=utf-8")

    def seller(self, asked: Mapping[str, str]) -> Answer:
        seller = self._world.find_seller(self.shop, asked.get("uid", ""))
        if seller is None:
            return self._error(404)
        return Answer(body=self._pages.seller(seller, self._session()))

    def picture(self, asked: Mapping[str, str]) -> Answer:
        listing = self._world.find_listing(self.shop, asked["id"])
        number = int(asked["number"])
        if listing is None or not 1 <= number <= len(listing.pictures):
            return self._error(404)
        data = draw_picture(
            listing.product.product,
            f"shop {self.shop.name} {listing.listing_key}",
            listing.pictures[number - 1],
        )
        if data is None:
            return self._error(404)
        media_type = "image/png" if asked["form"] == "png" else "image/jpeg"
        return Answer(body=data, media_type=media_type)

    def trap(self, _: Mapping[str, str]) -> Answer:
        """A listing that looks like any other, where robots.txt lets no crawler go."""
        return Answer(
            body=self._pages.listing(_trap_listing(self._world, self.shop), self._session())
        )

    def login(self, _: Mapping[str, str]) -> Answer:
        return Answer(body=self._pages.plain("login"))

    def to_login(self, _: Mapping[str, str]) -> Answer:
        return Answer(body=b"", status=302, headers={"Location": "/login"})

    def robots(self, _: Mapping[str, str]) -> Answer:
        return Answer(body=self._pages.robots(), media_type="text/plain; charset=utf-8")

    def sitemap(self, _: Mapping[str, str]) -> Answer:
        if not self.shop.has_sitemap:
            return self._error(404)
        return Answer(body=self._pages.sitemap(), media_type="application/xml")

    def script(self, _: Mapping[str, str]) -> Answer:
        body = (HERE / "templates" / "flash.js").read_bytes()
        return Answer(body=body, media_type="text/javascript; charset=utf-8")

    def _error(self, status: int, headers: Mapping[str, str] | None = None) -> Answer:
        zh, en = {
            404: ("您访问的页面不存在", "There is no such page"),
            410: ("该商品已下架", "This listing is no longer on sale"),
            429: ("访问太频繁，请稍后再试", "Too many requests, try again later"),
        }[status]
        sentence = zh if self.shop.language == "zh-CN" else en
        body = self._pages.plain("error", status=status, sentence=sentence)
        return Answer(body=body, status=status, headers=headers or {})

    def _page(self, asked: Mapping[str, str]) -> int:
        number = asked.get(self.shop.page_field, "1")
        return max(1, int(number)) if re.fullmatch(r"\d{1,6}", number) else 1

    def _session(self) -> str:
        with self._lock:
            self._visits += 1
            return new_session(self._visits)

    def _limits_rate(self, listing_key: str) -> bool:
        """Tell, once in the life of this site, that its rate-limited listing was asked too soon."""
        if listing_key != RATE_LIMITED[self.shop.name]:
            return False
        with self._lock:
            first, self._rate_limited_once = not self._rate_limited_once, True
            return first


_View = Callable[[ShopSite, Mapping[str, str]], Answer]


def _routes(shop: Shop) -> list[tuple[re.Pattern[str], _View]]:
    """Each path of a shop and its view; names in a pattern are those of shop c's queries."""
    own: dict[str, list[tuple[str, _View]]] = {
        "a": [
            (r"/item/(?P<id>\d+)\.html", ShopSite.listing),
            (r"/shop/(?P<uid>[\w-]+)", ShopSite.seller),
            (r"/list/(?P<cid>[a-z]+)", ShopSite.category),
            (r"/orders", ShopSite.to_login),
        ],
        "b": [
            (r"/catalogue/[a-z0-9-]+_(?P<id>\d+)/", ShopSite.listing),
            (r"/sellers/(?P<uid>[\w-]+)", ShopSite.seller),
            (r"/c/(?P<cid>[a-z]+)", ShopSite.category),
            (r"/basket", ShopSite.to_login),
        ],
        "c": [
            (r"/goods\.php", ShopSite.listing),
            (r"/store\.php", ShopSite.seller),
            (r"/fenlei/(?P<cid>[a-z]+)/", ShopSite.category),
            (r"/cart\.php", ShopSite.to_login),
            (r"/api/flash/(?P<id>\d+)\.json", ShopSite.scripted_listing),
            (r"/static/flash\.js", ShopSite.script),
        ],
    }
    common: list[tuple[str, _View]] = [
        (r"/", ShopSite.home),
        (re.escape(shop.search), ShopSite.search),
        (re.escape(urlsplit(shop.trap).path), ShopSite.trap),
        (r"/pictures/(?P<id>\d+)-(?P<number>\d)\.(?P<form>jpg|png)", ShopSite.picture),
        (r"/login(?:\.php)?", ShopSite.login),
        (r"/robots\.txt", ShopSite.robots),
        (r"/sitemap\.xml", ShopSite.sitemap),
    ]
    return [(re.compile(pattern), view) for pattern, view in own[shop.name] + common]


def _trap_listing(world: World, shop: Shop) -> ShopListing:
    """Make the listing that a shop's trap shows; whoever gathers it has broken robots.txt."""
    like = next(one for one in world.of_shop(shop) if not one.scripted)
    title = "内部样品 不对外销售" if shop.language == "zh-CN" else "Staff sample, not for sale"
    return replace(like, listing_key=shop.trap_key, title=title, pictures=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """The running shops."""

    world: World
    sites: Mapping[str, ShopSite]
    base_urls: Mapping[str, str]
    """Shop (a, b, c) ▶ "http://127.0.0.1:PORT", without a slash at the end."""

    @property
    def platforms(self) -> dict[str, str]:
        """Shop ▶ the name that the generic reader gives its platform: host:port."""
        return {name: urlsplit(url).netloc for name, url in self.base_urls.items()}


@contextmanager
def serve(port: int = 0) -> Iterator[Marketplace]:
    """Run the three shops until the block ends.

    They listen on 127.0.0.1 at `port` and the two above it; with 0, at any free ports.
    """
    world = build_world()
    with ExitStack() as stack:
        servers = {
            name: _ShopServer((_ADDRESS, port + place if port else 0), _Visit)
            for place, name in enumerate(SHOPS)
        }
        base_urls = {
            name: f"http://{_ADDRESS}:{server.server_port}" for name, server in servers.items()
        }
        sites = {name: ShopSite(world, shop, base_urls) for name, shop in SHOPS.items()}
        for name, server in servers.items():
            server.site = sites[name]
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(_stop, server, thread)
        yield Marketplace(world=world, sites=sites, base_urls=base_urls)


class _ShopServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    site: ShopSite


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _ShopServer

    def do_GET(self) -> None:
        self._send(self.server.site.answer(self.path), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self.server.site.answer(self.path), with_body=False)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the shops run beside the program that people watch."""


def _stop(server: _ShopServer, thread: threading.Thread) -> None:
    server.shutdown()
    thread.join()
    server.server_close()
