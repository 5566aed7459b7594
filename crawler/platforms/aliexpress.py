"""AliExpress, the sites of all languages.

Quirks (pages as served in 2021 to 2026):
- One product, one id, whatever the language; the visitor's country sets the currency, so it is
  read beside each price and never told by the host.
- A listing came with all its data in `window.runParams` (modules until 2023, components until
  2024). Since then the page is a shell: `runParams` is empty, `_d_c_.DCData` holds the pictures
  only, and the data comes as `mtop.aliexpress.pdp.pc.query` (JSONP). The shell alone is read for
  title and pictures; a page saved after its scripts ran is read by its elements.
- Class names of elements end in a hash that changes with every release: only their start counts.
- Result pages carry `_dida_config_._init_data_= { data: {…} }`, whose outer name is not quoted;
  earlier `runParams.mods`. `itemList.content` is a list or an object that numbers its members.
- Sold counts are rounded ("5,000+ sold").
- The shop's licence is a page of its own: shoprenderview…/credential/showcredential.htm.
- A slider answers under /_____tmd_____/punish; mtop says FAIL_SYS_USER_VALIDATE instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import Json, find_all, text_at
from crawler.reading.document import Document, Element
from crawler.reading.html_evidence import pick_attribute
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import parse_price
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text, words
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "aliexpress"
_PARTS = words("m best acs login shoprenderview ar de es fr he id it ja ko nl pl pt th tr vi")
HOSTS = frozenset(
    {"aliexpress.com", "aliexpress.us", "m.aliexpress.us", "acs.aliexpress.us"}
    | {f"{part}.aliexpress.com" for part in _PARTS}
)

_LISTING = re.compile(r"/(?:item|i)/(?:[^/]+/)?(\d{8,20})\.html")
_STORE = re.compile(r"/store/(?:[^/]+/)?(\d{4,20})")
_SEARCH = re.compile(r"/(?:w/)?wholesale|/(?:premium|popular|category|search)\b|/fn/search-pc/")
_SLIDER = re.compile(r"/_____tmd_____/punish|x5secdata=|\"action\"\s*:\s*\"captcha\"")
_SUFFIX = re.compile(r"(?<=\.(?:jpg|png))_[\w.]+$|(?<=\.(?:jpeg|webp))_[\w.]+$", re.IGNORECASE)
_NAME_END = re.compile(r"\s*[-|]\s*AliExpress.*$")
_REFUSALS = {
    "FAIL_SYS_USER_VALIDATE": PageKind.BLOCKED,
    "RGV587_ERROR": PageKind.BLOCKED,
    "FAIL_SYS_ILLEGAL_ACCESS": PageKind.BLOCKED,
    "FAIL_SYS_SESSION_EXPIRED": PageKind.LOGIN,
    "FAIL_SYS_TOKEN_EMPTY": PageKind.LOGIN,
    "FAIL_SYS_TOKEN_EXOIRED": PageKind.LOGIN,  # as mtop spells it
    "FAIL_BIZ_ITEM_NOT_FOUND": PageKind.ERROR,
}
"""What mtop's `ret` begins with when it gives nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Where one form of a listing's data keeps each field; paths with dots."""

    mark: str
    """Only this form has this member."""
    title: str
    images: str
    price: tuple[str, str]
    """Amount and currency, or a formatted price and ""."""
    list_price: tuple[str, str]
    props: str
    store: tuple[str, str]
    """Id and name."""
    country: str
    sold: str
    quantity: str


_FORMS = (
    _Form(
        mark="PRODUCT_TITLE",
        title="PRODUCT_TITLE.text",
        images="HEADER_IMAGE_PC.imagePathList",
        price=("PRICE.targetSkuPriceInfo.salePriceString", ""),
        list_price=(
            "PRICE.targetSkuPriceInfo.originalPrice.value",
            "PRICE.targetSkuPriceInfo.originalPrice.currency",
        ),
        props="PRODUCT_PROP_PC.showedProps",
        store=("SHOP_CARD_PC.sellerInfo.storeNum", "SHOP_CARD_PC.storeName"),
        country="SHOP_CARD_PC.sellerInfo.countryCompleteName",
        sold="PC_RATING.otherText",
        quantity="QUANTITY_PC.totalAvailableInventory",
    ),
    _Form(
        mark="productInfoComponent",
        title="productInfoComponent.subject",
        images="imageComponent.imagePathList",
        price=(
            "priceComponent.discountPrice.minActivityAmount.value",
            "priceComponent.discountPrice.minActivityAmount.currency",
        ),
        list_price=(
            "priceComponent.origPrice.minAmount.value",
            "priceComponent.origPrice.minAmount.currency",
        ),
        props="productPropComponent.props",
        store=("sellerComponent.storeNum", "sellerComponent.storeName"),
        country="sellerComponent.countryCompleteName",
        sold="tradeComponent.formatTradeCount",
        quantity="inventoryComponent.totalAvailQuantity",
    ),
    _Form(
        mark="titleModule",
        title="titleModule.subject",
        images="imageModule.imagePathList",
        price=("priceModule.minActivityAmount.value", "priceModule.minActivityAmount.currency"),
        list_price=("priceModule.minAmount.value", "priceModule.minAmount.currency"),
        props="specsModule.props",
        store=("storeModule.storeNum", "storeModule.storeName"),
        country="storeModule.countryCompleteName",
        sold="titleModule.formatTradeCount",
        quantity="quantityModule.totalAvailQuantity",
    ),
)


def read(page: Page) -> Sighting:
    host, path = platform_of(page.url), urlsplit(page.url).path
    kind = kind_by_status(page.status)
    if "_____tmd_____" in path or _SLIDER.search(page.body[:100_000].decode("latin-1")):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    if host == "login.aliexpress.com":
        return strict.bare(page, NAME, PageKind.LOGIN)
    if kind is not None or path.startswith("/p/error/"):
        return strict.bare(page, NAME, kind or PageKind.ERROR)
    if host.startswith("acs."):
        return _read_answer(page)
    if path.endswith("/showcredential.htm"):
        return _read_licence(page)
    if listing := _LISTING.search(path):
        return _read_listing(page, listing[1])
    if store := _STORE.match(path):
        return _read_store(page, store[1])
    if _SEARCH.match(path):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def _read_answer(page: Page) -> Sighting:
    """Read an answer of mtop, as a browser's capture holds it."""
    answer = strict.read_json(page)
    ret = (answer.texts("ret") or ("",))[0]
    if not ret.startswith("SUCCESS"):
        kind = next((kind for code, kind in _REFUSALS.items() if code in ret), None)
        if kind is None:
            raise answer.changed("SUCCESS or a known refusal", "ret")
        return strict.bare(page, NAME, kind)
    if "pdp" not in page.url:
        return strict.bare(page, NAME, PageKind.OTHER)
    data = answer.need("data", "result")
    key = data.need_text("GLOBAL_DATA", "globalData", "productId")
    return _read_data(page, key, data)


