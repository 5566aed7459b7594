"""Where a crawl's finds go: the database, or a file of Sightings with the bytes beside it.

Finds for the database are kept by a process of their own, many in one unit of work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from casework import captures, intake, revisits, runs
from casework.context import Context, open_context, together
from casework.runs import KeptAnswer
from casework.settings import Settings, load_settings
from crawler.calls import Answer, Call, each_alone
from crawler.file_sink import FileSink
from crawler.jobs import CrawlJob
from crawler.processes import ProcessGone, SideProcess
from domain.captures import Shot
from domain.common import RunId, Sha256, StorageFault
from domain.listings import Listing, ListingRef, Sighting
from domain.pages import Page
from domain.pictures import Picture, PictureFacts
from domain.revisits import Validators, VisitPlan
from domain.runs import Outcome, RequestEntry, Run

BY = "suyuan crawler"
"""Named in the custody log of what a crawl preserves."""
_Result = TypeVar("_Result")


class Sink(Protocol):
    """What the spiders need of the place where finds go.

    Everything is kept in the order in which it is given; what returns has been kept.
    """

    def now(self) -> datetime: ...

    @property
    def context(self) -> Context | None:
        """Where what is known beyond this run is kept; None for a file."""

    async def start_run(self, platform: str, robots_override: str | None) -> RunId:
        """Open a run; called once, before anything else. The override may be a standing one."""

    async def plan_visits(self, platform: str) -> VisitPlan:
        """Plan what a watch visits."""

    async def see_not_modified(self, ref: ListingRef, at: datetime) -> None:
        """Note that the shop answered "not modified" of a listing."""

    async def put_off(self, refs: Collection[ListingRef]) -> None:
        """Put off the visits to listings of which nothing could be learnt."""

    async def log_request(self, entry: RequestEntry) -> None:
        """Append to the collection log. It is kept before anything that is given later; a fault
        shows there."""

    async def kept_answer(self, asked: Sha256) -> KeptAnswer | None:
        """Return what a run of this job that was broken off was answered; None to ask again."""

    async def preserve_page(self, page: Page) -> None:
        """Keep a page's bytes, before it is read."""

    async def known_picture(self, url: str) -> Picture | None:
        """Return a picture fetched from this address by an earlier run."""

    async def preserve_picture(
        self, url: str, data: bytes, media_type: str, fetched_at: datetime
    ) -> Picture:
        """Keep a picture's bytes, before it is decoded."""

    async def enter_picture(self, picture: Picture, facts: PictureFacts) -> None:
        """Keep what a picture turned out to be."""

    async def take_in(self, sighting: Sighting, validators: Validators | None = None) -> None:
        """Keep what a listing or a seller page said."""

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        """Note that a visit found a listing gone."""

    async def keep_results(self, shown: Mapping[str, Collection[ListingRef]]) -> None:
        """Keep which listings each query showed; called once, before the run is closed."""

    async def capture_targets(self, platform: str, keys: Sequence[str]) -> tuple[Listing, ...]:
        """Return the known ones of some listings."""

    async def keep_capture(self, ref: ListingRef, shot: Shot, found_on: Sha256) -> None:
        """Preserve what a browser took of a listing, which has been taken in."""

    async def finish_run(
        self, outcomes: Sequence[Outcome], counts: Mapping[str, int]
    ) -> Mapping[str, int]:
        """Close the run; returns its counts with those of the changes that it found."""

    async def close(self) -> None:
        """Let go of what was opened; the last call."""


