"""Keys of listings: the same for every visit, different for different listings."""

from __future__ import annotations

import pytest

from crawler.reading import listing_key_of, platform_of, seller_key_of
from crawler.reading.keys import has_listing_address, has_seller_address
from domain.common import RefusedInput

LISTINGS = [
    ("https://item.shop.example/100012043978.html", "100012043978", "a number is the whole name"),
    ("https://shop.example/item/123", "123", "a word for listings, then the id"),
    ("https://shop.example/item/123?color=red&skuId=9", "123", "a variant does not change the key"),
    ("https://shop.example/itm/some-title/302474151804", "302474151804", "a title in between"),
    ("https://shop.example/dp/B07FW264WL/ref=sr_1", "B07FW264WL", "letters and digits"),
    ("https://shop.example/item.htm?spm=a.b&id=556&skuId=77", "556", "id is told before skuId"),
    ("https://shop.example/goods.php?goods_id=8&from=list", "8", "a named parameter"),
    ("https://shop.example/catalogue/green-tea_12/", "12", "slug and id, after a word for lists"),
    ("https://shop.example/tea-2020.html", "/tea-2020.html", "a year in a slug is no id"),
    ("https://shop.example/p/casio-304103", "/p/casio-304103", "a model number is no id"),
    ("https://shop.example/p/%E8%8C%B6/?utm_source=x", "/p/茶", "escapes and tracking go"),
    ("https://shop.example/view.php?b=2&code=A1&sid=9", "/view.php?b=2&code=A1", "scripts keep it"),
    ("https://shop.example/", "/", "a home page"),
]


@pytest.mark.parametrize(("url", "key", "why"), LISTINGS)
def test_listing_key(url: str, key: str, why: str) -> None:
    assert listing_key_of(url) == key, why


@pytest.mark.parametrize("url", [url for url, _, _ in LISTINGS if "?" not in url])
def test_tracking_and_facets_never_change_the_key(url: str) -> None:
    noisy = f"{url}?utm_campaign=x&gclid=1&sessionid=abc&color=red&page=2&sort=price"
    assert listing_key_of(noisy) == listing_key_of(url)


def test_long_addresses_give_bounded_different_keys() -> None:
    one, other = (listing_key_of(f"https://shop.example/{'a' * 3000}{end}") for end in "xy")
    assert one != other
    assert len(one) <= 300


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://shop.example/shop/hongda/", "hongda"),
        ("https://shop.example/store/88.html", "88"),
        ("https://shop.example/index.php?shop_id=42", "42"),
        ("https://hongda.shop.example/about", "/about"),
    ],
)
def test_seller_key(url: str, key: str) -> None:
    assert seller_key_of(url) == key


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://WWW.Shop.example/a", "shop.example"),
        ("https://shop.example:443/", "shop.example"),
        ("http://127.0.0.1:8101/", "127.0.0.1:8101"),
    ],
)
def test_platform_name(url: str, name: str) -> None:
    assert platform_of(url) == name


@pytest.mark.parametrize(
    "url", ["", "shop.example/a", "file:///etc/passwd", "http://a:b/", "http://["]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedInput):
        platform_of(url)


def test_addresses_that_tell_their_kind() -> None:
    assert has_listing_address("https://shop.example/item/5")
    assert not has_listing_address("https://shop.example/category/5")


SELLERS = [
    ("/seller/5", True, "a word for sellers"),
    ("/seller/5/goods", True, "and what lies below it"),
    ("/shop/hongda/", True, "may be a seller's"),
    ("/shop/?shop_id=5", True, "named by its query"),
    ("/shop/", False, "all that the shop sells"),
    ("/shop/cart", False, "an act"),
    ("/shop/category/tea-5", False, "a category"),
    ("/shop/product/longjing/", False, "a listing"),
    ("/about/seller-rules.html", False, "only has the word in it"),
]


@pytest.mark.parametrize(("path", "expected", "why"), SELLERS)
def test_addresses_of_sellers(path: str, expected: bool, why: str) -> None:
    assert has_seller_address(f"https://shop.example{path}") is expected, why
