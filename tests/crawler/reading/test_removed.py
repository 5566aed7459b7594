"""Pages in the place of a listing that say that it is gone, and pages that say something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_whole
from domain.pages import Page

FILLER = "<p>" + "今日推荐，欢迎选购各类好物。" * 200 + "</p>"
CASES = [
    (
        "<title>很抱歉，商品不存在</title><p>您查看的宝贝不存在，可能已下架或者被转移。</p>",
        True,
        "淘宝",
    ),
    ("<h1>该商品已下架</h1>", True, "taken off the shelf"),
    ("<p>抱歉，您访问的商品已被删除</p>", True, "deleted"),
    ("<p>此宝贝已失效</p>", True, "expired"),
    ("<p>此商品已下架或不存在，看看其他商品吧</p>", True, "either"),
    ("<p>很抱歉，此賣場商品已下架</p>", True, "traditional characters"),
    ("<p>This listing is no longer available.</p>", True, "English"),
    ("<p>The item you selected was removed by the seller.</p>", True, "removed"),
    ("<p>This listing ended on 3 May.</p>", True, "an auction"),
    ("<title>Page Not Found</title><p>Sorry!</p>", True, "a soft 404"),
    ("<title>404</title><p>Oops</p>" + FILLER, True, "a soft 404 with much beside it"),
    ("<title>商品不存在</title>" + FILLER, True, "recommendations below"),
    ("<p>Dieses Angebot ist nicht mehr verfügbar.</p>", True, "German"),
    ("<p>Cette annonce a été supprimée</p>", True, "French"),
    ("<p>Este anuncio ya no está disponible</p>", True, "Spanish"),
    ("<p>お探しの商品は見つかりませんでした。商品が見つかりません</p>", True, "Japanese"),
    ("<h1>服务器繁忙，请稍后再试</h1>", False, "busy, and no word of the listing"),
    ("<h1>Something went wrong</h1><p>Please try again.</p>", False, "a failure"),
    ("<h1>本店公告</h1><p>今日盘点，暂停发货。</p>", False, "a notice"),
    ("<p>系统升级中</p>", False, "maintenance"),
    ("<h1>本店公告</h1>" + FILLER + "<p>部分商品已下架</p>", False, "by the way, on a long page"),
    ("<h1>Ads</h1><p>Your basket ended up empty.</p>", False, "words that only look alike"),
    ("<p>Order 4041</p>", False, "a number"),
]


@pytest.mark.parametrize(("body", "expected", "why"), CASES)
def test_words_for_gone(
    body: str, expected: bool, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(body, url="https://shop.example/item/123456")
    assert read_whole(page).says_removed is expected, why


@pytest.mark.parametrize(
    "body",
    [
        "<h1>铁观音 250g</h1><p>￥199.00</p><button>加入购物车</button><p>同系列商品已下架</p>",
        "<h1>铁观音 250g</h1><p class='price'>￥199.00</p><p>该商品已下架</p><p>库存 0</p>",
    ],
)
def test_a_listing_that_is_shown_is_not_gone(body: str, make_page: Callable[..., Page]) -> None:
    reading = read_whole(make_page(body, url="https://shop.example/item/123456"))
    assert reading.sighting.kind == "listing"
    assert not reading.says_removed
