"""Whether a listing can be bought, by the words and controls of the page's own part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.reading.cards import Cards
from crawler.reading.document import Document, Element
from crawler.reading.regions import Regions
from domain.listings import Availability

# Searched in lower-case text: without IGNORECASE the engine can skip to a first letter.
_BUY = re.compile(
    r"add to (?:cart|basket|bag|trolley)|buy (?:it )?now|加入购物[车袋]|加购物车|立即购买"
    r"|马上抢|立刻购买|立即下单|马上购买|加入購物[車袋]|立即購買|放入購物車"
    r"|in den (?:warenkorb|einkaufswagen)|jetzt kaufen|ajouter au panier|acheter maintenant"
    r"|aggiungi al carrello|acquista ora|(?:añadir|agregar) al carrito|añadir a la (?:cesta|bolsa)"
    r"|comprar|adicionar ao carrinho|do koszyka|kup teraz|в корзину|купить"
    r"|カートに入れる|カートに追加|今すぐ(?:買う|購入)|購入する|구매하기|장바구니|바로구매"
    r"|lisa (?:ostu)?korvi|lisää (?:ostos)?koriin|u košaricu|do košíku|a kosárba"
    r"|pievienot grozam|in (?:mijn )?winkel(?:wagen|mand)(?:tje)?|lägg i (?:varukorgen|kundvagnen)"
    r"|legg i handlekurv|(?:læg|tilføj) (?:i|til) kurv(?:en)?|sepete ekle|adaugă în coș"
)
_OUT = re.compile(
    r"out of stock|sold out|currently unavailable|temporarily unavailable|no longer available"
    r"|not available|^unavailable$|item is sold|notify me (?:when|if)|无货|缺货|售罄"
    r"|卖完了|已下架|已抢光|暂时断货|补货中|库存不足|(?:无|没有)库存|(?:库存|剩余)\s*[:：]?\s*0(?![\d.])|到货通知"
    r"|缺貨|售完|補貨中|完售|nicht (?:auf lager|verfügbar|lieferbar|vorrätig)|ausverkauft"
    r"|rupture de stock|épuisé|indisponible|plus disponible|agotado|sin existencias"
    r"|esaurito|non disponibile|esgotado|indisponível|fora de estoque|sem estoque"
    r"|brak w magazynie|niedostępny|wyprzedan[ya]|uitverkocht|niet (?:op voorraad|leverbaar)"
    r"|нет в наличии|品切れ|在庫切れ|売り切れ|在庫なし|품절"
    r"|slutsåld|slut i lager|utsolgt|udsolgt|läbi müüdud|rasprodano|loppuunmyyty"
    r"|vyprodáno|elfogyott|stokta yok|tükendi"
)
_IN = re.compile(
    r"in stock|available now|有货|现货|有貨|現貨|有库存|库存充足"
    r"|(?:库存|剩余)\s*[:：]?\s*[1-9]|auf lager|sofort (?:lieferbar|verfügbar)|vorrätig|en stock"
    r"|disponibile|disponible|disponível|em estoque|w magazynie|dostępn[yae]|op voorraad|в наличии"
    r"|在庫あり|재고 있음|i lager|på lager|laos olemas|na zalihi|varastossa|skladem"
    r"|raktáron|stokta var"
)
_NOT_IN = re.compile(r"(?:not|nicht|niet|non|pas|no|ikke|inte|ej) .{0,12}$")
_NO_WORDS = frozenset({"script", "style", "option", "noscript", "title", "h1"})
_CONTROLS = frozenset({"input", "button", "a", "img"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the page shows of its listing's stock."""

    availability: Availability
    can_buy: bool
    """A control to buy stands in the page's own part."""


def read_stock(document: Document, regions: Regions, cards: Cards) -> Stock:
    """Read stock words and controls. A control to buy outweighs a stray "sold out" (of one size);
    without it the word counts. A disabled control says nothing of its own.
    """
    said: set[str] = set()
    for element, tag, own, _ in document.rows:
        if tag in _CONTROLS and len(own) < 2:
            # What stands inside a link is met on its own.
            own = _spoken(document, element, tag)
        if not 2 <= len(own) <= 60 or tag in _NO_WORDS:
            continue
        word = _stock_word(own.lower())
        if word is None or (word == "buy" and _is_disabled(element)):
            continue
        if word not in said and not (regions.in_aside(element) or cards.holds(element)):
            said.add(word)
    can_buy = "buy" in said
    if "out" in said and not can_buy:
        return Stock(availability=Availability.OUT_OF_STOCK, can_buy=False)
    known = Availability.IN_STOCK if said else Availability.UNKNOWN
    return Stock(availability=known, can_buy=can_buy)


def _spoken(document: Document, element: Element, tag: str) -> str:
    """Return the words of a control that has no text of its own."""
    if tag == "img":
        return (element.get("alt") or "").strip()[:60]
    own = element.get("value" if tag == "input" else "title") or ""
    return (own or (document.text_in(element, length=60) if tag == "button" else "")).strip()


def _is_disabled(element: Element) -> bool:
    """Tell whether a control, or the one around a word, is disabled."""
    node: Element | None = element
    for _ in range(3):
        if node is None:
            return False
        if node.get("disabled") is not None or node.get("aria-disabled") == "true":
            return True
        node = node.getparent()
    return False


@lru_cache(maxsize=8_192)
def _stock_word(text: str) -> str | None:
    if _OUT.search(text):
        return "out"
    if _BUY.search(text):
        return "buy"
    stands = _IN.search(text)
    return "in" if stands and not _NOT_IN.search(text, 0, stands.start()) else None
