"""The collection log of a run as a file: the whole of it, or what lies behind some exhibits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from casework.access import require
from casework.context import Context
from casework.runs import broken_off_before
from domain.common import NotFound, RunId, Words
from domain.evidence import Evidence
from domain.forms import collection_lines
from domain.lineage import Lineage, Wanted, trace
from domain.runs import Run
from domain.users import Role, User
from storage import Unit, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run with what came of its requests."""

    run: Run
    answers: dict[int | None, int]
    """HTTP status ▶ requests that were answered so; None: those that got no answer."""


def summarise_run(context: Context, run_id: RunId) -> RunSummary:
    """Return a run with its requests counted.

    Raises: NotFound.
    """
    run = _find_run(context, run_id)
    with context.database.read() as unit:
        answers = Counter(entry.status for entry in runs.requests_of(unit, run_id))
    return RunSummary(run=run, answers=dict(answers))


def export_run(context: Context, run_id: RunId) -> Iterator[bytes]:
    """Return the whole collection log of a run, line by line: header, requests, outcomes.

    Raises: NotFound, before the first line.
    """
    return _log_lines(context, _find_run(context, run_id))


def download_run(context: Context, user: User, run_id: RunId) -> Iterator[bytes]:
    """Return the whole collection log of a run to an operator or an investigator.

    It names every listing that the run met, whoever's right is concerned.

    Raises: NotAllowed, NotFound.
    """
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    return export_run(context, run_id)


def _find_run(context: Context, run_id: RunId) -> Run:
    with context.database.read() as unit:
        run = runs.find_run(unit, run_id)
    if run is None:
        raise NotFound(f"there is no run {run_id}")
    return run


def _log_lines(context: Context, run: Run) -> Iterator[bytes]:
    with context.database.read() as unit:
        yield from collection_lines(run, runs.requests_of(unit, run.run_id))


RULE = Words(
    zh="本文件为该次采集日志的摘录，仅含取得本证据包内证据所经过的请求："
    "证据本身、逐级指向它的页面、途中的重定向、卖家页面、截图时浏览器加载的内容，"
    "以及所涉主机的 robots.txt；其他商品的请求未列入。",
    en="An excerpt of the run's collection log: the requests by which exhibits of this package "
    "were come by (the exhibits themselves, the pages that led to them step by step, redirects "
    "on the way, the seller's page, what the browser asked to draw a captured page, and the "
    "robots.txt of the hosts among them). Requests for other listings are left out.",
)


def collection_files(
    unit: Unit, pieces: Sequence[Evidence], *, seller_urls: Collection[str]
) -> list[tuple[str, bytes]]:
    """Write, for each run that took one of some pieces, the requests that led to them.

    Returns (collection/RUN.jsonl, bytes). A run that went on where an earlier one was broken off
    brings that one's file along, as far as it was led on by its pages.
    """
    wanted: dict[RunId, Wanted] = {}
    for piece in pieces:
        if piece.run_id is not None:
            of_run = wanted.setdefault(RunId(piece.run_id), Wanted(urls=seller_urls))
            of_run.pieces.add((piece.source_url, piece.sha256))
    files: dict[RunId, bytes] = {}
    waiting = list(wanted)
    while waiting:
        run_id = waiting.pop()
        run = runs.find_run(unit, run_id)
        if run is None:
            continue
        log = tuple(runs.requests_of(unit, run_id))
        found = trace(log, wanted[run_id])
        files[run_id] = _excerpt(run, found, len(log))
        earlier = broken_off_before(unit, run) if found.missing else ()
        for asked in sorted(found.missing):
            answer = runs.find_answer(unit, asked, earlier) if earlier else None
            if answer is not None and asked not in wanted.setdefault(answer.run_id, Wanted()).asked:
                wanted[answer.run_id].asked.add(asked)
                waiting.append(answer.run_id)
    return [(f"collection/{run_id}.jsonl", files[run_id]) for run_id in sorted(files)]


def _excerpt(run: Run, found: Lineage, requests: int) -> bytes:
    lines = collection_lines(
        run, found.entries, rule_zh=RULE.zh, rule_en=RULE.en, requests_of_run=requests
    )
    return b"".join(lines)
