"""What a shop says in the place of a listing that it no longer shows, without a 404."""

from __future__ import annotations

import re

from crawler.reading.document import Document
from domain.listings import Availability, Offer, Sighting
from domain.pages import PageKind

_LONGEST = 1_500
"""Characters of text of such a page; longer ones must say it in their title or heading."""
# Searched in lower-case text. A busy server, or a page that failed, says nothing of a listing.
_THING = r"(?:listings?|items?|products?|offers?|ads?|auctions?)"
_REMOVED = re.compile(
    r"(?:商品|宝贝|宝\s?贝|产品|链接|拍品|货品)[^。，,!！?？\n]{0,8}"
    r"(?:不存在|下架|(?:被|已)删除|已?失效|被转移|找不到|停售|停止销售)"
    r"|(?:找不到|没有找到)(?:该|此|这个|您(?:查看|访问)的)(?:商品|宝贝|页面)|页面(?:不存在|已?删除)"
    r"|(?:商品|賣場)[^。，\n]{0,8}(?:下架|不存在|已?刪除|已結束)"
    rf"|\b{_THING}[^.!?\n]{{0,40}}\b(?:no longer (?:available|exists?|active|listed|for sale|sold)"
    r"|not found|(?:was|were|been|is|are) (?:removed|deleted|taken down|delisted|discontinued)"
    r"|does(?: not|n['’]t) exist|could(?: not|n['’]t) be found|(?:has|have) ended|ended)\b"
    r"|page (?:not found|does(?: not|n['’]t) exist|(?:could|can)(?: ?not|n['’]t) be found)"
    r"|item_not_found|product_not_found"
    r"|(?:angebot|artikel|produkt|anzeige|seite)[^.\n]{0,30}(?:nicht (?:mehr )?(?:verfügbar"
    r"|gefunden|vorhanden)|beendet|gelöscht)"
    r"|(?:annonce|article|produit|page)[^.\n]{0,30}(?:plus disponible|supprimée?|introuvable"
    r"|n['’]existe (?:pas|plus))"
    r"|(?:anuncio|artículo|producto|página)[^.\n]{0,30}(?:ya no (?:está|existe)|no (?:existe"
    r"|encontrad[oa])|eliminad[oa])"
    r"|(?:annuncio|articolo|prodotto|pagina|oggetto)[^.\n]{0,30}(?:non (?:è più|esiste|trovat[oa])"
    r"|rimoss[oa]|scadut[oa])"
    r"|(?:商品|ページ)[がは][^。\n]{0,10}(?:見つかりません|削除され|存在しません|終了し)"
    r"|(?:상품|페이지)[^.\n]{0,10}(?:찾을 수 없|삭제|종료|존재하지)"
)
_NOT_THERE = re.compile(r"404(?<![\w.]404)(?![\w.])")


def says_removed(document: Document, sighting: Sighting) -> bool:
    """Tell whether a page that shows no listing says, in words that a person sees, that there is
    none (any more).
    """
    if not _shows_nothing(sighting):
        return False
    headline = f"{document.head_title or ''}\n{document.h1 or ''}".lower()
    if _REMOVED.search(headline) or _NOT_THERE.search(headline):
        return True
    text = document.lower_text
    return len(text) <= _LONGEST and _REMOVED.search(text) is not None


def _shows_nothing(sighting: Sighting) -> bool:
    """Tell a page without anything on sale; at a listing's address "no longer available" alone
    makes a listing of it.
    """
    if sighting.kind is PageKind.LISTING:
        offer = sighting.offer or Offer()
        in_stock = offer.availability is Availability.IN_STOCK
        return offer.price is None and not in_stock and not sighting.pictures
    return sighting.kind in (PageKind.ERROR, PageKind.OTHER)
