"""Amazon, the sites of all countries.

Quirks (pages as served in 2024 to 2026):
- An ASIN is shared by all countries, an offer is not: away from amazon.com a listing's key is the
  ASIN with its site, `B0ABCD1234@amazon.de`.
- Since 2024 the price to pay leaves `.a-offscreen` blank; sign, whole and fraction stand in the
  `aria-hidden` twin. A struck price carries `data-a-strike`.
- A listing without a featured offer ("See all buying options") shows no price and no seller.
- Words change with the site's language, so stock is told by the buttons, not by words.
- Pictures are full size once the `._AC_…_` part of their name is taken out.
- Result cards show the brand in an `h2` of its own; the title is the last `h2`. Sponsored cards
  link to /sspa/click, so addresses are made of `data-asin`.
- "Load more" answers (/s/query) are JSON arrays parted by `&&&`, with the cards' HTML inside.
- The robot check is a form to /errors/validateCaptcha, with a captcha or only a button (2025);
  before it, AWS WAF may run a script challenge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import find, find_all, has_class, text_at
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element, seen_text, text_of
from crawler.reading.html_evidence import pick_attribute
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import parse_price
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "amazon"
CURRENCIES = {
    "amazon.com": "USD", "amazon.ca": "CAD", "amazon.com.mx": "MXN", "amazon.com.br": "BRL",
    "amazon.co.uk": "GBP", "amazon.ie": "EUR", "amazon.de": "EUR", "amazon.fr": "EUR",
    "amazon.it": "EUR", "amazon.es": "EUR", "amazon.nl": "EUR", "amazon.com.be": "EUR",
    "amazon.pl": "PLN", "amazon.se": "SEK", "amazon.com.tr": "TRY", "amazon.ae": "AED",
    "amazon.sa": "SAR", "amazon.eg": "EGP", "amazon.in": "INR", "amazon.co.jp": "JPY",
    "amazon.sg": "SGD", "amazon.com.au": "AUD", "amazon.co.za": "ZAR", "amazon.cn": "CNY",
}  # fmt: skip
"""Host ▶ the currency that a bare sign means there."""

_LISTING = re.compile(r"/(?:dp|gp/product|gp/aw/d)/([A-Z0-9]{10})(?:[/?]|$)")
_BLOCKED = re.compile(r"/errors/validateCaptcha|/errors_page/|token\.awswaf\.com|awsWafCookie")
_SIZE = re.compile(r"\._[A-Z0-9,_+-]{1,200}_(?=\.\w{3,4}$)", re.IGNORECASE)
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
_BYLINE = re.compile(
    r"(?:brand|marke|marque|marca|merk|ブランド(?:名)?|品牌)\s*[:：]\s*(.+)|visit the (.+) store"
    r"|besuche den (.+)-store|visiter la boutique (.+)|visita lo store di (.+)"
    r"|visita la tienda de (.+)|(.+)のストアを表示|访问 ?(.+?) ?(?:品牌)?旗舰店",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(
    r"bought in past|im letzten Monat|au cours du mois|nell'ultimo mese|el mes pasado"
    r"|過去\d+か月で|过去一个月"
)
_MONTHS = re.compile(r"^(?:過去\d+か月で|过去一个月有)")
_PRICE = f"//*[{has_class('a-price')} and not(@data-a-strike)]"
_STRUCK = f"//*[{has_class('a-price')} and @data-a-strike='true']"
_PRICE_BLOCKS = (
    "id('corePriceDisplay_desktop_feature_div')", "id('corePrice_feature_div')",
    "id('corePrice_desktop')", "id('apex_desktop')",
)  # fmt: skip
_BUY_BOX = "id('buybox desktop_buybox buyBoxAccordion')"
_CAN_BUY = "id('add-to-cart-button buy-now-button')"
_PAIRS = (
    "id('productOverview_feature_div')//tr",
    "//*[starts-with(@id,'productDetails_')]//tr",
    f"id('detailBullets_feature_div')//span[{has_class('a-list-item')}]",
)
_SELLER_LABELS = {
    "company": r"business name|gesch[äa]ftsname|nom commercial|ragione sociale|nombre (?:de la"
    r" empresa|comercial)|販売業者|公司名称|企业名称|bedrijfsnaam|nazwa firmy|företagsnamn",
    "address": r"business address|gesch[äa]ftsadresse|adresse commerciale|indirizzo (?:sede legale"
    r"|aziendale)|dirección (?:de la empresa|comercial)|住所|公司地址|企业地址|bedrijfsadres"
    r"|adres firmy|företagsadress",
}


def read(page: Page) -> Sighting:
    kind = kind_by_status(page.status)
    path = urlsplit(page.url).path
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if path.startswith("/ap/signin"):
        return strict.bare(page, NAME, PageKind.LOGIN)
    if _BLOCKED.search(page.body[:200_000].decode("latin-1")) and b"productTitle" not in page.body:
        return strict.bare(page, NAME, PageKind.BLOCKED)
    listing = _LISTING.search(path)
    if listing:
        return _read_listing(page, listing[1])
    if path in ("/sp", "/gp/help/seller/at-a-glance.html"):
        return _read_seller(page)
    if path in ("/s", "/s/query", "/s/ref") or path.startswith("/s/"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def _key(asin: str, url: str) -> str:
    site = platform_of(url)
    return asin if site == "amazon.com" else f"{asin}@{site}"


def _read_listing(page: Page, asin: str) -> Sighting:
    document = Document(page)
    root = document.root
    title = strict.need_text_at(page, root, "productTitle", "id('productTitle')")
    attributes = _read_attributes(root)
    crumbs = find_all(root, "id('wayfinding-breadcrumbs_feature_div')//a")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=_key(asin, page.url))
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=_read_brand(root),
            description=_read_description(root),
            attributes=attributes,
            category=tuple(name for crumb in crumbs if (name := text_of(crumb))),
            offer=_read_offer(page, root),
            sku=asin,
            gtin=pick_attribute(attributes, "gtin"),
            mpn=pick_attribute(attributes, "mpn"),
            pictures=strict.pictures_of(page, map(_full_size, _picture_urls(document))),
            seller=_seller_of(page, root),
        ),
        "html",
    )


def _read_offer(page: Page, root: Element) -> Offer:
    buy_box = find(root, _BUY_BOX)
    can_buy = find(root, _CAN_BUY) is not None
    sold_out = find(root, "id('outOfStock')") is not None
    if buy_box is None and not can_buy and not sold_out:
        raise strict.lacks(page, "buybox", "a buy box, or the box that says it is sold out")
    price = list_price = None
    for path in _PRICE_BLOCKS:
        price = price or _money(page, find(root, path + _PRICE))
        list_price = list_price or _money(page, find(root, path + _STRUCK))
    if can_buy and price is None:
        raise strict.lacks(page, "corePrice", "a price beside the buy button")
    availability = Availability.UNKNOWN
    if can_buy or sold_out:
        availability = Availability.IN_STOCK if can_buy else Availability.OUT_OF_STOCK
    sold = text_at(root, "id('social-proofing-faceout-title-tk_bought')")
    left = re.fullmatch(r"\D*?(\d{1,3})\D*", text_at(root, "id('availability')") or "")
    return Offer(
        price=price,
        list_price=list_price,
        availability=availability,
        quantity=int(left[1]) if left and can_buy else None,
        sold=_sold(sold) if sold else None,
        ships_from=_shown(root, "fulfillerInfoFeature_feature_div"),
    )


def _sold(text: str) -> int | None:
    return strict.claimed_count(_MONTHS.sub("", text))


def _money(page: Page, element: Element | None) -> Money | None:
    """Read one `.a-price`: its text for screen readers or, where that is blank, its parts."""
    if element is None:
        return None
    hint = CURRENCIES.get(platform_of(page.url))
    spoken = text_at(element, f".//*[{has_class('a-offscreen')}]")
    shown = find(element, ".//*[@aria-hidden='true']")
    joined = "".join("".join(map(str, shown.itertext())).split()) if shown is not None else ""
    return parse_price(spoken or "", hint=hint) or parse_price(joined, hint=hint)


def _shown(root: Element, block: str) -> str | None:
    return text_at(root, f"id('{block}')//*[{has_class('offer-display-feature-text-message')}]")


def _seller_of(page: Page, root: Element) -> Seller | None:
    link = find(root, "id('sellerProfileTriggerId')")
    name = text_of(link) if link is not None else _shown(root, "merchantInfoFeature_feature_div")
    address = page.url if link is None else str(link.get("href"))
    key = strict.parameter(address, "seller") if link is not None else None
    for element in find_all(root, "//input[@id='merchantID' or @name='merchantID']"):
        key = key or element.get("value")
    if link is not None and not key:
        raise strict.lacks(page, "sellerProfileTriggerId", "a link that names the seller's id")
    if not key:
        return None
    return Seller(platform=NAME, seller_key=key, name=name, url=_seller_url(page, key))


def _seller_url(page: Page, key: str) -> str:
    return strict.at_site(page.url, f"/sp?seller={quote_plus(key)}")


def _read_brand(root: Element) -> str | None:
    row = text_at(root, f"//tr[{has_class('po-brand')}]/td[last()]")
    byline = _BYLINE.fullmatch(text_at(root, "id('bylineInfo')") or "")
    return row or (next(filter(None, byline.groups()), None) if byline else None)


def _read_description(root: Element) -> str | None:
    parts = [
        seen_text(element, length=DESCRIPTION_LENGTH)
        for path in ("feature-bullets", "productDescription")
        for element in find_all(root, f"id('{path}')")[:1]
    ]
    return clean_text(" ".join(parts), length=DESCRIPTION_LENGTH)


def _read_attributes(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _PAIRS:
        for row in find_all(root, path):
            cells = [seen_text(cell) for cell in row if cell.tag in ("th", "td", "span")][:2]
            if len(cells) == 2:
                label, value = (clean_text(_MARKS.sub("", cell).strip(" :：")) for cell in cells)
                if label and value:
                    found.setdefault(label, value)
    used = text_at(root, f"id('usedOnlyBuybox')//*[{has_class('a-text-bold')}]")
    if used:
        found["Condition"] = used
    return found


def _picture_urls(document: Document) -> Iterator[str]:
    place = document.source.find("'colorImages'")
    start = document.source.find("[", place) if place >= 0 else -1
    if start >= 0:
        try:
            pictures, _ = json.JSONDecoder().raw_decode(document.source, start)
        except (ValueError, RecursionError):
            pictures = []
        for picture in pictures:
            if isinstance(picture, dict):
                url = picture.get("hiRes") or picture.get("large")
                if isinstance(url, str):
                    yield url
    main = find(document.root, "id('landingImage imgBlkFront')")
    if main is not None:
        yield main.get("data-old-hires") or main.get("src") or ""


def _full_size(url: str) -> str:
    return _SIZE.sub("", url)


def _read_seller(page: Page) -> Sighting:
    root = Document(page).root
    name = strict.need_text_at(page, root, "seller-name", "id('seller-name sellerName')")
    key = strict.parameter(page.url, "seller", "merchantID")
    if key is None:
        raise strict.lacks(page, "seller", "the seller's id in the address")
    section = find(root, "id('page-section-detail-seller-info')")
    if section is None:
        raise strict.lacks(page, "page-section-detail-seller-info")
    pairs = dict(_disclosed(section))
    about = seen_text(section, separator="\n", length=DESCRIPTION_LENGTH)
    disclosure = read_disclosure(about, pairs)
    texts = disclosure.texts
    named = {
        field: next((v for k, v in pairs.items() if re.fullmatch(label, k, re.I)), None)
        for field, label in _SELLER_LABELS.items()
    }
    seller = Seller(
        platform=NAME,
        seller_key=key,
        name=name,
        url=_seller_url(page, key),
        company=named["company"] or texts.get("company"),
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        address=named["address"] or texts.get("address"),
        phones=disclosure.lists.get("phones", ()),
        emails=disclosure.lists.get("emails", ()),
        about=about or None,
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, title=name, seller=seller), "html")


def _disclosed(section: Element) -> Iterator[tuple[str, str]]:
    """Yield label and value of each row; an address follows its label in rows set further in."""
    label, lines = "", list[str]()
    for row in find_all(section, f".//div[{has_class('a-row')} and not(.//div)]"):
        text = seen_text(row)
        if "indent-left" in (row.get("class") or "").split():
            lines.append(text)
            continue
        if label and lines:
            yield label, ", ".join(lines)
        bold = text_at(row, f".//*[{has_class('a-text-bold')}]") or ""
        label, lines = bold.rstrip(" :："), []
        value = text.removeprefix(bold).strip(" :：")
        if label and value:
            yield label, value
    if label and lines:
        yield label, ", ".join(lines)


def read_list(page: Page) -> ListPage:
    document = Document(_as_html(page))
    root = document.root
    cards = find_all(root, "//div[@data-component-type='s-search-result' and @data-asin!='']")
    if not cards and not says_nothing(page):
        raise strict.lacks(page, "s-search-result", "result cards, or that nothing was found")
    following = find(root, f"//a[{has_class('s-pagination-next')}]")
    url = document.url_of(following.get("href")) if following is not None else None
    return list_page(page, cards, _read_card, next=Ask(url=url) if url else None)


def _as_html(page: Page) -> Page:
    """Join the HTML of a "load more" answer into one page; any other page stays as it is."""
    if not strict.is_json(page):
        return page
    html = []
    for part in page.body.decode("utf-8", "replace").split("&&&"):
        try:
            command = json.loads(part) if part.strip() else None
        except (ValueError, RecursionError):
            raise strict.lacks(page, "&&&", "JSON arrays parted by &&&") from None
        if isinstance(command, list) and len(command) == 3 and isinstance(command[2], dict):
            html.append(str(command[2].get("html", "")))
    return replace(page, body="".join(html).encode("utf-8", "replace"), charset="utf-8")


def _read_card(page: Page, card: Element) -> Sighting:
    asin = str(card.get("data-asin"))
    headings = find_all(card, ".//h2")
    title = text_of(headings[-1]) if headings else None
    if title is None:
        raise strict.lacks(page, f"s-search-result[{asin}].h2")
    notes = map(text_of, find_all(card, f".//span[{has_class('a-color-secondary')}]"))
    sold = next((note for note in notes if note and _IN_MONTH.search(note)), None)
    image = find(card, f".//img[{has_class('s-image')}]")
    url = strict.at_site(page.url, f"/dp/{asin}")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=_key(asin, page.url), url=url)
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=text_of(headings[0]) if len(headings) > 1 else None,
            offer=Offer(
                price=_money(page, find(card, f".{_PRICE}")),
                list_price=_money(page, find(card, f".{_STRUCK}")),
                sold=_sold(sold) if sold else None,
            ),
            sku=asin,
            pictures=strict.pictures_of(
                page, [_full_size(image.get("src") or "")] if image is not None else []
            ),
        ),
        "html",
    )


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/s?k={quote_plus(query)}"))


AMAZON = Platform(
    name=NAME,
    start="https://www.amazon.com/",
    hosts=frozenset(CURRENCIES),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
