"""The collection log form: a run's header, its requests, its outcomes, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from domain.forms.fields import without_empty, write_time
from domain.runs import Outcome, RequestEntry, Run


def collection_lines(run: Run, log: Iterable[RequestEntry], **header: object) -> Iterator[bytes]:
    """Write a collection log, `kind` first in each line: run, then request …, then outcome ….

    `header` adds members to the first line.
    """
    yield _line({"kind": "run", **run_to_json(run), **header})
    for entry in log:
        yield _line({"kind": "request", **request_to_json(entry)})
    for outcome in run.outcomes:
        yield _line({"kind": "outcome", **_outcome_to_json(outcome)})


def run_to_json(run: Run) -> dict[str, object]:
    """Write who asked what of whom, and how."""
    return without_empty(
        {
            "run": run.run_id,
            "platform": run.platform,
            "spider": run.spider.value,
            "target": run.target,
            "queries": list(run.queries),
            "started_at": write_time(run.started_at),
            "ended_at": write_time(run.ended_at) if run.ended_at else None,
            "user_agent": run.user_agent,
            "pace_s": run.pace_s,
            "robots_override": run.robots_override,
            "counts": dict(run.counts),
        }
    )


def request_to_json(entry: RequestEntry) -> dict[str, object]:
    """Write one request; `asked` is what `found_on` of another line refers to."""
    known = without_empty(
        {
            "note": entry.note,
            "content_type": entry.content_type,
            "location": entry.location,
            "status": entry.status,
            "sha256": entry.sha256,
            "asked": entry.asked,
            "found_on": entry.found_on,
        }
    )
    return {
        "url": entry.url,
        "at": write_time(entry.at),
        "robots": entry.robots,
        "bytes": entry.bytes_count,
        **known,
    }


def _outcome_to_json(outcome: Outcome) -> dict[str, object]:
    known = without_empty({"query": outcome.query, "words": outcome.words})
    return {"outcome": outcome.kind.value, "listings": outcome.listings, **known}


def _line(members: Mapping[str, object]) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
