"""Result pages that say that there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import says_nothing
from domain.pages import Page

CASES = [
    ("<p>抱歉，没有找到相关商品</p>", True, "the usual sentence"),
    ("<p>共 0 件</p>", True, "a count of none"),
    ("<p>找到 <strong>0</strong> 个结果。</p>", True, "the count stands in an element of its own"),
    ("<p>Found <strong>0</strong> results.</p>", True, "the same in English"),
    ("<p>Your search <em>lamp</em> did not match any products.</p>", True, "a sentence"),
    ("<p>No results</p>", True, "two words"),
    ("<p>Found <strong>10</strong> results.</p>", False, "ten end with 0"),
    ("<p>共 20 件</p>", False, "so do twenty"),
    ("<script>var t = 'No results';</script><p>Lamps</p>", False, "in a script, for another day"),
    ("<p>Lamps</p>", False, "says nothing of it"),
    ("<p>Keine Ergebnisse für <b>wolkenkamm</b></p>", True, "Amazon.de"),
    ("<p>Keine passenden Artikel gefunden</p>", True, "in German, of articles"),
    ("<p>0 Ergebnisse für wolkenkamm</p>", True, "eBay.de"),
    ("<p>10 Ergebnisse für wolkenkamm</p>", False, "ten in German"),
    ("<p>Aucun résultat pour wolkenkamm</p>", True, "Amazon.fr"),
    ("<p>Nessun risultato per wolkenkamm</p>", True, "Amazon.it"),
    ("<p>No hay resultados para wolkenkamm</p>", True, "Amazon.es"),
    ("<p>Nenhum resultado para wolkenkamm</p>", True, "Amazon.com.br"),
    ("<p>Geen resultaten voor wolkenkamm</p>", True, "Amazon.nl"),
    ("<p>wolkenkamm için sonuç bulunamadı</p>", True, "Amazon.com.tr"),
    ("<p>wolkenkammの検索に一致する商品はありませんでした。</p>", True, "Amazon.co.jp"),
    ("<p>検索結果が見つかりません</p>", True, "in Japanese, of results"),
    ("<p>Không tìm thấy sản phẩm</p>", True, "Shopee.vn"),
    ("<p>ไม่พบผลการค้นหา</p>", True, "Lazada.co.th"),
    ("<p>You have no items in your shopping cart.</p>", False, "an empty basket"),
    ("<p>No products in the cart.</p>", False, "WooCommerce's empty basket"),
    ("<p>Aucun article dans votre panier</p>", False, "an empty basket in French"),
    ("<p>Keine Artikel im Warenkorb</p>", False, "an empty basket in German"),
    ("<p>Nessun prodotto nel carrello</p>", False, "an empty basket in Italian"),
    ("<p>0 items in your basket</p>", False, "a count of the basket"),
    ("<p>Wishlist contains 0 items</p>", False, "a count of the wish list, behind its name"),
    ("<p>购物车 0 件商品</p>", False, "the same in Chinese"),
    ("<p>Wishlist: 0 items</p><h1>Lamps</h1><p>0 items</p>", True, "after it, a count of results"),
]


@pytest.mark.parametrize(("body", "expected", "why"), CASES)
def test_words_for_nothing(
    body: str, expected: bool, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(body, url="https://shop.example/search?q=lamp")
    assert says_nothing(page) is expected, why


def test_the_encoding_is_found_as_for_every_page(make_page: Callable[..., Page]) -> None:
    body = '<meta charset="gbk"><p>没有找到商品</p>'.encode("gbk")
    assert says_nothing(make_page(body, url="https://shop.example/search?q=lamp"))
