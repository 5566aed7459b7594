"""The whole chain on the example marketplace, as `suyuan demo --once` runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "demo", "--once", "--folder", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


@pytest.mark.browser
def test_every_imitation_is_flagged(summary: dict[str, Any]) -> None:
    assert summary["missed_listings"] == []
    assert summary["known_gaps"] == []
    assert summary["imitations_flagged"] == summary["imitations_expected"] > 0


@pytest.mark.browser
def test_nothing_genuine_authorised_or_unrelated_is_flagged(summary: dict[str, Any]) -> None:
    assert summary["wrongly_flagged_listings"] == []
    assert summary["wrongly_flagged"] == 0


@pytest.mark.browser
def test_exactly_the_true_networks_and_trails_are_found(summary: dict[str, Any]) -> None:
    assert summary["networks_expected"] == 5
    assert summary["networks_found"] == summary["networks_expected"]
    assert summary["networks_wrong"] == 0
    assert summary["trails_found"] == summary["trails_expected"] > 0


@pytest.mark.browser
def test_every_listing_is_gathered_and_nothing_hidden(summary: dict[str, Any]) -> None:
    assert summary["listings"] == summary["listings_expected"]
    assert summary["hidden_gathered"] == []
    refused = {
        reason: sum(crawl.get(reason, 0) for crawl in summary["crawls"].values())
        for reason in ("not_a_picture", "private_address", "robots", "rendered")
    }
    assert all(refused.values()), refused


@pytest.mark.browser
def test_a_sealed_package_comes_out_and_verifies(
    summary: dict[str, Any], command: Command, tmp_path: Path
) -> None:
    (path,) = summary["package_paths"]
    assert summary["packages"] == 1
    assert command("evidence", "verify", path).status == 0
    data = bytearray(Path(path).read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.zip"
    changed.write_bytes(data)
    ran = command("evidence", "verify", changed)
    assert ran.status == 1
    assert "FAIL" in ran.out
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(path, unpacked)
    (bag,) = unpacked.iterdir()
    assert command("evidence", "verify", bag).status == 0


def test_a_folder_with_other_files_is_never_cleared(command: Command, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    ran = command("demo", "--once", "--folder", mine)
    assert ran.status == 2
    assert "no demo made" in ran.err
    assert (mine / "thesis.txt").exists()
