"""Goods of the Taobao Union (淘宝客) through Taobao Open Platform (TOP), with the operator's keys.

Written by Taobao Open Platform "API 调用协议" (document 101617), "错误码说明" and
taobao.tbk.dg.material.optional.upgrade (API 64759, 物料搜索升级版), without a key to try them.

- The union knows only goods that sellers promote: what is not in it is on the pages alone.
- Since 2023 it names goods by an id of its own, `<changing>-<lasting>` (one goods' two ids in the
  example of taobao.tbk.item.info.get agree behind the dash alone), never by the number on the
  pages: such a listing's key is `tbk:<lasting>`. Its address is the goods' page at the union,
  without a promoter's mark.
- A lone result may come without an id (权限 of 比价场景): it cannot be told again and is refused.
- A search without a hit may be answered by an error, code 15 with sub-code 50001.
- TOP refuses with status 200 and `error_response`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlencode

from crawler.platforms import chinese
from crawler.platforms.cards import list_page
from crawler.platforms.open_platforms import (
    form_of,
    parameters_of,
    refusal_of,
    sign_md5,
    time_in_china,
)
from crawler.platforms.platform import Api, ApiRefusal, ApiTrouble, Ask, Keys, ListPage, Token
from crawler.platforms.strict import bare, parameter, with_origins, with_parameter
from crawler.platforms.strict_json import Json, read_json
from crawler.platforms.taobao.site import NAME, url_of
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_SEARCH = "taobao.tbk.dg.material.optional.upgrade"
_ANSWER = "tbk_dg_material_optional_upgrade_response"
_PER_PAGE = 100
_NO_RESULT = "50001"
_TROUBLES = {
    "7": ApiTrouble.QUOTA,
    **dict.fromkeys(("10", "15"), ApiTrouble.DOWN),
    **dict.fromkeys(
        ("11", "12", "13", "22", "24", "25", "26", "27", "28", "29", "30", "31", "44", "53"),
        ApiTrouble.KEYS,
    ),
}
"""Codes below 100 are the platform's own; 30 and 31 are a clock that goes wrong."""


def ask_query(keys: Keys, start: str, query: str) -> Ask:
    """Ask the union's search."""
    asked = urlencode({"method": _SEARCH, "q": query, "page_no": 1, "page_size": _PER_PAGE})
    return Ask(url=f"{keys.gateway}/router/rest?{asked}", method="POST")


def sign(ask: Ask, keys: Keys, now: datetime, token: Token | None) -> Ask:
    """Add who asks, when, and the signature."""
    parameters = {
        **parameters_of(ask),
        "app_key": keys["app_key"],
        "adzone_id": keys["adzone_id"],
        "format": "json",
        "v": "2.0",
        "sign_method": "md5",
        "timestamp": time_in_china(now),
    }
    return form_of(ask, {**parameters, "sign": sign_md5(parameters, keys["app_secret"])})


def tell_refusal(page: Page) -> ApiRefusal | None:
    """Tell why an answer gives nothing.

    Raises: PageChanged for a code of no known kind.
    """
    error = read_json(page).at("error_response")
    if error is None or _found_nothing(error):
        return None
    return refusal_of(error, _TROUBLES, code="code")


def _found_nothing(error: Json) -> bool:
    return error.text("code") == "15" and error.text("sub_code") == _NO_RESULT


def read(page: Page) -> Sighting:
    """Tell that an answer is a list: the union has no others that are asked for."""
    return bare(page, NAME, PageKind.SEARCH)


def read_list(page: Page) -> ListPage:
    """Read one page of results."""
    answer = read_json(page)
    if error := answer.at("error_response"):
        if not _found_nothing(error):
            raise error.changed("results", "code")
        return ListPage(sightings=())
    found = answer.need(_ANSWER)
    items = found.items("result_list", "map_data")
    if not items and found.count("total_results") is None:
        raise found.changed("a list of goods, or their count", "result_list")
    number = int(parameter(page.url, "page_no") or "1")
    more = len(items) > 0 and number * _PER_PAGE < (found.count("total_results") or 0)
    following = Ask(url=with_parameter(page.url, "page_no", str(number + 1)), method="POST")
    return list_page(page, items, _read_goods, next=following if more else None)


def _read_goods(page: Page, goods: Json) -> Sighting:
    basic, prices = goods.need("item_basic_info"), goods.need("price_promotion_info")
    paid, listed = chinese.paid_and_listed(
        [
            chinese.read_yuan(prices.need("zk_final_price")),
            chinese.read_yuan(prices, "final_promotion_price"),
        ],
        [chinese.read_yuan(prices, "reserve_price")],
    )
    key, url = _key_and_url(goods.need_text("item_id"))
    category = (basic.text("level_one_category_name"), basic.text("category_name"))
    found = replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url),
        title=basic.need_text("title"),
        brand=basic.text("brand_name"),
        description=basic.text("sub_title"),
        category=tuple(filter(None, category)),
        offer=Offer(
            price=paid,
            list_price=listed,
            sold=basic.count("volume"),
            ships_from=basic.text("provcity"),
        ),
        pictures=chinese.read_pictures(
            page, [basic.text("pict_url"), *basic.texts("small_images", "string")]
        ),
        seller=_read_seller(basic),
    )
    return with_origins(found, "api")


def _key_and_url(item_id: str) -> tuple[str, str]:
    if item_id.isdecimal():
        return item_id, url_of(item_id)
    lasting = item_id.rpartition("-")[2]
    return f"tbk:{lasting}", f"https://uland.taobao.com/item/edetail?id={quote(item_id, safe='-')}"


def _read_seller(basic: Json) -> Seller:
    owner = basic.need_text("seller_id")
    url = f"https://store.taobao.com/shop/view_shop.htm?user_number_id={quote(owner, safe='')}"
    return Seller(platform=NAME, seller_key=owner, name=basic.text("shop_title"), url=url)


UNION = Api(
    gateway="https://gw.api.taobao.com",
    needs=("app_key", "app_secret", "adzone_id"),
    ask_query=ask_query,
    sign=sign,
    tell_refusal=tell_refusal,
    read=read,
    read_list=read_list,
    lists_are_whole=True,
)
