"""What the spiders share: a run's beginning and end, one page at a time, failures counted."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from typing import Any, Protocol, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from casework.settings import load_settings
from crawler.addresses import parse_host_port
from crawler.api_access import KeysRefused, open_access
from crawler.arguments import job_of_arguments
from crawler.collection import describe, log_request
from crawler.ending import end_run
from crawler.failures import reason_of, trouble_of
from crawler.frontier import url_key
from crawler.gathering import Gatherer
from crawler.job_settings import settings_of, with_standing_override
from crawler.jobs import CrawlJob, CrawlResult, Progress
from crawler.needs import open_needs
from crawler.outcomes import Streak, Tally
from crawler.readers import AnswerReading, UnreadableAnswer, Wanted
from crawler.requests import LOGGED, VISIT, RefusalReason, Role, Visit, visit_of
from crawler.running import RunningCrawl
from crawler.sinks import open_sink
from crawler.site import Site
from crawler.tallies import Tallies
from crawler.targets import Target, find_target
from crawler.trouble import trouble_on
from crawler.turns import Turns
from crawler.walls import Wall
from domain.common import PageChanged, StorageFault, SuyuanError
from domain.pages import Page
from domain.runs import OutcomeKind, SpiderName

logger = logging.getLogger(__name__)

PRIORITIES = {
    Role.START: 100,
    Role.SITEMAP: 60,
    Role.LISTING: 50,
    Role.SELLER: 40,
    Role.LIST: 10,
    Role.INDEX: 10,
    Role.OTHER: 1,
}
"""A listing that was found is fetched before the search for more goes on."""


class Report(Protocol):
    """Who is told how a crawl goes."""

    def progress(self, progress: Progress) -> None: ...

    def result(self, result: CrawlResult) -> None: ...


class LoggedReport:
    """For `scrapy crawl`: the result goes to the log."""

    def progress(self, progress: Progress) -> None:
        """Scrapy logs its own."""

    def result(self, result: CrawlResult) -> None:
        for outcome in result.outcomes:
            logger.warning(
                "run %s query %s: %s, %d listings. %s",
                result.run_id,
                outcome.query,
                outcome.kind.value,
                outcome.listings,
                outcome.words,
            )


class ShopSpider(scrapy.Spider):
    """Visits one shop. Subclasses say where to begin and what to do with a page that was read."""

    spider_name: SpiderName
    target: Target
    crawl: RunningCrawl
    streak: Streak
    gatherer: Gatherer
    tallies: Tallies
    report: Report
    _wall: Wall | None = None
    """What made the run leave the platform alone."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of a job, or of the `-a` arguments of `scrapy crawl`.

        Raises: WrongUse, StorageFault.
        """
        job = kwargs.pop("job", None)
        report: Report = kwargs.pop("report", None) or LoggedReport()
        if not isinstance(job, CrawlJob):
            job = job_of_arguments(cls.spider_name, kwargs)
        spider = super().from_crawler(crawler, *args)
        target = find_target(job.target)
        access = open_access(target.known, load_settings().keys_file)
        allowed = tuple(parse_host_port(text) for text in job.allow_hosts)
        if access is not None:
            allowed = (*allowed, access.place)
        domains = target.known.hosts if target.known is not None else ()
        site = Site(target.place, allowed, job.max_pages, domains)
        sink = open_sink(job)
        job = with_standing_override(job, target.platform, sink.context)
        spider.crawl = RunningCrawl(
            job=job,
            platform=target.platform,
            site=site,
            sink=sink,
            turns=Turns(sink.context, target.platform, site, job.pace_s),
            needs=open_needs(sink.context, target.platform),
            access=access,
        )
        spider.report = report
        spider.target = target
        spider.streak = Streak()
        spider.tallies = Tallies([None])
        crawler.settings.setdict(settings_of(job, site), priority="spider")
        crawler.signals.connect(spider.finish, signal=signals.spider_closed)
        crawler.signals.connect(spider.on_fault, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Open the run and send the first requests."""
        try:
            self.crawl.run_id = await self.crawl.sink.start_run(
                self.crawl.platform, self.crawl.job.robots_override
            )
            self.gatherer = Gatherer(self.crawler, self.fetch)
            async for request in self.first_requests():
                yield request
        except SuyuanError as fault:
            self.crawl.break_off(fault)

    def first_requests(self) -> AsyncIterator[Request]:
        """Say where to begin."""
        raise NotImplementedError

    def wanted(self, visit: Visit) -> Wanted:
        """Say what is wanted of a page besides what it says of itself."""
        return Wanted()

    async def handle_reading(
        self, page: Page, reading: AnswerReading, visit: Visit
    ) -> Iterable[Request]:
        """Make something of a page that tells of no trouble; return where to go on."""
        raise NotImplementedError

    def visit(self, url: str, visit: Visit) -> Request:
        """Return the request that fetches a page."""
        return Request(
            url,
            callback=self.on_page,
            errback=self.on_failure,
            priority=PRIORITIES[visit.role],
            # The frontier judged it; Scrapy's own filter would not know session ids.
            dont_filter=True,
            meta={VISIT: visit},
        )

    async def on_page(self, response: Response) -> AsyncIterator[Request]:
        """Preserve and read a page, then go on from it."""
        visit = visit_of(response.request) if response.request is not None else None
        if visit is None:
            return
        try:
            answer = await self.gatherer.read(response, visit, self.wanted(visit))
        except PageChanged as changed:
            self.tell_progress()
            self.note_changed(changed, visit)
            answer = None
        except UnreadableAnswer as unreadable:
            logger.warning("run %s: %s", self.crawl.run_id, unreadable)
            self.crawl.counts["unreadable"] += 1
            answer = None
        if answer is not None:
            page, reading = answer
            self.tell_progress()
            if page.status >= 400:
                self.crawl.counts[f"http_{page.status}"] += 1
            trouble = trouble_on(page, reading.sighting)
            self.note(trouble, visit, page)
            if trouble is None:
                for request in await self.handle_reading(page, reading, visit):
                    yield request
        await self.keep_shown(visit)

    async def keep_shown(self, visit: Visit) -> None:
        """Keep what a list said of a listing whose own page said nothing."""
        if visit.shown is not None and await self.gatherer.take_in_listing(visit.shown, visit):
            self.tallies.gather(url_key(visit.shown.url), visit.query, visit.shown.ref)
            self.crawl.counts["listings_by_list_only"] += 1

    async def fetch(self, request: Request) -> Response | None:
        """Fetch one more document while a page is being handled; None, counted, when there is
        none.
        """
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as exception:  # noqa: BLE001 (whatever the network does)
            await self._note_failure(request, exception)
            return None

    async def on_failure(self, failure: Failure) -> None:
        """Count a page that has no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if failure.value is not None:
            await self._note_failure(request, failure.value)
        visit = visit_of(request)
        if visit is not None:
            await self.keep_shown(visit)

    def on_fault(self, failure: Failure) -> None:
        """Count a page that one of our own parts failed on; the others are gone on with."""
        self._note_fault(failure.value)

    async def _note_failure(self, request: Request, exception: BaseException) -> None:
        visit = visit_of(request)
        reason = reason_of(exception, request)
        if reason is None:
            self._note_fault(exception)
            return
        if not request.meta.get(LOGGED):
            await log_request(self.crawler, request, None, describe(exception))
        if reason not in (RefusalReason.STOPPED, RefusalReason.LIMIT):
            self.crawl.counts[reason] += 1
        if visit is None or not visit.role.is_page or request.meta.get("playwright"):
            return
        for tally in self._concerned(visit):
            tally.refused_by_robots += reason == RefusalReason.ROBOTS
            tally.limited |= reason == RefusalReason.LIMIT
        trouble = trouble_of(exception)
        if trouble is not None:
            self.note(trouble, visit)

    def _note_fault(self, exception: BaseException | None) -> None:
        logger.error("run %s: %r", self.crawl.run_id, exception)
        self.crawl.counts["fault"] += 1
        if exception is not None:
            self.crawl.first_fault = self.crawl.first_fault or describe(exception)
        if isinstance(exception, StorageFault | KeysRefused):
            self.crawl.break_off(exception)

    def note(self, trouble: OutcomeKind | None, visit: Visit, page: Page | None = None) -> None:
        """Take one page's end in; a shop that refuses again and again is left alone."""
        if trouble is not None:
            self.crawl.counts[trouble.value] += 1
        if visit.role is Role.OTHER and trouble is OutcomeKind.LOGIN_NEEDED:
            return  # a corner for members: no wall around the shop
        for tally in self._concerned(visit):
            tally.pages_read += trouble is None
            if trouble is not None:
                tally.troubles[trouble] += 1
        if self.streak.note(trouble) or (trouble is not None and _is_a_wall(trouble, visit)):
            self.crawl.site.closed = True
            if trouble is not None:
                self._wall = self._wall or Wall(trouble=trouble, page=page)
            for tally in self.tallies.of(None):
                tally.stopped_by = tally.stopped_by or trouble

    def _concerned(self, visit: Visit) -> tuple[Tally, ...]:
        """Return the tallies that a page matters to: none for one that was only looked into."""
        return () if visit.role is Role.OTHER else self.tallies.of(visit.query)

    def note_changed(self, changed: PageChanged, visit: Visit) -> None:
        """Take in a page that its platform's file can no longer read; the run goes on."""
        self.streak.note(None)
        self.crawl.counts[OutcomeKind.LAYOUT_CHANGED.value] += 1
        for tally in self.tallies.of(visit.query):
            tally.troubles[OutcomeKind.LAYOUT_CHANGED] += 1
            if tally.troubles[OutcomeKind.LAYOUT_CHANGED] == 1:
                tally.remarks.append(f"{changed.where}: expected {changed.expected}")

    def tell_progress(self) -> None:
        counts = self.crawl.counts
        self.report.progress(
            Progress(
                pages=counts["pages"], listings=counts["listings"], pictures=counts["pictures"]
            )
        )

    async def finish(self, spider: scrapy.Spider, reason: str) -> None:
        """Close the run and tell how it ended."""
        broken_off = reason == "shutdown"
        self.report.result(
            await end_run(self.crawl, self.tallies, self._wall, broken_off=broken_off)
        )


def _is_a_wall(trouble: OutcomeKind, visit: Visit) -> bool:
    """Tell whether one page's trouble is that of the whole platform.

    A slider or a login in the place of results stands before every further query; a listing may
    be forbidden by itself.
    """
    if visit.role is Role.START:
        return True
    refused = trouble in (OutcomeKind.BLOCKED, OutcomeKind.LOGIN_NEEDED)
    return refused and visit.role in (Role.LIST, Role.INDEX) and visit.query is not None
