"""The spider that revisits known listings when they are due, and tells gone from down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import host_port
from crawler.conditions import NOT_MODIFIED
from crawler.failures import reason_of, trouble_of
from crawler.frontier import url_key
from crawler.readers import AnswerReading
from crawler.requests import RefusalReason, Role, Visit, visit_of
from crawler.spiders.base import ShopSpider
from domain.common import PageChanged, StorageFault
from domain.listings import ListingRef
from domain.pages import Page, PageKind
from domain.revisits import VisitPlan
from domain.runs import SpiderName

_GONE = frozenset({404, 410})
_OF_THE_RUN = frozenset({RefusalReason.STOPPED, RefusalReason.HELD, RefusalReason.LIMIT, None})
"""Why a page was not fetched although it could have been; None is a fault of our own."""


class WatchSpider(ShopSpider):
    """Revisits the listings of one platform that the database knows."""

    name = "watch"
    spider_name = SpiderName.WATCH
    _in_vain: set[ListingRef]
    """Listings of which nothing could be learnt, for reasons of their own."""

    async def first_requests(self) -> AsyncIterator[Request]:
        """Visit each listing that is due once; no page leads further."""
        self._in_vain = set()
        plan = await self.crawl.sink.plan_visits(self.crawl.platform)
        self._remark(plan)
        for planned in plan.visits:
            listing = planned.listing
            place = host_port(listing.url)
            if place is not None and not self.crawl.site.owns(place):
                # The shop may lie on several hosts of one domain: its listings were read there.
                self.crawl.site.move_to(place)
            visit = Visit(role=Role.LISTING, listing=listing.ref, validators=planned.validators)
            yield self.visit(listing.url, visit)

    def _remark(self, plan: VisitPlan) -> None:
        platform, left = self.crawl.platform, plan.due - len(plan.visits)
        for tally in self.tallies.of(None):
            tally.said_nothing = not plan.visits
            tally.limited |= left > 0
            if left > 0:
                tally.remarks.append(f"{left} more listings are due, beyond the limit of the run")
            elif not plan.known:
                tally.remarks.append(
                    f"no listing of {platform} is known: there is nothing to revisit"
                )
            elif not plan.visits:
                tally.remarks.append(f"of {plan.known} listings known of {platform} none is due")

    async def on_page(self, response: Response) -> AsyncIterator[Request]:
        """Take in an answer that there is nothing new, or read what came."""
        visit = visit_of(response.request) if response.request is not None else None
        if response.status == NOT_MODIFIED and visit is not None and visit.listing is not None:
            await self._see_not_modified(visit, visit.listing)
            return
        async for request in super().on_page(response):
            yield request

    async def handle_reading(
        self, page: Page, reading: AnswerReading, visit: Visit
    ) -> Iterable[Request]:
        """Keep what the listing says now, or that it is gone.

        Gone is what answers 404 or 410, or with a page that says so in words: large platforms give
        no 404. A page that shows something else (the shop's front, a notice) is counted and leaves
        the listing as it was: a person may look.
        """
        if visit.listing is None:
            return ()
        sighting = reading.sighting
        if page.status in _GONE or reading.says_removed:
            self.crawl.counts["gone_by_words"] += page.status not in _GONE
            await self.crawl.sink.mark_gone(visit.listing, page.fetched_at)
            for tally in self.tallies.of(None):
                tally.gone += 1
        elif sighting.kind is PageKind.LISTING and sighting.ref == visit.listing:
            await self.gatherer.take_in_listing(sighting, visit, page)
            self.tallies.gather(page.requested_url, None, sighting.ref)
        else:
            self.crawl.counts["not_the_listing"] += 1
            self._in_vain.add(visit.listing)
        return ()

    def note_changed(self, changed: PageChanged, visit: Visit) -> None:
        super().note_changed(changed, visit)
        if visit.listing is not None:
            self._in_vain.add(visit.listing)

    async def on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        visit, exception = visit_of(request), failure.value
        if visit is not None and visit.listing is not None and exception is not None:
            of_the_shop = trouble_of(exception) is not None
            if not of_the_shop and reason_of(exception, request) not in _OF_THE_RUN:
                self._in_vain.add(visit.listing)
        await super().on_failure(failure)

    async def finish(self, spider: scrapy.Spider, reason: str) -> None:
        try:
            if self.crawl.run_id and self._in_vain:
                await self.crawl.sink.put_off(self._in_vain)
        except StorageFault as fault:
            self.crawl.break_off(fault)
        await super().finish(spider, reason)

    async def _see_not_modified(self, visit: Visit, ref: ListingRef) -> None:
        self.note(None, visit)
        if visit.validators is None:
            # It was not asked whether the page changed: the answer says nothing.
            self.crawl.counts["not_the_listing"] += 1
            self._in_vain.add(ref)
            return
        await self.crawl.sink.see_not_modified(ref, self.crawl.sink.now())
        self.crawl.counts["not_modified"] += 1
        self.tallies.gather(url_key(visit.validators.url), None, ref)
