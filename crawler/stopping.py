"""Ends a crawl before it is done: once, whatever the number of those who ask for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from scrapy.crawler import Crawler

from crawler.pace import refuse_waiting
from crawler.spiders.base import ShopSpider

GRACE_S = 10.0
"""How long answers that are under way are waited for."""
_NAP_S = 0.05


class Stopper:
    """Stops one crawl. Pages that have come are taken in; no further ones are asked for."""

    def __init__(self, crawler: Crawler, cut: Callable[[], None]) -> None:
        """`cut` ends the process; called when something is still under way after the grace."""
        self._crawler = crawler
        self._cut = cut
        self._stopping: asyncio.Task[None] | None = None

    def ask(self, words: str) -> None:
        """Stop the crawl, for a reason; a second asking changes nothing. In the reactor only."""
        if self._stopping is None:
            self._stopping = asyncio.ensure_future(self._stop(words))

    async def _stop(self, words: str) -> None:
        until = monotonic() + GRACE_S
        await _wait(self._is_open, until)
        spider = self._crawler.spider
        if not isinstance(spider, ShopSpider):
            self._cut()
            return
        spider.crawl.stopped = words
        spider.crawl.site.closed = True
        self._crawler.engine.pause()
        refuse_waiting(self._crawler)
        if await _wait(self._is_quiet, until):
            await self._crawler.stop_async()
            return
        await spider.finish(spider, "shutdown")
        self._cut()

    def _is_open(self) -> bool:
        spider = self._crawler.spider
        return isinstance(spider, ShopSpider) and bool(spider.crawl.run_id or spider.crawl.fault)

    def _is_quiet(self) -> bool:
        """Tell whether nothing is being fetched, and nothing fetched is being read."""
        engine = self._crawler.engine
        reading = engine.scraper.slot
        return not engine.downloader.active and (reading is None or reading.is_idle())


async def _wait(happened: Callable[[], bool], until: float) -> bool:
    while not happened():
        if monotonic() > until:
            return False
        await asyncio.sleep(_NAP_S)
    return True
