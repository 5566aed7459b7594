"""The spider that visits flagged listings and takes their pages as a buyer sees them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import host_port, parse_host_port
from crawler.capture_parts import PartCache, PartSupply
from crawler.capturing import NotCaptured, Taken, take_page
from crawler.chromium import find_chromium
from crawler.outcomes import Streak
from crawler.readers import AnswerReading, UnreadableAnswer
from crawler.requests import Role, Visit, asked_of
from crawler.spiders.base import ShopSpider
from crawler.trouble import trouble_on
from crawler.walls import Wall
from domain.common import PageChanged, Sha256, digest
from domain.pages import Page, PageKind
from domain.runs import OutcomeKind, SpiderName

_GONE = frozenset({404, 410})


class CaptureSpider(ShopSpider):
    """Captures some known listings of one platform, one after the other.

    Addresses outside the public internet are visited only where the job allows them by name: an
    imported listing may claim any address, and no operator typed it.
    """

    name = "capture"
    spider_name = SpiderName.CAPTURE
    _cache: PartCache
    _turn: asyncio.Event
    _drawn: Streak
    """Of walls that pages which came good put up by their scripts."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        allowed = (parse_host_port(text) for text in spider.crawl.job.allow_hosts)
        spider.crawl.site.permitted = frozenset(allowed)
        spider._cache = PartCache()
        spider._drawn = Streak()
        return spider

    async def first_requests(self) -> AsyncIterator[Request]:
        """Visit each listing once; the next one when the last is done."""
        find_chromium()
        wanted = self.crawl.job.watch_keys
        listings = await self.crawl.sink.capture_targets(self.crawl.platform, wanted)
        for tally in self.tallies.of(None):
            tally.said_nothing = not listings
        for listing in listings:
            place = host_port(listing.url)
            if place is not None and not self.crawl.site.owns(place):
                # The shop may lie on several hosts of one domain: its listings were read there.
                self.crawl.site.move_to(place)
            self._turn = asyncio.Event()
            yield self.visit(listing.url, Visit(role=Role.LISTING, listing=listing.ref))
            await self._turn.wait()

    async def on_page(self, response: Response) -> AsyncIterator[Request]:
        """Handle one listing's page, then let the next listing have its turn."""
        try:
            async for request in super().on_page(response):
                yield request
        finally:
            self._turn.set()

    async def on_failure(self, failure: Failure) -> None:
        """Count a listing that has no answer, then let the next one have its turn."""
        try:
            await super().on_failure(failure)
        finally:
            self._turn.set()

    async def handle_reading(
        self, page: Page, reading: AnswerReading, visit: Visit
    ) -> Iterable[Request]:
        """Keep what the listing says now, and take its page; or note that it is gone."""
        ref, sighting = visit.listing, reading.sighting
        if ref is None:
            return ()
        if page.status in _GONE:
            await self.crawl.sink.mark_gone(ref, page.fetched_at)
            for tally in self.tallies.of(None):
                tally.gone += 1
        elif sighting.kind is not PageKind.LISTING or sighting.ref != ref:
            self._leave("not_the_listing", f"{ref}: its address shows another page")
        else:
            await self.gatherer.take_in_listing(sighting, visit, page)
            await self._capture(page, visit)
        return ()

    async def _capture(self, page: Page, visit: Visit) -> None:
        """Take the page and keep it, unless the browser was shown something else than the
        listing.
        """
        assert visit.listing is not None
        found_on = asked_of(Request(page.url))
        try:
            taken = await self._take(page, found_on)
        except NotCaptured as failure:
            self._leave("not_captured", str(failure))
            return
        if self.crawl.site.closed:
            # The run was stopped meanwhile: parts are missing that the shop would have given.
            return
        if (trouble := await self._trouble_in(page, taken)) is not None:
            self._note_drawn(trouble, visit, page)
            return
        self._drawn.note(None)
        if not await self._shows_listing(page, taken):
            self._leave("not_the_listing", f"{visit.listing}: its scripts show another page")
            return
        await self.crawl.sink.keep_capture(visit.listing, taken.shot, found_on)
        self.crawl.counts["captures"] += 1
        self.crawl.counts["captures_cut"] += taken.shot.page_height > taken.shot.height
        self.crawl.counts["captures_unsettled"] += not taken.is_settled
        self.tallies.gather(page.requested_url, None, visit.listing)

    async def _take(self, page: Page, found_on: Sha256) -> Taken:
        supply = PartSupply(page, self.fetch, self._cache, found_on=found_on)
        try:
            return await take_page(
                page.url,
                supply,
                user_agent=self.crawl.job.user_agent,
                clock=self.crawl.sink.now,
            )
        finally:
            self.crawl.counts["parts_left_out"] += supply.left_out

    def _note_drawn(self, trouble: OutcomeKind, visit: Visit, page: Page) -> None:
        """Take in a wall that only scripts put up; a shop with many of them is left alone."""
        self.note(trouble, visit, page)
        if self._drawn.note(trouble):
            self.crawl.site.closed = True
            self._wall = self._wall or Wall(trouble=trouble, page=page)
            for tally in self.tallies.of(None):
                tally.stopped_by = tally.stopped_by or trouble

    async def _trouble_in(self, page: Page, taken: Taken) -> OutcomeKind | None:
        """Return the trouble that the page tells of after its scripts ran, or a frame in it."""
        drawn = replace(page, rendered=taken.dom)
        framed = (
            replace(page, url=frame.url, body=frame.dom, rendered=None, sha256=digest(frame.dom))
            for frame in taken.frames
            if host_port(frame.url) is not None
        )
        for shown in (drawn, *framed):
            try:
                # No platform's file has this name: the generic reader knows walls of every sort.
                reading = await self.crawl.readers.read_page(shown, "")
            except UnreadableAnswer:
                continue
            if (trouble := trouble_on(shown, reading.sighting)) is not None:
                return trouble
        return None

    async def _shows_listing(self, page: Page, taken: Taken) -> bool:
        """Tell whether the page is still a listing after its scripts ran."""
        drawn = replace(page, rendered=taken.dom)
        try:
            reading = await self.crawl.readers.read_page(drawn, self.crawl.platform)
        except PageChanged:
            # Scripts may have used up what a platform file reads; the page as it came was read.
            return True
        except UnreadableAnswer:
            return False
        return reading.changed is not None or reading.sighting.kind is PageKind.LISTING

    def _leave(self, count: str, remark: str) -> None:
        """Count a listing that was not captured; the run is not clean."""
        self.crawl.counts[count] += 1
        for tally in self.tallies.of(None):
            tally.limited = True
            tally.remarks.append(remark)
