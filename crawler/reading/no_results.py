"""What a result page says when the shop has nothing for a query."""

from __future__ import annotations

import re

from crawler.reading.document import Document
from domain.pages import Page

# An empty basket stands on every page of a shop, and says nothing of the query.
_BASKET = (
    r"(?! (?:\w+ )?(?:in|im|dans|nel|en|no) (?:\w+ ){0,3}(?:cart|bag|basket|trolley|wish ?list"
    r"|warenkorb|panier|carrello|carrito|cesta|carrinho|winkelwagen))"
)
_BASKET_BEFORE = re.compile(
    r"(?:cart|bag|basket|trolley|wish ?list|warenkorb|merkzettel|panier|carrello|carrito|cesta"
    r"|carrinho|winkelwagen|购物车|收藏夹?|カート)\W{0,3}(?:\w+ ){0,2}$"
)
"""What the words belong to where they tell of a basket: "your wishlist contains 0 items"."""
# Searched in lower-case text, and no alternative opens with a look-behind: so the engine can skip
# to a first letter.
_NOTHING = re.compile(
    r"没有(?:找到|搜到|搜索到|查到|检索到|相关)|未(?:找到|搜到|搜索到|查到|检索到)|暂无(?:相关|商品|结果|数据)"
    r"|找不到(?:相关|符合|任何)|抱歉.{0,12}没有|0(?<!\d0)\s*件商品"
    r"|(?:共|[找搜查]到|检索到)\s*0\s*[件个個条條款]"
    r"|no(?<!\wno) (?:matching |exact )?(?:results?|products?|items?|matches|listings?)\b"
    rf"{_BASKET}"
    r"|0(?<![\d.,]0) (?:results?|products?|items?|listings?|ergebnisse|treffer|résultats?|risultati"
    rf"|resultados?|resultaten|wyników|resultat|träffar|hasil)\b{_BASKET}"
    r"|nothing (?:was )?found\b|did(?: not|n[o'’]t) match|could(?: not|n[o'’]t) find any"
    r"|keine (?:\w+ )?(?:such)?(?:ergebnisse|treffer)\b"
    r"|keine (?:\w+ )?(?:artikel|produkte) (?:gefunden|zu |für |mit |, die)"
    rf"|aucun (?:résultat|article|produit)\b{_BASKET}|aucune (?:annonce|correspondance)\b"
    rf"|nessun (?:risultato|prodotto|articolo|oggetto)\b{_BASKET}"
    r"|no hay (?:\w+ )?resultados|ning[uú]n resultado|no se (?:han )?encontr(?:ado|aron|ó)"
    r"|nenhum (?:resultado|produto|anúncio)\b|não encontr(?:amos|ado|ou)"
    r"|geen (?:\w+ )?(?:zoek)?resultaten|brak wyników|nie znaleziono"
    r"|inga (?:sök)?(?:resultat|träffar)"
    r"|sonuç bulunamadı|ничего не найдено|لا توجد نتائج|لم يتم العثور على"
    r"|検索(?:に一致する|条件に一致する|結果(?:は|が|に))[^。]{0,20}(?:ありません|見つかりません|なし)"
    r"|(?:商品|該当する商品)[はが](?:ありません|見つかりません)|검색 ?결과가 없"
    r"|không tìm thấy|ไม่พบ(?:ผลลัพธ์|ผลการค้นหา|สินค้า)"
    r"|tidak (?:ada hasil|menemukan|ditemukan)|produk tidak ditemukan|tiada hasil"
)


def says_nothing(page: Page) -> bool:
    """Tell whether a page says, in words that a person sees, that it found nothing."""
    return finds_nothing(Document(page))


def finds_nothing(document: Document) -> bool:
    """Tell the same of a parsed page."""
    text = document.lower_text.replace("\n", " ")
    return any(
        _BASKET_BEFORE.search(text, max(0, match.start() - 30), match.start()) is None
        for match in _NOTHING.finditer(text)
    )
