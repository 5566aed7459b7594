"""Results: a page's state, or an API's answer."""

from __future__ import annotations

import re

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.alibaba_1688.site import listing_of, seller_of
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import lacks, parameter, with_parameter
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from domain.listings import Offer, Sighting
from domain.pages import Page


def shown_offers(page: Page) -> Json | None:
    return find_embedded(chinese_pages.source_of(page), '"offerV2Showed"', page)


def read_list(page: Page) -> ListPage:
    if is_json(page):
        cells = read_json(page).need("data", "data", "OFFER", "items").items()
        offers = (card for cell in cells if (card := cell.at("data")) and card.at("offerId"))
        return list_page(page, offers, _read_card, origin="api")
    shown = shown_offers(page)
    if shown is None:
        raise lacks(page, "offerV2Showed")
    cards = shown.need("offerList").items()
    following = None
    counted = find_embedded(chinese_pages.source_of(page), '"abResultData"', page)
    last = counted.count("totalPage") if counted is not None else None
    number = parameter(page.url, "beginPage") or "1"
    if last is not None and re.fullmatch(r"\d{1,4}", number) and int(number) < last:
        following = Ask(url=with_parameter(page.url, "beginPage", str(int(number) + 1)))
    return list_page(page, cards, _read_card, next=following)


def _read_card(page: Page, card: Json) -> Sighting:
    company = card.text("shopAddition", "text") or card.text("companyName")
    winport = card.text("shopAddition", "shopLinkUrl") or card.text("winPortUrl")
    places = (card.text("province"), card.text("city"))
    title = re.sub(r"<[^<>]{0,200}>", "", card.need_text("title"))  # hits are marked
    return listing_of(
        page,
        card.need_text("offerId"),
        title,
        pairs=iter(()),
        pictures=[card.text("odPicUrl") or card.text("offerPicUrl")],
        offer=Offer(
            price=chinese.read_yuan(card.need("priceInfo", "price")),
            sold=chinese.sold_of(card.text("bookedCount")),
            ships_from=" ".join(place for place in places if place) or None,
        ),
        seller=seller_of(winport, company, page) if winport else None,
    )
