"""Pages of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.aliexpress.site import NAME, full_size, store_of, url_of
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from crawler.reading.document import Document
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind


def read_list(page: Page) -> ListPage:
    fields = _list_data(page)
    info = fields.need("pageInfo")
    if info.count("totalResults") == 0 and fields.at("mods", "itemList") is None:
        return ListPage(sightings=())
    cards = tuple(_cards(fields))
    number, size = info.count("page") or 1, info.count("pageSize") or 60
    total = info.count("totalResults") or 0
    more = bool(cards) and number * size < total and not _is_finished(info)
    url = strict.with_parameter(page.url, "page", str(number + 1))
    return list_page(page, cards, _read_card, next=Ask(url=url) if more else None)


def _is_finished(info: Json) -> bool:
    finished = info.at("finished")
    return finished is not None and finished.value is True


def _list_data(page: Page) -> Json:
    if is_json(page):
        return read_json(page).need("data", "result")
    source = Document(page).source
    found = find_embedded(source, "_dida_config_._init_data_", page)
    if found is not None:
        inner = found.at("data") or found
        return inner.need("root", "fields")
    found = find_embedded(source, "window.runParams", page)
    if found is None:
        raise strict.lacks(page, "_init_data_", "the page's data in a script")
    return found


def _cards(fields: Json) -> Iterator[Json]:
    content = fields.need("mods", "itemList", "content")
    if not isinstance(content.value, list | Mapping):
        raise content.changed("a list")
    for card in content.items():
        # Banners and shop cards stand between the products.
        if card.text("productId"):
            yield card


def _read_card(page: Page, card: Json) -> Sighting:
    key = card.need_text("productId")
    prices = card.need("prices")
    trade = card.text("trade", "realTradeCount") or card.text("trade", "tradeDesc")
    store = card.text("store", "storeId")
    sale, original = prices.at("salePrice"), prices.at("originalPrice")
    now = sale or original
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=key, url=url_of(page, key)),
            title=card.need_text("title", "displayTitle"),
            offer=Offer(
                price=now.price(now.need_text("currencyCode"), "minPrice") if now else None,
                list_price=original.price(original.need_text("currencyCode"), "minPrice")
                if sale and original
                else None,
                sold=strict.claimed_count(trade) if trade else None,
            ),
            sku=key,
            pictures=strict.pictures_of(
                page,
                [full_size(url) for url in (
                    card.text("image", "imgUrl"), *(i.text("imgUrl") for i in card.items("images"))
                ) if url],
            ),
            seller=store_of(page, store, card.text("store", "storeName")) if store else None,
        ),
        "json",
    )  # fmt: skip
