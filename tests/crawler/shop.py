"""A shop that answers what a test tells it to, its pages, and crawls of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from crawler.jobs import CrawlResult


@dataclass
class Answer:
    """What the shop answers to one path."""

    body: bytes | str | Iterable[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"


Route = Answer | str | Callable[["Shop", str], Answer]


@dataclass
class Shop:
    """A running shop. `routes` are looked up by path with query, then by path alone."""

    routes: dict[str, Route]
    url: str = ""
    requests: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    conditional: list[str] = field(default_factory=list)
    """Paths that were asked for only if they changed."""

    @property
    def netloc(self) -> str:
        return urlsplit(self.url).netloc

    def count(self, path: str) -> int:
        """How often a path (with its query) was asked for."""
        return self.requests.count(path)

    def answer(self, target: str) -> Answer:
        route = self.routes.get(target) or self.routes.get(urlsplit(target).path)
        if route is None:
            return Answer("<h1>404 Not Found</h1>", status=404)
        if isinstance(route, str):
            return Answer(route)
        return route if isinstance(route, Answer) else route(self, target)


class ShopHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        shop: Shop = self.server.shop
        shop.requests.append(self.path)
        shop.agents.add(self.headers.get("User-Agent", ""))
        answer = shop.answer(self.path)
        if {"If-None-Match", "If-Modified-Since"} & set(self.headers.keys()):
            shop.conditional.append(self.path)
            if answer.status == 200 and self._has_not_changed(answer):
                self.send_response(304)
                self.end_headers()
                return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        if isinstance(body, bytes):
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for chunk in body:
                self.wfile.write(chunk)
        except (BrokenPipeError, ConnectionResetError):
            shop.requests.append(f"cut off {self.path}")

    def _has_not_changed(self, answer: Answer) -> bool:
        """RFC 9110 13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
        etag, since = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        if etag is not None:
            return bool(etag == answer.headers.get("ETag"))
        return bool(since == answer.headers.get("Last-Modified"))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@dataclass
class Crawl:
    """A crawl into a file, done."""

    result: CrawlResult
    out_file: Path

    @property
    def sightings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out_file.read_text("utf-8").splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        log = Path(f"{self.out_file}.requests.jsonl")
        return [json.loads(line) for line in log.read_text("utf-8").splitlines()]

    def kinds(self) -> list[tuple[str | None, str, int]]:
        return [(o.query, o.kind.value, o.listings) for o in self.result.outcomes]


def listing(name: str, *, price: str = "199.00", extra: str = "", picture: str = "") -> str:
    """One listing's page, with JSON-LD."""
    product = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "offers": {"@type": "Offer", "price": price, "priceCurrency": "CNY"},
    }
    if picture:
        product["image"] = picture
    return page(
        f"<h1>{name}</h1><p>￥{price}</p><button>加入购物车</button>{extra}",
        head=f'<script type="application/ld+json">{json.dumps(product)}</script>',
        title=name,
    )


def page(body: str, *, head: str = "", title: str = "小店") -> str:
    """A page of the shop."""
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def cards(*paths: str) -> str:
    """A list of product cards."""
    return (
        "<ul>"
        + "".join(
            f'<li class="card"><a href="{path}">商品 {n}</a><span>￥{n}9.00</span></li>'
            for n, path in enumerate(paths, start=1)
        )
        + "</ul>"
    )


def picture(colour: str, media_type: str = "image/png") -> Answer:
    """A small picture."""
    target = BytesIO()
    image = Image.new("RGB", (64, 64), colour)
    image.putpixel((3, 5), (1, 2, 3))
    image.save(target, media_type.partition("/")[2])
    return Answer(target.getvalue(), media_type=media_type)
