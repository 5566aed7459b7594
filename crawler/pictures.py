"""Pictures of listings: each address once, kept before they are hashed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from scrapy import Request
from scrapy.http import Response

from crawler.addresses import host_port
from crawler.requests import VISIT, Role, Visit
from crawler.running import RunningCrawl
from domain.common import UnreadablePicture
from domain.listings import Sighting
from domain.pictures import Picture

MAX_PICTURES = 20
"""Fetched of one listing at most; the others stay named by their URL."""
MAX_PICTURE_BYTES = 20_000_000
MAX_URL_LENGTH = 4_000
MAX_REMEMBERED = 20_000
"""Pictures whose digest and hash are at hand; of older ones the sink is asked."""

Fetch = Callable[[Request], Awaitable[Response | None]]
"""Fetches one document past all middlewares; None when there was none, which was counted."""


class PictureFetcher:
    """The pictures of one run."""

    def __init__(self, crawl: RunningCrawl, fetch: Fetch) -> None:
        self._crawl = crawl
        self._fetch = fetch
        self._done: dict[str, Picture] = {}
        self._under_way: dict[str, asyncio.Task[Picture]] = {}

    async def fetch_pictures(self, sighting: Sighting) -> Sighting:
        """Return the sighting with digest and hash of the pictures that could be fetched."""
        if not self._crawl.job.wants_pictures:
            return sighting
        wanted, others = sighting.pictures[:MAX_PICTURES], sighting.pictures[MAX_PICTURES:]
        if others:
            self._crawl.counts["pictures_left_out"] += len(others)
        fetched = [await self._picture(picture) for picture in wanted]
        return replace(sighting, pictures=(*fetched, *others))

    async def _picture(self, picture: Picture) -> Picture:
        url = picture.url
        if len(url) > MAX_URL_LENGTH or host_port(url) is None:
            self._crawl.counts["not_http"] += 1
            return picture
        if url in self._done:
            return self._done[url]
        task = self._under_way.get(url)
        if task is None:
            task = asyncio.ensure_future(self._fetch_once(picture))
            self._under_way[url] = task
        done = await task
        self._under_way.pop(url, None)
        self._done[url] = done
        if len(self._done) > MAX_REMEMBERED:
            self._done.pop(next(iter(self._done)))
        return done

    async def _fetch_once(self, picture: Picture) -> Picture:
        known = await self._crawl.sink.known_picture(picture.url)
        if known is not None:
            return known
        meta = {VISIT: Visit(role=Role.PICTURE), "download_maxsize": MAX_PICTURE_BYTES}
        response = await self._fetch(Request(picture.url, meta=meta))
        if response is None:
            return picture
        if response.status != 200:
            self._crawl.counts["picture_not_there"] += 1
            return picture
        media_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        sink = self._crawl.sink
        kept = await sink.preserve_picture(
            picture.url,
            response.body,
            media_type.partition(";")[0].strip().lower()[:100],
            sink.now(),
        )
        try:
            facts = await self._crawl.readers.describe_picture(response.body, picture.url)
        except UnreadablePicture:
            self._crawl.counts["not_a_picture"] += 1
            return picture
        await sink.enter_picture(kept, facts)
        self._crawl.counts["pictures"] += 1
        return replace(kept, phash=facts.phash, text=picture.text)
