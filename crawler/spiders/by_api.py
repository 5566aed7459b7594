"""Going by a platform's open API, where the operator has keys to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scrapy import Request
from scrapy.http import Response

from crawler.frontier import url_key
from crawler.platforms import ApiTrouble, Ask, ListPage, Platform
from crawler.requests import BY_API, Role, Visit, visit_of
from crawler.spiders.lists import ListSpider
from crawler.trouble import trouble_on
from domain.common import PageChanged
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.runs import OutcomeKind

_OUTCOMES = {ApiTrouble.QUOTA: OutcomeKind.RATE_LIMITED, ApiTrouble.DOWN: OutcomeKind.SHOP_DOWN}


class ApiSpider(ListSpider):
    """Asks queries of an open API in the place of a platform's pages."""

    _api_headers: Mapping[str, str] = {}
    """Those of the first request; they go with all others."""

    def api_requests(self) -> list[Request]:
        """Return the requests for the job's queries; none where there is no access to an API."""
        access, job = self.crawl.access, self.crawl.job
        if access is None or not job.queries:
            return []
        self.lists = access.platform
        asks = [access.api.ask_query(access.keys, self.target.start_url, q) for q in job.queries]
        self._api_headers = asks[0].headers
        visits = [Visit(role=Role.LIST, query=query) for query in job.queries]
        return [self.ask(ask, visit) for ask, visit in zip(asks, visits, strict=True)]

    def ask(self, ask: Ask, visit: Visit) -> Request:
        """Return the request for one page of a list; by the API where the run goes by one."""
        request = super().ask(ask, visit)
        return self._by_api(request) if self._goes_by_api else request

    @property
    def _goes_by_api(self) -> bool:
        return self.crawl.access is not None and self.lists is self.crawl.access.platform

    def _by_api(self, request: Request) -> Request:
        for name, value in self._api_headers.items():
            request.headers.setdefault(name, value)
        # The terms to which the keys were given stand in the place of robots.txt; and an API does
        # not redirect.
        request.meta.update({BY_API: True, "dont_obey_robotstxt": True, "dont_redirect": True})
        return request

    async def _read_list(self, platform: Platform, page: Page, visit: Visit) -> list[Request]:
        if self._goes_by_api and self._is_refused(page, visit):
            return []
        return await super()._read_list(platform, page, visit)

    def _is_refused(self, page: Page, visit: Visit) -> bool:
        """Tell whether the API gave nothing, and take it in."""
        access = self.crawl.access
        assert access is not None
        try:
            refusal = access.api.tell_refusal(page)
        except PageChanged as changed:
            self.note_changed(changed, visit)
            return True
        if refusal is None:
            return False
        if refusal.trouble is ApiTrouble.KEYS:
            self.crawl.break_off(access.refused(refusal.code))
        else:
            self.note(_OUTCOMES[refusal.trouble], visit, page)
            for tally in self.tallies.of(visit.query):
                tally.remarks.append(f"the API refused with code {refusal.code}")
        return True

    def visit_listed(self, listed: ListPage, sighting: Sighting, visit: Visit) -> Request:
        """Return the request that tells a listing whole: the API's, where its list names one."""
        ask = listed.asks.get(sighting.listing_key)
        if ask is None or not self._goes_by_api:
            return super().visit_listed(listed, sighting, visit)
        request = self.visit(ask.url, visit).replace(
            method=ask.method, body=ask.body, headers=dict(ask.headers), callback=self.on_answer
        )
        return self._by_api(request)

    async def on_answer(self, response: Response) -> None:
        """Preserve and read what an API tells of one listing."""
        visit = visit_of(response.request) if response.request is not None else None
        platform = self.lists
        if visit is None or platform is None:
            return
        page = await self.gatherer.preserve(response)
        self.tell_progress()
        if page is not None and not self._is_refused(page, visit):
            await self._take_answer(platform, page, visit)
        await self.keep_shown(visit)

    async def _take_answer(self, platform: Platform, page: Page, visit: Visit) -> None:
        try:
            sighting = await self.crawl.readers.read_answer(page, platform)
        except PageChanged as changed:
            self.note_changed(changed, visit)
            return
        trouble = trouble_on(page, sighting)
        self.note(trouble, visit, page)
        if trouble is None and sighting.kind is PageKind.LISTING:
            await self.gatherer.take_in_listing(sighting, visit)
            if visit.shown is not None:
                self.tallies.gather(url_key(visit.shown.url), visit.query, sighting.ref)
        elif trouble is None:
            self.crawl.counts["page_not_there"] += 1

    def _seller_of(self, sighting: Sighting, visit: Visit) -> Iterator[Request]:
        """A run that goes by an API visits no page."""
        return iter(()) if self._goes_by_api else super()._seller_of(sighting, visit)
