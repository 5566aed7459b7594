"""A shop of pre-rendered pages, served as fast as one core can: for timing crawlers, not readers.

`python -m benchmarks.page_server PAGES` prints its port and serves until its input closes.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from io import BytesIO

import numpy as np
from PIL import Image

PAGE_BYTES = 32 * 1024
PER_SITEMAP = 50_000
"""The bound of the protocol."""
_SIDE = 400
"""Pixels of a picture, whose JPEG has about 30 KB."""
_FILLER = '<p class="note">Delivery within three days. Returns are taken for a week.</p>\n'


def build_pages(count: int) -> dict[str, tuple[str, bytes]]:
    """Return path ▶ media type and body of every page of the shop."""
    pages = {
        "/": ("text/html", _front(count)),
        "/robots.txt": ("text/plain", b"User-agent: *\nAllow: /\nSitemap: /sitemap.xml\n"),
    }
    parts = range(0, count, PER_SITEMAP)
    pages["/sitemap.xml"] = _sitemap("sitemapindex", "sitemap", [f"part/{n}.xml" for n in parts])
    for start in parts:
        numbers = range(start, min(start + PER_SITEMAP, count))
        pages[f"/part/{start}.xml"] = _sitemap("urlset", "url", [f"item/{n}" for n in numbers])
    picture = _picture()
    for number in range(count):
        pages[f"/item/{number}"] = ("text/html", _listing(number))
        pages[f"/picture/{number}.jpg"] = ("image/jpeg", _numbered(picture, number))
    return pages


def _front(count: int) -> bytes:
    return f"<html><body><h1>Shop</h1><p>{count} things on sale</p></body></html>".encode()


def _sitemap(kind: str, entry: str, paths: list[str]) -> tuple[str, bytes]:
    # Addresses must be absolute; the host is put in when the port is known.
    entries = "".join(f"<{entry}><loc>http://HOST/{path}</loc></{entry}>" for path in paths)
    body = f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>'
    return "application/xml", body.encode()


def _listing(number: int) -> bytes:
    head = (
        "<html><head><title>Thing</title>"
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product",'
        f'"name":"Thing number {number}","sku":"{number}","description":"A thing for the house.",'
        f'"image":"/picture/{number}.jpg",'
        f'"offers":{{"@type":"Offer","price":"{number % 500 + 1}.00","priceCurrency":"CNY",'
        '"availability":"https://schema.org/InStock"}}</script></head>'
        f"<body><h1>Thing number {number}</h1><p class='price'>¥{number % 500 + 1}.00</p>"
    )
    filler = _FILLER * ((PAGE_BYTES - len(head)) // len(_FILLER) + 1)
    return f"{head}{filler}</body></html>".encode()


def _picture() -> bytes:
    """Return a JPEG of a red board on a shaded, grainy ground."""
    ground = np.add.outer(np.arange(_SIDE), np.arange(_SIDE)) % 256
    grain = np.random.default_rng(7).integers(0, 24, (_SIDE, _SIDE, 3))
    pixels = (ground[:, :, None] * 0.8 + grain).astype(np.uint8)
    pixels[100:250, 80:330] = (200, 40, 30)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=80)
    return out.getvalue()


def _numbered(picture: bytes, number: int) -> bytes:
    """Return the same picture in other bytes: with a comment (JPEG segment COM) at its start."""
    comment = str(number).encode()
    return picture[:2] + struct.pack(">BBH", 0xFF, 0xFE, len(comment) + 2) + comment + picture[2:]


class _Shop(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, GET only."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self._answers = answers
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            request, self._waiting = self._waiting[:end], self._waiting[end + 4 :]
            path = request.split(b" ", 2)[1]
            self._transport.write(self._answers.get(path, _NOT_FOUND))


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


async def _serve(count: int) -> None:
    loop = asyncio.get_running_loop()
    answers: dict[bytes, bytes] = {}
    server = await loop.create_server(lambda: _Shop(answers), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for path, (media_type, raw) in build_pages(count).items():
        body = raw.replace(b"http://HOST/", f"http://127.0.0.1:{port}/".encode())
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answers[path.encode()] = head.encode() + body
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
