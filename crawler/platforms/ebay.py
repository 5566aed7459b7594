"""eBay, the sites of all countries, and its Browse API (v1).

Quirks (pages as served in 2023 to 2026):
- An item number is one listing on every site, so it is the key by itself.
- Sites write foreign dollars with a blank ("US $12.99", "AU $5.00"); a bare "$" is the site's own.
- The seller's card may link to /usr/<login> or only to /str/<store>, whose name differs from the
  login; the login also stands in its link to the seller's other listings (`_ssn=`).
- Result lists are `li.s-item` (until 2025) or `li.s-card` (since 2025). Both begin with "Shop on
  eBay" cards whose item number is 123456: they are no listings.
- A listing that ended stays readable and says so in `.d-statusmessage`; it has no buttons.
- Pictures are full size as `s-l1600`.
- The robot check is "Pardon Our Interruption" or a page under /splashui/.
- The Browse API wants the operator's key; its captured answers read as pages. Its item number is
  `legacyItemId`, or the middle of `v1|<number>|<variant>`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote_plus, unquote, urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import Json, find, find_all, has_class, text_at
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element, seen_text, text_of
from crawler.reading.html_evidence import pick_attribute
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import parse_price
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text, text_of_fragment
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.pictures import Picture
from domain.sellers import Seller

NAME = "ebay"
API = "api.ebay.com"
CURRENCIES = {
    "ebay.com": "USD", "ebay.ca": "CAD", "cafr.ebay.ca": "CAD", "ebay.co.uk": "GBP",
    "ebay.ie": "EUR", "ebay.de": "EUR", "ebay.at": "EUR", "ebay.fr": "EUR", "ebay.it": "EUR",
    "ebay.es": "EUR", "ebay.nl": "EUR", "ebay.be": "EUR", "benl.ebay.be": "EUR",
    "befr.ebay.be": "EUR", "ebay.ch": "CHF", "ebay.pl": "PLN", "ebay.com.au": "AUD",
    "ebay.com.hk": "HKD", "ebay.com.sg": "SGD", "ebay.com.my": "MYR", "ebay.ph": "PHP",
}  # fmt: skip
"""Host ▶ the currency that a bare sign means there."""
SIGN_IN = frozenset(f"signin.{host}" for host in CURRENCIES)

_LISTING = re.compile(r"/itm/(?:[^/]+/)?(\d{6,15})(?:[/?]|$)")
_SELLER = re.compile(r"/(?:usr|str)/([^/?]+)")
_NO_LISTING = "123456"
_BLOCKED = re.compile(r"Pardon Our Interruption|Checking your browser before you access", re.I)
_DOLLARS = re.compile(r"\b(US|AU|C|HK|S|NT|NZ)\s+\$")
_SIZE = re.compile(r"/s-l\d{2,4}(?=\.)")
_NO_VALUE = re.compile(r"does not apply|n/?a|unbranded|nicht zutreffend|markenlos|non applicabile"
                       r"|ne s'applique pas|no aplicable", re.IGNORECASE)  # fmt: skip
_FROM = re.compile(
    r"(?:located in|from|aus|artikelstandort|lieu|luogo|ubicad[oa] en)\s*:?\s*", re.I
)
_SOLD = re.compile(r"([\d.,]+\+?)\s*(?:sold|verkauft|vendus?|vendut[oi]|vendidos?)", re.I)
_LEFT = re.compile(r"(\d+)\s*(?:available|verfügbar|disponibles?|disponibili)", re.I)
_STOCK = {
    "IN_STOCK": Availability.IN_STOCK,
    "LIMITED_STOCK": Availability.IN_STOCK,
    "OUT_OF_STOCK": Availability.OUT_OF_STOCK,
}
"""AvailabilityStatusEnum of the Browse API; without it the answer does not tell."""
_BUTTONS = ("x-bin-action", "x-atc-action", "x-bid-action", "x-offer-action")


def read(page: Page) -> Sighting:
    parts = urlsplit(page.url)
    if platform_of(page.url) in SIGN_IN:
        return strict.bare(page, NAME, PageKind.LOGIN)
    if parts.path.startswith("/splashui/") or _BLOCKED.search(page.body[:20_000].decode("latin-1")):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    kind = kind_by_status(page.status)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if platform_of(page.url) == API:
        return _read_answer(page)
    listing = _LISTING.search(parts.path)
    if listing:
        return _read_listing(page, listing[1])
    if _SELLER.match(parts.path):
        return _read_seller(page)
    if parts.path.startswith("/sch/"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


# ── pages ────────────────────────────────────────────────────────────────────────────────────


def _read_listing(page: Page, key: str) -> Sighting:
    root = Document(page).root
    title = strict.need_text_at(
        page, root, "x-item-title", f"//h1[{has_class('x-item-title__mainTitle')}]"
    )
    attributes = _read_attributes(root)
    crumbs = find_all(root, f"//nav[{has_class('breadcrumbs')}]//a")
    images = find_all(root, f"//*[{has_class('ux-image-carousel-item')}]//img")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key)
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=pick_attribute(attributes, "brand"),
            attributes=attributes,
            category=tuple(name for crumb in crumbs if (name := text_of(crumb))),
            offer=_read_offer(page, root),
            sku=key,
            gtin=pick_attribute(attributes, "gtin"),
            mpn=pick_attribute(attributes, "mpn"),
            pictures=_pictures(
                page, *(i.get("data-zoom-src") or i.get("src") or i.get("data-src") for i in images)
            ),
            seller=_seller_of(page, root),
        ),
        "html",
    )


def _read_attributes(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    condition = text_at(root, f"//*[{has_class('x-item-condition-text')}]"
                              f"//*[{has_class('ux-textspans')}]")  # fmt: skip
    if condition:
        found["Condition"] = condition
    for pair in find_all(root, f"//*[{has_class('ux-layout-section-evo__col')}]//dl"):
        label = text_at(pair, ".//dt")
        value = text_at(pair, f".//dd//*[{has_class('ux-textspans')}]", ".//dd")
        if label and value and not _NO_VALUE.fullmatch(value):
            found.setdefault(label.rstrip(" :："), value)
    return found


def _read_offer(page: Page, root: Element) -> Offer:
    ended = find(root, f"//*[{has_class('d-statusmessage')}]") is not None
    can_buy = any(find(root, f"//*[@data-testid='{name}']") is not None for name in _BUTTONS)
    quantity = text_at(root, f"//*[{has_class('x-quantity__availability')}]") or ""
    price = _money(page, text_at(root, f"//*[{has_class('x-price-primary')}]"))
    if price is None and not ended:
        raise strict.lacks(page, "x-price-primary", "a price")
    sold, left = _SOLD.search(quantity), _LEFT.search(quantity)
    place = text_at(root, f"//*[{has_class('ux-labels-values--shipping')}]"
                          f"//*[{has_class('ux-textspans--SECONDARY')}]")  # fmt: skip
    availability = Availability.UNKNOWN
    if ended or can_buy:
        availability = Availability.OUT_OF_STOCK if ended else Availability.IN_STOCK
    return Offer(
        price=price,
        list_price=_money(
            page, text_at(root, f"//*[{has_class('x-additional-info')}]"
                                f"//*[{has_class('ux-textspans--STRIKETHROUGH')}]")
        ),
        availability=availability,
        quantity=int(left[1]) if left else None,
        sold=strict.claimed_count(sold[1]) if sold else None,
        ships_from=_FROM.sub("", place, count=1) if place else None,
    )  # fmt: skip


def _money(page: Page, text: str | None) -> Money | None:
    return parse_price(_DOLLARS.sub(r"\1$", text or ""), hint=CURRENCIES.get(platform_of(page.url)))


def _pictures(page: Page, *urls: str | None) -> tuple[Picture, ...]:
    return strict.pictures_of(page, (_SIZE.sub("/s-l1600", url) for url in urls if url))


def _seller_of(page: Page, root: Element) -> Seller:
    card = find(root, f"//*[{has_class('x-sellercard-atf')}]")
    if card is None:
        raise strict.lacks(page, "x-sellercard-atf", "the seller's card")
    links = [str(link.get("href")) for link in find_all(card, ".//a[@href]")]
    logins = [m[1] for link in links if (m := re.search(r"/usr/([^/?]+)|$", link)) and m[1]]
    logins += [login for link in links if (login := strict.parameter(link, "_ssn"))]
    stores = [m[1] for link in links if (m := re.search(r"/str/([^/?]+)", link))]
    keys = [unquote(key) for key in (*logins, *stores)]
    if not keys:
        raise strict.lacks(page, "x-sellercard-atf", "a link that names the seller")
    name = text_at(card, f".//*[{has_class('x-sellercard-atf__info__about-seller')}]//a")
    return _seller(page, keys[0], name=name, folder="usr" if logins else "str")


def _seller(page: Page, key: str, *, name: str | None, folder: str = "usr") -> Seller:
    host = page.url if platform_of(page.url) != API else "https://www.ebay.com/"
    url = strict.at_site(host, f"/{folder}/{quote_plus(key)}")
    return Seller(platform=NAME, seller_key=key, name=name, url=url)


def _read_seller(page: Page) -> Sighting:
    document = Document(page)
    match = _SELLER.match(urlsplit(page.url).path)
    name = strict.need_text_at(
        page, document.root, "str-seller-card__store-name",
        f"//*[{has_class('str-seller-card__store-name')}]",
    )  # fmt: skip
    login = next(
        (login for _, link in document.links if (login := strict.parameter(link, "_ssn"))), None
    )
    key = login or unquote(match[1] if match else "")
    details = find(document.root, f"//*[{has_class('str-business-details')}]")
    about = text_at(document.root, f"//*[{has_class('str-about-description')}]", length=10_000)
    seller = _seller(page, key, name=name)
    if details is not None:
        text = seen_text(details, separator="\n", length=DESCRIPTION_LENGTH)
        found = read_disclosure(text)
        seller = replace(
            seller,
            company=found.texts.get("company"),
            uscc=found.texts.get("uscc"),
            licence=found.texts.get("licence"),
            address=found.texts.get("address"),
            phones=found.lists.get("phones", ()),
            emails=found.lists.get("emails", ()),
        )
        about = clean_text(f"{about or ''} {text}", length=DESCRIPTION_LENGTH)
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(
        replace(sighting, title=name, seller=replace(seller, about=about)), "html"
    )


def read_list(page: Page) -> ListPage:
    if platform_of(page.url) == API:
        return _read_answers(page)
    document = Document(page)
    cards = find_all(document.root, f"//li[{has_class('s-item')} or {has_class('s-card')}]")
    following = find(document.root, f"//a[{has_class('pagination__next')}]")
    url = document.url_of(following.get("href")) if following is not None else None
    listed = list_page(page, cards, _read_card, next=Ask(url=url) if url else None)
    if not listed.sightings and not says_nothing(page):
        raise strict.lacks(page, "s-card", "result cards, or that nothing was found")
    return listed


def _read_card(page: Page, card: Element) -> Sighting | None:
    form = "s-item" if "s-item" in (card.get("class") or "").split() else "s-card"
    link = find(card, ".//a[contains(@href,'/itm/')]")
    match = _LISTING.search(urlsplit(str(link.get("href"))).path) if link is not None else None
    if match is None:
        raise strict.lacks(page, f"{form}.a", "a link to /itm/")
    if match[1] == _NO_LISTING:
        return None
    heading = f".//*[{has_class(form + '__title')}]"
    title = text_at(card, f"{heading}//*[{has_class('su-styled-text')}]", heading)
    novelty = text_at(card, f".//*[{has_class('LIGHT_HIGHLIGHT')}]")
    title = clean_text((title or "").removeprefix(novelty or ""))
    if title is None:
        raise strict.lacks(page, f"{form}[{match[1]}].title")
    rows = [text for e in find_all(card, f".//*[{has_class('s-card__attribute-row')}"
            f" or starts-with(@class,'s-item__')]") if (text := text_of(e))]  # fmt: skip
    place = next((_FROM.sub("", row, count=1) for row in rows if _FROM.match(row)), None)
    sold = next((m for row in rows if (m := _SOLD.search(row))), None)
    condition = text_at(card, f".//*[{has_class('SECONDARY_INFO')}]",
                        f".//*[{has_class('s-card__subtitle')}]")  # fmt: skip
    price = f"//*[{has_class(form + '__price')} and not(contains(@class,'strikethrough'))]"
    struck = "//*[contains(translate(@class,'STRIKEHOUG','strikehoug'),'strikethrough')]"
    image = find(card, ".//img")
    url = strict.at_site(page.url, f"/itm/{match[1]}")
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=match[1], url=url),
            title=title,
            attributes={"Condition": condition} if condition else {},
            offer=Offer(
                price=_money(page, text_at(card, f".{price}")),
                list_price=_money(page, text_at(card, f".{struck}")),
                sold=strict.claimed_count(sold[1]) if sold else None,
                ships_from=place,
            ),
            sku=match[1],
            pictures=_pictures(page, image.get("data-defer-load") or image.get("src"))
            if image is not None
            else (),
        ),
        "html",
    )


# ── the Browse API ───────────────────────────────────────────────────────────────────────────


def _read_answer(page: Page) -> Sighting:
    answer = strict.read_json(page)
    if answer.at("errors"):
        return strict.bare(page, NAME, PageKind.ERROR)
    if "/item_summary/" in page.url:
        return strict.bare(page, NAME, PageKind.SEARCH)
    return _read_item(page, answer)


def _read_answers(page: Page) -> ListPage:
    answer = strict.read_json(page)
    if answer.count("total") is None:
        raise answer.changed("a count", "total")
    following = answer.text("next")
    items = answer.items("itemSummaries")
    return list_page(page, items, _read_item, next=Ask(url=following) if following else None)


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
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key, url=item.text("itemWebUrl"))
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
            pictures=_pictures(page, *(image.text("imageUrl") for image in images if image)),
            seller=_seller(page, login, name=login) if login else None,
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


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/sch/i.html?_nkw={quote_plus(query)}"))


EBAY = Platform(
    name=NAME,
    start="https://www.ebay.com/",
    hosts=frozenset({*CURRENCIES, *SIGN_IN, API}),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
