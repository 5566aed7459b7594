"""A crawl that is stopped, or left alone, keeps every page that came and closes its run."""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import pytest

from casework.context import Context, open_context
from casework.intake import known_listings
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from crawler.jobs import CrawlJob, write_job
from domain.runs import BROKEN_OFF, OutcomeKind, SpiderName
from tests.crawler.process import Process
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
NUMBER = 60


def tea_shop(act: Callable[[], None], at: int) -> dict[str, Route]:
    """A shop that acts once while it answers so many listings."""
    answered: list[str] = []
    lock = Lock()

    def answer(shop: Shop, target: str) -> Answer:
        with lock:
            answered.append(target)
            if len(answered) == at:
                act()
        return Answer(listing(f"茶 {target}"))

    items: dict[str, Route] = {f"/item/{number}": answer for number in range(NUMBER)}
    return {"/": page(cards(*items)), **items}


def items_of(shop: Shop) -> set[str]:
    return {path for path in shop.requests if path.startswith("/item")}


def terminate(process: Process) -> None:
    process.running.terminate()


def interrupt_twice_and_hang_up(process: Process) -> None:
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGHUP):
        process.running.send_signal(number)


@pytest.mark.parametrize("stop", [terminate, interrupt_twice_and_hang_up])
def test_a_stopped_crawl_keeps_what_came_and_closes_its_run(
    open_shop: OpenShop, tmp_path: Path, stop: Callable[[Process], None]
) -> None:
    process = Process("crawler", home=tmp_path)
    shop = open_shop(tea_shop(lambda: stop(process), at=5))
    job = CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=0.05,
        out_file=str(tmp_path / "sightings.jsonl"),
    )
    process.write(write_job(job))
    status, out, err = process.end()
    assert status == 0, err
    [result] = [json.loads(line)["result"] for line in out.splitlines() if "result" in line]
    [outcome] = result["outcomes"]
    assert outcome["kind"] == "stopped_by_limit"
    assert "stopped by the operator" in outcome["words"]
    gathered = [json.loads(line) for line in (tmp_path / "sightings.jsonl").open()]
    assert {urlsplit(one["url"]).path for one in gathered} == items_of(shop)
    assert outcome["listings"] == len(gathered)
    assert 5 <= len(gathered) < NUMBER
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "sightings.jsonl",
        "sightings.jsonl.pages",
        "sightings.jsonl.requests.jsonl",
    ]


def open_home(home: Path) -> Context:
    return open_context(load_settings({"SUYUAN_HOME": str(home)}))


def assert_closed_whole(home: Path, shop: Shop, words: str) -> None:
    """Every listing that the shop answered is there, and the run says that it was stopped."""
    context = open_home(home)
    [run] = list_runs(context)
    assert run.ended_at is not None
    [outcome] = run.outcomes
    assert outcome.kind is OutcomeKind.STOPPED_BY_LIMIT
    assert words in outcome.words
    assert run.counts[BROKEN_OFF] == 1
    assert run.counts["listings"] == outcome.listings == len(items_of(shop)) < NUMBER
    kept = {urlsplit(one.url).path for one in known_listings(context, run.platform)}
    _, log = show_run(context, run.run_id)
    answered = {urlsplit(entry.url).path for entry in log if entry.status == 200}
    assert kept == items_of(shop) == answered - {"/"}
    context.database.close()


def test_a_crawl_whose_starter_was_killed_loses_no_page(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    orphans: list[int] = []

    def kill() -> None:
        orphans.append(process.child())
        process.running.kill()

    shop = open_shop(tea_shop(kill, at=20))
    process = Process("cli.main", "crawl", f"{shop.url}/", "--pace-s", "0", home=tmp_path)
    status, _, _ = process.end()
    assert status == -signal.SIGKILL
    ended, _, _ = select.select(orphans, [], [], 60)
    assert ended == orphans
    assert_closed_whole(tmp_path, shop, "the program that started the crawl has gone")


def interrupt_group(process: Process) -> None:
    """As a terminal does on Ctrl-C."""
    os.killpg(process.running.pid, signal.SIGINT)


def interrupt_alone(process: Process) -> None:
    process.running.send_signal(signal.SIGINT)


@pytest.mark.parametrize("stop", [interrupt_group, interrupt_alone, terminate])
def test_an_interrupted_command_closes_its_run(
    open_shop: OpenShop, tmp_path: Path, stop: Callable[[Process], None]
) -> None:
    shop = open_shop(tea_shop(lambda: stop(process), at=20))
    process = Process("cli.main", "crawl", f"{shop.url}/", "--pace-s", "0", home=tmp_path)
    status, _, err = process.end()
    assert status == 1
    assert "stopped_by_limit" in err
    assert "Traceback" not in err
    assert_closed_whole(tmp_path, shop, "stopped by the operator")


@pytest.mark.parametrize("to_file", [False, True])
def test_an_interrupted_command_hands_over_what_it_gathered(
    open_shop: OpenShop, tmp_path: Path, to_file: bool
) -> None:
    shop = open_shop(tea_shop(lambda: interrupt_group(process), at=5))
    file = tmp_path / "listings.jsonl"
    file.write_text('{"old": true}\n')
    out = str(file) if to_file else "-"
    process = Process(
        "cli.main", "crawl", f"{shop.url}/", "--pace-s", "0.05", "--out", out, home=tmp_path
    )
    status, printed, err = process.end()
    assert status == 1, err
    lines = file.read_text("utf-8") if to_file else printed
    gathered = [json.loads(line) for line in lines.splitlines()]
    assert {urlsplit(one["url"]).path for one in gathered} == items_of(shop)
    assert (file.read_text() == '{"old": true}\n') is not to_file


def test_a_killed_crawl_leaves_its_lines(open_shop: OpenShop, tmp_path: Path) -> None:
    def kill() -> None:
        signal.pidfd_send_signal(process.child(), signal.SIGKILL)

    shop = open_shop(tea_shop(kill, at=30))
    process = Process(
        "cli.main", "crawl", f"{shop.url}/", "--pace-s", "0", "--out", "-", home=tmp_path
    )
    status, printed, err = process.end()
    assert status == 1
    assert "broke off" in err
    gathered = {urlsplit(json.loads(line)["url"]).path for line in printed.splitlines()}
    assert gathered
    assert gathered <= items_of(shop)