def _read_listing(page: Page, key: str) -> Sighting:
    document = Document(page)
    found = strict.find_embedded(document.source, "window.runParams", page)
    data = found.at("data") or found if found else None
    if data is not None and data.value:
        return _read_data(page, key, data)
    return _read_drawn(page, key, document)


def _read_data(page: Page, key: str, data: Json) -> Sighting:
    form = next((form for form in _FORMS if data.at(form.mark)), None)
    if form is None:
        raise data.changed("one of " + ", ".join(form.mark for form in _FORMS))
    attributes = {
        prop.need_text("attrName"): prop.need_text("attrValue")
        for prop in data.items(*form.props.split("."))
    }
    price = _price(data, form.price)
    list_price = _price(data, form.list_price)
    quantity = data.count(*form.quantity.split("."))
    if price is None:
        price, list_price = list_price, None  # no activity: the plain price is the price
    if price is None and quantity != 0:
        raise data.changed("a price", *form.price[0].split("."))
    sold = data.text(*form.sold.split("."))
    url = _url(page, key)
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=key, url=url),
            requested_url=page.requested_url,
            title=data.need_text(*form.title.split(".")),
            brand=pick_attribute(attributes, "brand"),
            attributes=attributes,
            offer=Offer(
                price=price,
                list_price=list_price if list_price != price else None,
                availability=_availability(quantity),
                quantity=quantity,
                sold=strict.claimed_count(sold) if sold else None,
                ships_from=data.text(*form.country.split(".")),
            ),
            sku=key,
            mpn=pick_attribute(attributes, "mpn"),
            pictures=strict.pictures_of(page, map(_full_size, data.texts(*form.images.split(".")))),
            seller=_seller_of(page, data, form),
        ),
        "json",
    )


def _price(data: Json, places: tuple[str, str]) -> Money | None:
    amount, currency = (place.split(".") for place in places)
    if places[1]:
        code = data.text(*currency)
        return data.price(code, *amount) if code else None
    text = data.text(*amount)
    return parse_price(re.sub(r"\b(US|AU|C)\s+\$", r"\1$", text)) if text else None


def _availability(quantity: int | None) -> Availability:
    if quantity is None:
        return Availability.UNKNOWN
    return Availability.IN_STOCK if quantity else Availability.OUT_OF_STOCK


def _seller_of(page: Page, data: Json, form: _Form) -> Seller:
    key = data.need_text(*form.store[0].split("."))
    return _seller(page, key, data.text(*form.store[1].split(".")))


