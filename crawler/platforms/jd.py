"""JD.com (京东), its own goods and those of shops on it.

Quirks, with the date of what they were seen on:
- 2020-06 collectors' item JSON (`appCode` jdGoodsDetail): attributes as "品牌：某某" lines.
- 2012 to 2024 an item page (item.jd.com) fills its price by script: saved from a browser it
  stands in `.p-price`, fetched plainly it is empty. Result pages list `li.gl-item`, half of them
  at first: page numbers count halves.
- 2025 item pages are drawn from `pc_detailpage_wareBusiness`: `price.p` is what is paid,
  `finalPrice` what subsidies leave of it, `op` and `m` what it is held against, "-1.00" marks
  goods off sale. Result pages are drawn from `pc_search_searchWare` (signed: its next page cannot
  be asked for). Pages drawn of them have none of the old classes: the generic reader reads those.
- A shop is known by `shopId`, as in mall.jd.com/index-1.html. Its licence page
  (showLicence-1.html) first asks for a code, in a form; the answers stand in `li.noBorder`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import (
    Json,
    bare,
    find,
    find_all,
    has_class,
    is_json,
    lacks,
    need_text_at,
    parameter,
    read_elsewhere,
    read_json,
    text_at,
    with_origins,
    with_parameter,
)
from crawler.reading.document import Document, Element, text_of
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import absolute_url
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

_NAME = "jd"
_ITEM = re.compile(r"^//item\.(?:m\.)?jd\.(?:com|hk)/(?:product/)?(\d{3,20})\.html$")
_LIST = re.compile(r"^//(?:search|list|re)\.jd\.(?:com|hk)/")
_SHOP = re.compile(r"^//mall\.jd\.(?:com|hk)/(index|showLicence)-(\d{1,20})\.html$")
_CARD = f"//li[{has_class('gl-item')}]"
# JD's stock states; others than these are errors.
_STATES = {
    "33": Availability.IN_STOCK,
    "39": Availability.IN_STOCK,
    "40": Availability.IN_STOCK,
    "36": Availability.IN_STOCK,  # ordered ahead
    "34": Availability.OUT_OF_STOCK,
    "0": Availability.UNKNOWN,
}
# Not logged in; a slider asked for.
_REFUSALS = {"3": PageKind.LOGIN, "605": PageKind.BLOCKED}


def _any(name: str) -> str:
    """Return the XPath of all elements of a class."""
    return f"//*[{has_class(name)}]"


def _read(page: Page) -> Sighting:
    wall = chinese.read_wall(page, _NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    parts = urlsplit(page.url)
    path = f"//{parts.hostname}{parts.path}"
    if item := _ITEM.match(path):
        return _read_item_page(page, item[1])
    if shop := _SHOP.match(path):
        return _read_licence(page, shop[2]) if shop[1] != "index" else _read_shop(page, shop[2])
    if _LIST.match(path) or parameter(page.url, "functionId") == "pc_search_s_new":
        if find(Document(page).root, _CARD) is not None:
            return bare(page, _NAME, PageKind.SEARCH)
        return chinese.read_stateless(page, _NAME, "li.gl-item")
    return read_elsewhere(page, _NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    if answer.text("appCode") == "jdGoodsDetail":
        return _read_collected(page, answer.need("data"))
    refused = _REFUSALS.get(answer.text("code") or "")
    if refused is not None:
        return bare(page, _NAME, refused)
    api = parameter(page.url, "functionId")
    if api == "pc_search_searchWare":
        answer.need("data", "wareList")
        return bare(page, _NAME, PageKind.SEARCH)
    if api == "pc_detailpage_wareBusiness" or "/getWareBusiness" in page.url:
        return _read_ware(page, answer)
    return read_elsewhere(page, _NAME)


# ── items ────────────────────────────────────────────────────────────────────────────────────


def _url_of(key: str) -> str:
    return f"https://item.jd.com/{quote(key, safe='')}.html"


def _listing(
    page: Page,
    key: str,
    title: str,
    *,
    attributes: dict[str, str],
    pictures: list[str | None],
    offer: Offer,
    seller: Seller | None,
    brand: str | None = None,
) -> Sighting:
    found = replace(
        bare(page, _NAME, PageKind.LISTING, key=key, url=_url_of(key)),
        title=title,
        attributes=attributes,
        offer=offer,
        pictures=chinese.read_pictures(page, map(_whole_address, pictures)),
        seller=seller,
        **chinese.numbers_of(attributes, brand=brand),
    )
    return replace(found, sku=found.sku or key)


def _whole_address(url: str | None) -> str | None:
    return f"https://img10.360buyimg.com/n0/{url}" if url and url.startswith("jfs/") else url


def _shop(key: str, name: str | None = None) -> Seller:
    url = f"https://mall.jd.com/index-{quote(key, safe='')}.html"
    return Seller(platform=_NAME, seller_key=key, name=name, url=url)


def _read_ware(page: Page, answer: Json) -> Sighting:
    ware, price = answer.need("wareInfoReadMap"), answer.need("price")
    key = ware.text("product_id") or answer.need_text("pageConfigVO", "skuId")
    attributes = chinese.read_pairs(
        (pair.text("labelName"), pair.text("labelValue"))
        for pair in answer.items("productAttributeVO", "attributes")
    )
    paid = chinese.read_yuan(price.need("p"))
    final = chinese.read_yuan(price, "finalPrice", "price")
    against = (chinese.read_yuan(price, "op"), chinese.read_yuan(price, "m"))
    lowest, listed = chinese.paid_and_listed((paid, final), against)
    off_sale = (price.text("p") or "").startswith("-")
    offer = Offer(
        price=lowest,
        list_price=listed,
        availability=Availability.OUT_OF_STOCK if off_sale else _stock(answer),
    )
    found = _listing(
        page,
        key,
        ware.need_text("sku_name"),
        attributes=attributes,
        pictures=[*ware.texts("imageList"), answer.text("mainImageVO", "imageUrl")],
        offer=offer,
        seller=_shop(answer.need_text("pageConfigVO", "shopId"), ware.text("shop_name")),
        brand=ware.text("cn_brand"),
    )
    found = replace(found, category=answer.need("pageConfigVO").texts("catName"))
    return with_origins(found, "api")


def _stock(answer: Json) -> Availability:
    state = answer.text("stockInfo", "stockState")
    if state is None:
        return Availability.UNKNOWN
    if state not in _STATES:
        raise answer.changed("a stock state of a known number", "stockInfo", "stockState")
    return _STATES[state]


def _read_collected(page: Page, data: Json) -> Sighting:
    item, shop = data.need("item"), data.need("seller")
    paid, listed = chinese.paid_and_listed(
        [chinese.read_yuan(item.need("price"))], [chinese.read_yuan(item, "originalPrice")]
    )
    found = _listing(
        page,
        item.need_text("itemId"),
        item.need_text("name"),
        attributes=_split(item.texts("pcAttributes")),
        pictures=list(item.texts("images")),
        offer=Offer(price=paid, list_price=listed),
        seller=Seller(
            platform=_NAME,
            seller_key=f"vender:{shop.need_text('sellerId')}",  # another number than shopId
            name=shop.text("shopName"),
            url=shop.text("shopUrl"),
        ),
        brand=item.text("brandName"),
    )
    return with_origins(found, "api")


def _split(lines: tuple[str, ...]) -> dict[str, str]:
    parts = (re.split(r"\s*[:：]\s*", line, maxsplit=1) for line in lines)
    return chinese.read_pairs((part[0], part[1]) for part in parts if len(part) == 2)


def _read_item_page(page: Page, key: str) -> Sighting:
    root = Document(page).root
    title = text_at(root, _any("sku-name"))
    if title is None:
        return chinese.read_stateless(page, _NAME, "sku-name", key=key, url=_url_of(key))
    found = _listing(
        page,
        key,
        title,
        attributes=_shown_attributes(root),
        pictures=_shown_pictures(root),
        offer=_shown_offer(page, root),
        seller=_shown_shop(page, root),
    )
    crumbs = [text_of(a) for a in find_all(root, f"{_any('crumb')}//a")]
    category = tuple(name for name in crumbs if name and name != title)
    return with_origins(replace(found, category=category), "html")


def _shown_attributes(root: Element) -> dict[str, str]:
    lines = find_all(root, f"//ul[{has_class('p-parameter-list')}]/li")
    return _split(tuple(text for line in lines if (text := text_of(line))))


def _shown_pictures(root: Element) -> list[str | None]:
    images = find_all(root, "//*[@id='spec-list']//img")
    return [image.get("data-url") or image.get("data-src") or image.get("src") for image in images]


def _shown_offer(page: Page, root: Element) -> Offer:
    block = find(root, _any("p-price"))
    if block is None:
        raise lacks(page, "p-price")
    against = find_all(root, "//*[@id='page_maprice' or @id='page_opprice']")
    paid, listed = chinese.paid_and_listed(
        [_shown_price(page, block)], [_shown_price(page, other) for other in against]
    )
    stock = text_at(root, "//*[@id='store-prompt']") or ""
    state = Availability.UNKNOWN
    if re.search(r"无货|售完|下柜", stock):
        state = Availability.OUT_OF_STOCK
    elif "有货" in stock:
        state = Availability.IN_STOCK
    service = text_at(root, "//*[@id='summary-service']") or ""
    sender = re.search(r"从\s*(\S{2,20}?)\s*发货", service)
    return Offer(
        price=paid,
        list_price=listed,
        availability=state,
        ships_from=sender[1] if sender else None,
    )


def _shown_price(page: Page, block: Element) -> Money | None:
    text = text_of(block) or ""
    if not any(char.isdigit() for char in text):
        return None  # filled by script
    return chinese.yuan_of(text, Json(text, "p-price", page.url))


def _shown_shop(page: Page, root: Element) -> Seller | None:
    for link in find_all(root, ".//a[contains(@href, 'mall.jd.')]"):
        url = absolute_url(page.url, link.get("href") or "") or ""
        shop = re.search(r"/index-(\d{1,20})\.html", url)
        if shop and (name := text_of(link)):
            name = link.get("title") or name
            return _shop(shop[1], name)
    return None


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def _read_list(page: Page) -> ListPage:
    if is_json(page):
        cards = read_json(page).need("data", "wareList").items()
        return list_page(page, cards, _read_card)
    root = Document(page).root
    shown = find_all(root, f"{_CARD}[@data-sku]")
    if not shown:
        raise lacks(page, "li.gl-item[data-sku]")
    halves = re.search(r"page_count\s*[:=]\s*[\"']?(\d{1,4})", chinese.source_of(page))
    number = re.fullmatch(r"\d{1,4}", parameter(page.url, "page") or "1")
    following = None
    if halves and number and int(number[0]) < 2 * int(halves[1]):
        following = Ask(url=with_parameter(page.url, "page", str(int(number[0]) + 1)))
    return list_page(page, shown, _read_shown, next=following)


def _read_card(page: Page, card: Json) -> Sighting:
    key = card.text("skuId") or card.need_text("wareId")
    shop = card.text("shopId")
    name = card.text("shopName") or card.text("goodShop", "goodShopName")
    price = chinese.read_yuan(card.need("jdPrice"))
    found = _listing(
        page,
        key,
        re.sub(r"<[^<>]{0,200}>", "", card.text("wareName") or card.need_text("wname")),
        attributes={},
        pictures=[card.text("imageurl") or card.text("imageUrl")],
        offer=Offer(price=price, sold=chinese.sold_of(card.text("totalSales"))),
        seller=_shop(shop, name) if shop else None,
    )
    return with_origins(found, "api")


def _read_shown(page: Page, card: Element) -> Sighting:
    name, price = f".//*[{has_class('p-name')}]//em", f".//*[{has_class('p-price')}]"
    image = find(card, f".//*[{has_class('p-img')}]//img")
    shown = find(card, price)
    if shown is None:
        raise lacks(page, "p-price")
    found = _listing(
        page,
        card.get("data-sku") or "",
        need_text_at(page, card, "p-name em", name),
        attributes={},
        pictures=[image.get("data-lazy-img") or image.get("src")] if image is not None else [],
        offer=Offer(price=_shown_price(page, shown)),
        seller=_shown_shop(page, card),
    )
    return with_origins(found, "html")


# ── shops ────────────────────────────────────────────────────────────────────────────────────


def _read_licence(page: Page, key: str) -> Sighting:
    root = Document(page).root
    rows = find_all(root, f"//li[{has_class('noBorder')}]")
    if not rows:
        if find(root, "//*[@id='verifyCode' or @name='verifyCode']") is not None:
            return bare(page, _NAME, PageKind.BLOCKED)
        return chinese.read_stateless(page, _NAME, "li.noBorder")
    lines = [text for row in rows if (text := text_of(row))]
    texts = read_disclosure("\n".join(lines), _split(tuple(lines))).texts
    if "company" not in texts:
        raise lacks(page, "企业名称")
    seller = replace(
        _shop(key),
        company=texts["company"],
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        address=texts.get("address"),
    )
    return with_origins(chinese.seller_sighting(page, seller), "html")


def _read_shop(page: Page, key: str) -> Sighting:
    found = chinese.read_seller_page(page, _NAME, key=key, url=_shop(key).url)
    named = re.match(r"(.{1,100}?)\s*-\s*京东", found.title or "")
    if named is None:
        return chinese.read_stateless(page, _NAME, "title of the shop")
    assert found.seller is not None
    return with_origins(replace(found, seller=replace(found.seller, name=named[1])), "html")


def _ask_query(start_url: str, query: str) -> Ask:
    return Ask(url=f"https://search.jd.com/Search?keyword={quote(query)}&enc=utf-8")


JD = Platform(
    name=_NAME,
    hosts=frozenset({"jd.com", "jd.hk"}),
    read=_read,
    read_list=_read_list,
    ask_query=_ask_query,
)
