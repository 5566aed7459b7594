"""`suyuan crawl` as a shell sees it: lines out, a summary to standard error, a status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.marketplace import Marketplace, serve
from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def marketplace() -> Iterator[Marketplace]:
    with serve() as running:
        yield running


def test_a_query_goes_to_standard_output(command: Command, marketplace: Marketplace) -> None:
    ran = command(
        "crawl", marketplace.base_urls["b"], "--query", "jacket", "--out", "-", "--pace-s", "0"
    )
    listings = [line for line in ran.lines if line["kind"] == "listing"]
    assert listings
    assert all(line["provenance"]["query"] == "jacket" for line in listings)
    assert f"jacket: found, {len(listings)} listings" in ran.err


def test_a_shop_that_is_down_is_no_clean_run(command: Command, tmp_path: Path) -> None:
    ran = command("crawl", "http://127.0.0.1:9/", "--out", tmp_path / "out.jsonl", "--pace-s", "0")
    assert ran.status == 1
    assert "shop_down" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["http://127.0.0.1:9/"], 1),
        (["http://127.0.0.1:9/", "--watch"], 2),
        (["http://127.0.0.1:9/", "--all"], 2),
        (["no such place"], 2),
        (["http://127.0.0.1:9/", "--max-pages", "0"], 2),
    ],
    ids=["shop down", "a watch into a file", "all of no watch", "no address", "no pages"],
)
def test_what_was_gathered_before_outlives_a_crawl_that_gathers_nothing(
    command: Command, tmp_path: Path, arguments: list[str], status: int
) -> None:
    file, log = tmp_path / "out.jsonl", tmp_path / "out.jsonl.requests.jsonl"
    for one in (file, log):
        one.write_text('{"old": true}\n')
    ran = command("crawl", *arguments, "--out", file, "--pace-s", "0")
    assert ran.status == status, ran.err
    assert file.read_text() == log.read_text() == '{"old": true}\n'


def test_a_file_is_replaced_at_the_end(
    command: Command, tmp_path: Path, marketplace: Marketplace
) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text('{"old": true}\n')
    ran = command(
        "crawl", marketplace.base_urls["b"], "--query", "jacket", "--out", file, "--pace-s", "0"
    )
    assert ran.status == 0, ran.err
    assert '"old"' not in file.read_text()
    assert {path.name for path in tmp_path.glob("out*")} == {
        "out.jsonl",
        "out.jsonl.pages",
        "out.jsonl.requests.jsonl",
    }


def test_a_query_that_finds_nothing_is_a_real_zero(
    command: Command, marketplace: Marketplace
) -> None:
    ran = command(
        "crawl", marketplace.base_urls["b"], "--query", "zzzzqqqq", "--out", "-", "--pace-s", "0"
    )
    assert ran.status == 0
    assert "nothing_there, 0 listings" in ran.err
