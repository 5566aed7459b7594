"""Going by the lists of a platform file: asked for, read and taken in page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.frontier import Frontier, Verdict, url_key
from crawler.platforms import Ask, ListPage, Platform, in_shop
from crawler.requests import RefusalReason, RequestRefused, Role, Visit, visit_of
from crawler.spiders.base import ShopSpider
from crawler.trouble import trouble_on
from domain.common import PageChanged
from domain.listings import ListingRef, Sighting
from domain.pages import Page

MAX_BARREN = 10
"""Pages of a list in a row without a new listing, after which the list is left."""
MAX_RESULT_PAGES = 500
"""Of one query or category."""
_REFUSALS = frozenset({400, 401, 403, 404, 405, 406, 410, 501})
"""Answers by which a shop says that it has no such API, or none for us."""
_HELD_BACK = frozenset({RefusalReason.ROBOTS, RefusalReason.OFF_SITE})


class ListSpider(ShopSpider):
    """Asks a platform's lists. Subclasses say what to do where a shop's lists refuse."""

    frontier: Frontier
    lists: Platform | None = None
    """The platform file that the run's lists are read by."""
    _listed: set[ListingRef]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.frontier = Frontier(spider.crawl.site.owns)
        spider._listed = set()
        return spider

    async def without_lists(self) -> list[Request]:
        """Go on by the shop's pages for people; nothing where that has begun already."""
        raise NotImplementedError

    def ask(self, ask: Ask, visit: Visit) -> Request:
        """Return the request that fetches one page of a list."""
        return self.visit(ask.url, visit).replace(
            method=ask.method,
            body=ask.body,
            headers=dict(ask.headers),
            callback=self.on_list,
            errback=self.on_list_failure,
        )

    async def on_list(self, response: Response) -> AsyncIterator[Request]:
        """Preserve and read one page of a list, take its listings in, and go on."""
        visit = visit_of(response.request) if response.request is not None else None
        platform = self.lists
        if visit is None or platform is None:
            return
        page = await self.gatherer.preserve(response)
        self.tell_progress()
        if page is None:
            further = await self._leave_lists("an answer that is no page", visit)
        elif page.status in _REFUSALS and platform.recognises is not None:
            self.crawl.counts[f"http_{page.status}"] += 1
            further = await self._leave_lists(f"HTTP {page.status}", visit)
        else:
            further = await self._read_list(platform, page, visit)
        for request in further:
            yield request

    async def on_list_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Count a page of a list that has no answer; where it may not be had, go on without."""
        await self.on_failure(failure)
        visit = visit_of(failure.request)  # type: ignore[attr-defined]
        refused = failure.value
        if isinstance(refused, RequestRefused) and refused.reason in _HELD_BACK and visit:
            words = {RefusalReason.ROBOTS: "robots.txt"}.get(refused.reason, "another host")
            for request in await self._leave_lists(words, visit):
                yield request

    async def _read_list(self, platform: Platform, page: Page, visit: Visit) -> list[Request]:
        try:
            sighting, listed = await self.crawl.readers.read_list(page, platform)
        except PageChanged as changed:
            if platform.recognises is None or visit.page > 1:
                self.note_changed(changed, visit)
            return await self._leave_lists(f"{changed.where}: expected {changed.expected}", visit)
        trouble = trouble_on(page, sighting)
        self.note(trouble, visit, page)
        return [] if trouble is not None else await self._take_list(platform, listed, visit)

    async def _take_list(self, platform: Platform, listed: ListPage, visit: Visit) -> list[Request]:
        """Take in, or visit, what a list shows; return where to go on."""
        self._note_refused(listed, visit)
        is_whole = platform.lists_are_whole if listed.is_whole is None else listed.is_whole
        further: list[Request] = []
        fresh = False
        for place, shown in listed.placed():
            sighting = in_shop(shown, self.crawl.platform)
            rank = visit.listed_before + place if visit.query is not None else None
            to_listing = replace(visit, role=Role.LISTING, rank=rank)
            self.tallies.show(url_key(sighting.url), visit.query)
            if is_whole:
                fresh |= await self.gatherer.take_in_listing(sighting, to_listing)
                self.tallies.gather(url_key(sighting.url), visit.query, sighting.ref)
                further.extend(self._seller_of(sighting, visit))
            elif sighting.ref not in self._listed:
                # The list itself says that this is a listing: no trap for the frontier to judge.
                self._listed.add(sighting.ref)
                fresh = True
                to_listing = replace(to_listing, shown=sighting)
                further.append(self.visit_listed(listed, sighting, to_listing))
            self.tell_progress()
        if not listed.sightings and visit.page == 1 and listed.next is None:
            for tally in self.tallies.of(visit.query):
                tally.said_nothing = True
        return [*further, *self._next_page(listed, visit, fresh=fresh)]

    def visit_listed(self, listed: ListPage, sighting: Sighting, visit: Visit) -> Request:
        """Return the request that fetches a listing that a list shows."""
        return self.visit(sighting.url, visit)

    def _note_refused(self, listed: ListPage, visit: Visit) -> None:
        """Count the cards that could not be read, and tell the first of each list."""
        self.crawl.counts["cards_refused"] += len(listed.refusals)
        for refusal in listed.refusals[:1]:
            for tally in self.tallies.of(visit.query):
                tally.remarks.append(f"{len(listed.refusals)} refused on a list: {refusal}")

    def _next_page(self, listed: ListPage, visit: Visit, *, fresh: bool) -> Iterator[Request]:
        if listed.next is None:
            return
        barren = 0 if fresh else visit.barren + 1
        if barren >= MAX_BARREN or visit.page >= MAX_RESULT_PAGES:
            self.crawl.counts["endless_list"] += 1
            return
        seen = visit.listed_before + listed.shown
        yield self.ask(
            listed.next, replace(visit, page=visit.page + 1, barren=barren, listed_before=seen)
        )

    async def _leave_lists(self, reason: str, visit: Visit) -> list[Request]:
        """Go on by the shop's pages for people, and say so."""
        self.crawl.counts["list_refused"] += 1
        for tally in self.tallies.of(visit.query):
            tally.remarks.append(f"page {visit.page} of the list was not to be had ({reason})")
        return await self.without_lists()

    def _seller_of(self, sighting: Sighting, visit: Visit) -> Iterator[Request]:
        """Visit the page of a listing's seller, once a run; a shop that is its own has none."""
        seller = sighting.seller
        if seller is None or seller.seller_key == self.crawl.platform:
            return
        if seller.url is not None:
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
