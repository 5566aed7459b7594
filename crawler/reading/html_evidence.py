"""What a page's plain HTML says of its listing, beside price and stock."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from crawler.reading.document import Document, Element, seen_text, text_of, words_of
from crawler.reading.regions import Regions, is_aside
from crawler.reading.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean_text, text_of_fragment

_MAX_PICTURES = 40
_TEXT_TAGS = frozenset({"div", "section", "article", "p", "span"})
_FLOW_TAGS = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "br"})
"""What running text is made of."""
_MAX_PARAGRAPHS = 20
_LABEL_LENGTH = 40
_HOME = frozenset(
    {"home", "首页", "主页", "首頁", "start", "startseite", "accueil", "inicio", "all"}
)
_CRUMB_TAGS = frozenset({"nav", "ol", "ul", "div", "p"})
_CRUMBS = re.compile(r"breadcrumb|crumbs?\b|mianbaoxie|bread-crumb")
_DESCRIPTION = re.compile(
    r"(?:^|[\s_-])(?:product-?|item-?|goods-?)?(?:description|detail-?desc|intro(?:duction)?)(?:$|[\s_-])"
)
_DESCRIPTION_LABEL = re.compile(
    r"(?:商品|产品|宝贝|商家|图文|详细|作品)?(?:描述|详情|介绍|说明|简介|描述信息)\s*[:：]?"
    r"|(?:the )?(?:product|item)?\s?(?:description|details|introduction|overview)\s*[:：]?",
    re.IGNORECASE,
)
_HEADING_WORDS = re.compile(r"(?:^|[\s_-])(?:title|heading|label|caption)(?:$|[\s_-])")
_NO_PICTURE = re.compile(
    r"logo|icon|sprite|pixel|blank|spacer|avatar|flag|payment|badge|loading|placeholder|captcha",
    re.IGNORECASE,
)


def find_heading(document: Document) -> Element | None:
    """Return the heading that names the page's subject: the first h1 with text outside asides."""
    fallback = None
    for element in document.body.iter("h1"):
        if not text_of(element):
            continue
        if not any(is_aside(ancestor) for ancestor in element.iterancestors()):
            return element
        fallback = element if fallback is None else fallback
    return fallback


def read_title(document: Document, heading: Element | None) -> tuple[str, str] | None:
    """Return the title and where it stood: h1, else og:title, else <title> without the shop."""
    if heading is not None and (text := text_of(heading, length=TITLE_LENGTH)):
        return text, "html"
    for name in ("og:title", "twitter:title"):
        for content in document.meta.get(name, ()):
            if text := clean_text(content, length=TITLE_LENGTH):
                return text, "opengraph"
    title = document.head_title
    if title:
        head = re.split(r"\s+[|–—-]\s+|[_|]", title)[0]
        return (head if len(head) >= 4 else title), "html title"
    return None


def read_breadcrumb(document: Document, title: str | None) -> tuple[str, ...]:
    """Return the breadcrumb from widest to narrowest, without "home" and the listing itself."""
    for element, tag, _, words in document.rows:
        if tag not in _CRUMB_TAGS:
            continue
        spoken = element.get("aria-label")
        if not _CRUMBS.search(words) and not (spoken and _CRUMBS.search(spoken.lower())):
            continue
        links = [text_of(link, length=200) for link in list(element.iter("a"))[:20]]
        names = [name for name in links if name and name != title]
        if names and names[0].casefold() in _HOME:  # further on, "home" is a department
            del names[0]
        if names:
            return tuple(names)
    return ()


def read_description(document: Document) -> tuple[str, str] | None:
    """Return the longest description block of the page, else its meta description."""
    best = ""
    for element, tag, _, words in document.rows:
        if tag not in _TEXT_TAGS or not _names_description(words):
            continue
        text = document.text_in(element, length=DESCRIPTION_LENGTH)
        if _is_heading(element, text):
            text = _text_beside(element)
        best = text if len(text) > len(best) else best
    if cleaned := clean_text(best, length=DESCRIPTION_LENGTH):
        return cleaned, "html"
    for name in ("og:description", "description"):
        for content in document.meta.get(name, ()):
            if cleaned := text_of_fragment(content, length=DESCRIPTION_LENGTH):
                return cleaned, "opengraph" if name.startswith("og:") else "html meta"
    return None


@lru_cache(maxsize=8_192)
def _names_description(words: str) -> bool:
    return _DESCRIPTION.search(words) is not None


