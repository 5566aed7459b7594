"""eBay's Browse API (v1), asked with the operator's keys, or read from a capture.

Written by developer.ebay.com, "The client credentials grant flow", Browse API "search" and
"getItem" (v1, pages of 2023 to 2025), without a key to try them.

- The token lasts two hours; it is wanted as `Authorization: Bearer`.
- A search gives 200 items a page at most and 10,000 in all; without a filter it leaves auctions
  out. The site is named by a header, so that one address serves all sites.
- Errors are `{"errors": [{"errorId", "domain", …}]}`: 1001 to 1003 for the token, 1100 for a right
  that the keys lack, 2001 for too many requests. A token is refused with `{"error": …}`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlencode

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.ebay.site import API, NAME, pictures_at, seller_of
from crawler.platforms.platform import (
    Api,
    ApiRefusal,
    ApiTrouble,
    Ask,
    Keys,
    ListPage,
    Token,
)
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.reading.keys import platform_of
from crawler.reading.text import DESCRIPTION_LENGTH, text_of_fragment
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page, PageKind

_STOCK = {
    "IN_STOCK": Availability.IN_STOCK,
    "LIMITED_STOCK": Availability.IN_STOCK,
    "OUT_OF_STOCK": Availability.OUT_OF_STOCK,
}
"""AvailabilityStatusEnum of the Browse API; without it the answer does not tell."""
_SCOPE = "https://api.ebay.com/oauth/api_scope"
_FRONT = "https://www.ebay.com/"
_PER_PAGE = 200
_BUYING = "buyingOptions:{FIXED_PRICE|AUCTION|BEST_OFFER}"
_MARKETPLACES = {
    "ebay.ca": "EBAY_CA", "cafr.ebay.ca": "EBAY_CA", "ebay.co.uk": "EBAY_GB",
    "ebay.ie": "EBAY_IE", "ebay.de": "EBAY_DE", "ebay.at": "EBAY_AT", "ebay.fr": "EBAY_FR",
    "ebay.it": "EBAY_IT", "ebay.es": "EBAY_ES", "ebay.nl": "EBAY_NL", "ebay.be": "EBAY_BE",
    "benl.ebay.be": "EBAY_BE", "befr.ebay.be": "EBAY_BE", "ebay.ch": "EBAY_CH",
    "ebay.pl": "EBAY_PL", "ebay.com.au": "EBAY_AU", "ebay.com.hk": "EBAY_HK",
    "ebay.com.sg": "EBAY_SG", "ebay.com.my": "EBAY_MY", "ebay.ph": "EBAY_PH",
}  # fmt: skip
"""Site ▶ MarketplaceIdEnum, EBAY_US for all others."""
_TOKEN_ERRORS = frozenset({"1001", "1002", "1003", "1004", "1100", "1101"})
_QUOTA_ERRORS = frozenset({"2001"})


def ask_query(keys: Keys, start: str, query: str) -> Ask:
    """Ask for all ways of buying, with the short descriptions."""
    asked = urlencode(
        {"q": query, "limit": _PER_PAGE, "filter": _BUYING, "fieldgroups": "EXTENDED"}
    )
    site = _MARKETPLACES.get(platform_of(start), "EBAY_US")
    return Ask(
        url=f"{keys.gateway}/buy/browse/v1/item_summary/search?{asked}",
        headers={"Accept": "application/json", "X-EBAY-C-MARKETPLACE-ID": site},
    )


def sign(ask: Ask, keys: Keys, now: datetime, token: Token | None) -> Ask:
    """Put the token into the head; the signature of an eBay request is its token alone."""
    assert token is not None
    return replace(ask, headers={**ask.headers, "Authorization": f"Bearer {token.value}"})


def ask_token(keys: Keys) -> Ask:
    """Ask for an application access token by the client credentials grant."""
    named = f"{keys['client_id']}:{keys['client_secret']}".encode()
    return Ask(
        url=f"{keys.gateway}/identity/v1/oauth2/token",
        method="POST",
        body=urlencode({"grant_type": "client_credentials", "scope": _SCOPE}).encode("ascii"),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Basic {b64encode(named).decode('ascii')}",
        },
    )


def read_token(page: Page) -> Token:
    """Read a token. Raises: PageChanged, which holds nothing of it."""
    answer = read_json(page)
    lasts_s = answer.count("expires_in")
    if lasts_s is None:
        raise answer.changed("seconds", "expires_in")
    return Token(value=answer.need_text("access_token"), lasts_s=lasts_s)


def tell_refusal(page: Page) -> ApiRefusal | None:
    """Tell why an answer gives nothing, by its status and the first of its errors."""
    answer = read_json(page) if is_json(page) else None
    error = next(iter(answer.items("errors")), None) if answer is not None else None
    code = (error.text("errorId") if error is not None else None) or str(page.status)
    if code in _QUOTA_ERRORS or page.status == 429:
        return ApiRefusal(trouble=ApiTrouble.QUOTA, code=code)
    if code in _TOKEN_ERRORS or page.status in (401, 403):
        return ApiRefusal(trouble=ApiTrouble.KEYS, code=code)
    return ApiRefusal(trouble=ApiTrouble.DOWN, code=code) if page.status >= 500 else None


def read_answer(page: Page) -> Sighting:
    answer = read_json(page)
    if answer.at("errors"):
        return strict.bare(page, NAME, PageKind.ERROR)
    if "/item_summary/" in page.url:
        return strict.bare(page, NAME, PageKind.SEARCH)
    return _read_item(page, answer)


def read_answers(page: Page) -> ListPage:
    answer = read_json(page)
    if answer.count("total") is None:
        raise answer.changed("a count", "total")
    following = answer.text("next")
    asks: dict[str, Ask] = {}

    def read_summary(page: Page, item: Json) -> Sighting:
        sighting = _read_item(page, item)
        path = f"/buy/browse/v1/item/{quote(item.need_text('itemId'), safe='')}"
        asks[sighting.listing_key] = Ask(url=strict.at_site(page.url, path))
        return sighting

    items, more = answer.items("itemSummaries"), Ask(url=following) if following else None
    return replace(list_page(page, items, read_summary, next=more), asks=asks)


def _read_item(page: Page, item: Json) -> Sighting:
    number = re.search(r"\d{6,15}", item.text("legacyItemId") or item.need_text("itemId"))
    if number is None:
        raise item.changed("an item number", "itemId")
    key = number[0]
    attributes = {aspect.need_text("name"): aspect.need_text("value")
                  for aspect in item.items("localizedAspects")}  # fmt: skip
    if condition := item.text("condition"):
        attributes = {"Condition": condition, **attributes}
    images = [item.at("image"), *item.items("additionalImages")]
    description = text_of_fragment(
        item.text("description") or item.text("shortDescription") or "", length=DESCRIPTION_LENGTH
    )
    login = item.text("seller", "username")
    url = item.text("itemWebUrl")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key, url=url)
    return strict.with_origins(
        replace(
            sighting,
            title=item.need_text("title"),
            brand=item.text("brand"),
            description=description,
            attributes=attributes,
            category=tuple((item.text("categoryPath") or "").split("|"))
            if item.at("categoryPath")
            else (),
            offer=_offer_of(item),
            sku=key,
            gtin=item.text("gtin"),
            mpn=item.text("mpn"),
            pictures=pictures_at(page, *(image.text("imageUrl") for image in images if image)),
            seller=seller_of(url or _FRONT, login, name=login) if login else None,
        ),
        "json",
    )


def _offer_of(item: Json) -> Offer:
    stock = next(iter(item.items("estimatedAvailabilities")), Json({}, "", item.url))
    status = stock.text("estimatedAvailabilityStatus")
    if status is not None and status not in _STOCK:
        raise stock.changed(f"one of {', '.join(_STOCK)}", "estimatedAvailabilityStatus")
    before = item.at("marketingPrice", "originalPrice")
    now = item.need("price") if item.at("currentBidPrice") is None else item.need("currentBidPrice")
    place = item.at("itemLocation")
    names = [place.text(n) for n in ("city", "stateOrProvince", "country")] if place else []
    return Offer(
        price=now.price(now.need_text("currency"), "value"),
        list_price=before.price(before.need_text("currency"), "value") if before else None,
        availability=_STOCK[status] if status else Availability.UNKNOWN,
        quantity=stock.count("estimatedAvailableQuantity"),
        sold=stock.count("estimatedSoldQuantity"),
        ships_from=", ".join(filter(None, names)) or None,
    )


BROWSE = Api(
    gateway=f"https://{API}",
    needs=("client_id", "client_secret"),
    ask_query=ask_query,
    sign=sign,
    ask_token=ask_token,
    read_token=read_token,
    tell_refusal=tell_refusal,
    read=read_answer,
    read_list=read_answers,
)