class DatabaseSink:
    """Finds go through casework into the database and its blobs."""

    def __init__(self, job: CrawlJob) -> None:
        self._job = job
        self._context = open_context(_settings_of(job))
        self._keeper = SideProcess(_open, _settings_of(job), carry_out=keep_together)
        self._run_id: RunId | None = None
        self._taken_over: tuple[RunId, ...] = ()
        self._fault: StorageFault | None = None

    def now(self) -> datetime:
        return self._context.clock()

    @property
    def context(self) -> Context:
        return self._context

    async def start_run(self, platform: str, robots_override: str | None) -> RunId:
        run = await self._keep(_start_run, platform, self._job, robots_override)
        self._run_id = run.run_id
        self._taken_over = await self._keep(runs.runs_to_take_over, run)
        return run.run_id

    async def plan_visits(self, platform: str) -> VisitPlan:
        return await self._keep(_plan_visits, platform, self._job)

    async def see_not_modified(self, ref: ListingRef, at: datetime) -> None:
        await self._keep(revisits.see_not_modified, ref, at)

    async def put_off(self, refs: Collection[ListingRef]) -> None:
        await self._keep(revisits.put_off, refs)

    async def log_request(self, entry: RequestEntry) -> None:
        # Not waited for: it would hold a connection to the shop up.
        self._refuse_after_fault()
        logged = await self._keeper.ask(runs.log_request, entry)
        logged.add_done_callback(self._note_fault)

    async def kept_answer(self, asked: Sha256) -> KeptAnswer | None:
        if not self._taken_over:
            return None
        return await self._keep(runs.kept_answer, asked, self._taken_over)

    async def preserve_page(self, page: Page) -> None:
        await self._keep(_preserve_page, page, self._run_id)

    async def known_picture(self, url: str) -> Picture | None:
        return await self._keep(intake.known_picture, url)

    async def preserve_picture(
        self, url: str, data: bytes, media_type: str, fetched_at: datetime
    ) -> Picture:
        sha256 = await self._keep(
            _preserve_picture, url, data, media_type, fetched_at, self._run_id
        )
        return Picture(url=url, sha256=sha256)

    async def enter_picture(self, picture: Picture, facts: PictureFacts) -> None:
        await self._keep(intake.enter_picture, picture, facts)

    async def take_in(self, sighting: Sighting, validators: Validators | None = None) -> None:
        await self._keep(intake.take_in, sighting, validators)

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        await self._keep(intake.mark_gone, ref, at, self._run_id)

    async def keep_results(self, shown: Mapping[str, Collection[ListingRef]]) -> None:
        if self._run_id is not None and shown:
            await self._keep(runs.keep_results, self._run_id, shown)

    async def capture_targets(self, platform: str, keys: Sequence[str]) -> tuple[Listing, ...]:
        return await asyncio.to_thread(captures.capture_targets, self._context, platform, keys)

    async def keep_capture(self, ref: ListingRef, shot: Shot, found_on: Sha256) -> None:
        await self._keep(_keep_capture, ref, shot, self._run_id, found_on)

    async def finish_run(
        self, outcomes: Sequence[Outcome], counts: Mapping[str, int]
    ) -> Mapping[str, int]:
        if self._run_id is None:
            return counts
        return (await self._keep(runs.finish_run, self._run_id, outcomes, counts)).counts

    async def close(self) -> None:
        await self._keeper.close()

    async def _keep(self, act: Callable[..., _Result], *arguments: object) -> _Result:
        """Have the keeping process call a function of casework, after all that was given before.

        Raises: what the function raises; StorageFault.
        """
        self._refuse_after_fault()
        try:
            return await self._keeper.call(act, *arguments)
        except ProcessGone:
            raise StorageFault("the process that keeps what is found has ended") from None

    def _refuse_after_fault(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _note_fault(self, logged: asyncio.Future[None]) -> None:
        error = logged.exception()
        if error is not None and self._fault is None:
            self._fault = StorageFault(f"the collection log could not be kept: {error}")


def _keep_capture(
    context: Context, ref: ListingRef, shot: Shot, run_id: RunId, found_on: Sha256
) -> None:
    captures.keep_capture(context, ref, shot, run_id=run_id, found_on=found_on, by=BY)


def keep_together(context: Context, calls: Sequence[Call]) -> list[Answer]:
    """Carry calls out in one unit of work; where one fails, each in its own.

    A call carried out twice meets what it wrote the first time.
    """
    if len(calls) > 1:
        try:
            with together(context):
                return [Answer(call.function(context, *call.arguments)) for call in calls]
        except Exception:  # noqa: BLE001, S110 (whichever failed fails again, alone, and is told)
            pass
    return each_alone(context, calls)


def open_sink(job: CrawlJob) -> Sink:
    """Return the place that a job names."""
    if job.out_file is None:
        return DatabaseSink(job)
    pictures = Path(job.pictures_folder) if job.pictures_folder else None
    return FileSink(Path(job.out_file), pictures if job.wants_pictures else None)


def _open(settings: Settings) -> Context:
    return open_context(settings)


def _start_run(context: Context, platform: str, job: CrawlJob, robots_override: str | None) -> Run:
    return runs.start_run(
        context,
        platform=platform,
        spider=job.spider,
        target=job.target,
        queries=job.queries,
        user_agent=job.user_agent,
        pace_s=job.pace_s,
        robots_override=robots_override,
    )


def _plan_visits(context: Context, platform: str, job: CrawlJob) -> VisitPlan:
    return revisits.plan_visits(
        context,
        platform,
        limit=job.max_pages,
        everything=job.watch_all,
        keys=job.watch_keys,
    )


def _preserve_page(context: Context, page: Page, run_id: RunId | None) -> None:
    intake.preserve_page(context, page, run_id=run_id, by=BY)


def _preserve_picture(
    context: Context,
    url: str,
    data: bytes,
    media_type: str,
    fetched_at: datetime,
    run_id: RunId | None,
) -> Sha256:
    return intake.preserve_picture_bytes(
        context,
        url=url,
        data=data,
        media_type=media_type,
        fetched_at=fetched_at,
        run_id=run_id,
        by=BY,
    )


def _settings_of(job: CrawlJob) -> Settings:
    given: dict[str, Any] = {
        "SUYUAN_DATABASE": job.database_url or "",
        "SUYUAN_CONTACT": job.contact,
    }
    if job.data_folder is not None:
        given["SUYUAN_HOME"] = job.data_folder
    return load_settings(given)
