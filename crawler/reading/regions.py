"""Where on a page an element stands: the main block, or what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from crawler.reading.document import Document, Element, words_of

# Class and id words of blocks about other things than the page's own listing.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|recs|similar\w*|upsell|cross|also|recent\w*"
    r"|suggest\w*|sponsored|bundle|basket|mini-?cart|minicart|cart-?(?:mini|drawer|summary)|menu"
    r"|nav\w*|footer|foot(?=$|\s)|header|top-?bar|reviews?|comments?|guess|hot-?sale|rank\w*|history|viewed"
    r"|compare|newsletter|modal|popup|cookie\w*|login|banner|breadcrumbs?|accessor\w*"
    r"|complement\w*|product-?(?:grid|list|card|tile|pod)s?|listing-card|other-?products)(?:$|[\s_-])"
)
# Blocks whose content moves: a row of other listings, or the listing's own gallery.
_MOVING = re.compile(r"(?:^|[\s_-])(?:carousel|slider)(?:$|[\s_-])")
_PICTURE_LINK = re.compile(
    r"^(?:$|#|javascript:|data:)|\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE
)
_MOVING_ELEMENTS = 400
"""Elements of a moving block that are looked through for links; more show no other thing."""
_ANNOUNCING = re.compile(
    r"related|you (?:may|might) also|(?:customers|people|others) (?:also|who)|recommended|similar"
    r"|frequently bought|recently viewed|best ?sellers|more from|complete the look|goes well with"
    r"|相关(?:商品|产品|推荐)|为[你您]推荐|猜[你您]喜欢|看了又看|买了又买|浏览(?:过|记录)|同类|热销|掌柜推荐"
    r"|推荐(?:商品|产品)|搭配|相關商品|猜你喜歡|ähnliche|könnte (?:ihnen|dir|sie)|kunden kauften"
    r"|passend dazu|zuletzt angesehen|vous aimerez|produits (?:similaires|associés|liés)"
    r"|autres produits|(?:productos|artículos) (?:relacionados|similares)|te puede interesar"
    r"|también te|prodotti (?:correlati|simili)|potrebbe(?:ro)? "
    r"|produtos (?:relacionados|similares)|você também"
    r"|関連(?:商品|アイテム)|おすすめ|この商品を(?:見|買)|관련 ?상품|추천 ?상품|함께 "
    r"|podobne|polecane|może ci|gerelateerde|anderen bekeken|ook (?:bekeken|interessant)"
    r"|похожие|с этим товаром|рекомендуем"
)
"""Headings, in lower case, over what is not the page's own listing."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_HEADING_LENGTH = 60
_ASIDE_TAGS = frozenset({"nav", "footer", "aside"})


@lru_cache(maxsize=8_192)
def _names_aside(words: str) -> bool:
    return _ASIDE.search(words) is not None


@lru_cache(maxsize=8_192)
def _names_moving(words: str) -> bool:
    return _MOVING.search(words) is not None


def _leads_away(element: Element) -> bool:
    """Tell whether a block links to pages, and not only to its own parts or larger pictures."""
    return any(
        inner.tag == "a" and not _PICTURE_LINK.search((inner.get("href") or "").strip())
        for inner in islice(element.iter(), _MOVING_ELEMENTS)
    )


def find_announcing(document: Document) -> list[Element]:
    """Return the headings that announce other listings."""
    return [
        element
        for element, tag, own, _ in document.rows
        if tag in _HEADINGS
        and len(text := own or document.text_in(element, length=_HEADING_LENGTH)) < _HEADING_LENGTH
        and _ANNOUNCING.search(text.lower())
    ]


def is_aside(element: Element) -> bool:
    """Tell whether an element itself opens a block about other things."""
    if element.tag in _ASIDE_TAGS:
        return True
    if element.tag in ("body", "html", "main"):
        return False
    words = words_of(element)
    return _names_aside(words) or (_names_moving(words) and _leads_away(element))


class Regions:
    """Answers, for the elements of one page, whether they stand in the page's own part.

    The answer for an element is remembered, so asking for all costs one pass. Blocks behind one of
    the `announcing` headings ("Related products") are about other things, too.
    """

    def __init__(self, anchor: Element | None, announcing: Iterable[Element] = ()) -> None:
        self._aside: dict[Element, bool] = {}
        self._anchor_line = {} if anchor is None else _line(anchor)
        for element in self._anchor_line:
            # A block that holds the page's heading is the page's own, whatever its class says.
            self._aside[element] = False
        for heading in announcing:
            for block in self._announced(heading):
                self._aside.setdefault(block, True)

    def _announced(self, heading: Element) -> list[Element]:
        """Return the blocks behind a heading, or behind the smallest block that holds more."""
        node: Element | None = heading
        for _ in range(3):
            if node is None or node in self._anchor_line:
                return []
            if behind := list(islice(node.itersiblings(), 50)):
                return behind
            node = node.getparent()
        return []

    def in_aside(self, element: Element) -> bool:
        """Tell whether an element stands in a block about other things."""
        passed = []
        node: Element | None = element
        verdict = False
        while node is not None:
            known = self._aside.get(node)
            if known is not None:
                verdict = known
                break
            passed.append(node)
            node = node.getparent()
        for node in reversed(passed):
            verdict = verdict or is_aside(node)
            self._aside[node] = verdict
        return verdict

    def shared_depth(self, element: Element) -> int:
        """Return how deep the closest block lies that holds both the element and the heading.

        0 when there is no heading.
        """
        node: Element | None = element
        while node is not None:
            depth = self._anchor_line.get(node)
            if depth is not None:
                return depth
            node = node.getparent()
        return 0


def _line(element: Element) -> dict[Element, int]:
    """Map an element and its ancestors to their depth."""
    line = [element, *element.iterancestors()]
    return {node: len(line) - 1 - place for place, node in enumerate(line)}
