"""A crawl in a process of its own: stopped, broken off, paced."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from crawler.jobs import CrawlJob, Progress, read_job, write_job
from crawler.launch import CrawlFailed, run_job
from domain.common import WrongUse
from domain.runs import OutcomeKind, SpiderName
from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
ROOT = Path(__file__).resolve().parents[2]


def tea_shop(number: int) -> dict[str, Route]:
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, number + 1)}
    return {"/": page(cards(*items)), **items}


def job_for(shop: Shop, folder: Path, *, pace_s: float = 0.0) -> CrawlJob:
    return CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=pace_s,
        out_file=str(folder / "sightings.jsonl"),
    )


def test_a_job_crosses_into_the_process_whole(tmp_path: Path) -> None:
    job = CrawlJob(
        spider=SpiderName.WATCH,
        target="https://shop.example/茶",
        queries=("茶", 'quoted "tea"\n'),
        watch_keys=("1", "2"),
        allow_hosts=("127.0.0.1:8001",),
        robots_override="order 2026-17",
        database_url="sqlite:///x.db",
        data_folder=str(tmp_path),
    )
    assert read_job(write_job(job)) == job
    with pytest.raises(Exception, match="surprise"):
        read_job(write_job(job).replace('"target"', '"surprise"'))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"out_file": None}, "either into a database or into a file"),
        ({"database_url": "sqlite:///x.db"}, "either into a database or into a file"),
        ({"spider": SpiderName.WATCH}, "takes no --out"),
        ({"queries": ("茶", " ")}, "--query"),
        ({"max_pages": 0}, "--max-pages"),
        ({"pace_s": -1.0}, "--pace-s"),
        ({"pace_s": float("nan")}, "--pace-s"),
        ({"robots_override": "  "}, "written reason"),
        ({"contact": "me\r\nX-Header: 1"}, "contact"),
    ],
)
def test_a_job_that_makes_no_sense_is_refused(wrong: dict[str, object], sentence: str) -> None:
    sound = {"spider": SpiderName.SEARCH, "target": "shop.example", "out_file": "x.jsonl"}
    with pytest.raises(WrongUse, match=sentence):
        CrawlJob(**{**sound, **wrong})  # type: ignore[arg-type]


def test_progress_grows_and_the_pace_of_robots_txt_is_kept(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    arrivals: list[float] = []

    def timed(shop: Shop, target: str) -> Answer:
        arrivals.append(monotonic())
        return Answer(listing(f"茶 {target}"))

    routes = tea_shop(4)
    routes.update({path: timed for path in routes if path.startswith("/item")})
    routes["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.3", media_type="text/plain")
    told: list[Progress] = []
    result = run_job(job_for(open_shop(routes), tmp_path), on_line=told.append)
    assert [(o.kind, o.listings) for o in result.outcomes] == [(OutcomeKind.FOUND, 4)]
    assert [progress.pages for progress in told] == sorted(progress.pages for progress in told)
    assert told[-1].pages == 5
    assert min(later - earlier for earlier, later in pairwise(arrivals)) > 0.2


def test_a_fault_of_the_disk_breaks_the_run_off(open_shop: OpenShop, tmp_path: Path) -> None:
    job = job_for(open_shop(routes := tea_shop(40)), tmp_path)

    def pull_the_disk(shop: Shop, target: str) -> Answer:
        pages = Path(f"{job.out_file}.pages")
        while not pages.is_file():  # no folder can be made there then, whoever else tries
            shutil.rmtree(pages, ignore_errors=True)
            with suppress(FileExistsError):
                pages.touch(exist_ok=False)
        return Answer(listing("茶 40"))

    # The newest link is asked for first.
    routes["/item/40"] = pull_the_disk
    result = run_job(job)
    assert result.fault is not None
    assert "sightings.jsonl.pages" in result.fault
    [outcome] = result.outcomes
    assert outcome.kind is OutcomeKind.STOPPED_BY_LIMIT
    assert outcome.listings < 40


def test_a_file_that_cannot_be_written_is_told_before_any_request(
    open_shop: OpenShop, crawl_shop: Callable[..., Crawl], tmp_path: Path
) -> None:
    shop = open_shop(tea_shop(1))
    (tmp_path / "file").write_bytes(b"")
    result = run_job(job_for(shop, tmp_path / "file"))
    assert result.fault is not None
    assert str(tmp_path / "file") in result.fault
    assert shop.requests == []


def test_a_process_that_dies_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CrawlFailed, match="it said nothing"):
        run_job(CrawlJob(spider=SpiderName.SEARCH, target="x.example", out_file="x.jsonl"))


def test_scrapy_itself_knows_the_spiders() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.stdout.split() == ["capture", "search", "watch"], told.stderr
