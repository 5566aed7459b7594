"""What Shopee's pages and answers share."""

from __future__ import annotations

import re

from crawler.platforms import strict
from domain.pages import Page
from domain.sellers import Seller

NAME = "shopee"
CURRENCIES = {
    "shopee.sg": "SGD", "shopee.com.my": "MYR", "shopee.co.id": "IDR", "shopee.co.th": "THB",
    "shopee.vn": "VND", "shopee.ph": "PHP", "shopee.tw": "TWD", "shopee.com.br": "BRL",
    "shopee.com.mx": "MXN", "shopee.cl": "CLP", "shopee.com.co": "COP",
}  # fmt: skip
"""Host ▶ currency where an answer names none."""
LISTING = re.compile(r"-i\.(\d+)\.(\d+)$|^/product/(\d+)/(\d+)/?$")


def shop_of(page: Page, key: str, name: str | None) -> Seller:
    url = strict.at_site(page.url, f"/shop/{key}")
    return Seller(platform=NAME, seller_key=key, name=name, url=url)
