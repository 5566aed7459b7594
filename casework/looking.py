"""Looking at the pictures of listings: each once, for whatever references are new to it.

What is to be looked at is a query over what is stored, so a second call finds nothing to do. A
listing's pictures have a budget: what it does not reach is taken up by the next call, after all
that is new.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing import get_context

from casework.context import Context, open_context
from casework.picture_floors import open_floors, use_floors
from casework.picture_indexes import OnProgress, open_stored_pictures
from casework.picture_process import (
    algebra_in_one_thread,
    begin_picture_process,
    keep_memory,
)
from casework.settings import Settings
from casework.shown import show_pictures
from domain.common import Sha256, SuyuanError, digest_of
from domain.listings import ListingRef
from domain.pictures import PictureText
from matchers.pictures.decode import decode_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.look_index import LookIndex
from matchers.pictures.looking import STAGES, Looked, Stage, look_at
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import reader_name
from storage import Unit, looks, rights, signs
from storage.looks import LookTask, Standing, StoredHit

_CHUNK = 100
"""Listings looked at between two writings: what is lost when a process is ended."""
WORDS = "words"
"""The stage that reads."""
SEALS = "seals"
"""The stage that finds official signs."""
_log = logging.getLogger("suyuan.looking")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookResult:
    """What one call did."""

    listings: int = 0
    pictures: int = 0
    """Looked at now; known ones are not counted."""
    hits: int = 0
    texts: int = 0
    """Pictures in which words were read."""
    unreadable: int = 0
    left_out: int = 0
    """Looks that budgets did not reach, of all listings so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One picture, and what is still to be looked for in it."""

    sha256: Sha256
    stages: tuple[str, ...]
    after: int
    """Only references numbered above this; 0 for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    job: _Job
    looked: Looked | None
    """None where the bytes are lost or cannot be decoded."""


@dataclass(slots=True)
class _Looker:
    """What a process needs to look at pictures; indexes are opened when they are asked for."""

    context: Context
    _index: LookIndex | None = None
    _later: dict[int, LookIndex] = field(default_factory=dict)

    def look(self, jobs: Sequence[_Job]) -> list[_Done]:
        """Look at pictures of one listing, until its budget is spent."""
        left: float = self.context.settings.look_budget_ms
        done = []
        for job in jobs:
            looked = self._look_at(job, max(left, 0.0))
            left -= looked.spent_ms if looked else 0.0
            done.append(_Done(job=job, looked=looked))
        return done

    def _look_at(self, job: _Job, budget_ms: float) -> Looked | None:
        try:
            decoded = decode_picture(self.context.blobs.get(job.sha256), job.sha256)
        except SuyuanError as refusal:
            _log.warning("a picture was not looked at: %s", refusal)
            return None
        index, lines = self._index_after(job.after), None
        if WORDS not in job.stages:
            with self.context.database.read() as unit:
                text = looks.texts_of(unit, [job.sha256]).get(job.sha256)
            lines = text.lines if text else None
        return look_at(decoded, index, budget_ms, stages=job.stages, lines=lines)

    def open_index(self, workers: int = 1, on_describing: OnProgress | None = None) -> LookIndex:
        """Return the index of all references; it is opened, or made, when first asked for."""
        if self._index is None:
            with self.context.database.read() as unit:
                references = rights.references_of(unit)
            self._index = open_stored_pictures(
                self.context, references, workers=workers, on_progress=on_describing
            )
            use_floors(self._index, open_floors(self.context.settings.indexes_folder))
        return self._index

    def _index_after(self, after: int) -> LookIndex:
        """Return the index for a picture in which all up to a reference were looked for.

        The others still stand beside the new ones: what is more like them is not taken for new.
        """
        if not after:
            return self.open_index()
        if after not in self._later:
            with self.context.database.read() as unit:
                new = frozenset(rights.references_of(unit, after=after))
            self._later[after] = replace(self.open_index(), answering=new)
        return self._later[after]


def look(
    context: Context,
    *,
    workers: int = 1,
    on_progress: Callable[[int], None] | None = None,
    on_describing: OnProgress | None = None,
) -> LookResult:
    """Look at the pictures of every listing that is new, changed, or not yet looked at in this way.

    `workers`: processes that look. `on_progress` is told the number of listings done so far,
    `on_describing` how many references were described, of how many that are new.
    """
    with context.database.read() as unit:
        last = rights.last_reference(unit)
    state = f"{', '.join(stage.full_name for stage in STAGES)}, {last}"
    counts = dict.fromkeys(("listings", "pictures", "hits", "texts", "unreadable"), 0)
    seen: set[ListingRef] = set()
    with _looking(context, workers, on_describing) as run:
        for again in (False, True):
            for tasks in _work_list(context, state, again=again):
                fresh = [task for task in tasks if task.ref not in seen]
                seen.update(task.ref for task in fresh)
                tell = _from(counts["listings"], on_progress)
                done = _look_at_listings(context, fresh, state, last, run, tell)
                _count(counts, len(fresh), done)
                tell(len(fresh))
    with context.database.read() as unit:
        return LookResult(**counts, left_out=looks.count_left_out(unit))


def _from(before: int, on_progress: Callable[[int], None] | None) -> Callable[[int], None]:
    """Return what tells how many are done, with those done before."""
    return lambda done: on_progress(before + done) if on_progress is not None else None


def _work_list(context: Context, state: str, *, again: bool) -> Iterator[tuple[LookTask, ...]]:
    after: ListingRef | None = None
    while True:
        with context.database.read() as unit:
            tasks = looks.unlooked(unit, state, after=after, limit=_CHUNK, again=again)
        if not tasks:
            return
        yield tasks
        after = tasks[-1].ref


