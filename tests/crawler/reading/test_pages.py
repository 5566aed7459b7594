"""Every recorded page is read as its expected.json says: no field more, no field less.

A case is a folder: page.html (the bytes), case.json (url, why, and status or charset of the answer
where they matter) and expected.json (the Sighting form without what the case itself gives).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.reading import needs_rendering, read_page
from domain.forms import sighting_to_json
from domain.pages import Page

CASES = sorted((Path(__file__).parent / "pages").iterdir())
_GIVEN = ("url", "requested_url", "fetched_at", "page_sha256")


def _page(folder: Path, make_page: Callable[..., Page]) -> Page:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    case.pop("why")
    return make_page((folder / "page.html").read_bytes(), **case)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_page_is_read_as_expected(folder: Path, make_page: Callable[..., Page]) -> None:
    page = _page(folder, make_page)
    sighting = read_page(page)
    found = {k: v for k, v in sighting_to_json(sighting).items() if k not in _GIVEN}
    assert found == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert sighting.page_sha256 == page.sha256


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_only_the_shell_needs_rendering(folder: Path, make_page: Callable[..., Page]) -> None:
    page = _page(folder, make_page)
    assert needs_rendering(page, read_page(page)) == (folder.name == "js_shell")


def test_a_rendered_page_is_read_from_what_the_browser_shows(
    make_page: Callable[..., Page],
) -> None:
    shown = (
        "<html lang='zh'><h1>手工皂</h1><div class='price'>￥25.00</div><button>加入购物车</button>"
    )
    page = make_page('<div id="app"></div><script src="/a.js"></script>', rendered=shown.encode())
    sighting = read_page(page)
    assert sighting.title == "手工皂"
    assert str(sighting.offer.price if sighting.offer else None) == "25.00 CNY"
    assert sighting.page_sha256 == page.sha256  # of the bytes of the wire
    assert not needs_rendering(page, sighting)


def test_the_caller_names_the_platform(make_page: Callable[..., Page]) -> None:
    page = make_page("<h1>x</h1>", url="https://www.Shop.example:8443/item/1")
    assert read_page(page).platform == "shop.example:8443"
    assert read_page(page, platform="好店").platform == "好店"


def test_a_name_cut_by_inline_elements_is_read_as_a_person_reads_it(
    make_page: Callable[..., Page],
) -> None:
    page = make_page(
        "<h1>N<b>ik</b><span>e</span><div>跑鞋</div></h1><p class=price>¥<i>9</i>.50</p>"
    )
    sighting = read_page(page)
    assert sighting.title == "Nike 跑鞋"
    assert str(sighting.offer.price if sighting.offer else None) == "9.50 CNY"
