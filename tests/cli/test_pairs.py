"""Pairs of characters: learnt from judged copies, kept by a person, counted from the next start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from casework.context import Context
from domain.users import Role
from tests.cli.conftest import Command
from tests.cli.judging import add_person, judge_titles

_TITLES = ["金龙帛啤酒 整箱", "金龙帛啤酒 罐装", "金龙泉啤酒 整箱"]


@pytest.fixture
def judged(command: Command, tmp_path: Path) -> Context:
    """Two shops sell the copy 金龙帛啤酒, a third sells the genuine beer."""
    context = judge_titles(command, tmp_path, "金龙泉啤酒", _TITLES, lambda title: "帛" in title)
    add_person(context, "op", Role.OPERATOR)
    return context


def test_pairs_are_learnt_listed_and_kept(command: Command, judged: Context) -> None:
    expected = {
        "pair": "泉帛",
        "sellers": 2,
        "cleared": 0,
        "seen": [["金龙泉啤酒", "金龙帛啤酒"]],
        "kept": False,
    }
    assert command("algorithm", "pairs").lines == [expected]
    keeping = ("algorithm", "pairs", "--keep", "帛泉", "--by")
    assert "pairs.txt: 泉帛; pairs count from the next start" in command(*keeping, "op").err
    assert "nothing new" in command(*keeping, "op").err
    assert command("algorithm", "pairs").lines == [{**expected, "kept": True}]
    (line,) = judged.settings.pairs_file.read_text("utf-8").splitlines()
    assert line.startswith("泉帛 # 金龙泉啤酒 ▶ 金龙帛啤酒; 2 / 0; ")
    assert line.endswith(" op")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--keep", "泉帛"), 2, "--keep needs --by"),
        (("--keep", "泉帛", "--by", "nobody"), 2, "there is no user nobody"),
        (("--keep", "龙虎", "--by", "op"), 2, "is no pair that judgements teach: 泉帛"),
        (("--keep", "泉帛", "--by", "li"), 2, "investigator does not allow"),
    ],
)
def test_what_is_refused(
    command: Command, judged: Context, arguments: tuple[str, ...], status: int, said: str
) -> None:
    refused = command("algorithm", "pairs", *arguments)
    assert (refused.status, said in refused.err) == (status, True), refused.err
    assert not judged.settings.pairs_file.exists()


def test_a_kept_pair_counts_from_the_next_start(tmp_path: Path) -> None:
    register, titles = tmp_path / "register.csv", tmp_path / "titles.jsonl"
    register.write_text("right_id,kind,name\n1,mark,云栖虎\n", encoding="utf-8")
    titles.write_text(json.dumps({"id": "1", "text": "云帛虎卫衣"}), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    assert _match(register, titles, home) == ([], "")
    (home / "pairs.txt").write_text("栖帛 # learnt\n# 云龙\n\nno pair\n", encoding="utf-8")
    found, said = _match(register, titles, home)
    assert found == ["云帛虎"]
    assert "pairs.txt:4: expected two Chinese characters, got 'no pair'" in said
    (home / "pairs.txt").write_bytes(b"\xff\xfe")
    found, said = _match(register, titles, home)
    assert found == []
    assert "no pair of it counts" in said


def _match(register: Path, titles: Path, home: Path) -> tuple[list[str], str]:
    """Ask a process of its own, since tables are read once."""
    command = [sys.executable, "-c", "from cli.main import main; main()", "match", "names"]
    done = subprocess.run(
        [*command, "--register", str(register), "--titles", str(titles)],
        env={"SUYUAN_HOME": str(home), "SUYUAN_LANGUAGE": "en", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [hit["surface"] for hit in json.loads(done.stdout)["hits"]], done.stderr
