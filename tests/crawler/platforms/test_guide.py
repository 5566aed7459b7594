"""docs/add-a-platform.md: its platform file does what it says, on cases made as it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawler.platforms import Platform
from domain.common import PageChanged, WrongUse, digest
from domain.pages import Page, PageKind
from tests.crawler.platforms import record
from tests.crawler.platforms.test_recorded import about_of, page_of, read_whole

ROOT = Path(__file__).parents[3]
SITE = "https://mingji.example"
TEA = {
    "id": "8f3k2",
    "name": "云岭春 高山绿茶",
    "price_fen": 16800,
    "stock": 42,
    "specs": [{"name": "品牌", "value": "云岭春"}],
    "shop": {"id": "1207", "name": "云岭茶农合作社"},
}
SHOP = '<h1 class="shop-name">云岭茶农合作社</h1><p>企业名称：云岭县高山茶叶专业合作社</p>'


def example() -> str:
    """Return the first block of Python in the document: the platform file."""
    text = (ROOT / "docs/add-a-platform.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert blocks
    return str(blocks[0])


@pytest.fixture(scope="module")
def mingji() -> Platform:
    module = ModuleType("mingji")
    exec(compile(example(), "docs/add-a-platform.md", "exec"), module.__dict__)  # noqa: S102
    platform: Platform = module.__dict__["MINGJI"]
    return platform


def page_at(path: str, **state: Any) -> Page:
    script = f"<script>window.__MJ__ = {json.dumps(state)};</script>" if state else SHOP
    body = f"<!doctype html><title>茗集</title><body>{script}".encode()
    return Page(
        requested_url=SITE + path,
        url=SITE + path,
        status=200,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        body=body,
        sha256=digest(body),
    )


@pytest.mark.parametrize("act", [["check"], ["format", "--check"]], ids=lambda act: act[0])
def test_the_example_is_as_make_check_wants_it(act: list[str]) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", *act, "--stdin-filename", "crawler/platforms/x.py", "-"],
        input=example().encode(),
        cwd=ROOT,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stdout.decode()


def test_the_example_reads_a_listing(mingji: Platform) -> None:
    sighting = mingji.read(page_at("/t/8f3k2.html", tea=TEA))
    assert (sighting.listing_key, sighting.brand) == ("8f3k2", "云岭春")
    assert sighting.offer is not None
    assert str(sighting.offer.price) == "168.00 CNY"
    assert sighting.offer.quantity == 42


def test_the_example_reads_a_list(mingji: Platform) -> None:
    found = read_whole(mingji, page_at("/sou?gjz=a", teas=[TEA], ye=1, pages=2))
    assert [listing["listing_key"] for listing in found["listings"]] == ["8f3k2"]
    assert found["next"] == f"{SITE}/sou?gjz=a&ye=2"
    assert read_whole(mingji, page_at("/sou?gjz=a", teas=[], ye=1, pages=0))["next"] is None


def test_the_example_reads_a_seller(mingji: Platform) -> None:
    seller = mingji.read(page_at("/dian/1207")).seller
    assert seller is not None
    assert (seller.seller_key, seller.company) == ("1207", "云岭县高山茶叶专业合作社")


def test_the_example_tells_a_login(mingji: Platform) -> None:
    assert mingji.read(page_at("/denglu?from=/wode")).kind is PageKind.LOGIN


@pytest.mark.parametrize(
    ("page", "field"),
    [
        (page_at("/t/8f3k2.html", tea={**TEA, "price_fen": None}), "tea.price_fen"),
        (page_at("/t/8f3k2.html", tea={**TEA, "id": "../../x"}), "tea.id"),
        (page_at("/sou?gjz=a", goods=[TEA], ye=1, pages=2), "teas"),
    ],
)
def test_the_example_names_what_changed(mingji: Platform, page: Page, field: str) -> None:
    with pytest.raises(PageChanged) as raised:
        read_whole(mingji, page)
    assert raised.value.where.endswith(field)


def test_a_saved_page_becomes_a_case(mingji: Platform, tmp_path: Path) -> None:
    url, saved = f"{SITE}/t/8f3k2.html", tmp_path / "page.html"
    saved.write_bytes(page_at("/t/8f3k2.html", tea=TEA).body)
    (line,) = record.run("list", str(saved), url)
    assert f" {url}: " in line
    case = tmp_path / "mingji/listing"
    assert list(record.run("add", str(saved), url, str(case)))
    assert about_of(case)["kind"] == "listing"
    assert mingji.read(page_of(case)).title == TEA["name"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            ("add", str(ROOT / "Makefile"), f"{SITE}/a", "mingji/listing"),
            "address that `list` shows",
        ),
        (("add", "{saved}", f"{SITE}/a", "mingji/first"), "begins with its kind"),
        (("read", "nowhere"), "record list SAVED"),
        ((), "record list SAVED"),
    ],
)
def test_wrong_use_of_the_recorder_is_said(
    given: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(f"<!-- saved from url=({len(SITE) + 2:04})" + f"{SITE}/a -->", "utf-8")
    with pytest.raises(WrongUse, match=reason):
        list(record.run(*(text.format(saved=saved) for text in given)))
