"""Queries of the register asked of a shop with a search form, as an operator does it."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from casework.context import open_context
from casework.runs import list_runs
from casework.settings import load_settings
from tests.cli.conftest import Command
from tests.crawler.shop import Answer, Shop, ShopHandler, cards, listing, page

TITLES = {
    "/item/1": "云栖虎明前龙井 250克",
    "/item/2": "云栖虎礼盒装绿茶",
    "/item/3": "去栖虎高山绿茶 500克",
    "/item/4": "竹制茶盘",
}
SHOWN = {"云栖虎": ["/item/1", "/item/2"], "去栖虎": ["/item/3", "/item/2"]}
REGISTER = (
    "right_id,kind,name,nice_classes,holder\n"
    "YQH,mark,云栖虎,30,云栖虎茶业\nLXS,mark,鹿鸣溪,30,鹿鸣溪食品\n"
)


def search(shop: Shop, target: str) -> Answer:
    (query,) = parse_qs(urlsplit(target).query).get("q", [""])
    found = SHOWN.get(query, [])
    return Answer(page(cards(*found) if found else "<p>没有找到相关商品</p>"))


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A shop that its start page's form searches."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), ShopHandler)
    server.daemon_threads = True
    form = '<form action="/search"><input type="search" name="q"></form>'
    routes: dict[str, Any] = {"/": page(form), "/search": search}
    routes.update({path: listing(title) for path, title in TITLES.items()})
    running = Shop(routes, url=f"http://127.0.0.1:{server.server_port}")
    server.shop = running  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield running
    server.shutdown()
    server.server_close()


@pytest.fixture
def registered(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    assert command("import", "register", path).status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert command("user", "add", "op", "--role", "operator").status == 0


def asked_of(shop: Shop) -> list[str]:
    queries = [parse_qs(urlsplit(path).query) for path in shop.requests if "/search" in path]
    return [one["q"][0] for one in queries]


@pytest.mark.usefixtures("registered")
def test_the_register_is_asked_and_its_yield_is_told(command: Command, shop: Shop) -> None:
    options = ("--from-register", "--right", "YQH", "--queries", "6", "--pace-s", "0")
    ran = command("crawl", f"{shop.url}/", *options)
    assert ran.status == 0, ran.err
    asked = asked_of(shop)
    assert len(asked) == len(set(asked)) == 6
    assert {"云栖虎", "去栖虎"} <= set(asked)
    (run,) = list_runs(open_context(load_settings()))
    assert set(run.queries) == set(asked)
    assert command("screen").status == 0
    told = {
        line["query"]: line
        for line in command("queries", "list", "--right", "YQH", "--platform", shop.url).lines
    }
    name, imitation = told["云栖虎"], told["去栖虎"]
    assert (name["state"], name["times_asked"], name["shown"], name["found"]) == (
        "in_use",
        1,
        2,
        2,
    )
    assert (imitation["how"], imitation["shown"], imitation["found"]) == ("shape", 2, 1)
    assert (imitation["new"], imitation["flagged"], imitation["fruits"]) == (2, 2, 1)
    # Every query was asked today: the next run asks others, then none is due.
    assert command("crawl", f"{shop.url}/", *options).status == 0
    assert len(set(asked_of(shop))) == 12
    before = len(shop.requests)
    for _ in range(3):
        ran = command("crawl", f"{shop.url}/", *options)
    assert "no query of the register is due" in ran.err
    assert ran.status == 0
    assert "/item/4" not in shop.requests, "without a query the whole shop would be gathered"
    assert len(set(asked_of(shop))) == len(told)
    assert len(shop.requests) > before


@pytest.mark.usefixtures("registered")
def test_a_schedule_asks_the_register_anew_each_time(command: Command, shop: Shop) -> None:
    options = ("--from-register", "--right", "YQH", "--queries", "2")
    added = command("schedule", "add", "daily", shop.url, "--cron", "0 3 * * *", *options)
    assert added.status == 0, added.err
    command("schedule", "add", "daily", shop.url, "--cron", "0 3 * * *", "--pace-s", "0", *options)
    assert command("work", "--once").status == 0
    first = asked_of(shop)
    assert len(first) == 2
    assert "云栖虎" in first
    assert command("work", "--once").status == 0
    assert set(asked_of(shop)[2:]).isdisjoint(first)


@pytest.mark.usefixtures("registered")
def test_people_decide_on_queries(command: Command) -> None:
    signed = ("--by", "op", "--why", "专项行动")
    assert command("queries", "add", "YQH", "云栖虎 团购", "--by", "op").status == 0
    assert command("queries", "retire", "YQH", "去栖虎", *signed).status == 0
    assert command("queries", "keep", "YQH", "yunqihu", "--platform", "jd", *signed).status == 0
    told = {one["query"]: one for one in command("queries", "list", "--platform", "jd").lines}
    assert told["云栖虎 团购"]["origin"] == "own"
    assert told["去栖虎"]["state"] == "retired"
    assert told["yunqihu"]["state"] == "kept"
    assert (told["yunqihu"]["decided_by"], told["yunqihu"]["reason"]) == ("op", "专项行动")
    assert told["鹿鸣溪"]["state"] == "untried"
    everywhere = {one["query"]: one for one in command("queries", "list").lines}
    assert everywhere["yunqihu"]["state"] == "untried"
    assert "platform" not in everywhere["yunqihu"]


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    "arguments",
    [
        ["crawl", "jd", "--from-register", "--query", "x"],
        ["crawl", "jd", "--from-register", "--watch"],
        ["crawl", "jd", "--from-register", "--out", "x.jsonl"],
        ["crawl", "jd", "--right", "YQH"],
        ["crawl", "jd", "--queries", "3"],
        ["crawl", "jd", "--from-register", "--queries", "0"],
        ["crawl", "jd", "--from-register", "--right", "unknown"],
        ["schedule", "add", "s", "jd", "--cron", "0 3 * * *", "--right", "YQH"],
        ["queries", "retire", "YQH", "云栖虎", "--by", "nobody", "--why", "…"],
        ["queries", "retire", "YQH", "no such query", "--by", "op", "--why", "…"],
        ["queries", "add", "unknown", "x", "--by", "op"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_what_makes_no_sense_is_refused(command: Command, arguments: list[str]) -> None:
    ran = command(*arguments)
    assert ran.status == 2, ran.err
