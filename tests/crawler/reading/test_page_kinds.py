"""Short lists are lists, bare listings are listings, in either language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page, PageKind


def _cards(*addresses: str, price: str = "¥{}.00", buy: str = "") -> str:
    cards = (
        f'<li class="one"><a href="{address}"><img src="/i/{n}.jpg">品名 {n}</a><br>'
        f'<span class="price">{price.format(n)}</span>{buy}</li>'
        for n, address in enumerate(addresses, 1)
    )
    return f"<ul>{''.join(cards)}</ul>"


def _tiles(*addresses: str) -> str:
    tiles = (
        f'<div class="tile"><a href="{address}"><img src="/i/{n}.jpg"><i>¥{n}.00</i></a>'
        "<p><button>加入购物车</button></p></div>"
        for n, address in enumerate(addresses, 1)
    )
    return f"<section>{''.join(tiles)}</section>"


_TRADER = "<h1>鸿达茶行</h1><p>公司名称：福州鸿达茶业有限公司</p>"
_ZH_LIST = "<title>服装 - 好货</title><h1>服装</h1><p>共 26 件商品</p>"
_EN_LIST = "<title>Home | Shop</title><h1>Home</h1><p>2 products</p>"
_BUY = "<button>加入购物车</button>"
_LISTING = "<h1>龙井茶</h1><p class=price>¥88.00</p>"

KINDS = [
    ("/list/clothes?page=2", _ZH_LIST + _cards("/item/1", "/item/2"), "search", "two cards, zh"),
    ("/list/clothes", _ZH_LIST + _cards("/item/1"), "search", "one card, zh"),
    ("/list/clothes?page=9", _ZH_LIST, "search", "past the last page"),
    (
        "/category/home",
        _EN_LIST + _cards("/product/7", "/product/8", price="${}.00", buy="<a>Add to cart</a>"),
        "search",
        "each card has a button to buy, en",
    ),
    ("/product-category/tea/", _EN_LIST + _cards("/tea-a", "/tea-b"), "search", "slugs alone"),
    ("/cate.php?cid=3", _ZH_LIST + _cards("/goods.php?id=4"), "search", "named by its query"),
    ("/list-23.html", _ZH_LIST + _cards("/goods-4.html"), "search", "a numbered list"),
    (
        "/promotions",
        _ZH_LIST + _cards("/item/1", "/item/2"),
        "search",
        "an address that says nothing",
    ),
    (
        "/catalogue/category/tea_2/",
        _EN_LIST + _cards("/catalogue/a_1/", "/catalogue/b_3/", buy=_BUY),
        "search",
        "a category under a word for listings",
    ),
    (
        "/porcelain",
        "<h1>瓷器</h1><p>¥1.00 - ¥4.00</p>" + _tiles("/cup", "/pot", "/jar", "/urn"),
        "search",
        "each tile has a button to buy beside its link",
    ),
    (
        "/shop/tea",
        _EN_LIST + _tiles("/shop/p/cup", "/shop/p/pot"),
        "search",
        "a category of /shop/",
    ),
    ("/shop/glass?page=2", _EN_LIST + _tiles("/shop/p/cup"), "other", "one tile: no listing"),
    ("/shop/longjing", _LISTING + _BUY, "listing", "a shop's own listing, below /shop/"),
    ("/shop/product/longjing/", _LISTING, "listing", "below a word for listings"),
    ("/shop/hongda", "<h1>鸿达茶行</h1><p>进店逛逛</p>", "seller", "sells nothing itself"),
    ("/shop/hongda", _TRADER + _cards("/item/1", "/item/2"), "seller", "names its trader"),
    ("/seller/hongda", _cards("/item/1", "/item/2"), "seller", "a word for sellers alone"),
    ("/item/5", _LISTING, "listing", "nothing but a price"),
    ("/longjing", _LISTING, "listing", "an address that says nothing"),
    (
        "/longjing",
        _LISTING + _cards("/item/1", "/item/2"),
        "listing",
        "two others recommended below its own price",
    ),
    (
        "/category/tea/longjing",
        _LISTING + _BUY,
        "listing",
        "a category in the listing's own address",
    ),
    (
        "/item/5",
        "<h1>龙井茶</h1><p>无货</p>" + _cards("/item/1", "/item/2"),
        "listing",
        "sold out, with two others recommended",
    ),
]


@pytest.mark.parametrize(("path", "body", "kind", "why"), KINDS)
def test_kind(path: str, body: str, kind: str, why: str, make_page: Callable[..., Page]) -> None:
    page = make_page(f"<html><body>{body}</body></html>", url=f"https://shop.example{path}")
    assert read_page(page).kind is PageKind(kind), why


@pytest.mark.parametrize(
    ("link", "price", "why"),
    [
        ("/pages/shipping", "¥88.00", "a link without a picture leads to no other listing"),
        ("/brand/lion", "¥88.00", "a picture of the brand"),
        ("/", "¥88.00", "the shop's own sign"),
        ("/i/large.jpg", "¥88.00", "a larger picture"),
    ],
)
def test_a_link_beside_the_page_s_own_price_makes_no_card_of_it(
    link: str, price: str, why: str, make_page: Callable[..., Page]
) -> None:
    inner = "运费" if "shipping" in link else '<img src="/i/1.jpg">'
    body = f'<h1>龙井茶</h1><div><a href="{link}">{inner}</a><span class=price>{price}</span></div>'
    sighting = read_page(make_page(f"{body}{_BUY}", url="https://shop.example/longjing"))
    assert sighting.offer is not None
    assert sighting.offer.price is not None, why
    assert sighting.offer.price.amount_minor == 8800, why


def test_the_price_of_another_listing_is_not_the_page_s_own(
    make_page: Callable[..., Page],
) -> None:
    body = "<h1>龙井茶</h1><p>无货</p>" + _cards("/item/1", "/item/2")
    sighting = read_page(make_page(body, url="https://shop.example/item/5"))
    assert sighting.offer is not None
    assert sighting.offer.price is None
    assert sighting.offer.availability.value == "OutOfStock"
