"""What the open APIs of Taobao and Pinduoduo answer, in the forms of their documents.

Names, numbers and pictures are invented. eBay's answers are among its recorded pages.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.platforms import Api, ApiTrouble, find_platform
from domain.common import PageChanged, digest
from domain.pages import Page, PageKind

TOP = "https://gw.api.taobao.com/router/rest?method=taobao.tbk.dg.material.optional.upgrade&q=茶"
PDD = "https://gw-api.pinduoduo.com/api/router?type=pdd.ddk.goods.search&keyword=茶"
GOODS = {
    "item_id": "Qm8Rt2xKfp3-Zk7Wy4LbNc",
    "item_basic_info": {
        "title": "云岭春 高山绿茶 250g",
        "sub_title": "明前采摘",
        "pict_url": "//img.alicdn.com/bao/uploaded/i1/1/a.jpg_400x400.jpg",
        "small_images": {"string": ["https://img.alicdn.com/i2/1/b.jpg"]},
        "level_one_category_name": "茶",
        "category_name": "绿茶",
        "seller_id": 820011,
        "user_type": 1,
        "shop_title": "云岭春旗舰店",
        "volume": 1200,
        "brand_name": "云岭春",
        "provcity": "云南 昆明",
    },
    "price_promotion_info": {
        "reserve_price": "198.00",
        "zk_final_price": "168",
        "final_promotion_price": "148.00",
    },
    "publish_info": {"click_url": "//s.click.taobao.com/t?e=abc", "income_rate": "5.50"},
}
FOUND: dict[str, Any] = {
    "tbk_dg_material_optional_upgrade_response": {
        "result_list": {"map_data": [GOODS]},
        "total_results": 101,
        "request_id": "x",
    }
}
MARK = "c9r2k4_Xt7WqLm"
TEA = {
    "goods_sign": MARK,
    "goods_name": "云岭春 绿茶 125g",
    "goods_desc": "高山茶",
    "goods_thumbnail_url": "https://img.pddpic.com/a.jpeg",
    "goods_image_url": "https://img.pddpic.com/b.jpeg?imageMogr2/thumbnail/300x",
    "min_group_price": 5990,
    "min_normal_price": 6990,
    "coupon_discount": 1000,
    "coupon_min_order_amount": 5000,
    "coupon_remain_quantity": 3,
    "sales_tip": "1.2万+",
    "mall_id": 771,
    "mall_name": "云岭茶行",
    "brand_name": "云岭春",
    "category_name": "茶",
}
LISTED: dict[str, Any] = {
    "goods_search_response": {"goods_list": [TEA], "total_count": 140, "list_id": "L1"}
}
DETAIL: dict[str, Any] = {
    "goods_detail_response": {
        "goods_details": [{**TEA, "goods_gallery_urls": ["https://img.pddpic.com/c.jpeg"]}]
    }
}


def page_of(url: str, value: object) -> Page:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Page(
        requested_url=url,
        url=url,
        status=200,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        media_type="application/json",
        charset="utf-8",
        body=body,
        sha256=digest(body),
    )


def api_of(url: str) -> Api:
    platform = find_platform(url)
    assert platform is not None
    assert platform.api is not None
    return platform.api


def with_member(value: dict[str, Any], path: str, member: object) -> dict[str, Any]:
    """Return a copy with a member at a path set, or taken out where it is None."""
    changed = deepcopy(value)
    holder: Any = changed
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    for step in steps:
        holder = holder[step]
    if member is None:
        del holder[last]
    else:
        holder[last] = member
    return changed


def test_taobao_names_goods_by_the_lasting_part_of_their_id() -> None:
    page = page_of(TOP, FOUND)
    assert api_of(TOP).read(page).kind is PageKind.SEARCH
    (goods,) = api_of(TOP).read_list(page).sightings
    assert (goods.platform, goods.listing_key) == ("taobao", "tbk:Zk7Wy4LbNc")
    assert goods.url == "https://uland.taobao.com/item/edetail?id=Qm8Rt2xKfp3-Zk7Wy4LbNc"
    other = with_member(
        FOUND,
        "tbk_dg_material_optional_upgrade_response.result_list.map_data.0.item_id",
        "AAAA-Zk7Wy4LbNc",
    )
    (again,) = api_of(TOP).read_list(page_of(TOP, other)).sightings
    assert again.listing_key == goods.listing_key


def test_taobao_goods_hold_what_the_answer_tells() -> None:
    (goods,) = api_of(TOP).read_list(page_of(TOP, FOUND)).sightings
    assert (goods.title, goods.brand) == ("云岭春 高山绿茶 250g", "云岭春")
    assert goods.category == ("茶", "绿茶")
    assert goods.offer is not None
    assert str(goods.offer.price) == "148.00 CNY"
    assert str(goods.offer.list_price) == "198.00 CNY"
    assert (goods.offer.sold, goods.offer.ships_from) == (1200, "云南 昆明")
    assert [picture.url for picture in goods.pictures] == [
        "https://img.alicdn.com/bao/uploaded/i1/1/a.jpg",
        "https://img.alicdn.com/i2/1/b.jpg",
    ]
    assert goods.seller is not None
    assert (goods.seller.seller_key, goods.seller.name) == ("820011", "云岭春旗舰店")
    assert "s.click" not in f"{goods}", "no promoter is paid by looking"


@pytest.mark.parametrize(
    ("url", "total", "following", "why"),
    [
        (TOP, 101, 2, "101 of which a page shows 100"),
        (TOP, 100, None, "the last is full"),
        (f"{TOP}&page_no=2", 201, 3, "counted on"),
        (f"{TOP}&page_no=3", 201, None, "the end"),
    ],
)
def test_taobao_counts_pages(url: str, total: int, following: int | None, why: str) -> None:
    path = "tbk_dg_material_optional_upgrade_response.total_results"
    found = api_of(TOP).read_list(page_of(url, with_member(FOUND, path, total)))
    assert (f"page_no={following}" in found.next.url if found.next else None) == (
        True if following else None
    ), why
    assert found.next is None or found.next.method == "POST"


def test_pinduoduo_lists_name_the_request_that_tells_more() -> None:
    page = page_of(f"{PDD}&page=1", LISTED)
    assert api_of(PDD).read(page).kind is PageKind.SEARCH
    found = api_of(PDD).read_list(page)
    (tea,) = found.sightings
    assert tea.listing_key == f"sign:{MARK}"
    assert tea.url == f"https://jinbao.pinduoduo.com/goods-detail?s={MARK}"
    ask = found.asks[tea.listing_key]
    assert ask.url == (
        f"https://gw-api.pinduoduo.com/api/router?type=pdd.ddk.goods.detail&goods_sign={MARK}"
    )
    assert found.next is not None
    assert "page=2" in found.next.url
    assert "list_id=L1" in found.next.url


def test_pinduoduo_goods_hold_what_the_answer_tells() -> None:
    tea = api_of(PDD).read(page_of(PDD, DETAIL))
    assert tea.kind is PageKind.LISTING
    assert (tea.title, tea.brand, tea.description) == ("云岭春 绿茶 125g", "云岭春", "高山茶")
    assert tea.offer is not None
    assert str(tea.offer.price) == "49.90 CNY", "the group price less the coupon"
    assert str(tea.offer.list_price) == "69.90 CNY"
    assert tea.offer.sold == 12_000
    assert tea.seller is not None
    assert (tea.seller.seller_key, tea.seller.name) == ("771", "云岭茶行")
    assert len(tea.pictures) == 2


@pytest.mark.parametrize(
    ("name", "value", "price", "why"),
    [
        ("coupon_remain_quantity", 0, "59.90 CNY", "no coupon is left"),
        ("coupon_min_order_amount", 6000, "59.90 CNY", "the price does not reach the coupon"),
        ("coupon_discount", 5990, "59.90 CNY", "a coupon leaves something to pay"),
        ("coupon_discount", 0, "59.90 CNY", "a coupon of nothing"),
    ],
)
def test_a_coupon_counts_where_a_buyer_has_it(name: str, value: int, price: str, why: str) -> None:
    path = f"goods_detail_response.goods_details.0.{name}"
    tea = api_of(PDD).read(page_of(PDD, with_member(DETAIL, path, value)))
    assert tea.offer is not None
    assert str(tea.offer.price) == price, why


def test_goods_that_are_gone_are_no_listing() -> None:
    gone: dict[str, Any] = {"goods_detail_response": {"goods_details": []}}
    assert api_of(PDD).read(page_of(PDD, gone)).kind is PageKind.ERROR


@pytest.mark.parametrize(
    ("url", "value", "field"),
    [
        (TOP, with_member(FOUND, "tbk_dg_material_optional_upgrade_response", None), "_response"),
        (TOP, {"tbk_dg_material_optional_upgrade_response": {"request_id": "x"}}, "result_list"),
        (
            TOP,
            with_member(
                FOUND,
                "tbk_dg_material_optional_upgrade_response.result_list.map_data.0.item_id",
                None,
            ),
            "map_data[0].item_id",
        ),
        (PDD, with_member(LISTED, "goods_search_response.goods_list", None), "goods_list"),
        (
            PDD,
            with_member(LISTED, "goods_search_response.goods_list.0.min_group_price", None),
            "goods_list[0].min_group_price",
        ),
    ],
)
def test_a_changed_answer_names_the_field(url: str, value: object, field: str) -> None:
    with pytest.raises(PageChanged) as raised:
        api_of(url).read_list(page_of(url, value))
    assert raised.value.where.endswith(field)


def error(code: int, sub: str | None = None) -> dict[str, Any]:
    return {"error_response": {"code": code, "msg": "…", "sub_code": sub}}


@pytest.mark.parametrize(
    ("url", "value", "trouble", "why"),
    [
        (TOP, FOUND, None, "an answer"),
        (TOP, error(7), ApiTrouble.QUOTA, "App Call Limited"),
        (TOP, error(25), ApiTrouble.KEYS, "Invalid Signature"),
        (TOP, error(29), ApiTrouble.KEYS, "Invalid App Key"),
        (TOP, error(11, "isv.permission-api-package-limit"), ApiTrouble.KEYS, "no right to it"),
        (TOP, error(15, "isp.top-remote-connection-timeout"), ApiTrouble.DOWN, "Remote service"),
        (TOP, error(15, "50001"), None, "a search without a hit is no refusal"),
        (PDD, LISTED, None, "an answer"),
        (PDD, {"error_response": {"error_code": 70031}}, ApiTrouble.QUOTA, "调用过于频繁"),
        (PDD, {"error_response": {"error_code": 52101}}, ApiTrouble.QUOTA, "接口被限流"),
        (PDD, {"error_response": {"error_code": 20004}}, ApiTrouble.KEYS, "签名校验失败"),
        (PDD, {"error_response": {"error_code": 10016}}, ApiTrouble.KEYS, "client_id 不正确"),
        (PDD, {"error_response": {"error_code": 52103}}, ApiTrouble.DOWN, "暂时不可用"),
    ],
)
def test_refusals_are_told_by_the_documents_codes(
    url: str, value: object, trouble: ApiTrouble | None, why: str
) -> None:
    refusal = api_of(url).tell_refusal(page_of(url, value))
    assert (refusal.trouble if refusal else None) == trouble, why


@pytest.mark.parametrize(
    ("url", "value"),
    [(TOP, error(999, "isv.unheard-of")), (PDD, {"error_response": {"error_code": 999}})],
)
def test_a_code_of_no_known_kind_is_an_error(url: str, value: object) -> None:
    with pytest.raises(PageChanged, match="999"):
        api_of(url).tell_refusal(page_of(url, value))


def test_a_search_without_a_hit_is_an_empty_list() -> None:
    found = api_of(TOP).read_list(page_of(TOP, error(15, "50001")))
    assert (found.sightings, found.next) == ((), None)


@pytest.mark.parametrize(
    ("status", "body", "trouble", "why"),
    [
        (200, {"total": 0}, None, "an answer"),
        (404, {"errors": [{"errorId": 11001}]}, None, "an item that is gone is no refusal"),
        (401, {"errors": [{"errorId": 1001}]}, ApiTrouble.KEYS, "Invalid access token"),
        (403, {"errors": [{"errorId": 1100}]}, ApiTrouble.KEYS, "Access denied"),
        (429, {"errors": [{"errorId": 2001}]}, ApiTrouble.QUOTA, "Too many requests"),
        (503, {}, ApiTrouble.DOWN, "the API failed"),
    ],
)
def test_ebay_refuses_by_status_and_error_id(
    status: int, body: object, trouble: ApiTrouble | None, why: str
) -> None:
    url = "https://api.ebay.com/buy/browse/v1/item_summary/search?q=tea"
    refusal = api_of(url).tell_refusal(replace(page_of(url, body), status=status))
    assert (refusal.trouble if refusal else None) == trouble, why
