"""Finds go into a file of Sightings, with the bytes beside it."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from casework.runs import KeptAnswer
from domain.captures import Shot
from domain.common import RunId, Sha256, StorageFault, WrongUse, derive_id, digest
from domain.forms import request_to_json, sighting_to_json
from domain.listings import Listing, ListingRef, Sighting
from domain.pages import Page
from domain.pictures import Picture, PictureFacts
from domain.revisits import Validators, VisitPlan
from domain.runs import CLEAN, Outcome, RequestEntry

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
_NO_LISTINGS = "a watch revisits the listings of a database; a file holds none"


def part_of(file: Path) -> Path:
    """Return where a file is written until the crawl ends."""
    return file.with_name(f"{file.name}.part")


class FileSink:
    """Finds go into FILE.part, which becomes FILE when the run ends, however it ends.

    Beside FILE lie FILE.pages/ (bytes of pages, named by SHA-256) and FILE.requests.jsonl (the
    collection log, written in the same way). `file` of a picture is relative to the folder of
    FILE.

    Older files are replaced at the end. They stay when the run gathered nothing and did not end
    clean; its log is then left as FILE.requests.jsonl.part.
    """

    def __init__(self, out_file: Path, pictures_folder: Path | None) -> None:
        self._out_file = out_file
        self._pages = Path(f"{out_file}.pages")
        self._requests = Path(f"{out_file}.requests.jsonl")
        self._pictures = pictures_folder
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def context(self) -> None:
        return None

    async def start_run(self, platform: str, robots_override: str | None) -> RunId:
        await asyncio.to_thread(self._make_room)
        return RunId(derive_id("run", platform, str(self._out_file), self.now().isoformat()))

    async def plan_visits(self, platform: str) -> VisitPlan:
        raise WrongUse(_NO_LISTINGS)

    async def see_not_modified(self, ref: ListingRef, at: datetime) -> None:
        raise WrongUse(_NO_LISTINGS)

    async def put_off(self, refs: Collection[ListingRef]) -> None:
        raise WrongUse(_NO_LISTINGS)

    async def log_request(self, entry: RequestEntry) -> None:
        await asyncio.to_thread(self._append, self._requests, request_to_json(entry))

    async def kept_answer(self, asked: Sha256) -> KeptAnswer | None:
        return None

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

    async def enter_picture(self, picture: Picture, facts: PictureFacts) -> None:
        """The hash stands in the Sightings that show the picture."""

    async def take_in(self, sighting: Sighting, validators: Validators | None = None) -> None:
        await asyncio.to_thread(self._append, self._out_file, sighting_to_json(sighting))

    async def mark_gone(self, ref: ListingRef, at: datetime) -> None:
        raise WrongUse(_NO_LISTINGS)

    async def keep_results(self, shown: Mapping[str, Collection[ListingRef]]) -> None:
        """A file tells what one query showed: the yield of queries is counted in a database."""

    async def capture_targets(self, platform: str, keys: Sequence[str]) -> tuple[Listing, ...]:
        raise WrongUse("captures are of the listings of a database; a file holds none")

    async def keep_capture(self, ref: ListingRef, shot: Shot, found_on: Sha256) -> None:
        raise WrongUse("captures are evidence: they are kept in a database")

    async def finish_run(
        self, outcomes: Sequence[Outcome], counts: Mapping[str, int]
    ) -> Mapping[str, int]:
        clean = all(outcome.kind in CLEAN for outcome in outcomes)
        await asyncio.to_thread(self._name_files, clean)
        return counts

    async def close(self) -> None:
        """Nothing stays open between two lines."""

    def _make_room(self) -> None:
        try:
            self._out_file.parent.mkdir(parents=True, exist_ok=True)
            self._pages.mkdir(exist_ok=True)
            if self._pictures is not None:
                self._pictures.mkdir(parents=True, exist_ok=True)
            for file in (self._out_file, self._requests):
                if file.exists() and not file.is_file():
                    raise StorageFault(f"{file}: expected a file that can be replaced")
                part_of(file).write_bytes(b"")
        except OSError as fault:
            raise StorageFault(f"{fault.filename}: {fault.strerror}") from fault

    def _name_files(self, clean: bool) -> None:
        try:
            gathered = part_of(self._out_file).stat().st_size > 0
            if not gathered and not clean and self._out_file.exists():
                part_of(self._out_file).unlink()
                return
            for file in (self._out_file, self._requests):
                part_of(file).replace(file)
        except OSError as fault:
            raise StorageFault(f"{fault.filename}: {fault.strerror}") from fault

    def _keep_picture(self, url: str, data: bytes, media_type: str) -> Picture:
        folder = self._pictures
        if folder is None:
            raise WrongUse("this crawl was asked for no pictures")
        sha256 = digest(data)
        file = folder / f"{sha256}{_ENDINGS.get(media_type, '')}"
        _write_once(file, data)
        relative = os.path.relpath(file, self._out_file.parent)
        return Picture(url=url, sha256=sha256, file=relative)

    def _append(self, file: Path, value: Mapping[str, object]) -> None:
        line = json.dumps(value, ensure_ascii=False) + "\n"
        try:
            with self._lock, part_of(file).open("ab") as stream:
                stream.write(line.encode("utf-8", "replace"))
        except OSError as fault:
            raise StorageFault(f"{file}: {fault.strerror}") from fault


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
