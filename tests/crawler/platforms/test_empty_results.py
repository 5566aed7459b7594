"""A search that found nothing, told from a list that changed, a wall and a page not filled yet.

A zero that is none would hide counterfeits, so each platform is shown all of them.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.platforms import find_platform
from domain.common import PageChanged, digest
from domain.pages import Page, PageKind

AMAZON = '<div class="s-main-slot"><div class="s-no-results"><span>%s</span></div></div>'
SCRIPTS = "<script src=/a.js></script>"
URLS = {
    "amazon.com": "https://www.amazon.com/s?k=wolkenkamm",
    "amazon.de": "https://www.amazon.de/s?k=wolkenkamm",
    "amazon.fr": "https://www.amazon.fr/s?k=wolkenkamm",
    "amazon.it": "https://www.amazon.it/s?k=wolkenkamm",
    "amazon.es": "https://www.amazon.es/s?k=wolkenkamm",
    "amazon.co.jp": "https://www.amazon.co.jp/s?k=wolkenkamm",
    "ebay.com": "https://www.ebay.com/sch/i.html?_nkw=wolkenkamm",
    "ebay.de": "https://www.ebay.de/sch/i.html?_nkw=wolkenkamm",
    "jd": "https://search.jd.com/Search?keyword=wolkenkamm",
    "taobao": "https://s.taobao.com/search?q=wolkenkamm",
    "1688": "https://s.1688.com/selloffer/offer_search.htm?keywords=wolkenkamm",
    "pinduoduo": "https://mobile.yangkeduo.com/search_result.html?search_key=wolkenkamm",
    "aliexpress": "https://www.aliexpress.com/w/wholesale-wolkenkamm.html",
    "shopee": "https://shopee.sg/api/v4/search/search_items?keyword=wolkenkamm&newest=0",
    "lazada": "https://www.lazada.sg/catalog/?q=wolkenkamm&ajax=true",
}


def embedded(name: str, state: object) -> str:
    return f"<script>{name} = {json.dumps(state)};</script>"


def aliexpress(**fields: object) -> str:
    return embedded("window._dida_config_._init_data_", {"data": {"root": {"fields": fields}}})


def pinduoduo(**listed: object) -> str:
    return embedded("window.rawData", {"stores": {"store": {"data": {"ssrListData": listed}}}})


def page_of(site: str, body: str) -> Page:
    data = (body if body[:1] == "{" else f"<!doctype html><body>{body}").encode()
    return Page(
        requested_url=URLS[site],
        url=URLS[site],
        status=200,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        media_type="application/json" if body[:1] == "{" else "text/html",
        charset="utf-8",
        body=data,
        sha256=digest(data),
    )


def outcome(page: Page) -> str:
    """Read a page as a crawl does: nothing_there, layout_changed, or the kind of another page."""
    platform = find_platform(page.url)
    assert platform is not None
    assert platform.read_list is not None
    try:
        kind = platform.read(page).kind
        if kind is not PageKind.SEARCH:
            return kind.value
        listed = platform.read_list(page)
    except PageChanged:
        return "layout_changed"
    return "found" if listed.sightings or listed.next else "nothing_there"


@pytest.mark.parametrize(
    ("site", "body", "expected", "why"),
    [
        ("amazon.com", AMAZON % "No results for wolkenkamm", "nothing_there", "in words"),
        ("amazon.de", AMAZON % "Keine Ergebnisse für wolkenkamm", "nothing_there", "in German"),
        ("amazon.fr", AMAZON % "Aucun résultat pour wolkenkamm", "nothing_there", "in French"),
        ("amazon.it", AMAZON % "Nessun risultato per wolkenkamm", "nothing_there", "in Italian"),
        ("amazon.es", AMAZON % "No hay resultados para wolkenkamm", "nothing_there", "in Spanish"),
        (
            "amazon.co.jp",
            AMAZON % "wolkenkammの検索に一致する商品はありませんでした",
            "nothing_there",
            "in Japanese",
        ),
        ("amazon.de", "<div class=neu>1-48 von 200 Ergebnissen</div>", "layout_changed", "no card"),
        ("amazon.de", "<p>Keine Artikel im Warenkorb</p>", "layout_changed", "only a basket"),
        ("amazon.de", "<form action=/errors/validateCaptcha>", "blocked", "the robot check"),
        ("ebay.com", "<h1>0 results for wolkenkamm</h1>", "nothing_there", "a count of none"),
        ("ebay.de", "<h1>0 Ergebnisse für wolkenkamm</h1>", "nothing_there", "the same in German"),
        ("ebay.de", "<h1>240 Ergebnisse für tee</h1>", "layout_changed", "results without cards"),
        ("ebay.com", "<title>Pardon Our Interruption...</title>", "blocked", "the robot check"),
        ("jd", "<p>抱歉，没有找到与“wolkenkamm”相关的商品</p>", "nothing_there", "in words"),
        ("jd", f"<p>共100+件商品</p>{SCRIPTS * 2_000}", "layout_changed", "results without cards"),
        ("jd", SCRIPTS, "other", "scripts have yet to fill it"),
        (
            "taobao",
            embedded("g_page_config", {"mods": {"itemlist": {"status": "hide"}}}),
            "nothing_there",
            "the list is hidden",
        ),
        ("taobao", "<p>没有找到相关的宝贝</p>", "nothing_there", "as a browser drew it"),
        ("taobao", embedded("g_page_config", {"mods": {}}), "layout_changed", "no list at all"),
        (
            "1688",
            embedded("window.data", {"offerV2Showed": {"offerList": []}}),
            "nothing_there",
            "an empty list",
        ),
        (
            "1688",
            embedded("window.data", {"offerV2Showed": {"offers": []}}),
            "layout_changed",
            "the list has another name",
        ),
        ("pinduoduo", pinduoduo(list=[]), "nothing_there", "an empty list"),
        ("pinduoduo", pinduoduo(list=[], hasError=True), "blocked", "a throttled account"),
        ("pinduoduo", pinduoduo(goods=[]), "layout_changed", "the list has another name"),
        (
            "aliexpress",
            aliexpress(mods={}, pageInfo={"page": 1, "totalResults": 0}),
            "nothing_there",
            "a count of none, no list",
        ),
        (
            "aliexpress",
            aliexpress(mods={"itemList": {"content": []}}, pageInfo={"totalResults": 0}),
            "nothing_there",
            "an empty list",
        ),
        (
            "aliexpress",
            aliexpress(mods={}, pageInfo={"page": 1, "totalResults": 60}),
            "layout_changed",
            "results are counted, and no list",
        ),
        ("shopee", '{"error": null, "total_count": 0, "items": []}', "nothing_there", "empty"),
        ("shopee", '{"error": null, "total_count": 0, "items": null}', "nothing_there", "null"),
        ("shopee", '{"error": null, "total_count": 9, "items": null}', "layout_changed", "counted"),
        ("shopee", '{"error": null}', "layout_changed", "neither count nor list"),
        ("shopee", '{"error": 90309999, "is_login": true}', "blocked", "the robot check"),
        (
            "lazada",
            '{"mods": {"listItems": []}, "mainInfo": {"totalResults": "0"}}',
            "nothing_there",
            "an empty list",
        ),
        (
            "lazada",
            '{"mods": {}, "mainInfo": {"totalResults": "0"}}',
            "nothing_there",
            "a count of none, no list",
        ),
        (
            "lazada",
            '{"mods": {}, "mainInfo": {"totalResults": "40"}}',
            "layout_changed",
            "results are counted, and no list",
        ),
        ("lazada", '{"ret": ["RGV587_ERROR::SM"]}', "blocked", "the slider"),
    ],
)
def test_nothing_there_is_told_from_changed_and_blocked(
    site: str, body: str, expected: str, why: str
) -> None:
    assert outcome(page_of(site, body)) == expected, why