def _text_beside(heading: Element) -> str:
    """Return what stands beside a heading: the next block, or all of a run of paragraphs."""
    found: list[str] = []
    for sibling in islice(heading.itersiblings("*"), _MAX_PARAGRAPHS):
        text = seen_text(sibling, length=DESCRIPTION_LENGTH)
        if sibling.tag not in _FLOW_TAGS:
            return "\n".join(found) if found else text
        if text:
            found.append(text)
    return "\n".join(found)


def _is_heading(element: Element, text: str) -> bool:
    """Tell a block that only announces the description: by its words, never by its length.

    Ten Han characters are a whole description.
    """
    if not text or _DESCRIPTION_LABEL.fullmatch(text):
        return True
    if len(text) < _LABEL_LENGTH and _HEADING_WORDS.search(words_of(element)):
        return True
    inner = next(element.iter("h1", "h2", "h3", "h4", "h5"), None)
    return inner is not None and seen_text(inner) == text


def read_pictures(document: Document, regions: Regions, heading: Element | None) -> tuple[str, ...]:
    """Return the URLs of the pictures in the page's own part, largest rendition of each."""
    found: dict[str, None] = {}
    for element in _main_block(document, heading).iter("img"):
        if len(found) >= _MAX_PICTURES:
            break
        if regions.in_aside(element) or _is_small(element):
            continue
        url = document.url_of(_picture_source(element))
        if url and not _NO_PICTURE.search(url.rpartition("/")[2]):
            found.setdefault(url)
    return tuple(found)


def _main_block(document: Document, heading: Element | None) -> Element:
    """Return the smallest block that holds the heading and a picture."""
    if heading is not None:
        for ancestor in heading.iterancestors():
            if ancestor.tag == "body":
                break
            if any(not _is_small(image) for image in ancestor.iter("img")):
                return ancestor
    return document.body


def _picture_source(element: Element) -> str | None:
    for name in ("data-zoom-image", "data-large", "data-original", "data-src", "data-lazy-src"):
        if value := element.get(name):
            return value
    candidates = [part.split() for part in (element.get("srcset") or "").split(", ")[:20]]
    sized = [
        (float(match.group(1)), part[0])
        for part in candidates
        if len(part) == 2 and (match := re.fullmatch(r"(\d{1,5}(?:\.\d+)?)[wx]", part[1]))
    ]
    return max(sized)[1] if sized else element.get("src")


def _is_small(element: Element) -> bool:
    for name in ("width", "height"):
        value = (element.get(name) or "").removesuffix("px")
        if value.isdigit() and len(value) < 6 and int(value) < 40:
            return True
    return False


# Searched in lower-case text, and no alternative opens with a look-behind: so the engine can skip
# to a first letter.
_COUNTS = {
    "sold": re.compile(
        r"(?:已售|月销量?|销量|累计销量|总销量|成交)\s*[:：]?\s*(\d[\d,]{0,9}(?:\.\d)?)\s*(万)?"
        r"|(\d[\d,]{0,9}(?:\.\d)?)\s*(万)?\+?\s*(?:人付款|人已?购买|sold\b)"
    ),
    "quantity": re.compile(
        r"(?:库存|剩余|仅剩|in stock)\s*[:：(（]?\s*(\d[\d,]{0,9})"
        r"|(\d(?<![\d.,]\d)[\d,]{0,9})[ \t]*(?:available|in stock|left)\b"
    ),
}
_COUNTED = {
    "sold": ("sold", "售", "销", "成交", "付款", "购买"),
    "quantity": ("stock", "available", "left", "库存", "剩余", "仅剩"),
}
"""Words of which one stands in every claim: looking for them first is much faster."""
_SHIPS_FROM = re.compile(
    r"(?:发货地址?|[Ss]hips? [Ff]rom|[Dd]ispatched? [Ff]rom)\s*[:：]?\s*([^\n,;；]{2,60})"
)


def read_counts(document: Document, attributes: dict[str, str]) -> dict[str, str]:
    """Return what the page claims of units sold, quantity in stock and the place it ships from.

    Keys: sold, quantity (whole numbers as text) and ships_from; a claim not made is left out.
    """
    text = document.lower_text[:20_000]
    found: dict[str, str] = {}
    for name, pattern in _COUNTS.items():
        stands = any(word in text for word in _COUNTED[name])
        if stands and (match := pattern.search(text)):
            groups = [group for group in match.groups() if group]
            number = float(groups[0].replace(",", "")) * (10_000 if groups[1:] else 1)
            found[name] = str(int(number))
    names_place = any(word in text for word in ("发货地", "ship", "dispatch"))
    if names_place and (match := _SHIPS_FROM.search(document.text[:20_000])):
        place = clean_text(match.group(1), length=100)
        if place:
            found["ships_from"] = place
    return found
