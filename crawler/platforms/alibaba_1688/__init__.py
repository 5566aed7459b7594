"""1688 (阿里巴巴批发): wholesale, factories among the sellers.

Quirks, with the date of what they were seen on:
- Until about 2024 an offer's page holds `window.__INIT_DATA`: components under numbers, told by
  `componentType`, and a `globalData` model. From 2024 it holds `window.context`: the same model in
  result.data.Root.fields.dataJson, the components under names; since 2025 also a fuller model in
  result.global.globalData.model.
- Prices fall with the quantity: the highest, for the smallest order, is the price that one buyer
  pays; promotions stand beside it in other models.
- 2025-11 results come from `mtop.relationrecommend.wirelessrecommend.recommend` (JSONP, signed:
  its next page cannot be asked for) and stand in `window.data.offerV2Showed` of the drawn page.
- Login name, member number and user number of a seller do not appear together everywhere; the host
  of its shop (winport) does, so its first label is the seller's key.
- A shop's "creditdetail" page discloses the company (公司名称, 统一社会信用代码, 注册地址).
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese_pages
from crawler.platforms.alibaba_1688.listing import read_item_page
from crawler.platforms.alibaba_1688.results import read_list, shown_offers
from crawler.platforms.alibaba_1688.site import NAME, shop_of
from crawler.platforms.platform import Ask, Platform
from crawler.platforms.strict import bare, read_elsewhere, with_origins
from crawler.platforms.strict_json import Json, is_json, read_json
from domain.listings import Sighting
from domain.pages import Page, PageKind

_ITEM = re.compile(r"^//(?:detail|m|dj)\.1688\.com/(?:page/)?offer/(\d{5,20})\.html$")
_LIST = re.compile(r"^//(?:s|m)\.1688\.com/(?:selloffer/|offer_search|youyuan/)")
_LIST_API = "mtop.relationrecommend.wirelessrecommend.recommend"


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
    if _LIST.match(path):
        if shown_offers(page) is not None:
            return bare(page, NAME, PageKind.SEARCH)
        return chinese_pages.read_stateless(page, NAME, "offerV2Showed")
    shop = shop_of(page.url)
    if shop is not None:
        return _read_shop(page, shop)
    return read_elsewhere(page, NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    if answer.text("api") != _LIST_API:
        return read_elsewhere(page, NAME)
    refused = chinese_pages.tell_mtop(answer)
    if refused is not None:
        return bare(page, NAME, refused)
    if answer.at("data", "data") is not None:
        answer.need("data", "data", "OFFER", "items")
        return bare(page, NAME, PageKind.SEARCH)
    return read_elsewhere(page, NAME)


def _read_shop(page: Page, key: str) -> Sighting:
    wall = read_elsewhere(page, NAME)
    if wall.kind is not PageKind.OTHER:
        return wall
    home = f"https://{key}.1688.com/"
    found = chinese_pages.read_seller_page(page, NAME, key=key, url=home)
    seller = found.seller
    if seller is None or (seller.company is None and "creditdetail" in page.url):
        return chinese_pages.read_stateless(page, NAME, "公司名称")
    named = seller.name or seller.company
    return with_origins(replace(found, seller=replace(seller, name=named)), "html")


def _ask_query(start_url: str, query: str) -> Ask:
    url = "https://s.1688.com/selloffer/offer_search.htm"
    return Ask(url=f"{url}?keywords={quote(query)}&charset=utf8&beginPage=1")


ALIBABA_1688 = Platform(
    name=NAME,
    hosts=frozenset({"1688.com"}),
    read=_read,
    read_list=read_list,
    ask_query=_ask_query,
)
