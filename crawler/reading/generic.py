"""The generic reader: one page of any shop ▶ one Sighting.

Precedence, field by field: JSON-LD, microdata and RDFa (whichever describes the page's own
product), then OpenGraph's product properties, then the state of the page's programs, then the plain
HTML. One exception, because
what counts is what the buyer sees: where the HTML shows the structured price struck out above a
lower one, the lower one is the price. `origins` names the source of every field.
"""

from __future__ import annotations

from crawler.reading import links, offer_blocks, sellers
from crawler.reading.document import Document
from crawler.reading.keys import has_seller_address, platform_of
from crawler.reading.listing_fields import ListingReader
from crawler.reading.opened import OpenedPage
from crawler.reading.own_shops import (
    ORGANISATIONS,
    is_legal,
    read_main_disclosure,
    seller_of_shop,
)
from crawler.reading.page_kinds import Signals, kind_by_status, tell_kind
from crawler.reading.products import (
    ProductFields,
    choose_product,
    count_listed,
    is_subject,
    read_product,
)
from crawler.reading.state_products import read_state_product, words_to_find
from crawler.reading.states import PRODUCT_MARKS, TRADE_NUMBER_MARKS, read_states
from crawler.reading.text import TITLE_LENGTH, clean_text
from crawler.reading.things import Thing
from domain.listings import Availability, Sighting
from domain.pages import Page, PageKind


def read_generic(opened: OpenedPage, *, platform: str | None = None) -> Sighting:
    """Read any page; a page that is no listing gives no product fields.

    Nothing here raises for what a page holds.
    """
    page = opened.page
    shop = platform or platform_of(page.url)
    kind = kind_by_status(page.status)
    if kind is not None or not _is_html(page):
        return _bare(page, shop, kind or PageKind.OTHER)
    document, regions, structured = opened.document, opened.regions, opened.structured
    name = document.h1 or document.head_title
    thing = choose_product(structured, name=name, url=page.url)
    cards = opened.cards
    shown = offer_blocks.read_offer(document, regions, cards, opened.heading)
    fields = read_product(thing, structured, url=page.url, hint=document.currency_hint)
    state = _read_state(opened, fields, shown)
    kind = tell_kind(document, _signals(opened, thing, state, shown))
    if kind is PageKind.LISTING:
        return ListingReader(opened, shop, fields, state, shown).sighting()
    if kind is PageKind.SELLER:
        return _seller_page(opened, shop)
    return _bare(page, shop, kind, title=_title_of(document))


def _is_html(page: Page) -> bool:
    if page.media_type.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", ""):
        return True
    return page.body[:1_000].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _read_state(
    opened: OpenedPage, fields: ProductFields, shown: offer_blocks.OfferEvidence
) -> ProductFields:
    """Read the product from the state of the page's programs where something may be learnt."""
    document = opened.document
    known = (fields.title, fields.price, fields.brand, fields.sku)
    # What knows all but the trade item number is not worth more than looking for its name.
    marks = TRADE_NUMBER_MARKS if all(known) else PRODUCT_MARKS
    name = document.h1 or fields.title or document.head_title
    words = words_to_find(name or "")
    if (all(known) and fields.gtin) or not words:
        return ProductFields(origin="")
    titles = [*document.meta.get("og:title", ()), document.head_title, fields.title]
    found = read_state_product(
        read_states(document, words, marks),
        heading=document.h1,
        titles=tuple(title for title in titles if title),
        shown=shown.price,
        hint=document.currency_hint,
    )
    return found or ProductFields(origin="")


def _signals(
    opened: OpenedPage,
    thing: Thing | None,
    state: ProductFields,
    shown: offer_blocks.OfferEvidence,
) -> Signals:
    document = opened.document
    types = {value.lower() for value in document.meta.get("og:type", ())}
    by_opengraph = bool(types & {"product", "og:product", "product.item"})
    name = document.h1 or document.head_title
    # Beside an offer of the page's own, cards under "product list" are of other things.
    around = opened.regions if shown.price is not None or shown.can_buy else None
    by_state = bool(state.price or state.sku or state.gtin)
    by_name = thing is not None and is_subject(thing, name, document.url)
    subject = by_opengraph or by_state or by_name
    return Signals(
        has_product=thing is not None or by_opengraph or by_state,
        is_subject=subject,
        listed=count_listed(opened.structured),
        # Cards decide only where nothing names the page's own product.
        cards=0 if subject else links.count_cards(document, opened.cards, around),
        has_price=shown.price is not None,
        can_buy=shown.can_buy,
        says_stock=shown.availability is not Availability.UNKNOWN,
        is_trader=thing is None and _names_trader(opened),
    )


def _names_trader(opened: OpenedPage) -> bool:
    disclosure = read_main_disclosure(opened)
    by_address = has_seller_address(opened.document.url)
    return disclosure.says_who or (by_address and disclosure.says_where)


def _bare(page: Page, shop: str, kind: PageKind, *, title: str | None = None) -> Sighting:
    return Sighting(
        platform=shop,
        listing_key=page.url,
        url=page.url,
        requested_url=page.requested_url,
        kind=kind,
        fetched_at=page.fetched_at,
        title=title,
        origins={"title": "html title"} if title else {},
        page_sha256=page.sha256,
    )


def _title_of(document: Document) -> str | None:
    return clean_text(document.head_title or document.h1 or "", length=TITLE_LENGTH)


def _seller_page(opened: OpenedPage, shop: str) -> Sighting:
    page, document = opened.page, opened.document
    seller = None
    if is_legal(document) and not has_seller_address(document.url):
        seller = seller_of_shop(opened, platform=shop)
    if seller is None:
        kinds = ORGANISATIONS | {"Person"}
        thing = next((t for t in opened.structured.things if t.types & kinds), None)
        seller = sellers.seller_of_page(
            document, thing, opened.attributes, platform=shop, heading=document.h1
        )
    return Sighting(
        platform=shop,
        listing_key=page.url,
        url=page.url,
        requested_url=page.requested_url,
        kind=PageKind.SELLER,
        fetched_at=page.fetched_at,
        title=_title_of(document),
        seller=seller,
        origins={"title": "html title", "seller": "html"},
        page_sha256=page.sha256,
    )
