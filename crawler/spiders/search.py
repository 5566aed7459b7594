"""The spider that finds listings: by the shop's search form, or over the whole shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.frontier import Frontier, Verdict, url_key
from crawler.reading import PageLinks, find_links, says_nothing
from crawler.requests import Role, Visit
from crawler.robots import RobotsMiddleware
from crawler.sitemaps import read_sitemap
from crawler.spiders.base import ShopSpider
from crawler.tallies import Tallies
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.runs import SpiderName

MAX_BARREN = 10
"""Result pages in a row without a new listing, after which a list is left."""
MAX_RESULT_PAGES = 500
"""Of one query or category."""


class SearchSpider(ShopSpider):
    """Asks the shop's search form each query; without queries, or without a form, gathers the
    whole shop by its sitemaps, categories and result pages.
    """

    name = "search"
    spider_name = SpiderName.SEARCH
    frontier: Frontier
    whole_shop: bool

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.frontier = Frontier(spider.crawl.site.hosts)
        spider.whole_shop = not spider.crawl.job.queries
        spider.tallies = Tallies(spider.crawl.job.queries or [None])
        return spider

    async def first_requests(self) -> AsyncIterator[Request]:
        """Begin at the start page; a platform file may know the result pages themselves."""
        known = self.target.known
        if known is None or known.ask_query is None or self.whole_shop:
            self.frontier.admit(self.target.start_url, is_listing=False)
            yield self.visit(self.target.start_url, Visit(role=Role.START))
            return
        for query in self.crawl.job.queries:
            ask = known.ask_query(self.target.start_url, query)
            yield self.visit(ask.url, Visit(role=Role.INDEX, query=query))

    async def handle_sighting(
        self, page: Page, sighting: Sighting, visit: Visit
    ) -> Iterable[Request]:
        """Keep a listing or a seller, and go on where the page leads."""
        if page.status >= 400 or sighting.kind is PageKind.ERROR:
            self.crawl.counts["page_not_there"] += 1
            return []
        links = find_links(page)
        further: list[Request] = []
        if sighting.kind is PageKind.LISTING:
            await self.gatherer.take_in_listing(sighting, visit)
            self.tallies.gather(url_key(page.requested_url), visit.query, sighting.ref)
            further.extend(self._seller_of(sighting, visit))
        elif sighting.kind is PageKind.SELLER:
            await self.gatherer.take_in_seller(sighting, visit)
        elif visit.role is Role.LISTING and visit.query is not None:
            # A result that is no listing: where there are many, the layout changed.
            self.crawl.counts["not_a_listing"] += 1
        if visit.role is Role.START:
            further.extend(self._begin(page, links))
        if self.whole_shop or (visit.role is Role.INDEX and sighting.kind is not PageKind.LISTING):
            further.extend(self._go_on(page, links, visit))
        return further

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
            return
        if not self.whole_shop:
            self.whole_shop = True
            self.tallies.put_whole_shop(
                f"the shop has no search form that answers {len(self.crawl.job.queries)} queries: "
                "the whole shop was gathered"
            )
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        named = []
        if isinstance(robots, RobotsMiddleware):
            named = robots.sitemaps(page.url)
        yield from self._sitemap_requests([*named, urljoin(page.url, "/sitemap.xml")])

    def _go_on(self, page: Page, links: PageLinks, visit: Visit) -> Iterator[Request]:
        """Follow what a page shows: its listings, the list's further pages, and for the whole
        shop its categories and sellers.
        """
        if not links.listings and visit.query is not None and says_nothing(page):
            for tally in self.tallies.of(visit.query):
                tally.said_nothing = True
        fresh = False
        for place, url in enumerate(links.listings, start=1):
            self.tallies.show(url_key(url), visit.query)
            if self._admit(url, is_listing=True):
                fresh = True
                rank = place if visit.query is not None else None
                yield self.visit(url, replace(visit, role=Role.LISTING, rank=rank))
        barren = 0 if fresh else visit.barren + 1
        if barren < MAX_BARREN and visit.page < MAX_RESULT_PAGES:
            further = replace(visit, role=Role.INDEX, page=visit.page + 1, barren=barren)
            yield from self._follow(links.next_pages[:1], further)
            yield from self._follow(links.next_pages[1:], further)
        elif links.next_pages:
            self.crawl.counts["endless_list"] += 1
        if self.whole_shop:
            yield from self._follow(links.categories, Visit(role=Role.INDEX))
            yield from self._follow(links.sellers, Visit(role=Role.SELLER))

    def _seller_of(self, sighting: Sighting, visit: Visit) -> Iterator[Request]:
        """Visit the page of a listing's seller, once a run."""
        seller = sighting.seller
        if seller is not None and seller.url is not None:
            to_seller = Visit(role=Role.SELLER, query=visit.query, seller_key=seller.seller_key)
            yield from self._follow([seller.url], to_seller)

    def _follow(self, urls: Iterable[str], visit: Visit) -> Iterator[Request]:
        for url in urls:
            if self._admit(url, is_listing=False):
                yield self.visit(url, visit)

    def _admit(self, url: str, *, is_listing: bool) -> bool:
        verdict = self.frontier.admit(url, is_listing=is_listing)
        if verdict not in (Verdict.FOLLOW, Verdict.SEEN):
            self.crawl.counts[verdict.value] += 1
        return verdict is Verdict.FOLLOW

    def _sitemap_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        for url in dict.fromkeys(urls):
            if self._admit(url, is_listing=False):
                request = self.visit(url, Visit(role=Role.SITEMAP))
                yield request.replace(callback=self.on_sitemap)
