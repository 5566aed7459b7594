"""Product cards: the repeated blocks of search, category and recommendation lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from crawler.reading.document import Document, Element, words_of
from crawler.reading.keys import has_list_address, has_listing_address, listing_key_of

_PRICE_SIGN = re.compile(
    r"[¥￥$€£₹₽₩₺₫฿元円원]|zł|Kč|kr(?<!\wkr)\b|руб|тг"
    r"|(?:EUR|USD|GBP|CNY|RMB|HKD|TWD)(?<!\w[A-Z]{3})\b"
)
_ASCII_SIGN = re.compile(
    r"\$|kr(?<!\wkr)\b|(?:EUR|USD|GBP|CNY|RMB|HKD|TWD)(?<!\w[A-Z]{3})\b", re.ASCII
)
"""The same for text in ASCII, in half the time."""
_NO_PRICE = frozenset({"script", "style", "noscript", "option", "title"})
_LEAST = 3
"""Blocks of one tag and class that make a list of cards."""
_LEVELS = 7
"""How far above its price a card's block is looked for."""
_LEVELS_BESIDE = 3
"""How far above that block its own button to buy is looked for."""
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Cards:
    """The product cards of one page."""

    blocks: set[Element] = field(default_factory=set)
    links: set[Element] = field(default_factory=set)
    """Their <a> elements."""

    def holds(self, element: Element) -> bool:
        """Tell whether an element stands inside a card."""
        if not self.blocks:
            return False
        node: Element | None = element
        while node is not None:
            if node in self.blocks:
                return True
            node = node.getparent()
        return False


def find_cards(document: Document) -> Cards:
    """Find the product cards of a page, whatever its addresses look like.

    A card is the smallest block around a price that holds a link and at most three addresses;
    blocks of the same tag and class make cards when they lead to three addresses at least. Fewer
    do (a short list, the last page of one) when each leads to another listing: by its address, or
    by a picture of it.
    """
    groups: dict[str, dict[Element, list[Element]]] = {}
    known: dict[Element, list[Element]] = {}
    prices: list[Element] = []
    for element, tag, text, _ in document.rows:
        if not text or tag in _NO_PRICE:
            continue
        if not (_ASCII_SIGN if text.isascii() else _PRICE_SIGN).search(text):
            continue
        prices.append(element)
        found = _card_around(element, known)
        if found is not None:
            block, links = found
            groups.setdefault(_look_of(block), {})[block] = links
    cards = Cards()
    held = Counter(ancestor for price in prices for ancestor in price.iterancestors())
    held.update(prices)
    for blocks in groups.values():
        addresses = {link.get("href") for links in blocks.values() for link in links}
        many = len(blocks) >= _LEAST and len(addresses) >= _LEAST
        if many or all(_leads_away(document, block, links) for block, links in blocks.items()):
            cards.blocks.update(_whole_cards(blocks, held))
            cards.links.update(link for links in blocks.values() for link in links)
    return cards


def _whole_cards(blocks: Collection[Element], held: Counter[Element]) -> Iterator[Element]:
    """Yield each block with what stands beside it for the same thing: a button to buy, a rating.

    Cards are alike, so a block around one is a card only where others are around the others. It
    holds no second price and no main heading; `held` counts the prices in every block.
    """
    yield from blocks
    level = {block: block for block in blocks}
    for _ in range(_LEVELS_BESIDE):
        parents = {
            block: parent
            for block, node in level.items()
            if (parent := node.getparent()) is not None
            and held[parent] == held[block]
            and next(parent.iter("h1"), None) is None
        }
        alike = Counter(_look_of(parent) for parent in parents.values())
        level = {b: parent for b, parent in parents.items() if alike[_look_of(parent)] > 1}
        yield from level.values()


def _look_of(element: Element) -> str:
    return f"{element.tag} {words_of(element)}"


def _leads_away(document: Document, block: Element, links: list[Element]) -> bool:
    """Tell whether a block without the main heading leads to other listings, or to one page by a
    picture of it.
    """
    targets = {document.url_of(link.get("href")) for link in links}
    if any(
        not url or listing_key_of(url) in (listing_key_of(document.url), "/") for url in targets
    ):
        return False
    pictured = len(targets) == 1 and any(next(link.iter("img"), None) is not None for link in links)
    for url in filter(None, targets):
        by_picture = pictured and not has_list_address(url) and not _PICTURE_FILE.search(url)
        if not (has_listing_address(url) or by_picture):
            return False
    return next(block.iter("h1"), None) is None


def _card_around(
    element: Element, known: dict[Element, list[Element]]
) -> tuple[Element, list[Element]] | None:
    """Return the smallest block around a price that holds links, and those; blocks once searched
    are remembered in `known`, so that many prices in one block cost one search."""
    node: Element | None = element
    for _ in range(_LEVELS):
        if node is None or node.tag in ("body", "main"):
            return None
        if node not in known:
            inner = [node] if node.tag == "a" else list(islice(node.iter("a"), 8))
            known[node] = [link for link in inner if link.get("href", "#")[:1] != "#"]
        links = known[node]
        if links:
            few = len({link.get("href") for link in links}) <= 3
            return (node, links) if few else None
        node = node.getparent()
    return None
