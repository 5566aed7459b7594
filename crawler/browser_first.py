"""Pages that are known to say nothing without a browser go to it at once."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.chromium import find_chromium
from crawler.needs import ROLES
from crawler.rendering import Rendering
from crawler.requests import visit_of
from crawler.running import running
from domain.common import MissingTool

RENDERING = "suyuan_rendering"
"""Key of the Rendering in the meta of a request that goes to the browser at once."""


def rendering_of(response: Response) -> Rendering | None:
    """Return how a page was rendered that went to the browser at once; None for all others."""
    rendering = None if response.request is None else response.request.meta.get(RENDERING)
    return rendering if isinstance(rendering, Rendering) else None


class BrowserFirst:
    """Downloader middleware: sends pages that say nothing without a browser to it at once.

    Behind the takeover, which knows pages by the address alone.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        try:
            find_chromium()
        except MissingTool:
            self._has_browser = False
        else:
            self._has_browser = True

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Turn the request for a page into one for the page rendered, where that is known to be
        needed.
        """
        visit = visit_of(request)
        if visit is None or visit.role not in ROLES or request.method != "GET":
            return
        if visit.validators is not None:
            # To ask whether it changed costs less than a browser.
            return
        is_again = RENDERING in request.meta
        if not self._has_browser or ("playwright" in request.meta and not is_again):
            return
        if is_again or running(self._crawler).needs.go_at_once(visit.role):
            # What a repeated request was sent before does not count.
            rendering = Rendering(self._crawler)
            request.meta.update({**rendering.meta(visit), RENDERING: rendering})
