"""docs/add-a-platform.md: its platform file does what it says, on cases made as it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest

from crawler.platforms import Api, ApiTrouble, Keys, Platform
from crawler.platforms.open_platforms import sign_md5
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


def examples() -> dict[str, str]:
    """Return the blocks of Python in the document that are files: the platform and its API."""
    text = (ROOT / "docs/add-a-platform.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    page, api = (block for block in blocks if block.startswith('"""'))
    return {"MINGJI": page, "API": api}


def value_of(name: str) -> Any:
    """Return the value that one of the files ends in."""
    module = ModuleType(name.lower())
    code = compile(examples()[name], "docs/add-a-platform.md", "exec")
    exec(code, module.__dict__)  # noqa: S102
    return module.__dict__[name]


@pytest.fixture(scope="module")
def mingji() -> Platform:
    platform: Platform = value_of("MINGJI")
    return platform


@pytest.fixture(scope="module")
def open_api() -> Api:
    api: Api = value_of("API")
    return api


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


@pytest.mark.parametrize("name", ["MINGJI", "API"])
@pytest.mark.parametrize("act", [["check"], ["format", "--check"]], ids=lambda act: act[0])
def test_the_examples_are_as_make_check_wants_them(act: list[str], name: str) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", *act, "--stdin-filename", "crawler/platforms/x.py", "-"],
        input=examples()[name].encode(),
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


def api_page(**value: Any) -> Page:
    body = json.dumps(value).encode()
    url = "https://open.mingji.example/rest?act=teas&q=a&ye=1"
    return replace(page_at("/"), url=url, body=body, sha256=digest(body))


def test_the_api_of_the_example_is_asked_and_read(open_api: Api) -> None:
    keys = Keys(values={"app": "a", "secret": "s"}, gateway=open_api.gateway, where="here")
    ask = open_api.ask_query(keys, SITE, "云岭春")
    sent = dict(parse_qsl(open_api.sign(ask, keys, page_at("/").fetched_at, None).body.decode()))
    assert sent.pop("sign") == sign_md5(sent, "s")
    assert (sent["q"], sent["app"], sent["at"]) == ("云岭春", "a", "1795305600")
    page = api_page(teas=[TEA], ye=1, pages=2)
    assert open_api.tell_refusal(page) is None
    found = open_api.read_list(page)
    assert [str(tea.offer.price) for tea in found.sightings if tea.offer] == ["168.00 CNY"]
    assert found.next is not None
    assert found.next.url.endswith("ye=2")


def test_the_api_of_the_example_refuses(open_api: Api) -> None:
    refusal = open_api.tell_refusal(api_page(error={"code": 7}))
    assert refusal is not None
    assert refusal.trouble is ApiTrouble.QUOTA
    with pytest.raises(PageChanged, match="teas"):
        open_api.read_list(api_page(goods=[TEA], ye=1, pages=2))


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
