"""Results: a page's state, an API's answer, a page as it was saved."""

from __future__ import annotations

from dataclasses import replace

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import (
    bare,
    find_all,
    lacks,
    need_text_at,
    parameter,
    text_at,
    with_origins,
    with_parameter,
)
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from crawler.platforms.taobao.site import NAME, url_of
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element
from crawler.reading.text import absolute_url, text_of_fragment
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_CARD = "//a[starts-with(@id, 'item_id_')]"
_PAGE_SIZE = 44


def tell_list(page: Page, source: str) -> Sighting:
    drawn = find_all(Document(page).root, _CARD)
    if "g_page_config" in source or drawn or says_nothing(page):
        return bare(page, NAME, PageKind.SEARCH)
    return chinese_pages.read_stateless(page, NAME, "g_page_config, or cards of results")


def read_list(page: Page) -> ListPage:
    if is_json(page):
        cells = read_json(page).need("data", "itemsArray").items()
        cards = (cell for cell in cells if cell.at("title"))
        return list_page(page, cards, _read_card, origin="api")
    state = find_embedded(chinese_pages.source_of(page), "g_page_config", page)
    if state is None:
        return list_page(page, find_all(Document(page).root, _CARD), _read_anchor)
    mods = state.need("mods")
    if mods.need_text("itemlist", "status") == "hide":  # nothing found
        return ListPage(sightings=())
    cells = mods.need("itemlist", "data", "auctions").items()
    cards = (cell for cell in cells if cell.at("nid") or cell.at("title"))
    return list_page(page, cards, _read_auction, origin="embedded state", next=_next(page, mods))


def _next(page: Page, mods: Json) -> Ask | None:
    pager = mods.at("pager", "data")
    if pager is None:
        return None
    current, total = pager.count("currentPage"), pager.count("totalPage")
    if current is None or total is None or current >= total:
        return None
    start = current * (pager.count("pageSize") or _PAGE_SIZE)
    return Ask(url=with_parameter(page.url, "s", str(start)))


def _listed(page: Page, key: str, title: str, offer: Offer, picture: str | None) -> Sighting:
    return replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
        title=text_of_fragment(title, length=1_000),  # hits are marked: <span class=H>
        offer=offer,
        pictures=chinese.read_pictures(page, [picture]),
    )


def _read_card(page: Page, card: Json) -> Sighting:
    key = card.text("item_id") or card.need_text("nid")
    shown = card.need("priceShow")
    paid, listed = chinese.paid_and_listed(
        [chinese.read_yuan(shown.need("price"))], [chinese.read_yuan(card, "price")]
    )
    offer = Offer(
        price=paid,
        list_price=listed,
        sold=chinese.sold_of(card.text("realSales")),
        ships_from=card.text("procity"),
    )
    found = _listed(page, key, card.need_text("title"), offer, card.text("pic_path"))
    return replace(found, seller=_card_seller(page, card))


def _card_seller(page: Page, card: Json) -> Seller | None:
    address = card.text("shopInfo", "url")
    url = absolute_url(page.url, address) if address else None
    key = card.text("userId") or (parameter(url, "user_number_id") if url else None)
    name = card.text("shopInfo", "title") or card.text("nick")
    return Seller(platform=NAME, seller_key=key, name=name, url=url) if key else None


def _read_auction(page: Page, card: Json) -> Sighting:
    offer = Offer(
        price=chinese.read_yuan(card.need("view_price")),
        sold=chinese.sold_of(card.text("view_sales")),
        ships_from=card.text("item_loc"),
    )
    title, picture = card.need_text("title"), card.text("pic_url")
    found = _listed(page, card.need_text("nid"), title, offer, picture)
    owner = card.need_text("user_id")
    url = f"https://store.taobao.com/shop/view_shop.htm?user_number_id={owner}"
    seller = Seller(platform=NAME, seller_key=owner, name=card.text("nick"), url=url)
    return replace(found, seller=seller)


def _read_anchor(page: Page, card: Element) -> Sighting:
    """Read a card of a saved result page by the unchanging heads of its class names."""
    key = (card.get("id") or "").removeprefix("item_id_")
    digits = "".join(text_at(card, _by_head(name)) or "" for name in ("priceInt", "priceFloat"))
    if not digits:
        raise lacks(page, "priceInt--")
    offer = Offer(
        price=chinese.yuan_of(digits, Json(digits, "priceInt--", page.url)),
        sold=chinese.sold_of(text_at(card, _by_head("realSales"))),
        ships_from=text_at(card, _by_head("procity")),
    )
    title = need_text_at(page, card, "title--", _by_head("title"))
    picture = next((i.get("src") for i in find_all(card, _by_head("mainPic") + "[@src]")), None)
    return with_origins(_listed(page, key, title, offer, picture), "html")


def _by_head(name: str) -> str:
    return f".//*[contains(concat(' ', @class), ' {name}--')]"
