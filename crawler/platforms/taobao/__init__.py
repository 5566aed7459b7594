"""Taobao and Tmall: one space of item numbers and accounts, so one platform.

Quirks, with the date of what they were seen on:
- 2017-05 a result page holds its cards in `g_page_config`; advertised cards lead through
  click.simba.taobao.com, so that only `nid` tells the item; cells without `nid` are promotions.
- 2020-06 collectors' item JSON (`appCode` taobaodetail) gives prices as text, ranges among them.
- 2020 to 2022 `mtop.taobao.detail.getdetail` keeps price and stock as JSON text in `apiStack`.
- 2024-03 results come from `mtop.relationrecommend.wirelessrecommend.recommend` (JSONP, signed:
  its next page cannot be asked for), which also fills rows of recommendations without `mainInfo`.
- 2025-11 an item page carries the data of `mtop.taobao.pcdetail.data.get` in `loaderData`;
  `extraPrice` is what coupons leave (券后), `price` what it is held against; both need a login,
  without one digits are hidden (¥1??). Class names of result cards end in a changing hash.
- A shop's page names its owner in <meta name="microscope-data"> only (`userid`, the key of the
  seller; `shopId` is another number). A licence page (亮照) knows its shop by `xid` only.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese_pages
from crawler.platforms.platform import Ask, Platform
from crawler.platforms.strict import bare, parameter, read_elsewhere
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.platforms.taobao.listing import read_item, read_item_page
from crawler.platforms.taobao.results import read_list, tell_list
from crawler.platforms.taobao.shop import microscope_of, read_shop
from crawler.platforms.taobao.site import NAME
from crawler.platforms.taobao.union import UNION
from domain.listings import Sighting
from domain.pages import Page, PageKind

_ITEM_APIS = ("mtop.taobao.pcdetail.data.get", "mtop.taobao.detail.getdetail")
_LIST_APIS = ("mtop.taobao.wsearch.", "mtop.relationrecommend.")
_ITEM_PATH = re.compile(r"^//[\w.-]*\b(?:item|detail)\.[\w.-]+/item\.html?$")
_LIST_PATH = re.compile(r"^//(?:s|list)\.(?:m\.)?(?:taobao|tmall)\.com/")
_LICENCE_PATH = re.compile(r"liangzhao|licen[cs]e|xinxigongshi", re.IGNORECASE)


def _read(page: Page) -> Sighting:
    wall = chinese_pages.read_wall(page, NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    parts = urlsplit(page.url)
    path = f"//{parts.hostname}{parts.path}"
    source = chinese_pages.source_of(page)
    if _ITEM_PATH.match(path):
        return read_item_page(page, source)
    if _LIST_PATH.match(path):
        return tell_list(page, source)
    owner = re.search(r"\buserid=(\d{1,20})", microscope_of(source), re.IGNORECASE)
    if owner:
        return read_shop(page, owner[1])
    if _LICENCE_PATH.search(page.url) and (number := parameter(page.url, "xid")):
        return chinese_pages.read_seller_page(page, NAME, key=f"xid:{number[:100]}")
    if re.match(r"//shop\d+\.", path):
        return chinese_pages.read_stateless(page, NAME, "meta microscope-data userid")
    return read_elsewhere(page, NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    api = answer.text("api") or ""
    is_item, is_list = api in _ITEM_APIS, api.startswith(_LIST_APIS)
    refused = chinese_pages.tell_mtop(answer) if is_item or is_list else None
    if refused is not None:
        return bare(page, NAME, refused)
    if is_item or answer.text("appCode") == "taobaodetail":
        return read_item(page, answer.need("data"), "api")
    if is_list and _is_search(answer):
        return bare(page, NAME, PageKind.SEARCH)
    return read_elsewhere(page, NAME)


def _is_search(answer: Json) -> bool:
    return answer.at("data", "mainInfo") is not None or answer.at("data", "itemsArray") is not None


def _ask_query(start_url: str, query: str) -> Ask:
    return Ask(url=f"https://s.taobao.com/search?q={quote(query)}&ie=utf8")


TAOBAO = Platform(
    name=NAME,
    hosts=frozenset({"taobao.com", "tmall.com", "tmall.hk"}),
    read=_read,
    read_list=read_list,
    ask_query=_ask_query,
    api=UNION,
)
