"""Pages are decoded by what their bytes spell, whatever charset they claim."""

from __future__ import annotations

import pytest

from crawler.reading.decode import MAX_BYTES, decode_html

SIMPLIFIED = "商品详情：这款手工绿茶是本店新到的正品现货，包邮，立即购买加入购物车。"
TRADITIONAL = "商品詳情：這款手工綠茶是本店新到的正品現貨，立即購買，加入購物車，會員登入。"
JAPANESE = "商品の説明：手摘みの緑茶です。カートに入れてください。送料無料でお届けします。"
KOREAN = "상품 상세: 손으로 딴 녹차입니다. 장바구니에 담아 주문하세요. 무료 배송이 가능합니다."
FRENCH = "Thé vert récolté à la main, expédié en 24 heures. Élégant et léger, très apprécié."
RUSSIAN = "Зелёный чай ручного сбора. Добавить в корзину. Доставка по всей стране."


def _page(text: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!doctype html><html><head>{meta}<title>Tea</title></head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("text", "codec", "http", "meta", "why"),
    [
        (SIMPLIFIED, "gbk", None, None, "undeclared"),
        (SIMPLIFIED, "gb18030", "gb2312", None, "declared by its smaller brother"),
        (SIMPLIFIED, "gbk", "iso-8859-1", None, "a server's default"),
        (SIMPLIFIED, "gbk", None, "utf-8", "the template's charset, not the page's"),
        (SIMPLIFIED, "gbk", None, "big5", "the wrong Chinese"),
        (SIMPLIFIED, "utf-8", "gbk", "gbk", "the other way round"),
        (TRADITIONAL, "big5", None, None, "undeclared"),
        (TRADITIONAL, "big5", "big5", None, "declared"),
        (TRADITIONAL, "big5", None, "gb2312", "the wrong Chinese"),
        (JAPANESE, "shift_jis", None, None, "undeclared"),
        (JAPANESE, "cp932", None, "shift_jis", "declared"),
        (JAPANESE, "euc_jp", None, None, "undeclared"),
        (JAPANESE, "euc_jp", None, "shift_jis", "the wrong Japanese"),
        (KOREAN, "euc_kr", None, None, "undeclared: no Chinese, though every pair decodes"),
        (KOREAN, "cp949", "euc-kr", None, "declared"),
        (KOREAN, "euc_kr", "iso-8859-1", None, "a server's default"),
        (FRENCH, "cp1252", None, None, "European letters are no pairs"),
        (FRENCH, "latin-1", "iso-8859-1", None, "declared"),
        (RUSSIAN, "cp1251", None, "windows-1251", "declared: no East Asian page"),
        (RUSSIAN, "koi8-r", "koi8-r", None, "declared"),
        (SIMPLIFIED, "utf-16", None, None, "a byte-order mark"),
        (SIMPLIFIED, "utf-8-sig", "gbk", None, "the mark outweighs the header"),
    ],
)
def test_a_page_is_decoded_right(
    text: str, codec: str, http: str | None, meta: str | None, why: str
) -> None:
    page = _page(text, meta)
    assert decode_html(page.encode(codec), http).text == page, why


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(codec: str) -> None:
    page = _page(KOREAN)
    assert decode_html(page.encode(codec), None).text == page


def test_a_character_cut_at_the_limit_spoils_nothing() -> None:
    body = b"<p>" + "茶".encode("gbk") * (MAX_BYTES // 2)
    decoded = decode_html(body, "gbk")
    assert decoded.charset in ("gb18030", "gbk")
    assert "\ufffd" not in decoded.text
