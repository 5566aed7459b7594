"""Where a crawl's finds go: the database, or a file of Sightings with the bytes beside it.

Each method is one unit of work, carried out in a thread so that the reactor goes on.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from casework import intake, runs
from casework.context import Context, open_context
from casework.settings import Settings, load_settings
from crawler.jobs import CrawlJob
from domain.common import RunId, StorageFault, WrongUse, derive_id, digest
from domain.forms import sighting_to_json
from domain.forms.fields import write_time
from domain.listings import Listing, ListingRef, Sighting
from domain.pages import Page
from domain.pictures import Picture
from domain.runs import Outcome, RequestEntry
from matchers.pictures import describe_picture

BY = "suyuan crawler"
"""Named in the custody log of what a crawl preserves."""
_Result = TypeVar("_Result")
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}


class Sink(Protocol):
    """What the spiders need of the place where finds go."""

    def now(self) -> datetime: ...

    async def start_run(self, platform: str) -> RunId:
        """Open a run; called once, before anything else."""

    async def watch_targets(self, platform: str) -> tuple[Listing, ...]:
        """Return the listings to revisit."""

    async def log_request(self, entry: RequestEntry) -> None:
        """Append to the collection log."""

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

    async def finish_run(self, outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
        """Close the run."""


class DatabaseSink:
    """Finds go through casework into the database and its blobs."""

    def __init__(self, job: CrawlJob) -> None:
        self._job = job
        self._context: Context = open_context(_settings_of(job))
        self._run_id: RunId | None = None
        # SQLite has one writer: waiting here is cheaper than its busy loop.
        self._writing = asyncio.Lock()

    def now(self) -> datetime:
        return self._context.clock()

    async def start_run(self, platform: str) -> RunId:
        run = await self._write(
            lambda: runs.start_run(
                self._context,
                platform=platform,
                spider=self._job.spider,
                target=self._job.target,
                queries=self._job.queries,
            )
        )
        self._run_id = run.run_id
        return run.run_id

    async def watch_targets(self, platform: str) -> tuple[Listing, ...]:
        return await asyncio.to_thread(runs.watch_targets, self._context, platform)

    async def log_request(self, entry: RequestEntry) -> None:
        await self._write(lambda: runs.log_request(self._context, entry))

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

    async def finish_run(self, outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
        run_id = self._run_id
        if run_id is not None:
            await self._write(lambda: runs.finish_run(self._context, run_id, outcomes, counts))

    async def _write(self, act: Callable[[], _Result]) -> _Result:
        async with self._writing:
            return await asyncio.to_thread(act)


class FileSink:
    """Finds go into a file of Sightings; an older file of the same name is replaced.

    Beside FILE lie FILE.pages/ (bytes of pages, named by SHA-256) and FILE.requests.jsonl (the
    collection log). `file` of a picture is relative to the folder of FILE.
    """

    def __init__(self, out_file: Path, pictures_folder: Path | None) -> None:
        self._out_file = out_file
        self._pages = Path(f"{out_file}.pages")
        self._requests = Path(f"{out_file}.requests.jsonl")
        self._pictures = pictures_folder
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def start_run(self, platform: str) -> RunId:
        await asyncio.to_thread(self._make_room)
        return RunId(derive_id("run", platform, str(self._out_file), self.now().isoformat()))

    async def watch_targets(self, platform: str) -> tuple[Listing, ...]:
        raise WrongUse("a watch revisits the listings of a database; a file holds none")

    async def log_request(self, entry: RequestEntry) -> None:
        line = {
            "url": entry.url,
            "at": write_time(entry.at),
            "robots": entry.robots,
            "status": entry.status,
            "bytes": entry.bytes_count,
            "sha256": entry.sha256,
            "note": entry.note or None,
        }
        known = {name: value for name, value in line.items() if value is not None}
        await asyncio.to_thread(self._append, self._requests, known)

    async def preserve_page(self, page: Page) -> None:
        for data in (page.body, page.rendered):
            if data is not None:
                await asyncio.to_thread(_write_once, self._pages / digest(data), data)

    async def known_picture(self, url: str) -> Picture | None:
        return None

    async def preserve_picture(
        self, url: str, data: bytes, media_type: str, fetched_at: datetime
    ) -> Picture:
        return await asyncio.to_thread(self._keep_picture, url, data, media_type)

    async def take_in(self, sighting: Sighting) -> None:
        await asyncio.to_thread(self._append, self._out_file, sighting_to_json(sighting))

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        raise WrongUse("a file holds no listings that could be gone")

    async def finish_run(self, outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
        """Nothing is open between two lines."""

    def _make_room(self) -> None:
        try:
            self._out_file.parent.mkdir(parents=True, exist_ok=True)
            self._pages.mkdir(exist_ok=True)
            if self._pictures is not None:
                self._pictures.mkdir(parents=True, exist_ok=True)
            for file in (self._out_file, self._requests):
                file.write_bytes(b"")
        except OSError as fault:
            raise StorageFault(f"{fault.filename}: {fault.strerror}") from fault

    def _keep_picture(self, url: str, data: bytes, media_type: str) -> Picture:
        folder = self._pictures
        if folder is None:
            raise WrongUse("this crawl was asked for no pictures")
        sha256 = digest(data)
        file = folder / f"{sha256}{_ENDINGS.get(media_type, '')}"
        _write_once(file, data)
        facts = describe_picture(data, url)
        relative = os.path.relpath(file, self._out_file.parent)
        return Picture(url=url, sha256=sha256, phash=facts.phash, file=relative)

    def _append(self, file: Path, value: Mapping[str, object]) -> None:
        line = json.dumps(value, ensure_ascii=False) + "\n"
        try:
            with self._lock, file.open("ab") as stream:
                stream.write(line.encode("utf-8", "replace"))
        except OSError as fault:
            raise StorageFault(f"{file}: {fault.strerror}") from fault


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


def _write_once(file: Path, data: bytes) -> None:
    """Write bytes under their digest; a half-written file never bears the name."""
    if file.exists():
        return
    try:
        partial = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as fault:
        raise StorageFault(f"{file}: {fault.strerror}") from fault
