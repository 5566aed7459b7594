"""What the crawler gathered, and what stopped it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from casework import collection, histories, queries, runs
from casework.access import require
from casework.platforms import paused_platforms
from domain.common import RunId
from domain.expectations import words_of
from domain.platforms import WHAT_HAPPENED
from domain.runs import CLEAN, Run
from domain.users import Role
from web.narrowing import flag_path
from web.platforms import platform_path
from web.queries import queries_path
from web.render import render
from web.run_words import RUN_COUNTS
from web.session import Desk, SignedIn

router = APIRouter()

SHOWN_REQUESTS = 500
"""Lines of the collection log on a page; the whole log is in the database."""
SHOWN_CHANGES = 200
"""Listings that a run found changed, on a page."""


@router.get("/runs")
def show_runs(request: Request, context: Desk, user: SignedIn) -> Response:
    """List the latest runs."""
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    return render(
        request,
        context,
        "runs.html",
        runs=runs.list_runs(context),
        is_clean=is_clean,
        pauses=paused_platforms(context),
        what_happened=WHAT_HAPPENED,
        platform_path=platform_path,
    )


@router.get("/runs/{run_id}")
def show_run(request: Request, context: Desk, user: SignedIn, run_id: str) -> Response:
    """Show how one run ended and what it requested; what was refused comes first."""
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    run, log = runs.show_run(context, RunId(run_id))
    troubled = [entry for entry in log if entry.status is None or entry.status >= 400]
    return render(
        request,
        context,
        "run.html",
        run=run,
        rights_of=queries.rights_of_texts(context, user, run.queries),
        queries_path=queries_path,
        is_clean=is_clean,
        words_of=words_of,
        changed=histories.changed_by_run(context, user, run.run_id, limit=SHOWN_CHANGES),
        shown_changes=SHOWN_CHANGES,
        flag_path=flag_path,
        count_names=RUN_COUNTS,
        troubled=troubled[:SHOWN_REQUESTS],
        log=log[:SHOWN_REQUESTS],
        log_size=len(log),
    )


@router.get("/runs/{run_id}/log")
def download_log(context: Desk, user: SignedIn, run_id: str) -> Response:
    """Give out the whole collection log of a run as JSON Lines."""
    lines = collection.download_run(context, user, RunId(run_id))
    disposition = f"attachment; filename*=UTF-8''{quote(f'suyuan-run-{run_id}.jsonl', safe='')}"
    return StreamingResponse(
        lines, media_type="application/jsonl", headers={"Content-Disposition": disposition}
    )


def is_clean(run: Run) -> bool:
    """Tell whether a run ended and every query of it was answered in full."""
    return run.ended_at is not None and all(outcome.kind in CLEAN for outcome in run.outcomes)
