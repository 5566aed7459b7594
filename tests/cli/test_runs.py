"""`suyuan runs`: list, show, and export with a digest that other tools can check."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from casework.context import open_context
from casework.runs import finish_run, log_request, start_run
from casework.settings import load_settings
from domain.runs import Outcome, OutcomeKind, RequestEntry, Run, SpiderName
from tests.cli.conftest import Command


@pytest.fixture
def run(command: Command) -> Run:
    context = open_context(load_settings())
    run = start_run(
        context, platform="shop.example", spider=SpiderName.SEARCH, target="https://shop.example/"
    )
    entry = RequestEntry(
        run_id=run.run_id,
        url="https://shop.example/茶",
        at=run.started_at,
        robots="allowed",
        status=403,
        bytes_count=2,
        sha256=None,
    )
    log_request(context, entry)
    finish_run(context, run.run_id, [Outcome(query=None, kind=OutcomeKind.BLOCKED, listings=0)], {})
    context.database.close()
    return run


def test_runs_are_listed_and_shown(command: Command, run: Run) -> None:
    [line] = command("runs", "list").out.splitlines()
    run_id, _, *rest = line.split("\t")
    assert (run_id, rest) == (run.run_id, ["search", "shop.example", "0", "blocked"])
    shown = command("runs", "show", run_id).out.splitlines()
    assert "target\thttps://shop.example/" in shown
    assert "answer\t403\t1" in shown
    assert "outcome\tthe whole shop\tblocked\t0\t" in shown


def test_a_log_is_exported_whole_with_its_digest(
    command: Command, run: Run, tmp_path: Path
) -> None:
    ran = command("runs", "export", run.run_id, "--out", "log.jsonl")
    assert ran.status == 0
    (tmp_path / "sums").write_text(ran.out)
    subprocess.run(["sha256sum", "--check", "sums"], cwd=tmp_path, check=True, capture_output=True)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["run", "request", "outcome"]
    assert command("runs", "export", run.run_id, "--out", "-").lines == lines


@pytest.mark.parametrize("arguments", [("show", "none"), ("export", "none", "--out", "x.jsonl")])
def test_a_run_that_is_not_there_is_wrong_use(
    command: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = command("runs", *arguments)
    assert ran.status == 2
    assert "there is no run none" in ran.err
    assert not (tmp_path / "x.jsonl").exists()