_Run = Callable[[Sequence[Sequence[_Job]]], Iterable[list[_Done]]]
"""Looks at the pictures of listings, those of one listing together."""


def _look_at_listings(
    context: Context,
    tasks: Sequence[LookTask],
    state: str,
    last: int,
    run: _Run,
    tell: Callable[[int], None],
) -> list[_Done]:
    wanted = {sha256 for task in tasks for sha256 in task.pictures}
    with context.database.read() as unit:
        standings = looks.standings_of(unit, wanted)
    taken: set[Sha256] = set()
    jobs: list[list[_Job]] = []
    for task in tasks:
        mine = [sha256 for sha256 in task.pictures if sha256 not in taken]
        taken.update(mine)  # A picture of two listings is looked at for the first of them.
        jobs.append([job for one in mine for job in _jobs(one, standings.get(one, {}), last)])
    done: list[_Done] = []
    for number, many in enumerate(run([many for many in jobs if many]), 1):
        done += many
        tell(number)
    with context.database.write() as unit:
        for one in done:
            _keep(unit, one, last, context.clock())
        _leave_work_list(unit, tasks, state, last)
    return done


def _jobs(sha256: Sha256, standings: Mapping[str, Standing], last: int) -> Iterator[_Job]:
    """Yield what is still to be looked for in a picture: by new ways all, by others what is new."""
    behind: defaultdict[int, list[str]] = defaultdict(list)
    for stage in STAGES:
        if (after := _looked_up_to(stage, standings, last)) < last:
            behind[after].append(stage.name)
    for after, stages in sorted(behind.items()):
        yield _Job(sha256=sha256, stages=tuple(stages), after=after)


def _looked_up_to(stage: Stage, standings: Mapping[str, Standing], last: int) -> int:
    """Return the number of the last reference that a stage looked for; 0 when it never looked."""
    standing = standings.get(stage.name)
    if standing is None or standing.version != stage.version:
        return 0
    return standing.up_to if stage.has_references else last


def _keep(unit: Unit, done: _Done, last: int, now: datetime) -> None:
    """Store what was found in a picture; of one that cannot be read, that it was looked at."""
    sha256, looked = done.job.sha256, done.looked
    found = looked.found if looked else dict.fromkeys(done.job.stages, ())
    for stage in STAGES:
        if stage.name in found:
            standing = Standing(version=stage.version, up_to=last)
            hits = [_stored(hit) for hit in found[stage.name]]
            only_new = done.job.after > 0
            looks.save_look(unit, sha256, stage.name, standing, hits, now, keep_hits=only_new)
    if SEALS in found:
        signs.save_signs(unit, sha256, looked.signs if looked else ())
    if looked and (WORDS in looked.found or looked.lines):
        lines = looked.lines
        text = (
            PictureText(sha256=sha256, lines=lines, reader=reader_name(open_reader()))
            if lines
            else None
        )
        looks.save_text(unit, sha256, text)


def _stored(hit: PictureHit) -> StoredHit:
    return StoredHit(
        right_id=hit.reference.right_id,
        role=hit.reference.role,
        reference=hit.reference.sha256,
        how=hit.how,
        score=hit.score,
        box=hit.box,
        quad=hit.quad,
    )


def _leave_work_list(unit: Unit, tasks: Sequence[LookTask], state: str, last: int) -> None:
    wanted = {sha256 for task in tasks for sha256 in task.pictures}
    standings, shown = looks.standings_of(unit, wanted), show_pictures(unit, wanted)
    for task in tasks:
        left_out = sum(
            _looked_up_to(stage, standings.get(sha256, {}), last) < last
            for sha256 in task.pictures
            for stage in STAGES
        )
        found = [
            f"{shown[one].hits} {shown[one].text} {shown[one].signs}"
            for one in sorted(task.pictures)
            if not shown[one].is_empty
        ]
        looks.save_listing_look(
            unit,
            task,
            state=state,
            found_digest=digest_of(found) if found else None,
            left_out=left_out,
        )


def _count(counts: dict[str, int], listings: int, done: Sequence[_Done]) -> None:
    looked = [one.looked for one in done if one.looked is not None]
    counts["listings"] += listings
    counts["pictures"] += len({one.job.sha256 for one in done})
    counts["unreadable"] += len(done) - len(looked)
    counts["hits"] += sum(len(one.hits) for one in looked)
    counts["texts"] += sum(bool(one.lines) for one in looked)


_worker: _Looker | None = None
"""Of a process that only looks."""


@contextmanager
def _looking(context: Context, workers: int, on_describing: OnProgress | None) -> Iterator[_Run]:
    """Give what looks at pictures: this process, or several others.

    The index is made here, by all of them, when the first picture is to be looked at; then each
    process opens what was saved.
    """
    looker = _Looker(context)

    def look_here(jobs: Sequence[Sequence[_Job]]) -> Iterable[list[_Done]]:
        if jobs:
            looker.open_index(workers, on_describing)
        return map(looker.look, jobs)

    if workers <= 1:
        keep_memory()
        with algebra_in_one_thread():
            yield look_here
        return
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_begin, initargs=(context.settings,)
    ) as pool:

        def look_there(jobs: Sequence[Sequence[_Job]]) -> Iterable[list[_Done]]:
            if jobs:
                looker.open_index(workers, on_describing)
            return pool.map(_look, jobs)

        yield look_there


def _begin(settings: Settings) -> None:
    begin_picture_process()
    global _worker
    _worker = _Looker(open_context(settings))


def _look(jobs: Sequence[_Job]) -> list[_Done]:
    assert _worker is not None
    return _worker.look(jobs)
