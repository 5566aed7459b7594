"""The collection log of a run as a file."""

from __future__ import annotations

import json

import pytest

from casework.collection import download_run, export_run, summarise_run
from casework.context import Context
from casework.runs import finish_run, log_request, start_run
from domain.common import NotAllowed, NotFound, RunId, digest
from domain.runs import Outcome, OutcomeKind, RequestEntry, Run, SpiderName
from domain.users import User
from tests.casework.conftest import PLATFORM
from tests.conftest import START


def entry(run: Run, url: str, **more: object) -> RequestEntry:
    values: dict[str, object] = {"robots": "allowed", "status": 200, "sha256": digest(url.encode())}
    values |= {"run_id": run.run_id, "url": url, "at": START, "bytes_count": len(url)}
    return RequestEntry(**{**values, **more})  # type: ignore[arg-type]


@pytest.fixture
def run(context: Context) -> Run:
    return start_run(
        context,
        platform=PLATFORM,
        spider=SpiderName.SEARCH,
        target=f"https://{PLATFORM}/",
        queries=("桃酥",),
        user_agent="Suyuan/0.1 (+bureau@example.org)",
        pace_s=2.0,
        robots_override="shop's consent of 2026-11-01",
    )


def test_a_log_is_written_as_header_requests_and_outcomes(context: Context, run: Run) -> None:
    log_request(context, entry(run, "https://shop.example/", asked=digest(b"start")))
    log_request(
        context,
        entry(run, "https://shop.example/1", status=None, sha256=None, note="TimeoutError: 60 s",
              found_on=digest(b"start")),
    )  # fmt: skip
    finish_run(
        context,
        run.run_id,
        [Outcome(query="桃酥", kind=OutcomeKind.FOUND, listings=1)],
        {"timed_out": 1},
    )
    written = list(export_run(context, run.run_id))
    header, first, second, outcome = (json.loads(line) for line in written)
    assert header == {
        "kind": "run",
        "run": run.run_id,
        "platform": PLATFORM,
        "spider": "search",
        "target": f"https://{PLATFORM}/",
        "queries": ["桃酥"],
        "started_at": "2026-11-22T08:00:00Z",
        "ended_at": "2026-11-22T08:00:00Z",
        "user_agent": "Suyuan/0.1 (+bureau@example.org)",
        "pace_s": 2.0,
        "robots_override": "shop's consent of 2026-11-01",
        "counts": {"timed_out": 1},
    }
    assert first == {
        "kind": "request",
        "url": "https://shop.example/",
        "at": "2026-11-22T08:00:00Z",
        "robots": "allowed",
        "bytes": 21,
        "status": 200,
        "sha256": digest(b"https://shop.example/"),
        "asked": digest(b"start"),
    }
    assert second["found_on"] == first["asked"]
    assert "status" not in second, "no answer came"
    assert outcome == {"kind": "outcome", "outcome": "found", "listings": 1, "query": "桃酥"}
    assert all(line.endswith(b"\n") for line in written)
    assert summarise_run(context, run.run_id).answers == {200: 1, None: 1}


def test_a_log_is_for_operators_and_investigators(
    context: Context, run: Run, investigator: User, operator: User, holder: User
) -> None:
    for user in (investigator, operator):
        assert len(list(download_run(context, user, run.run_id))) == 1
    with pytest.raises(NotAllowed):
        download_run(context, holder, run.run_id)
    with pytest.raises(NotFound):
        export_run(context, RunId("none"))
