"""The price and stock that a page shows, read from its plain HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crawler.reading.cards import Cards
from crawler.reading.document import Document, Element, seen_text, words_of
from crawler.reading.keys import has_listing_address, listing_key_of
from crawler.reading.prices import find_amounts, parse_price
from crawler.reading.regions import Regions
from crawler.reading.stock import read_stock
from domain.listings import Availability
from domain.money import Money

_MAX_CANDIDATES = 400
_BLOCK_TEXT = 160
"""Characters of a price block at most; longer text is prose."""

_PRICE = re.compile(
    r"price|preis|prix|precio|prezzo|preco|cena|cijena|hinta|hind|jiage|amount|pricing|价格|单价"
)
_SALE = re.compile(r"sale|current|now|our|final|special|deal|promo|actual|main|buy|new|offer")
_OLD = re.compile(
    r"(?<!has-)(?<!with-)(?<!is-)(?:old|was|list-?price|origin(?:al)?|regular|strike|market|rrp|msrp|before|crossed|through|previous"
    r"|compare|standard|retail|uvp|reference)"
)
_OTHER_COST = re.compile(
    r"unit|shipping|delivery|freight|sav(?:e|ing)|discount|tax|month|install|credit|finance|loan"
    r"|points|range|filter|min-|max-|coupon|rating|stock|total|quantity|deposit"
)
_CONTROL = re.compile(r"btn|button")
"""A price on a button is what the button adds: a set, a subscription."""
_DIGIT = re.compile(r"\d")
_MAY_BE_SIGNED = re.compile(r"[A-Za-z$]|[^\x00-\x7f]")
"""Digits and marks alone name no currency, and need no closer look."""
_BEGINS = re.compile(r"\d|[$€£¥￥₹₽₩]\s*$")
"""What the own text of a price block holds: digits, or a sign before an element with them."""
_BARE = re.compile(r"\D{0,25}\d[\d.,\s'’]*(?:\s?[-–~]\s?\d[\d.,\s'’]*)?\D{0,3}")
"""A number with at most a label before it."""
_SIGN_ALONE = re.compile(r"\s*(?:[A-Z]{0,3}[$€£¥￥₹₽₩]|[元円원]|[A-Z]{3})\s*")
"""Own text of an element that holds the sign of a number beside it."""
_NO_BLOCK = frozenset({"script", "style", "option", "noscript", "title", "h1"})
_NO_PRICE_BLOCK = _NO_BLOCK | {"input"}
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_OLD_WORDS = re.compile(
    r"原[价價]|市场价|市場價|市價|吊牌[价價]|专柜价|專櫃價|定價|划线价|参考价|建議售價"
    r"|list price|was |rrp|msrp",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:(?:现|售|促销|到手|券后|优惠|活动|秒杀|特|最低|会员)价|价格|券后|(?:現|售|促銷|優惠|活動|特|最低|網路|會員)價"
    r"|價格|price|our price|now|sale price)\s*[:：]?",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class OfferEvidence:
    """What the plain HTML shows of the offer."""

    price: Money | None = None
    list_price: Money | None = None
    availability: Availability = Availability.UNKNOWN
    can_buy: bool = False
    """A control to buy stands in the page's own part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    element: Element
    money: Money
    score: float
    old: bool

    @property
    def style(self) -> str:
        return f"{self.element.tag} {words_of(self.element)}"


def read_offer(
    document: Document, regions: Regions, cards: Cards, anchor: Element | None
) -> OfferEvidence:
    """Read price, struck-out price and stock from the part of the page that is its own."""
    evidence = OfferEvidence()
    blocks = list(_price_blocks(document, regions, cards, anchor))
    selling = [block for block in blocks if not block.old]
    lists = _repeated(selling)
    best = max(
        selling,
        key=lambda block: block.score - (3 if block.style in lists else 0),
        default=None,
    )
    if best is not None and best.score >= 2:
        evidence.price = best.money
        struck = [
            block.money
            for block in blocks
            if block.old
            and block.money.currency == best.money.currency
            and block.money.amount_minor > best.money.amount_minor
            and _are_near(block.element, best.element)
        ]
        evidence.list_price = min(struck, key=lambda money: money.amount_minor, default=None)
    stock = read_stock(document, regions, cards)
    evidence.availability, evidence.can_buy = stock.availability, stock.can_buy
    return evidence


@lru_cache(maxsize=8_192)
def _names_price(words: str) -> bool:
    return _PRICE.search(words) is not None


def _price_blocks(
    document: Document, regions: Regions, cards: Cards, anchor: Element | None
) -> Iterator[_Block]:
    """Yield the blocks that show one price, scored by how surely it is the listing's own."""
    found = 0
    struck = _Struck(document)
    for element, words, named, after in _candidates(document, anchor):
        if found >= _MAX_CANDIDATES:
            return
        if document.outline.is_large(element):
            continue
        text = struck.text_without(element)
        if len(text) > _BLOCK_TEXT or not _DIGIT.search(text):
            continue
        if not named and not _MAY_BE_SIGNED.search(text):
            continue
        amounts = find_amounts(text)
        signed = any(amount.sign for amount in amounts)
        if not amounts or not (signed or (named and _is_bare_price(text, len(amounts)))):
            continue
        money = parse_price(text, hint=document.currency_hint)
        if money is None:
            continue
        found += 1
        old = _is_old(element, words, text)
        score = _score(element, words, text, signed=signed, named=named)
        score += regions.shared_depth(element) * 0.25 + (1.0 if after else 0.0)
        if (
            regions.in_aside(element)
            or cards.holds(element)
            or _in_other_listing(element, document)
        ):
            score -= 8
        yield _Block(element=element, money=money, score=score, old=old)


