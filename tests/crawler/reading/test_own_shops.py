"""Who keeps a shop of its own is read from its footer, its imprint or what it declares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import find_links, read_page, read_shop
from domain.pages import Page
from domain.sellers import Seller

FRONT = "https://shop.example/"


@pytest.mark.parametrize(
    ("footer", "company", "why"),
    [
        ("© 2026 Kiln &amp; Co Ceramics Ltd. All rights reserved", "Kiln & Co Ceramics Ltd.", ""),
        ("Copyright 2019-2026 Bergwerk GmbH &amp; Co. KG", "Bergwerk GmbH & Co. KG", "long form"),
        ("Vinos del Duero S.L.U. · Calle Mayor 1", "Vinos del Duero S.L.U.", "small words inside"),
        ("Zakłady Ceramiczne Sp. z o.o.", "Zakłady Ceramiczne Sp. z o.o.", "Polish"),
        ("版权所有 © 2026 杭州好茶铺贸易有限公司", "杭州好茶铺贸易有限公司", "words before it"),
        ("株式会社みどり茶園 All Rights Reserved.", "株式会社みどり茶園", "the form stands first"),
        ("주식회사 차마루", "주식회사 차마루", "Korean"),
        ("Powered by Shop System Inc.", None, "who made the site is not who sells"),
        ("技术支持：杭州建站科技有限公司", None, "the same in Chinese"),
        ("Unlimited Fun Every Day", None, "no legal form"),
        ("© 2026 Tea House", None, "a name without a form is no legal person"),
    ],
)
def test_a_company_stands_in_the_footer(
    footer: str, company: str | None, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f"<h1>Shop</h1><footer><p>{footer}</p></footer>", url=FRONT)
    shop = read_shop(page)
    assert (shop.company if shop else None) == company, why


def test_an_organisation_declares_itself(make_page: Callable[..., Page]) -> None:
    page = make_page(
        """<script type="application/ld+json">{"@type": "OnlineStore", "name": "Kiln",
        "legalName": "Kiln Ltd", "vatID": "GB123456789", "email": "mailto:hi@kiln.example",
        "telephone": "+44 20 7946 0000", "address": {"@type": "PostalAddress",
        "streetAddress": "1 Mill Rd", "postalCode": "E1 6AN", "addressLocality": "London"}}
        </script><h1>Welcome</h1>""",
        url=FRONT,
    )
    assert read_shop(page) == Seller(
        platform="shop.example",
        seller_key="shop.example",
        name="Kiln",
        url=FRONT,
        company="Kiln Ltd",
        licence="GB123456789",
        address="1 Mill Rd, E1 6AN, London",
        phones=("+44 20 7946 0000",),
        emails=("hi@kiln.example",),
    )


def test_a_shop_that_says_nothing_has_no_seller(make_page: Callable[..., Page]) -> None:
    assert read_shop(make_page("<h1>Tea</h1><footer>Home | Blog</footer>", url=FRONT)) is None


def test_on_a_marketplace_the_footer_is_not_the_sellers(make_page: Callable[..., Page]) -> None:
    page = make_page(
        "<h1>茶</h1><p class=price>¥9.00</p><button>立即购买</button>"
        "<div class='seller'><a href='/shop/88'>好茶铺</a></div>"
        "<footer>平台有限公司 400-800-1234</footer>"
    )
    seller = read_page(page).seller
    assert seller is not None
    assert (seller.seller_key, seller.company, seller.phones) == ("88", None, ())


def test_listing_and_legal_page_name_the_same_seller(make_page: Callable[..., Page]) -> None:
    footer = "<footer>杭州好茶铺贸易有限公司 浙ICP备20201234号-1</footer>"
    listing = make_page(
        f"<h1>茶</h1><p class=price>¥9.00</p><button>立即购买</button>{footer}",
        url="https://shop.example/item/1",
    )
    legal = make_page(
        f"<h1>营业执照</h1><p>公司名称：杭州好茶铺贸易有限公司</p>{footer}",
        url="https://shop.example/page/3",
    )
    sellers = [read_page(page).seller for page in (listing, legal)]
    assert [s.ref if s else None for s in sellers] == [
        Seller(platform="shop.example", seller_key="shop.example").ref
    ] * 2
    assert {s.company if s else None for s in sellers} == {"杭州好茶铺贸易有限公司"}


def test_pages_of_law_are_found(make_page: Callable[..., Page]) -> None:
    page = make_page(
        "<a href='/contact'>Contact</a><a rel=nofollow href='/impressum'>Impressum</a>"
        "<a href='/page/7'>营业执照</a><a href='/tea'>Tea</a><a href='https://x.example/about'>x</a>",
        url=FRONT,
    )
    assert find_links(page).legal == tuple(
        f"https://shop.example/{path}" for path in ("impressum", "page/7", "contact")
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://shop.example/", "a front whose footer names the company is no seller page"),
        ("https://shop.example/news/7", "nor is an article"),
    ],
)
def test_a_footer_makes_no_seller_page(url: str, why: str, make_page: Callable[..., Page]) -> None:
    page = make_page(
        "<h1>春茶上市</h1><p>今年的春茶已经上市，欢迎品尝。</p>"
        "<footer>公司名称：杭州好茶铺贸易有限公司</footer>",
        url=url,
    )
    assert read_page(page).kind.value == "other", why
