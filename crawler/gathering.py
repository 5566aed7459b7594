"""From an answer of the wire to a Sighting: preserved, read, rendered where needed, taken in."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.answers import page_of, rendered_of
from crawler.browser_first import rendering_of
from crawler.conditions import validators_of
from crawler.pictures import Fetch, PictureFetcher
from crawler.readers import AnswerReading, Wanted
from crawler.rendering import MAX_RENDERED_BYTES, Rendering, WireAnswer
from crawler.requests import ANSWERED_AT, FOUND_ON, Role, Visit, asked_of
from crawler.running import running
from crawler.trials import RenderingTrials
from crawler.trouble import trouble_on
from domain.common import Sha256, digest
from domain.listings import ListingRef, Provenance, Sighting
from domain.pages import Page, PageKind
from domain.runs import Measure, RequestEntry

_READABLE = re.compile(r"|application/(?:[\w.-]+\+)?(?:xml|json|javascript)")


class Gatherer:
    """Turns the answers of one run into Sightings."""

    def __init__(self, crawler: Crawler, fetch: Fetch) -> None:
        self._crawler = crawler
        self._crawl = running(crawler)
        self._fetch = fetch
        self._pictures = PictureFetcher(self._crawl, fetch)
        self._taken: set[ListingRef] = set()
        self._trials = RenderingTrials()
        self._trying = asyncio.Lock()

    async def preserve(self, response: Response) -> Page | None:
        """Preserve a page; None, counted, for what is no page (an archive, a film)."""
        asked = response.request
        answered_at = asked.meta.get(ANSWERED_AT) if asked is not None else None
        return await self._preserve(page_of(response, answered_at or self._crawl.sink.now()))

    async def _preserve(self, page: Page) -> Page | None:
        if not page.media_type.startswith("text/") and not _READABLE.fullmatch(page.media_type):
            self._crawl.counts["not_a_page"] += 1
            return None
        await self._crawl.sink.preserve_page(page)
        self._crawl.counts["pages"] += 1
        return page

    async def read(
        self, response: Response, visit: Visit, wanted: Wanted
    ) -> tuple[Page, AnswerReading] | None:
        """Preserve a page and read it, rendered where it says nothing without; None for no page.

        Raises: PageChanged.
        """
        rendering = rendering_of(response)
        if rendering is not None:
            page = await self._preserve_rendered(response, rendering)
            return None if page is None else (page, await self._read_shell(page, visit, wanted))
        page = await self.preserve(response)
        if page is None:
            return None
        reading = await self._crawl.readers.read_page(page, self._crawl.platform, wanted)
        if page.status == 200:
            self._crawl.needs.note_judged(visit.role, is_shell=reading.needs_rendering)
        if reading.needs_rendering:
            return await self._render_shell(page, reading, visit, wanted)
        if not self._may_try(reading, visit):
            return page, reading
        if self._trials.is_proven(visit.role, page.url):
            return await self._try_rendering(page, reading, visit, wanted)
        # One at a time, so that a sort of page is given up after a few.
        async with self._trying:
            return await self._try_rendering(page, reading, visit, wanted)

    async def _render_shell(
        self, page: Page, reading: AnswerReading, visit: Visit, wanted: Wanted
    ) -> tuple[Page, AnswerReading]:
        """Render a page that says nothing without, unless that is known to be in vain.

        Raises: PageChanged.
        """
        if not self._crawl.needs.is_in_vain(visit.role):
            rendered = await self._render(page, visit)
            if rendered is not None:
                return rendered, await self._read_shell(rendered, visit, wanted)
        if reading.changed is not None:
            raise reading.changed
        return page, reading

    async def _read_shell(self, page: Page, visit: Visit, wanted: Wanted) -> AnswerReading:
        """Read a page that was rendered, and note what that brought. Raises: PageChanged."""
        gained = False
        try:
            reading = await self._crawl.readers.read_page(page, self._crawl.platform, wanted)
            gained = trouble_on(page, reading.sighting) is None and not reading.is_bare
        finally:
            self._crawl.needs.note_rendered(visit.role, gained=gained)
        return reading

    async def _read_rendered(
        self, page: Page, reading: AnswerReading, visit: Visit, wanted: Wanted
    ) -> tuple[Page, AnswerReading]:
        """Render a page and read it again; what it said before where that fails.

        Raises: PageChanged.
        """
        rendered = await self._render(page, visit)
        if rendered is None:
            if reading.changed is not None:
                raise reading.changed
            return page, reading
        return rendered, await self._crawl.readers.read_page(rendered, self._crawl.platform, wanted)

    async def _try_rendering(
        self, page: Page, reading: AnswerReading, visit: Visit, wanted: Wanted
    ) -> tuple[Page, AnswerReading]:
        """Render a page for what it lacks, where that is still worth trying."""
        if not self._trials.is_worthwhile(visit.role, page.url):
            return page, reading
        rendered, again = await self._read_rendered(page, reading, visit, wanted)
        brought_more = _says_more(again, reading)
        self._trials.note(visit.role, page.url, brought_more=brought_more)
        return (rendered, again) if brought_more else (page, reading)

    def _may_try(self, reading: AnswerReading, visit: Visit) -> bool:
        """Tell whether a page lacks what it was fetched for."""
        if not reading.may_say_more or reading.says_nothing or visit.role is Role.OTHER:
            return False
        links = reading.links
        leads_on = reading.system is not None or (links.categories and not links.loads_more)
        return not (visit.role is Role.START and leads_on)

    async def take_in_listing(
        self, sighting: Sighting, visit: Visit, page: Page | None = None
    ) -> bool:
        """Fetch a listing's pictures and keep what it said; False when this run already had it.

        `page`: the listing's own, where the sighting was read from that.
        """
        if sighting.ref in self._taken:
            return False
        self._taken.add(sighting.ref)
        with_pictures = await self._pictures.fetch_pictures(sighting)
        validators = None if page is None else validators_of(page)
        await self._crawl.sink.take_in(self._with_provenance(with_pictures, visit), validators)
        self._crawl.counts["listings"] += 1
        self._crawl.counts.update(fields_of(sighting))
        return True

    async def take_in_seller(self, sighting: Sighting, visit: Visit) -> None:
        """Keep what a seller page said, under the key that the seller's listings use."""
        if sighting.seller is None:
            return
        seller = replace(
            sighting.seller,
            platform=self._crawl.platform,
            seller_key=visit.seller_key or sighting.seller.seller_key,
        )
        of_seller = replace(sighting, kind=PageKind.SELLER, seller=seller)
        await self._crawl.sink.take_in(self._with_provenance(of_seller, visit))
        self._crawl.counts["sellers"] += 1

    def _with_provenance(self, sighting: Sighting, visit: Visit) -> Sighting:
        is_result = visit.query is not None
        provenance = Provenance(
            query=visit.query,
            page=visit.page if is_result else None,
            rank=visit.rank,
            run=self._crawl.run_id,
        )
        return replace(sighting, provenance=provenance)

    async def _render(self, page: Page, visit: Visit) -> Page | None:
        """Return the page with its rendered DOM, preserved; None when that failed."""
        rendering = Rendering(self._crawler)
        response = await self._fetch(rendering.request(page, visit))
        await self._crawl.turns.spend(page.url, rendering.sent)
        for answer in rendering.answers:
            await self._keep_answer(answer)
        if response is None or len(response.body) > MAX_RENDERED_BYTES:
            return None
        rendered = replace(page, rendered=rendered_of(response))
        await self._crawl.sink.preserve_page(rendered)
        self._crawl.counts["rendered"] += 1
        return rendered

    async def _preserve_rendered(self, response: Response, rendering: Rendering) -> Page | None:
        """Preserve a page that went to the browser at once; None, counted, without its bytes."""
        document = rendering.document
        await self._crawl.turns.spend(response.url, rendering.sent)
        for answer in rendering.answers:
            # A run that takes this one over asks for the page without a browser first.
            is_page = answer is document
            asked = asked_of(Request(answer.url)) if is_page else None
            found_on = response.request.meta.get(FOUND_ON) if is_page and response.request else None
            await self._keep_answer(answer, asked, found_on)
        if document is None or len(response.body) > MAX_RENDERED_BYTES:
            self._crawl.counts["not_rendered"] += 1
            return None
        self._crawl.counts["rendered"] += 1
        page = page_of(response, self._crawl.sink.now())
        return await self._preserve(
            replace(
                page,
                body=document.body,
                sha256=digest(document.body),
                media_type=document.media_type,
                rendered=rendered_of(response),
            )
        )

    async def _keep_answer(
        self, answer: WireAnswer, asked: Sha256 | None = None, found_on: Sha256 | None = None
    ) -> None:
        """Log what the browser was sent, and preserve what the rendered page was made of.

        `asked`: the request that it also answers, should the run be taken over; `found_on`: the
        one whose answer named its address.
        """
        sink = self._crawl.sink
        page = Page(
            requested_url=answer.url,
            url=answer.url,
            status=answer.status,
            fetched_at=sink.now(),
            media_type=answer.media_type,
            body=answer.body,
            sha256=digest(answer.body),
        )
        if answer.is_kept:
            await sink.preserve_page(page)
        await sink.log_request(
            RequestEntry(
                run_id=self._crawl.run_id,
                url=answer.url,
                at=page.fetched_at,
                robots="allowed",
                status=answer.status,
                bytes_count=len(answer.body),
                sha256=page.sha256 if answer.is_kept else None,
                note="asked for by the browser",
                asked=asked,
                content_type=answer.media_type if asked else None,
                found_on=found_on,
            )
        )


def fields_of(sighting: Sighting) -> tuple[str, ...]:
    """Name the fields of a listing whose share is watched (`domain.expectations.FILLED`)."""
    filled = {
        Measure.WITH_PRICE: bool(sighting.offer and sighting.offer.price),
        Measure.WITH_PICTURE: bool(sighting.pictures),
        Measure.WITH_SELLER: sighting.seller is not None,
    }
    return tuple(measure.value for measure, there in filled.items() if there)


def _says_more(after: AnswerReading, before: AnswerReading) -> bool:
    """Tell whether the scripts of a page brought listings, or the offer of its own."""
    if len(after.links.listings) > len(before.links.listings):
        return True
    return _has_price(after.sighting) and not _has_price(before.sighting)


def _has_price(sighting: Sighting) -> bool:
    return sighting.offer is not None and sighting.offer.price is not None