def _candidates(
    document: Document, anchor: Element | None
) -> Iterator[tuple[Element, str, bool, bool]]:
    """Yield the elements that may show a price: with their words, whether these name a price,
    and whether the element stands behind the heading."""
    after = anchor is None
    seen: set[Element] = set()
    has_properties = "itemprop" in document.source
    for element, _, own, words in document.rows:
        after = after or element is anchor
        if has_properties and (itemprop := element.get("itemprop")) is not None:
            words = f"{words} {itemprop.lower()}"
        if not own and not words:
            continue
        begins = 0 < len(own) <= _BLOCK_TEXT * 2 and _BEGINS.search(own) is not None
        named = bool(words) and _names_price(words)
        block: Element | None = element
        if not named and 0 < len(own) <= 4 and _SIGN_ALONE.fullmatch(own):
            block, begins = element.getparent(), True  # <em>¥</em><b>99</b>
            words = "" if block is None else words_of(block)
        if block is None or block in seen or not (named or begins) or block.tag in _NO_PRICE_BLOCK:
            continue
        seen.add(block)
        yield block, words, named, after


def _is_bare_price(text: str, amounts: int) -> bool:
    """Tell whether an amount without a currency can be a price: "Items 1-3 of 14" and
    "Contents: 1 pair" are none.
    """
    return amounts <= 2 and _BARE.fullmatch(text) is not None


class _Struck:
    """The elements of a page that strike an old price out, and what is left without them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        by_style = "line-through" in document.source
        self._struck = {
            element
            for element, tag, _, words in document.rows
            if tag in _STRUCK_TAGS
            or (words and _names_struck(words))
            or (by_style and "line-through" in element.get("style", ""))
        }
        self._around: set[Element] = set()
        for element in self._struck:
            self._around.update(islice(element.iterancestors(), 6))

    def text_without(self, element: Element) -> str:
        """Return the text of a block without the old prices inside it; of an old price its own."""
        if element not in self._around or element in self._struck:
            return self._document.text_in(element, length=_BLOCK_TEXT + 1)
        return seen_text(element, length=_BLOCK_TEXT + 1, leave_out=self._struck.__contains__)


@lru_cache(maxsize=8_192)
def _names_old(words: str) -> bool:
    return _OLD.search(words) is not None


@lru_cache(maxsize=8_192)
def _names_struck(words: str) -> bool:
    """Tell by its class an element that strikes a price out."""
    if not _names_old(words):
        return False
    return _names_price(words) or "strike" in words or "line-through" in words


def _repeated(blocks: list[_Block]) -> set[str]:
    """Return the styles in which three different prices stand: those are lists of other things."""
    amounts: dict[str, set[int]] = {}
    for block in blocks:
        amounts.setdefault(block.style, set()).add(block.money.amount_minor)
    return {style for style, found in amounts.items() if len(found) >= 3}


def _score(element: Element, words: str, text: str, *, signed: bool, named: bool) -> float:
    near = f"{words} {_parent_words(element)}"
    score = 2.0 * signed + 2.0 * named
    score += 1.5 * bool(_SALE.search(near)) + 1.0 * bool(_LABEL.match(text))
    score -= 3.0 * bool(_OTHER_COST.search(near)) + 1.5 * bool(_CONTROL.search(near))
    # Of a block that tells the old price behind the new one, the inner blocks say more.
    score -= max(0, len(text) - 30) / 40 + 2.0 * bool(_OLD_WORDS.search(text))
    may_be_prose = element.tag in ("p", "li", "td", "label") and not named
    return score - (2.0 if may_be_prose and not _is_price_alone(text) else 0.0)


def _is_price_alone(text: str) -> bool:
    """Tell whether a text is a price and nothing else: "￥199", not "运费￥10"."""
    return not text[:1].isalpha() and _BARE.fullmatch(text) is not None


def _parent_words(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None or parent.tag in ("body", "main") else words_of(parent)


def _is_old(element: Element, words: str, text: str) -> bool:
    digit = _DIGIT.search(text)
    if _names_old(words) or _OLD_WORDS.search(text, 0, digit.start() if digit else len(text)):
        return True
    node: Element | None = element
    for _ in range(4):
        if node is None:
            return False
        style = (node.get("style") or "").replace(" ", "").lower()
        if node.tag in _STRUCK_TAGS or "line-through" in style:
            return True
        node = node.getparent()
    return _names_old(_parent_words(element))


def _in_other_listing(element: Element, document: Document) -> bool:
    """Tell whether an element stands inside a link to another listing (a card)."""
    for ancestor in element.iterancestors("a"):
        target = document.url_of(ancestor.get("href"))
        return bool(
            target
            and has_listing_address(target)
            and listing_key_of(target) != listing_key_of(document.url)
        )
    return False


def _are_near(one: Element, other: Element) -> bool:
    """Tell whether two elements share an ancestor at most five levels above the first."""
    above = {other, *other.iterancestors()}
    for level, ancestor in enumerate(one.iterancestors()):
        if ancestor in above:
            return True
        if level >= 4:
            return False
    return False
