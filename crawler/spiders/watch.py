"""The spider that revisits known listings, and tells gone from down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from scrapy import Request

from crawler.addresses import host_port
from crawler.readers import AnswerReading
from crawler.requests import Role, Visit
from crawler.spiders.base import ShopSpider
from domain.pages import Page, PageKind
from domain.runs import SpiderName

_GONE = frozenset({404, 410})


class WatchSpider(ShopSpider):
    """Revisits the listings of one platform that the database knows."""

    name = "watch"
    spider_name = SpiderName.WATCH

    async def first_requests(self) -> AsyncIterator[Request]:
        """Visit each listing once; no page leads further."""
        wanted = set(self.crawl.job.watch_keys)
        known = await self.crawl.sink.watch_targets(self.crawl.platform)
        listings = [one for one in known if not wanted or one.listing_key in wanted]
        if not listings:
            for tally in self.tallies.of(None):
                tally.said_nothing = True
                tally.remarks.append(
                    f"no listing of {self.crawl.platform} is known to be on sale: "
                    "there is nothing to revisit"
                )
        for listing in listings:
            place = host_port(listing.url)
            if place is not None and not self.crawl.site.owns(place):
                # The shop may lie on several hosts of one domain: its listings were read there.
                self.crawl.site.move_to(place)
            yield self.visit(listing.url, Visit(role=Role.LISTING, listing=listing.ref))

    async def handle_reading(
        self, page: Page, reading: AnswerReading, visit: Visit
    ) -> Iterable[Request]:
        """Keep what the listing says now, or that it is gone.

        Gone is what answers 404 or 410. A page that shows something else (the shop's front, a
        notice) is counted and leaves the listing as it was: a person may look.
        """
        if visit.listing is None:
            return ()
        sighting = reading.sighting
        if page.status in _GONE:
            await self.crawl.sink.mark_gone(visit.listing, page.fetched_at)
            self.crawl.counts["gone"] += 1
            for tally in self.tallies.of(None):
                tally.gone += 1
        elif sighting.kind is PageKind.LISTING and sighting.ref == visit.listing:
            await self.gatherer.take_in_listing(sighting, visit)
            self.tallies.gather(page.requested_url, None, sighting.ref)
        else:
            self.crawl.counts["not_the_listing"] += 1
        return ()
