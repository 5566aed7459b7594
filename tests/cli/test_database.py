"""Commands on the database: import, screen, link, users, schedules, notices."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_files import REGISTER, sighting


def test_import_then_screen_then_link(command: Command, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    ran = command("import", "register", register)
    assert ran.status == 1
    assert "register.csv:4: kind" in ran.err
    assert "2 added, 0 updated, 0 unchanged, 1 refused" in ran.err
    sightings = tmp_path / "sightings.jsonl"
    sightings.write_text(sighting("1", "青鲤堂桃酥礼盒"), encoding="utf-8")
    assert command("import", "sightings", sightings).status == 0
    assert "1 new flags" in command("screen").err
    assert "0 listings compared" in command("screen").err
    assert command("link", "--hot-spots", "spots.geojson").status == 0
    assert json.loads((tmp_path / "spots.geojson").read_text("utf-8"))["features"] == []


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SUYUAN_LANGUAGE": "zh"}, "未采用1"),
        ({"SUYUAN_LANGUAGE": "zh", "LANG": "en_GB.UTF-8"}, "未采用1"),
        ({"LANG": "zh_CN.UTF-8"}, "未采用1"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "1 refused"),
        ({}, "1 refused"),
    ],
)
def test_an_import_speaks_the_language_of_the_settings(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    told: str,
) -> None:
    for name in ("SUYUAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "r.csv"
    path.write_text("right_id,kind,name,valid_to\nR1,mark,青鲤堂,\nR2,mark,a,soon\n", "utf-8")
    ran = command("import", "register", path)
    assert told in ran.err
    assert ("应为形如2026-11-22的日期" in ran.err) is (told == "未采用1")
    assert ("是否有效不详：1" in ran.err) is (told == "未采用1")
    assert ran.err.rstrip().endswith("R1")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256)) * 10),
        ("truncated.xlsx", b"PK\x03\x04 cut"),
        ("not_a_table.csv", b"<html>" * 1000),
        ("header.csv", b"right_id,kind,name\n"),
        ("no_encoding.csv", b"right_id,kind,name\nR1,mark,\xff\xff\xff\n"),
    ],
)
def test_a_hostile_register_is_refused_with_a_sentence(
    command: Command, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    ran = command("import", "register", path)
    assert ran.status == 1
    assert f"{name}: 0 added, 0 updated, 0 unchanged" in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") >= 2


def test_a_register_comes_from_standard_input(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(REGISTER.encode()))
    monkeypatch.setattr("sys.stdin", stream)
    ran = command("import", "register", "-")
    assert ran.status == 1
    assert "register: 2 added" in ran.err


def test_users_are_added_with_a_password_from_standard_input(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert command("user", "add", "li", "--organisation", "某局").status == 0
    assert command("user", "list").out == "li\tinvestigator\t某局\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    ran = command("user", "password", "li")
    assert ran.status == 2
    assert "at least" in ran.err


def test_schedules_are_kept_listed_and_removed(command: Command) -> None:
    added = command("schedule", "add", "night", "https://s.example/", "--cron", "0 3 * * *")
    assert added.status == 0
    assert "0 3 * * *" in command("schedule", "list").out
    assert command("schedule", "remove", "night").status == 0
    assert command("schedule", "remove", "night").status == 2


def test_regimes_are_listed_and_a_notice_is_checked(command: Command, tmp_path: Path) -> None:
    assert "cn_ecommerce_42" in command("notice", "regimes").out
    path = tmp_path / "notice.json"
    path.write_text(
        json.dumps(
            {
                "notice_id": "n",
                "regime": "cn_ecommerce_42",
                "platform": "shop.example",
                "language": "zh",
                "made_at": "2026-11-22T08:00:00+00:00",
                "sender": {},
                "right": {"kind": "mark", "name": "青鲤堂"},
            }
        ),
        encoding="utf-8",
    )
    ran = command("notice", "check", path)
    assert ran.status == 1
    assert any(line.startswith("sender.name\t") for line in ran.out.splitlines())
    path.write_text('{"notice_id": "n"}', encoding="utf-8")
    broken = command("notice", "check", path)
    assert broken.status == 1
    assert "required field missing @ notice.regime" in broken.err


def test_a_newer_or_foreign_database_is_a_fault(command: Command, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "suyuan.db").write_bytes(b"this is no database" * 100)
    ran = command("screen")
    assert ran.status == 3
    assert "database" in ran.err


def test_a_new_name_is_matched_to_what_is_stored(command: Command, tmp_path: Path) -> None:
    sightings = tmp_path / "sightings.jsonl"
    titles = {"1": "青鲤堂桃酥礼盒", "2": "云七虎卫衣 男 春秋"}
    lines = [sighting(key, title) for key, title in titles.items()]
    sightings.write_text("".join(lines), encoding="utf-8")
    command("import", "sightings", sightings)
    assert command("match", "stored", "云栖虎").lines == []
    assert "2 listings compared: 0 new flags" in command("screen").err
    (found,) = command("match", "stored", "云栖虎", "NORVIK").lines
    assert found["listing_key"] == "2"
    assert [(hit["right_id"], hit["surface"]) for hit in found["hits"]] == [("云栖虎", "云七虎")]
    register = tmp_path / "register.csv"
    register.write_text("right_id,kind,name\nT1,mark,云栖虎\n", encoding="utf-8")
    assert command("match", "stored", "--register", register).lines[0]["hits"][0]["score"] > 0.7
    command("import", "register", register)
    assert "1 listings compared: 1 new flags" in command("screen", "--right", "T1").err
    assert "0 new flags" in command("screen").err
    again = command("match", "stored", "--rebuild", "云栖虎")
    assert "2 texts stored" in again.err
    assert len(again.lines) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("match", "stored"), "name what to look for"),
        (("match", "stored", "x", "--threshold", "2"), "--threshold"),
        (("screen", "--right", "T1", "--register", "r.csv"), "without files"),
        (("screen", "--right", "nobody"), "no right is registered as nobody"),
    ],
)
def test_wrong_use_of_the_search_of_what_is_stored_is_told(
    command: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = command(*arguments)
    assert ran.status == 2
    assert sentence in ran.err
