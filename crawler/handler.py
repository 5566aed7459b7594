"""The last door before the network: each request waits here for its turn."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.pace import asked_pause
from crawler.running import running


class PacedHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc] # it has no types
    """Download handler. Here, behind the queues, nothing more delays a request once it may go."""

    _crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        handler: Self = super().from_crawler(crawler)
        handler._crawler = crawler
        return handler

    async def download_request(self, request: Request) -> Response:
        """Fetch a request in its turn; a wait that the shop asks for holds for all spiders."""
        crawl = running(self._crawler)
        await crawl.turns.take(request.url)
        response: Response = await super().download_request(request)
        asked_s = asked_pause(request, response, crawl.sink.now())
        if asked_s is not None:
            await crawl.turns.hold(request.url, asked_s)
        return response
