"""Algorithms as an operator looks after them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.accounts import add_user
from casework.algorithms import list_algorithms
from casework.context import Context, open_context
from casework.flags import queue
from casework.review import judge
from casework.screening import screen
from casework.settings import load_settings
from domain.flags import Verdict
from domain.users import Role, User
from matchers.algorithms import DEFAULT
from tests.cli.conftest import Command

SHOPS = 40


@pytest.fixture
def op(command: Command) -> User:
    return _add(open_context(load_settings()), "op", Role.OPERATOR)


def _add(context: Context, name: str, role: Role) -> User:
    return add_user(
        context,
        user_name=name,
        display_name=name,
        role=role,
        organisation="示例局",
        password="correct horse",
    )


@pytest.fixture
def judged(command: Command, op: User, tmp_path: Path) -> Context:
    """Forty shops with a flag each; only those that say 官方 turn out to infringe."""
    register = tmp_path / "register.csv"
    register.write_text("right_id,kind,name\nYQH,mark,云栖虎\n", encoding="utf-8")
    lines = [
        {
            "platform": "shop.example",
            "listing_key": str(number),
            "url": f"https://shop.example/{number}",
            "kind": "listing",
            "fetched_at": "2026-11-20T08:00:00Z",
            "title": f"云栖虎卫衣 {'官方' if number % 2 else '批发'}",
            "seller": {"seller_key": f"s{number}"},
        }
        for number in range(SHOPS)
    ]
    sightings = tmp_path / "sightings.jsonl"
    sightings.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert command("import", "register", register).status == 0
    assert command("import", "sightings", sightings).status == 0
    context = open_context(load_settings())
    screen(context)
    officer = _add(context, "li", Role.INVESTIGATOR)
    for flag in queue(context, officer, per_page=SHOPS).items:
        verdict = Verdict.INFRINGING if "官方" in flag.title else Verdict.GENUINE
        judge(context, officer, flag.flag_id, verdict=verdict, reason="看过实物")
    return context


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
