"""robots.txt as RFC 9309 has it: obeyed, its pace kept, its sitemaps noted."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.sitemap import sitemap_urls_from_robots

from crawler.pace import slow_down
from crawler.requests import PRODUCT_TOKEN, ROBOTS, RefusalReason, RequestRefused

MAX_CRAWL_DELAY_S = 300.0
"""A longer Crawl-delay is kept at this: RFC 9309 knows none, and a typing error must not stall."""
MAX_SITEMAPS = 50


class RobotsMiddleware(RobotsTxtMiddleware):
    """Downloader middleware over Scrapy's own, with what that one leaves open.

    - a robots.txt that fails with 5xx or gives no answer disallows everything (RFC 9309 2.3.1.4);
      one that is not there (4xx) allows everything (2.3.1.3);
    - Crawl-delay is honoured;
    - a refusal is typed, and an operator's written override is noted with every request.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._override: str | None = crawler.settings.get("SUYUAN_ROBOTS_OVERRIDE")
        self._sitemaps: dict[str, list[str]] = {}

    def sitemaps(self, netloc: str) -> list[str]:
        """Return the sitemaps that a host's robots.txt names; none before it was fetched."""
        return self._sitemaps.get(netloc, [])

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Hold back what robots.txt disallows.

        Raises: RequestRefused.
        """
        if request.meta.get("dont_obey_robotstxt"):
            request.meta[ROBOTS] = "not_asked"
            return
        request.meta[ROBOTS] = "allowed" if await self.permits(request) else "refused"
        if request.meta[ROBOTS] == "refused" and self._override is None:
            raise RequestRefused(RefusalReason.ROBOTS)

    async def permits(self, request: Request) -> bool:
        """Tell whether robots.txt allows a request.

        Raises: RequestRefused when robots.txt could not be fetched.
        """
        parser = await self.robot_parser(request)
        if parser is None:
            raise RequestRefused(RefusalReason.ROBOTS_UNREACHABLE)
        return parser.allowed(request.url, PRODUCT_TOKEN)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._robots_error(RequestRefused(RefusalReason.ROBOTS_UNREACHABLE), netloc)
            return
        if response.status >= 400:
            response = response.replace(body=b"")
        found = sitemap_urls_from_robots(response.body, base_url=response.url)
        self._sitemaps[netloc] = [url for _, url in zip(range(MAX_SITEMAPS), found, strict=False)]
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        delay_s = parser.crawl_delay(PRODUCT_TOKEN) if isinstance(parser, RobotParser) else None
        if delay_s:
            host = urlparse_cached(request).hostname or ""
            slow_down(self.crawler, host, min(delay_s, MAX_CRAWL_DELAY_S))
