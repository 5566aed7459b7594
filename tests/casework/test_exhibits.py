"""What a sealed package holds of a capture, and of how its exhibits were come by."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from casework import dossiers
from casework.cases import list_cases, open_case
from casework.context import Context
from casework.flags import queue
from casework.notices import draft_notice, package_notice, read_package
from casework.review import judge
from casework.runs import finish_run
from casework.screening import screen
from domain.flags import Verdict
from domain.runs import BROKEN_OFF, SpiderName
from domain.users import User
from evidence import verify
from tests.casework.gathering import SHOP, Gathering
from tests.casework.test_cases import REGIME, completed
from tests.conftest import Clock

Package = Callable[[], dict[str, bytes]]


@pytest.fixture
def package(with_register: Context, investigator: User) -> Package:
    """Judge what is flagged, seal a notice on it, check the package and unpack it."""

    def make() -> dict[str, bytes]:
        context = with_register
        screen(context)
        flag_ids = [flag.flag_id for flag in queue(context, investigator).items]
        for flag_id in flag_ids:
            judge(context, investigator, flag_id, verdict=Verdict.INFRINGING, reason="假")
        case = open_case(context, investigator, flag_ids, title="小李的店")
        drafted = draft_notice(context, investigator, case.case_id, regime=REGIME, language="zh")
        sealed = package_notice(context, investigator, case.case_id, completed(drafted))
        _, data = read_package(context, investigator, sealed.package_id)
        checks = verify(io.BytesIO(data), name="p.zip")
        assert [check for check in checks if not check.passed] == []
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name.partition("/data/")[2]: archive.read(name) for name in archive.namelist()}

    return make


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def test_a_package_holds_the_capture_and_the_trail_to_its_exhibits(
    with_register: Context, package: Package, clock: Clock
) -> None:
    run = Gathering(with_register)
    results = f"{SHOP}/search?q=1"
    run.fetch(results, on=f"{SHOP}/")
    ref = run.listing("1", "青鲤堂桃酥", on=results)
    run.fetch(f"{SHOP}/seller/s1", on=f"{SHOP}/item/1")
    run.listing("7", "竹编果盘", on=results)
    clock.move(hours=1)
    capturing = Gathering(with_register, SpiderName.CAPTURE)
    capturing.fetch(f"{SHOP}/item/1")
    capturing.fetch(f"{SHOP}/style.css", on=f"{SHOP}/item/1")
    capturing.fetch(f"{SHOP}/item/8")
    taken = capturing.capture(ref)
    files = package()

    exhibits = {one["kind"]: one for one in lines(files["exhibits.jsonl"])}
    assert set(exhibits) == {"page", "screenshot", "mhtml"}
    shot = exhibits["screenshot"]
    assert shot["sha256"] == taken.screenshot
    assert shot["source_url"] == f"{SHOP}/item/1"
    assert shot["captured_at"] == "2026-11-22T09:00:00Z"
    assert shot["run"] == capturing.run.run_id
    assert files[shot["file"]].startswith(b"PNG of 1")
    assert exhibits["mhtml"]["file"].endswith(".mhtml")

    def trail(of: Gathering) -> tuple[dict[str, Any], list[str]]:
        header, *rest = lines(files[f"collection/{of.run.run_id}.jsonl"])
        urls = [one["url"] for one in rest if one["kind"] == "request"]
        return header, [url.removeprefix(SHOP) for url in urls]

    header, urls = trail(run)
    assert urls == ["/robots.txt", "/", "/search?q=1", "/item/1", "/seller/s1"]
    assert header["user_agent"] == "Suyuan/0.1 (+bureau@example.org)"
    assert header["requests_of_run"] == 6
    assert "其他商品的请求未列入" in header["rule_zh"]
    _, urls = trail(capturing)
    assert urls == ["/robots.txt", "/item/1", "/style.css", "/item/1", "/item/1"]
    assert "/item/7" not in files[f"collection/{run.run.run_id}.jsonl"].decode()


def test_a_caption_tells_when_and_how_much(
    with_register: Context, package: Package, investigator: User
) -> None:
    run = Gathering(with_register)
    run.capture(run.listing("1", "青鲤堂桃酥"))
    package()
    [opened] = list_cases(with_register, investigator)
    case_id = opened.case.case_id
    drafted = draft_notice(with_register, investigator, case_id, regime=REGIME, language="zh")
    [caption] = [one.caption for one in drafted.exhibits if "screenshot" in one.file]
    assert caption == (
        "网页整页截图，截取于 2026-11-22 08:00 UTC，仅含页面前 16000 像素（全长 30000 像素） "
        "Screenshot of the whole page, taken 2026-11-22 08:00 UTC, "
        f"the first 16000 of 30000 pixels: {SHOP}/item/1"
    )


def test_pages_of_a_run_that_was_broken_off_bring_its_log_along(
    with_register: Context, package: Package, clock: Clock
) -> None:
    broken = Gathering(with_register)
    results = f"{SHOP}/search?q=1"
    broken.fetch(results, on=f"{SHOP}/")
    finish_run(with_register, broken.run.run_id, [], {BROKEN_OFF: 1})
    clock.move(minutes=1)
    going_on = Gathering(with_register)
    going_on.listing("1", "青鲤堂桃酥", on=results)
    files = package()
    log = lines(files[f"collection/{broken.run.run_id}.jsonl"])
    assert [one["url"] for one in log if one["kind"] == "request"] == [
        f"{SHOP}/robots.txt",
        f"{SHOP}/",
        results,
    ]


def test_captures_that_have_no_room_leave_archives_out_first(
    with_register: Context, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossiers, "MAX_TAKEN_BYTES", 100)
    run = Gathering(with_register)
    run.capture(run.listing("1", "青鲤堂桃酥"), mhtml=b"x" * 40)
    run.capture(run.listing("2", "青鲤堂月饼"), mhtml=b"y" * 40)
    kinds = [one["kind"] for one in lines(package()["exhibits.jsonl"])]
    assert sorted(kinds) == ["page", "page", "screenshot", "screenshot"]


def test_exhibits_that_no_crawl_gathered_need_no_log(
    with_register: Context, package: Package, gather: Callable[..., object]
) -> None:
    gather("1", "青鲤堂桃酥")
    files = package()
    assert [one.get("run") for one in lines(files["exhibits.jsonl"])] == [None]
    assert not any(name.startswith("collection/") for name in files)
