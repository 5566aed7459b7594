"""Goods of 多多进宝 through Pinduoduo Open Platform, with the operator's keys.

Written by Pinduoduo Open Platform "接入指南" (part 3, signature), pdd.ddk.goods.search and
pdd.ddk.goods.detail (documents of 2026-02), without a key to try them.

- It knows only goods that sellers promote: what is not in it is on the pages alone.
- Goods are named by `goods_sign`, the number of the pages encrypted: a listing's key is then
  `sign:<goods_sign>`. Its address is the goods' page at 多多进宝.
- Prices are whole fen. The group price (拼团价) is what most pay, less a coupon that anyone may
  take; the single price (单买价) is what it is held against.
- The following pages of a search want the first one's `list_id`.
- `pid`, the promoter's place, must be put on record (备案) with the platform.
- Refusals come with status 200 and `error_response`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlencode

from crawler.platforms import chinese
from crawler.platforms.cards import list_page
from crawler.platforms.open_platforms import form_of, parameters_of, refusal_of, sign_md5
from crawler.platforms.pinduoduo.site import NAME, shop_of
from crawler.platforms.platform import Api, ApiRefusal, ApiTrouble, Ask, Keys, ListPage, Token
from crawler.platforms.strict import bare, parameter, with_origins, with_parameter
from crawler.platforms.strict_json import Json, read_json
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind

_PER_PAGE = 100
_TROUBLES = {
    **dict.fromkeys(("52101", "70031", "70036"), ApiTrouble.QUOTA),
    **dict.fromkeys(
        ("50000", "50002", "52001", "52002", "52102", "52103", "70033"), ApiTrouble.DOWN
    ),
    **dict.fromkeys(
        ("10001", "10016", "10019", "10035", "20004", "20005", "20031", "20032", "30000", "30001",
         "70032", "70034", "70035"),
        ApiTrouble.KEYS,
    ),
}  # fmt: skip


def ask_query(keys: Keys, start: str, query: str) -> Ask:
    """Ask the search."""
    return _ask(keys.gateway, "pdd.ddk.goods.search",
                keyword=query, page="1", page_size=str(_PER_PAGE))  # fmt: skip


def _ask(gateway: str, kind: str, **asked: str) -> Ask:
    url = f"{gateway}/api/router?{urlencode({'type': kind, **asked})}"
    return Ask(url=url, method="POST")


def sign(ask: Ask, keys: Keys, now: datetime, token: Token | None) -> Ask:
    """Add who asks, when, and the signature."""
    parameters = {
        **parameters_of(ask),
        "client_id": keys["client_id"],
        "pid": keys["pid"],
        "data_type": "JSON",
        "timestamp": str(int(now.timestamp())),
    }
    if recorded := keys.get("custom_parameters"):
        parameters["custom_parameters"] = recorded
    return form_of(ask, {**parameters, "sign": sign_md5(parameters, keys["client_secret"])})


def tell_refusal(page: Page) -> ApiRefusal | None:
    """Tell why an answer gives nothing.

    Raises: PageChanged for a code of no known kind.
    """
    error = read_json(page).at("error_response")
    return None if error is None else refusal_of(error, _TROUBLES, code="error_code")


def read(page: Page) -> Sighting:
    """Read one listing, or tell that an answer is a list."""
    answer = read_json(page)
    if answer.at("goods_search_response") is not None:
        return bare(page, NAME, PageKind.SEARCH)
    details = answer.need("goods_detail_response", "goods_details").items()
    return _read_goods(page, details[0]) if details else bare(page, NAME, PageKind.ERROR)


def read_list(page: Page) -> ListPage:
    """Read one page of results."""
    found = read_json(page).need("goods_search_response")
    items = found.need("goods_list").items()
    gateway = page.url.partition("/api/")[0]
    asks: dict[str, Ask] = {}

    def read_result(page: Page, goods: Json) -> Sighting:
        sighting = _read_goods(page, goods)
        mark = goods.need_text("goods_sign")
        asks[sighting.listing_key] = _ask(gateway, "pdd.ddk.goods.detail", goods_sign=mark)
        return sighting

    number = int(parameter(page.url, "page") or "1")
    more = len(items) > 0 and number * _PER_PAGE < (found.count("total_count") or 0)
    following = with_parameter(page.url, "page", str(number + 1))
    if list_id := found.text("list_id"):
        following = with_parameter(following, "list_id", list_id)
    further = Ask(url=following, method="POST") if more else None
    return replace(list_page(page, items, read_result, next=further), asks=asks)


def _read_goods(page: Page, goods: Json) -> Sighting:
    mark = goods.need_text("goods_sign")
    group = goods.need("min_group_price").price("CNY", scale=2)
    paid, listed = chinese.paid_and_listed(
        [group, _after_coupon(goods, group)], [goods.price("CNY", "min_normal_price", scale=2)]
    )
    mall = goods.text("mall_id") or goods.text("mall_sn")
    category = goods.text("category_name")
    pictures = [goods.text("goods_image_url"), *goods.texts("goods_gallery_urls")]
    if not any(pictures):
        pictures = [goods.text("goods_thumbnail_url")]
    url = f"https://jinbao.pinduoduo.com/goods-detail?s={quote(mark, safe='')}"
    return with_origins(
        replace(
            bare(page, NAME, PageKind.LISTING, key=f"sign:{mark}", url=url),
            title=goods.need_text("goods_name"),
            brand=goods.text("brand_name"),
            description=goods.text("goods_desc"),
            category=(category,) if category else (),
            offer=Offer(
                price=paid, list_price=listed, sold=chinese.sold_of(goods.text("sales_tip"))
            ),
            pictures=chinese.read_pictures(page, pictures),
            seller=shop_of(mall, goods.text("mall_name")) if mall else None,
        ),
        "api",
    )


def _after_coupon(goods: Json, price: Money | None) -> Money | None:
    """Return what a coupon leaves of the price, where there are any left and the price suffices."""
    coupon = goods.count("coupon_discount") or 0
    least = goods.count("coupon_min_order_amount") or 0
    if price is None or not goods.count("coupon_remain_quantity"):
        return None
    if coupon == 0 or not coupon < price.amount_minor >= least:
        return None
    return Money(amount_minor=price.amount_minor - coupon, currency="CNY")


UNION = Api(
    gateway="https://gw-api.pinduoduo.com",
    needs=("client_id", "client_secret", "pid"),
    takes=("custom_parameters",),
    ask_query=ask_query,
    sign=sign,
    tell_refusal=tell_refusal,
    read=read,
    read_list=read_list,
)
