"""Results: the answers of /api/v4/search/search_items."""

from __future__ import annotations

import re
from urllib.parse import quote_plus, urlencode

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.shopee.items import read_item
from crawler.platforms.strict_json import Json, is_json, read_json
from domain.listings import Sighting
from domain.pages import Page

PAGE_SIZE = 60


def read_list(page: Page) -> ListPage:
    if not is_json(page):
        raise strict.lacks(page, "items", "the answer of /api/v4/search/search_items")
    answer = read_json(page)
    if answer.count("total_count") == 0 and answer.at("items") is None:
        return ListPage(sightings=())
    items = answer.need("items").items()
    newest = strict.parameter(page.url, "newest") or "0"
    first = int(newest) if re.fullmatch(r"\d{1,9}", newest) else 0
    following = first + len(items)
    end = answer.at("nomore")
    more = bool(items) and following < (answer.count("total_count") or 0)
    if end is not None and end.value is True:
        more = False
    url = strict.with_parameter(page.url, "newest", str(following))
    return list_page(page, items, _read_card, next=Ask(url=url) if more else None)


def _read_card(page: Page, card: Json) -> Sighting:
    return read_item(page, card.at("item_basic") or card)


def ask_query(start: str, query: str) -> Ask:
    parameters = urlencode(
        {"by": "relevancy", "keyword": query, "limit": PAGE_SIZE, "newest": 0, "order": "desc",
         "page_type": "search", "scenario": "PAGE_GLOBAL_SEARCH", "version": 2}
    )  # fmt: skip
    referer = strict.at_site(start, f"/search?keyword={quote_plus(query)}")
    url = strict.at_site(start, f"/api/v4/search/search_items?{parameters}")
    return Ask(url=url, headers={"Accept": "application/json", "Referer": referer})
