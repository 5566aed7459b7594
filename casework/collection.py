"""The collection log of a run as a file that can leave the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from casework.access import require
from casework.context import Context
from domain.common import NotFound, RunId
from domain.forms import collection_lines
from domain.runs import Run
from domain.users import Role, User
from storage import runs


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
