"""The spider that finds listings: by the shop's search form, or over the whole shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.frontier import url_key
from crawler.platforms import Ask, Platform
from crawler.readers import AnswerReading, Wanted
from crawler.reading import PageLinks
from crawler.requests import Role, Visit
from crawler.robots import RobotsMiddleware
from crawler.sitemaps import read_sitemap
from crawler.spiders.by_api import ApiSpider
from crawler.spiders.lists import MAX_BARREN, MAX_RESULT_PAGES
from crawler.tallies import Tallies
from domain.pages import Page, PageKind
from domain.runs import SpiderName

MAX_STRAYED = 2
"""Steps over pages of no known form that show no listing."""
MAX_LOOKED_INTO = 300
"""Pages of no known form that one run looks into."""


class SearchSpider(ApiSpider):
    """Asks each query, or gathers the whole shop: by the platform's open API where the operator
    has keys, by the lists of a platform file where there is one, else, or where those refuse, by
    the shop's search form, sitemaps, categories and result pages. A shop without a search is
    gathered whole.
    """

    name = "search"
    spider_name = SpiderName.SEARCH
    whole_shop: bool
    _waiting: tuple[Page, AnswerReading, Visit] | None = None
    """The start page, while lists are gone by in its place."""
    _looked_into = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.whole_shop = not spider.crawl.job.queries
        spider.tallies = Tallies(spider.crawl.job.queries or [None])
        return spider

    async def first_requests(self) -> AsyncIterator[Request]:
        """Begin with the API or the lists of a known platform, else at the start page."""
        known = self.target.known
        asks = self.api_requests()
        if known is not None and not asks:
            asks = self._asks(known, self.target.start_url)
        for request in asks:
            yield request
        if not asks:
            self.frontier.admit(self.target.start_url, is_listing=False)
            yield self.visit(self.target.start_url, Visit(role=Role.START))

    def wanted(self, visit: Visit) -> Wanted:
        """Only the start page shows the shop system; a listing that a query found leads nowhere."""
        starts = visit.role is Role.START
        leads_on = starts or self.whole_shop or visit.role is Role.INDEX
        return Wanted(links=leads_on, system=starts)

    async def handle_reading(
        self, page: Page, reading: AnswerReading, visit: Visit
    ) -> Iterable[Request]:
        """Keep a listing or a seller, and go on where the page leads."""
        if visit.role is not Role.START:
            return await self._by_pages(page, reading, visit)
        legal = await self._shop_of(reading, visit)
        if asks := await self._asks_of_shop(page, reading):
            self._waiting = page, reading, visit
            return [*asks, *legal]
        return [*await self._by_pages(page, reading, visit), *legal]

    async def _shop_of(self, reading: AnswerReading, visit: Visit) -> list[Request]:
        """Keep what the front says of who keeps the shop, and visit the pages that say more."""
        if reading.shop is not None and reading.sighting.seller is None:
            front = replace(reading.sighting, seller=reading.shop)
            await self.gatherer.take_in_seller(front, visit)
        return list(self._follow(reading.links.legal, Visit(role=Role.SELLER)))

    async def without_lists(self) -> list[Request]:
        """Take up the start page, once."""
        if self._waiting is None:
            return []
        start, self._waiting = self._waiting, None
        return await self._by_pages(*start)

    async def _by_pages(self, page: Page, reading: AnswerReading, visit: Visit) -> list[Request]:
        sighting = reading.sighting
        if page.status >= 400 or sighting.kind is PageKind.ERROR:
            self.crawl.counts["page_not_there"] += 1
            return []
        if self.frontier.is_copy(page.url):
            self.crawl.counts["language_copy"] += 1
            return []
        self.frontier.hold_copies(reading.links.copies)
        further: list[Request] = []
        if sighting.kind is PageKind.LISTING:
            await self.gatherer.take_in_listing(sighting, visit, page)
            self.tallies.gather(url_key(page.requested_url), visit.query, sighting.ref)
            further.extend(self._seller_of(sighting, visit))
        elif sighting.kind is PageKind.SELLER:
            await self.gatherer.take_in_seller(sighting, visit)
        elif visit.role is Role.LISTING and visit.query is not None:
            # A result that is no listing: where there are many, the layout changed.
            self.crawl.counts["not_a_listing"] += 1
        if visit.role is Role.START:
            further.extend(self._begin(page, reading.links))
        further.extend(self._look_into(reading, visit))
        if self.whole_shop or (visit.role is Role.INDEX and sighting.kind is not PageKind.LISTING):
            further.extend(self._go_on(reading, visit))
        return further

    def _asks(self, platform: Platform, start: str) -> list[Request]:
        """Return the requests for a platform's lists; none where it has none of the sort."""
        asks: list[tuple[Ask, str | None]] = []
        if self.whole_shop and platform.ask_all is not None:
            asks = [(platform.ask_all(start), None)]
        elif not self.whole_shop and platform.ask_query is not None:
            asks = [(platform.ask_query(start, query), query) for query in self.crawl.job.queries]
        if platform.read_list is None:
            return [self.visit(ask.url, Visit(role=Role.INDEX, query=query)) for ask, query in asks]
        self.lists = platform
        return [self.ask(ask, Visit(role=Role.LIST, query=query)) for ask, query in asks]

    async def _asks_of_shop(self, page: Page, reading: AnswerReading) -> list[Request]:
        """Return the requests for a shop's lists where its start page shows a shop system."""
        system = reading.system
        if system is None:
            return []
        api = system.find_api(page) if system.find_api is not None else page.url
        if not self.whole_shop and system.ask_query is None and system.ask_all is not None:
            form = reading.links.search_form
            if form is None or not await self._may_ask(form.url_for(self.crawl.job.queries[0])):
                self._give_up_queries("no search that may be asked")
        return self._asks(system, api)

    async def _may_ask(self, url: str) -> bool:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        return not isinstance(robots, RobotsMiddleware) or await robots.permits(Request(url))

    def _give_up_queries(self, words: str) -> None:
        self.whole_shop = True
        self.tallies.put_whole_shop(
            f"the shop has {words} for {len(self.crawl.job.queries)} queries: "
            "the whole shop was gathered"
        )

    async def on_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """Go on to the pages and sitemaps that a sitemap names."""
        if response.status != 200:
            return
        self.crawl.counts["sitemaps"] += 1
        reading = read_sitemap(response.body)
        for request in self._sitemap_requests(reading.sitemaps):
            yield request
        for url in reading.pages:
            if self._admit(url, is_listing=False):
                yield self.visit(url, Visit(role=Role.LISTING))

    def _begin(self, page: Page, links: PageLinks) -> Iterator[Request]:
        """Choose, at the start page, between the queries and the whole shop."""
        if not self.whole_shop and links.search_form is not None:
            for query in self.crawl.job.queries:
                url = links.search_form.url_for(query)
                self.frontier.admit(url, is_listing=False)
                yield self.visit(url, Visit(role=Role.INDEX, query=query))
            # What stands on the start page stands on every page, and is no result.
            for url in links.others:
                self.frontier.admit(url, is_listing=False)
            return
        if not self.whole_shop:
            self._give_up_queries("no search form")
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        named = []
        if isinstance(robots, RobotsMiddleware):
            named = robots.sitemaps(page.url)
        yield from self._sitemap_requests([*named, urljoin(page.url, "/sitemap.xml")])

    def _go_on(self, reading: AnswerReading, visit: Visit) -> Iterator[Request]:
        """Follow what a page shows: its listings, the list's further pages, and for the whole
        shop its categories and sellers.
        """
        links = reading.links
        if reading.says_nothing and visit.query is not None:
            for tally in self.tallies.of(visit.query):
                tally.said_nothing = True
        fresh = False
        for place, url in enumerate(links.listings, start=1):
            self.tallies.show(url_key(url), visit.query)
            if self._admit(url, is_listing=True):
                fresh = True
                rank = place if visit.query is not None else None
                yield self.visit(url, replace(visit, role=Role.LISTING, rank=rank, strayed=0))
        barren = 0 if fresh else visit.barren + 1
        if barren < MAX_BARREN and visit.page < MAX_RESULT_PAGES:
            further = replace(visit, role=Role.INDEX, page=visit.page + 1, barren=barren, strayed=0)
            yield from self._follow(links.next_pages[:1], further)
            yield from self._follow(links.next_pages[1:], further)
        elif links.next_pages:
            self.crawl.counts["endless_list"] += 1
        if self.whole_shop:
            yield from self._follow(links.categories, Visit(role=Role.INDEX))
            yield from self._follow(links.sellers, Visit(role=Role.SELLER))

    def _look_into(self, reading: AnswerReading, visit: Visit) -> Iterator[Request]:
        """Look into pages of no known form: over the whole shop a few steps from where listings
        are shown, for a query what its result page names without saying what it costs.
        """
        fruitful = reading.sighting.kind is PageKind.LISTING or bool(reading.links.listings)
        if not self.whole_shop and (visit.role is not Role.INDEX or fruitful):
            return
        strayed = 1 if fruitful else visit.strayed + 1
        if strayed > MAX_STRAYED:
            return
        if visit.query is not None:
            for url in reading.links.others:
                self.tallies.show(url_key(url), visit.query)
        new = [url for url in reading.links.others if self._admit(url, is_listing=False)]
        allowed = new[: MAX_LOOKED_INTO - self._looked_into]
        self._looked_into += len(allowed)
        for place, url in enumerate(allowed, start=1):
            rank = place if visit.query is not None else None
            to_other = replace(visit, role=Role.OTHER, rank=rank, strayed=strayed)
            yield self.visit(url, to_other)

    def _sitemap_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        for url in dict.fromkeys(urls):
            if self._admit(url, is_listing=False):
                request = self.visit(url, Visit(role=Role.SITEMAP))
                yield request.replace(callback=self.on_sitemap)
