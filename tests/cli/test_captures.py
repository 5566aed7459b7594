"""`suyuan import sightings` with what people saved, as a shell sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_files import PAGE
from tests.crawler.reading.captures.making import entry, har, packed, record


def test_a_har_is_told_from_json_lines_by_its_bytes(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(har(entry(text=PAGE), entry("https://shop.example/a.png", None, status=0)))
    ran = command("import", "sightings", path)
    assert ran.status == 0
    assert "session.json: 1 added, 0 updated, 0 unchanged, 0 refused" in ran.err
    assert "1 listings compared" in command("screen").err


def test_what_is_broken_is_listed_and_the_status_says_so(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "session.warc.gz"
    path.write_bytes(packed(record(), record())[:-30])
    ran = command("import", "sightings", path)
    assert ran.status == 1
    assert "session.warc.gz: byte" in ran.err
    assert "whole gzip members" in ran.err
    assert "1 refused" in ran.err


def test_a_saved_page_needs_an_address(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    assert "--url" in command("import", "sightings", path).err
    ran = command("import", "sightings", path, "--url", "https://shop.example/item/7")
    assert ran.status == 0
    assert "1 added" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("register", "page.html", "--url", "https://shop.example/"),
        ("sightings", "page.html", "page.html", "--url", "https://shop.example/"),
        ("sightings", "no_such_file.har"),
    ],
)
def test_wrong_use_is_told(command: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    ran = command("import", *arguments)
    assert ran.status == 2
    assert "Traceback" not in ran.err
