"""Where a crawl's finds go: the database, or a file of Sightings with the bytes beside it.

Each method is one unit of work, carried out in a thread so that the reactor goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from casework import intake, queries, runs
from casework.context import Context, open_context
from casework.runs import KeptAnswer
from casework.settings import Settings, load_settings
from crawler.file_sink import FileSink
from crawler.jobs import CrawlJob
from domain.common import RunId, Sha256
from domain.listings import Listing, ListingRef, Sighting
from domain.pages import Page
from domain.pictures import Picture
from domain.runs import Outcome, RequestEntry

BY = "suyuan crawler"
"""Named in the custody log of what a crawl preserves."""
_Result = TypeVar("_Result")


class Sink(Protocol):
    """What the spiders need of the place where finds go."""

    def now(self) -> datetime: ...

    @property
    def context(self) -> Context | None:
        """Where what is known beyond this run is kept; None for a file."""

    async def start_run(self, platform: str, robots_override: str | None) -> RunId:
        """Open a run; called once, before anything else. The override may be a standing one."""

    async def watch_targets(self, platform: str) -> tuple[Listing, ...]:
        """Return the listings to revisit."""

    async def log_request(self, entry: RequestEntry) -> None:
        """Append to the collection log."""

    async def kept_answer(self, asked: Sha256) -> KeptAnswer | None:
        """Return what a run of this job that was broken off was answered; None to ask again."""

    async def preserve_page(self, page: Page) -> None:
        """Keep a page's bytes, before it is read."""

    async def known_picture(self, url: str) -> Picture | None:
        """Return a picture fetched from this address by an earlier run."""

    async def preserve_picture(
        self, url: str, data: bytes, media_type: str, fetched_at: datetime
    ) -> Picture:
        """Keep a picture's bytes, then hash them. Raises: UnreadablePicture."""

    async def take_in(self, sighting: Sighting) -> None:
        """Keep what a listing or a seller page said."""

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        """Note that a visit found a listing gone."""

    async def keep_results(self, shown: Mapping[str, Collection[ListingRef]]) -> None:
        """Keep which listings each query showed; called once, before the run is closed."""

    async def finish_run(self, outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
        """Close the run."""


class DatabaseSink:
    """Finds go through casework into the database and its blobs."""

    def __init__(self, job: CrawlJob) -> None:
        self._job = job
        self._context: Context = open_context(_settings_of(job))
        self._run_id: RunId | None = None
        self._taken_over: tuple[RunId, ...] = ()
        # SQLite has one writer: waiting here is cheaper than its busy loop.
        self._writing = asyncio.Lock()

    def now(self) -> datetime:
        return self._context.clock()

    @property
    def context(self) -> Context:
        return self._context

    async def start_run(self, platform: str, robots_override: str | None) -> RunId:
        run = await self._write(
            lambda: runs.start_run(
                self._context,
                platform=platform,
                spider=self._job.spider,
                target=self._job.target,
                queries=self._job.queries,
                user_agent=self._job.user_agent,
                pace_s=self._job.pace_s,
                robots_override=robots_override,
            )
        )
        self._run_id = run.run_id
        self._taken_over = await asyncio.to_thread(runs.runs_to_take_over, self._context, run)
        return run.run_id

    async def watch_targets(self, platform: str) -> tuple[Listing, ...]:
        return await asyncio.to_thread(runs.watch_targets, self._context, platform)

    async def log_request(self, entry: RequestEntry) -> None:
        await self._write(lambda: runs.log_request(self._context, entry))

    async def kept_answer(self, asked: Sha256) -> KeptAnswer | None:
        if not self._taken_over:
            return None
        return await asyncio.to_thread(runs.kept_answer, self._context, asked, self._taken_over)

    async def preserve_page(self, page: Page) -> None:
        await self._write(
            lambda: intake.preserve_page(self._context, page, run_id=self._run_id, by=BY)
        )

    async def known_picture(self, url: str) -> Picture | None:
        return await asyncio.to_thread(intake.known_picture, self._context, url)

    async def preserve_picture(
        self, url: str, data: bytes, media_type: str, fetched_at: datetime
    ) -> Picture:
        return await self._write(
            lambda: intake.preserve_picture(
                self._context,
                url=url,
                data=data,
                media_type=media_type,
                fetched_at=fetched_at,
                run_id=self._run_id,
                by=BY,
            )
        )

    async def take_in(self, sighting: Sighting) -> None:
        await self._write(lambda: intake.take_in(self._context, sighting))

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        await self._write(lambda: intake.mark_gone(self._context, ref, at))

    async def keep_results(self, shown: Mapping[str, Collection[ListingRef]]) -> None:
        run_id = self._run_id
        if run_id is not None and shown:
            await self._write(lambda: queries.keep_results(self._context, run_id, shown))

    async def finish_run(self, outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
        run_id = self._run_id
        if run_id is not None:
            await self._write(lambda: runs.finish_run(self._context, run_id, outcomes, counts))

    async def _write(self, act: Callable[[], _Result]) -> _Result:
        async with self._writing:
            return await asyncio.to_thread(act)


def open_sink(job: CrawlJob) -> Sink:
    """Open the place that a job names. Raises: StorageFault."""
    if job.out_file is None:
        return DatabaseSink(job)
    pictures = Path(job.pictures_folder) if job.pictures_folder else None
    return FileSink(Path(job.out_file), pictures if job.wants_pictures else None)


def _settings_of(job: CrawlJob) -> Settings:
    given = {"SUYUAN_DATABASE": job.database_url or "", "SUYUAN_CONTACT": job.contact}
    if job.data_folder is not None:
        given["SUYUAN_HOME"] = job.data_folder
    return load_settings(given)