def _seller(page: Page, key: str, name: str | None) -> Seller:
    return Seller(platform=NAME, seller_key=key, name=name, url=f"{_site(page)}/store/{key}")


def _site(page: Page) -> str:
    return "https://www.aliexpress." + ("us" if platform_of(page.url).endswith(".us") else "com")


def _url(page: Page, key: str) -> str:
    return f"{_site(page)}/item/{key}.html"


def _full_size(url: str) -> str:
    return _SUFFIX.sub("", url)


def _read_drawn(page: Page, key: str, document: Document) -> Sighting:
    """Read a listing by its elements, or of a bare shell what its head says."""
    root = document.root
    drawn = text_at(root, "//h1[@data-pl='product-title']")
    shell = document.meta.get("og:title", [""])[0]
    title = drawn or clean_text(_NAME_END.sub("", shell))
    if title is None:
        raise strict.lacks(page, "product-title", "runParams.data, a drawn title or og:title")
    price = _by_class(root, "price--current", "price-default--current")
    if drawn and price is None:
        raise strict.lacks(page, "price--current", "a price beside the title")
    sold = _by_class(root, "reviewer--sold")
    embedded = strict.find_embedded(document.source, "_d_c_.DCData", page)
    seller = next(
        (_seller(page, m[1], text_at(link, "."))
         for link in find_all(root, "//a[@data-pl='store-name']")
         if (m := _STORE.search(str(link.get("href"))))), None,
    )  # fmt: skip
    images = embedded.texts("imagePathList") if embedded else ()
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=key),
            title=title,
            offer=Offer(
                price=parse_price(re.sub(r"\b(US|AU|C)\s+\$", r"\1$", price)) if price else None,
                sold=strict.claimed_count(sold) if sold else None,
            ),
            sku=key,
            pictures=strict.pictures_of(
                page, map(_full_size, (*images, *document.meta.get("og:image", ())))
            ),
            seller=seller,
        ),
        "html",
    )


def _by_class(root: Element, *starts: str) -> str | None:
    return text_at(root, *(f"//*[starts-with(@class,'{start}')]" for start in starts))


# ── sellers ──────────────────────────────────────────────────────────────────────────────────


def _read_store(page: Page, key: str) -> Sighting:
    document = Document(page)
    shown = document.meta.get("og:title", [""])[0] or document.head_title or ""
    name = clean_text(_NAME_END.sub("", shown))
    if name is None:
        raise strict.lacks(page, "og:title", "the store's name")
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(
        replace(sighting, title=name, seller=_seller(page, key, name)), "html"
    )


def _read_licence(page: Page) -> Sighting:
    key = strict.parameter(page.url, "storeNum")
    document = Document(page)
    found = read_disclosure(document.text)
    if key is None or not found.is_trader:
        raise strict.lacks(page, "showcredential", "a store's number and its company")
    seller = replace(
        _seller(page, key, found.texts.get("name")),
        company=found.texts.get("company"),
        uscc=found.texts.get("uscc"),
        licence=found.texts.get("licence"),
        address=found.texts.get("address"),
        phones=found.lists.get("phones", ()),
        emails=found.lists.get("emails", ()),
        about=clean_text(document.text, length=DESCRIPTION_LENGTH),
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, seller=seller), "html")


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def read_list(page: Page) -> ListPage:
    fields = _list_data(page)
    cards = tuple(_cards(fields))
    info = fields.need("pageInfo")
    number, size = info.count("page") or 1, info.count("pageSize") or 60
    total = info.count("totalResults") or 0
    more = bool(cards) and number * size < total and not _is_finished(info)
    url = strict.with_parameter(page.url, "page", str(number + 1))
    return list_page(page, cards, _read_card, next=Ask(url=url) if more else None)


def _is_finished(info: Json) -> bool:
    finished = info.at("finished")
    return finished is not None and finished.value is True


def _list_data(page: Page) -> Json:
    if strict.is_json(page):
        return strict.read_json(page).need("data", "result")
    source = Document(page).source
    found = strict.find_embedded(source, "_dida_config_._init_data_", page)
    if found is not None:
        inner = found.at("data") or found
        return inner.need("root", "fields")
    found = strict.find_embedded(source, "window.runParams", page)
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
            strict.bare(page, NAME, PageKind.LISTING, key=key, url=_url(page, key)),
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
                [_full_size(url) for url in (
                    card.text("image", "imgUrl"), *(i.text("imgUrl") for i in card.items("images"))
                ) if url],
            ),
            seller=_seller(page, store, card.text("store", "storeName")) if store else None,
        ),
        "json",
    )  # fmt: skip


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/wholesale?SearchText={quote_plus(query)}"))


ALIEXPRESS = Platform(
    name=NAME,
    start="https://www.aliexpress.com/",
    hosts=HOSTS,
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
