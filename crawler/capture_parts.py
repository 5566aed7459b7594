"""What a browser is given while it draws a page: each part fetched as every other request is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic

import playwright.async_api as browser
from scrapy import Request
from scrapy.http import Response

from crawler.pictures import MAX_PICTURE_BYTES, Fetch
from crawler.requests import FOUND_ON, VISIT, Role, Visit
from domain.common import Sha256
from domain.pages import Page

MAX_PARTS = 300
"""Asked for while one page is drawn; what a page wants beyond is left out."""
MAX_DATA_PARTS = 60
"""Of those, data that scripts ask for: a page that asks for ever must come to rest."""
MAX_PARTS_BYTES = 60_000_000
MAX_CACHED_BYTES = 40_000_000
MAX_URL_LENGTH = 4_000
PART_TIMEOUT_S = 20
_SHOWN = frozenset({"image", "stylesheet", "font"})
_SHARED = frozenset({"stylesheet", "script", "font"})
"""Kept for the other pages of a run; a picture is fetched for each page that shows it."""
_DATA = frozenset({"xhr", "fetch"})
_OWN = frozenset({"script", "document"}) | _DATA
_FORWARDED = ("accept", "content-type", "origin", "referer", "x-requested-with")
# Coding and length are those of the wire, which the downloader has undone; cookies stay with it.
_DROPPED = frozenset(
    {
        "connection",
        "content-disposition",
        "content-encoding",
        "content-length",
        "keep-alive",
        "refresh",
        "set-cookie",
        "transfer-encoding",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One answer for the browser."""

    status: int
    headers: dict[str, str]
    body: bytes


class PartCache:
    """What the pages of one run share, as a browser would keep it."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._bytes = 0

    def get(self, url: str) -> Part | None:
        return self._parts.get(url)

    def keep(self, url: str, part: Part) -> None:
        """Keep a part, while there is room."""
        if self._bytes + len(part.body) <= MAX_CACHED_BYTES and url not in self._parts:
            self._parts[url] = part
            self._bytes += len(part.body)


class PartSupply:
    """Answers everything that one page asks the browser for; the browser has no network.

    Pictures, styles and fonts may lie on any public host, as they may for a person who looks;
    scripts, frames and data on the shop's own hosts. Gate, robots.txt, pace and collection log
    hold, since the crawl's own downloader fetches.
    """

    def __init__(self, page: Page, fetch: Fetch, cache: PartCache, *, found_on: Sha256) -> None:
        self._page = page
        self._fetch = fetch
        self._cache = cache
        self._found_on = found_on
        self._asked = self._data_asked = self._bytes = 0
        self._under_way = 0
        self._last_at = monotonic()
        self._is_drawn = False
        self.left_out = 0
        """Parts that were not given: refused, failed, or beyond the bounds."""

    async def answer(self, route: browser.Route, request: browser.Request) -> None:
        """Give the browser what it asks for, or tell it that it cannot be had."""
        self._under_way += 1
        try:
            part = await self._find(request)
            if part is None:
                self.left_out += 1
                # By this word a page that is led elsewhere stays as it is; by another Chromium
                # would show a page of its own in its place.
                await route.abort("aborted")
            else:
                await route.fulfill(status=part.status, headers=part.headers, body=part.body)
        except browser.Error:
            # The page has gone on, or was closed.
            self.left_out += 1
        finally:
            self._under_way -= 1
            self._last_at = monotonic()

    async def rest(self, *, quiet_s: float, timeout_s: float) -> bool:
        """Wait until nothing was asked for some time; False when that took too long."""
        until = monotonic() + timeout_s
        while self._under_way or monotonic() - self._last_at < quiet_s:
            if monotonic() > until:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _find(self, request: browser.Request) -> Part | None:
        if request.is_navigation_request() and request.frame.parent_frame is None:
            return self._document(request)
        kind = request.resource_type
        cached = self._cache.get(request.url) if request.method == "GET" else None
        if cached is not None:
            return cached
        if not self._is_wanted(request, kind):
            return None
        response = await self._fetch(self._request_for(request, kind))
        if response is None or self._bytes + len(response.body) > MAX_PARTS_BYTES:
            return None
        self._bytes += len(response.body)
        part = Part(status=response.status, headers=_headers(response), body=response.body)
        if request.method == "GET" and kind in _SHARED and response.status == 200:
            self._cache.keep(request.url, part)
        return part

    def _document(self, request: browser.Request) -> Part | None:
        """The page itself, once: a page that leads elsewhere is not followed."""
        if self._is_drawn or request.url.partition("#")[0] != self._page.url.partition("#")[0]:
            return None
        self._is_drawn = True
        charset = f"; charset={self._page.charset}" if self._page.charset else ""
        headers = {"content-type": (self._page.media_type or "text/html") + charset}
        return Part(status=self._page.status, headers=headers, body=self._page.body)

    def _is_wanted(self, request: browser.Request, kind: str) -> bool:
        self._asked += 1
        self._data_asked += kind in _DATA
        return (
            kind in _SHOWN | _OWN
            and self._asked <= MAX_PARTS
            and self._data_asked <= MAX_DATA_PARTS
            and len(request.url) <= MAX_URL_LENGTH
        )

    def _request_for(self, request: browser.Request, kind: str) -> Request:
        sent = request.headers
        return Request(
            request.url,
            method=request.method,
            body=request.post_data_buffer,
            headers={name: sent[name] for name in _FORWARDED if name in sent},
            dont_filter=True,
            meta={
                VISIT: Visit(role=Role.PICTURE if kind in _SHOWN else Role.PART),
                FOUND_ON: self._found_on,
                # A part that fails once is left out, as in a browser.
                "dont_retry": True,
                "download_timeout": PART_TIMEOUT_S,
                "download_maxsize": MAX_PICTURE_BYTES,
            },
        )


def _headers(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in _DROPPED
    }
