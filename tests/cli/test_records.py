"""`suyuan import records`: columns shown, confirmed from a file, and remembered by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

REPLY = "对方代号,联系方式一,主体\nu1,13800138000,甲公司\nu2,1.38E+10,乙公司\n"


@pytest.fixture
def reply(tmp_path: Path) -> Path:
    path = tmp_path / "reply.csv"
    path.write_text(REPLY, encoding="utf-8")
    return path


def test_from_a_proposal_to_a_remembered_mapping(
    command: Command, reply: Path, tmp_path: Path
) -> None:
    refused = command("import", "records", reply)
    assert refused.status == 1
    assert "--show-mapping" in refused.err

    shown = command("import", "records", reply, "--show-mapping")
    (proposal,) = shown.lines
    assert (shown.status, proposal["sure"]) == (0, False)
    assert [column["meaning"] for column in proposal["columns"]] == ["other", "phones", "other"]
    assert proposal["columns"][1]["samples"] == ["13800138000", "1.38E+10"]

    proposal.update(name="某平台回函", kind="platform_reply", platform="a.example")
    proposal["columns"][0]["meaning"] = "seller_key"
    proposal["columns"][2]["meaning"] = "name"
    mapping = tmp_path / "mapping.jsonl"
    mapping.write_text(json.dumps(proposal), encoding="utf-8")
    imported = command("import", "records", reply, "--mapping", mapping, "--request", "12号")
    assert imported.status == 1
    assert "reply.csv: 1 added, 0 updated, 0 unchanged, 1 refused" in imported.err
    assert "reply.csv:3: phones: expected all digits" in imported.err

    again = command("import", "records", reply)
    assert "0 added, 0 updated, 1 unchanged, 1 refused" in again.err
    assert "对方代号 → seller_key" in again.err
    named = command("import", "records", reply, "--mapping", "某平台回函")
    assert "1 unchanged" in named.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--mapping", "nobody"), "no mapping is called 'nobody'"),
        (("--mapping", "broken.jsonl"), "expected what --show-mapping writes"),
        (("--mapping", "other.jsonl"), "is for other headings"),
        (("--case", "c0"), "there is no case c0"),
    ],
)
def test_what_cannot_be_meant(
    command: Command, reply: Path, tmp_path: Path, arguments: tuple[str, str], reason: str
) -> None:
    (tmp_path / "broken.jsonl").write_text("[")
    other = {"name": "m", "kind": "company", "columns": [{"heading": "甲", "meaning": "name"}]}
    (tmp_path / "other.jsonl").write_text(json.dumps(other))
    ran = command("import", "records", reply, *arguments)
    assert ran.status == 2
    assert reason in ran.err


def test_these_options_are_for_records(command: Command, reply: Path) -> None:
    assert command("import", "register", reply, "--show-mapping").status == 2


def test_a_broken_file_is_listed(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "reply.xlsx"
    path.write_bytes(b"PK\x03\x04")
    ran = command("import", "records", path)
    assert ran.status == 1
    assert "a whole XLSX workbook" in ran.err
