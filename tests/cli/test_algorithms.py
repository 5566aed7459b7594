"""Algorithms as an operator looks after them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.algorithms import list_algorithms
from casework.context import Context, open_context
from casework.settings import load_settings
from domain.users import Role, User
from matchers.algorithms import DEFAULT
from tests.cli.conftest import Command
from tests.cli.judging import add_person, judge_titles

SHOPS = 40


@pytest.fixture
def op(command: Command) -> User:
    return add_person(open_context(load_settings()), "op", Role.OPERATOR)


@pytest.fixture
def judged(command: Command, op: User, tmp_path: Path) -> Context:
    """Forty shops with a flag each; only those that say 官方 turn out to infringe."""
    titles = [f"云栖虎卫衣 {'官方' if number % 2 else '批发'}" for number in range(SHOPS)]
    return judge_titles(command, tmp_path, "云栖虎", titles, lambda title: "官方" in title)


def test_train_report_use(command: Command, judged: Context, tmp_path: Path) -> None:
    name = f"{DEFAULT.name}.1"
    trained = command("algorithm", "train", "--by", "op")
    assert trained.status == 0
    assert f"suyuan algorithm report {name}" in trained.err

    changes = tmp_path / "changes.jsonl"
    reported = command("algorithm", "report", name, "--changes", changes)
    assert reported.status == 0
    assert "that were held back" in reported.out
    for line in (DEFAULT.name, name, "recall is of what was flagged before"):
        assert line in reported.out
    changed = [json.loads(line) for line in changes.read_text("utf-8").splitlines()]
    assert changed
    assert all(one["flagged"] is False and one["verdict"] == "genuine" for one in changed)

    assert command("algorithm", "use", name, "--by", "op", "--why", "更准").status == 0
    listed = {line["name"]: line for line in command("algorithm", "list").lines}
    assert listed[name]["in_use"]
    assert listed[name]["reason"] == "更准"
    assert listed[name]["weights"].keys() == {feature.name for feature in DEFAULT.features}
    assert not listed[DEFAULT.name]["in_use"]


def test_a_report_on_nothing_says_so(command: Command, op: User, tmp_path: Path) -> None:
    reported = command("algorithm", "report", DEFAULT.name)
    assert reported.status == 0
    assert reported.out.splitlines()[-1].startswith("nothing to compare by yet")
    nowhere = tmp_path / "none" / "changes.jsonl"
    refused = command("algorithm", "report", DEFAULT.name, "--changes", nowhere)
    assert refused.status == 2
    assert "cannot be written" in refused.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "algorithm_v9"), "there is no algorithm algorithm_v9"),
        (("use", "algorithm_v9", "--by", "op", "--why", "x"), "there is no algorithm"),
        (("use", DEFAULT.name, "--by", "nobody", "--why", "x"), "there is no user nobody"),
        (("train", "--by", "op"), "at least 10 judgements of each answer"),
        (("train", "--by", "op"), "0 more are held back to compare by"),
        (("train", "--by", "op", "--base", "x"), "this release has no algorithm x"),
    ],
)
def test_what_is_refused(command: Command, op: User, arguments: tuple[str, ...], said: str) -> None:
    refused = command("algorithm", *arguments)
    assert refused.status == 2
    assert said in refused.err
    assert refused.out == ""
    assert [one.name for one in list_algorithms(open_context(load_settings())) if one.in_use] == [
        DEFAULT.name
    ]
