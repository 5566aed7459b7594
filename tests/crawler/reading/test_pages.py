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
_JSON_LD = """<script type="application/ld+json">{"@type": "Product", "name": "%s"}</script>"""
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


@pytest.mark.parametrize(
    ("body", "title", "why"),
    [
        (
            "<h1>&lt;script&gt;alert(1)&lt;/script&gt;收纳箱</h1>",
            "<script>alert(1)</script>收纳箱",
            "text of the page is text",
        ),
        ("<h1>收纳箱<script>x</script></h1>", "收纳箱", "an element is no text"),
        (
            '<meta property="og:title" content="&lt;b&gt;茶&lt;/b&gt; A&amp;amp;B">',
            "<b>茶</b> A&amp;B",
            "the parser has decoded it once",
        ),
        (_JSON_LD % "A &amp; B &lt;3", "A & B <3", "entities in a script"),
        (
            _JSON_LD % "<b>茶</b> 叶" + "<h1>茶 叶</h1>",
            "茶 叶",
            "a fragment that the heading shows",
        ),
        (_JSON_LD % "<b>茶</b> 叶" + "<h1>茶</h1>", "<b>茶</b> 叶", "one that it does not"),
    ],
)
def test_a_title_keeps_its_characters(
    body: str, title: str, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f"{body}<p class=price>¥5.00</p><button>立即购买</button>")
    assert read_page(page).title == title, why


@pytest.mark.parametrize(
    ("block", "description", "why"),
    [
        (
            '<div class="description">手工绿茶，春摘。</div>',
            "手工绿茶，春摘。",
            "eight Han characters",
        ),
        ('<div class="description">Fresh.</div>', "Fresh.", "one English word"),
        (
            '<div class="description">商品描述</div><div>手工绿茶</div>',
            "手工绿茶",
            "a label: the text stands beside it",
        ),
        (
            '<div class="description-title">关于这款茶</div><div>手工绿茶</div>',
            "手工绿茶",
            "a heading by its class",
        ),
        (
            '<div class="description"><h2>茶</h2></div><div>手工绿茶</div>',
            "手工绿茶",
            "a heading by its tag",
        ),
        ('<div class="description">Description:</div>', None, "a label beside nothing"),
        ('<p class="postscript">手工绿茶</p>', None, "another block"),
    ],
)
def test_short_descriptions_are_kept(
    block: str, description: str | None, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f"<h1>茶</h1><p class=price>¥5.00</p>{block}")
    assert read_page(page).description == description, why
