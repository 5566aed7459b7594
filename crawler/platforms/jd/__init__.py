"""JD.com (京东), its own goods and those of shops on it.

Quirks, with the date of what they were seen on:
- 2020-06 collectors' item JSON (`appCode` jdGoodsDetail): attributes as "品牌：某某" lines.
- 2012 to 2024 an item page (item.jd.com) fills its price by script: saved from a browser it
  stands in `.p-price`, fetched plainly it is empty. Result pages list `li.gl-item`, half of them
  at first: page numbers count halves.
- 2025 item pages are drawn from `pc_detailpage_wareBusiness`: `price.p` is what is paid,
  `finalPrice` what subsidies leave of it, `op` and `m` what it is held against, "-1.00" marks
  goods off sale. Result pages are drawn from `pc_search_searchWare` (signed: its next page cannot
  be asked for). Pages drawn of them have none of the old classes: the generic reader reads those.
- A shop is known by `shopId`, as in mall.jd.com/index-1.html. Its licence page
  (showLicence-1.html) first asks for a code, in a form; the answers stand in `li.noBorder`.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese_pages
from crawler.platforms.jd.listing import read_collected, read_item_page, read_ware
from crawler.platforms.jd.results import CARD, read_list
from crawler.platforms.jd.shop import read_licence, read_shop
from crawler.platforms.jd.site import NAME
from crawler.platforms.platform import Ask, Platform
from crawler.platforms.strict import (
    bare,
    find,
    parameter,
    read_elsewhere,
)
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.reading import says_nothing
from crawler.reading.document import Document
from domain.listings import Sighting
from domain.pages import Page, PageKind

_ITEM = re.compile(r"^//item\.(?:m\.)?jd\.(?:com|hk)/(?:product/)?(\d{3,20})\.html$")
_LIST = re.compile(r"^//(?:search|list|re)\.jd\.(?:com|hk)/")
_SHOP = re.compile(r"^//mall\.jd\.(?:com|hk)/(index|showLicence)-(\d{1,20})\.html$")
# Not logged in; a slider asked for.
_REFUSALS = {"3": PageKind.LOGIN, "605": PageKind.BLOCKED}


def _read(page: Page) -> Sighting:
    wall = chinese_pages.read_wall(page, NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    parts = urlsplit(page.url)
    path = f"//{parts.hostname}{parts.path}"
    if item := _ITEM.match(path):
        return read_item_page(page, item[1])
    if shop := _SHOP.match(path):
        return read_licence(page, shop[2]) if shop[1] != "index" else read_shop(page, shop[2])
    if _LIST.match(path) or parameter(page.url, "functionId") == "pc_search_s_new":
        if find(Document(page).root, CARD) is not None or says_nothing(page):
            return bare(page, NAME, PageKind.SEARCH)
        return chinese_pages.read_stateless(page, NAME, "li.gl-item")
    return read_elsewhere(page, NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    if answer.text("appCode") == "jdGoodsDetail":
        return read_collected(page, answer.need("data"))
    refused = _REFUSALS.get(answer.text("code") or "")
    if refused is not None:
        return bare(page, NAME, refused)
    api = parameter(page.url, "functionId")
    if api == "pc_search_searchWare":
        answer.need("data", "wareList")
        return bare(page, NAME, PageKind.SEARCH)
    if api == "pc_detailpage_wareBusiness" or "/getWareBusiness" in page.url:
        return read_ware(page, answer)
    return read_elsewhere(page, NAME)


def _ask_query(start_url: str, query: str) -> Ask:
    return Ask(url=f"https://search.jd.com/Search?keyword={quote(query)}&enc=utf-8")


JD = Platform(
    name=NAME,
    hosts=frozenset({"jd.com", "jd.hk"}),
    read=_read,
    read_list=read_list,
    ask_query=_ask_query,
)
