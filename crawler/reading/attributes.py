"""What the plain HTML says of a listing under a label: 品牌：…, SKU …, Material …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from crawler.reading.document import Document, Element, words_of
from crawler.reading.regions import Regions
from crawler.reading.text import clean_text

_MAX_ATTRIBUTES = 200
_PAIR_TAGS = frozenset({"dt", "tr", "li", "p", "span", "div"})
_LINE_TAGS = frozenset({"span", "b", "strong", "em", "i", "a", "label", "bdi"})
_LABEL_LENGTH = 40
_NUMBER_WORDS = re.compile(
    r"(?:^|[\s_-])(?:sku|huohao|(?:product|article|item|style|model|goods)-?_?"
    r"(?:ref(?:erence)?|code|number|num|no|sku|sn))(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(r"(?:[^\d:：#]{1,20}[:：.#]\s*)?((?=\S*\d)[\w./-]{3,32})")
_NO_LABEL = re.compile(r"\d|https?$|[,，。!！?？]")
_NO_LABELS = frozenset(
    {"script", "style", "a", "button", "option", "title", "textarea", "dt", "th", "h1"}
)
_CODE = re.compile(r"[A-Z]{4,}|(?=.*[_-])[A-Za-z]+(?:[_-][A-Za-z]+)+")
_BRAND_WORDS = re.compile(
    r"(?:^|[\s_-])(?:brand|manufacturer|vendor|designer)(?:-?(?:name|link|title))?(?:$|\s)"
)
_SEVERAL = re.compile(r"^//|\s[^\s:：\d]{1,12}[:：]")
"""A value that is an address, or holds further labels: the inner elements say it better."""
_COLON = re.compile(r"^\s*([^:：\n]{1,40}?)\s*[:：]\s*(\S.*)$", re.DOTALL)


_KEYS = {
    "brand": re.compile(
        r"(?:商品|产品|所属)?品牌(?:名称)?|ブランド(?:名)?|メーカー|브랜드|제조사"
        r"|brand(?: name)?|marke|marque|marca|merk|(?:make / )?manufacturer|make"
        r"|publisher|бренд|фирма|производитель|tootja|ražotājs|zīmols|producent|valmistaja|kaubamärk"
        r"|hersteller|fabricante?|produttore|fabrikant|märke|merke|mærke|značka|márka",
        re.IGNORECASE,
    ),
    "sku": re.compile(
        r"(?:商品|产品)?货号|款号|商品番号|品番|商品コード|상품코드|商品编号|商品编码"
        r"|产品编号|貨號|商品編號|sku|asin|item (?:no\.?|number|code|id)"
        r"|article (?:no\.?|number)|product (?:code|id|no\.?)|artikelnummer|artikel-nr\.?"
        r"|référence|referencia|referência|ref\.?|cod(?:ice)?\.?(?: (?:articolo|prodotto))?|código"
        r"|kod(?: produktu)?|produkta kods|artikelnr\.?|art\.?[- ]?(?:nr|no)\.?"
        r"|bestell-?(?:nr\.?|nummer)|produktnummer|varenummer|kód"
        r"|артикул|код(?: товара)?|상품번호|딜번호|šifra|tootekood"
        r"|tuotenumero|cat(?:alogue)? no\.?|ebay item number|post id|stock code|web code|ad id",
        re.IGNORECASE,
    ),
    "gtin": re.compile(
        r"(?:商品|国际)?条形?码|jan(?:コード)?|바코드|code[- ]barres|código de barras"
        r"|codice a barre|ean(?:-?13)?|gtin(?:-?\d\d)?|upc|isbn(?:-?1[03])?|barcode",
        re.IGNORECASE,
    ),
    "mpn": re.compile(
        r"(?:厂家|产品|商品)?型号|型番|모델명|hersteller-?(?:artikel)?nummer|référence fabricant"
        r"|mpn|(?:manufacturer )?part (?:no\.?|number)|(?:item )?model (?:no\.?|number)"
        r"|model name / number",
        re.IGNORECASE,
    ),
}


def read_attributes(document: Document, regions: Regions) -> dict[str, str]:
    """Return what dl, table rows and "名：值" lines say, in page order; a first value counts."""
    found: dict[str, str] = {}
    for label, value in _pairs(document, regions):
        name = clean_text(label.rstrip(" :："), length=_LABEL_LENGTH + 1)
        text = clean_text(value)
        if name and text and len(name) <= _LABEL_LENGTH and len(text) <= 500:
            found.setdefault(name, text)
        if len(found) >= _MAX_ATTRIBUTES:
            break
    return found


def _pairs(document: Document, regions: Regions) -> Iterator[tuple[str, str]]:
    for element, tag, own, _ in document.rows:
        pairs: list[tuple[str, str]] = []
        if own and len(own) <= _LABEL_LENGTH and tag not in _NO_LABELS and _names_field(own):
            value = _beside(document, element)
            if value and not regions.in_aside(element):
                yield own, value
        if tag not in _PAIR_TAGS:
            continue
        if tag == "dt":
            following = element.getnext()
            if following is not None and following.tag == "dd":
                pairs = [
                    (
                        document.text_in(element, length=60),
                        document.text_in(following, length=600),
                    )
                ]
        elif tag == "tr":
            pairs = list(_row(document, element))
        elif _is_line(element, own) and len(text := document.text_in(element, length=300)) < 300:
            line = _COLON.match(text)
            if line and not _NO_LABEL.search(line.group(1)) and not _SEVERAL.search(line.group(2)):
                pairs = [(line.group(1), line.group(2))]
        if pairs and not regions.in_aside(element):
            yield from (pair for pair in pairs if pair[0] and pair[1])


@lru_cache(maxsize=8_192)
def _names_field(own: str) -> bool:
    """Tell whether a text is the label of a brand or a number: "SKU:", 货号."""
    label = own.rstrip(" :：.#").strip()
    return any(pattern.fullmatch(label) for pattern in _KEYS.values())


def _beside(document: Document, label: Element) -> str:
    """Return what stands inside a label's element behind it, or right beside it."""
    if len(label):
        return document.text_in(label[0], length=300)
    if tail := (label.tail or "").strip(" \t\r\n:："):
        return tail[:300]
    following = label.getnext()
    return "" if following is None else document.text_in(following, length=300)


def _row(document: Document, row: Element) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a table row: two cells, or more where every first of two is a label."""
    cells = [cell for cell in row if cell.tag in ("th", "td")]
    texts = [document.text_in(cell, length=600) for cell in cells]
    labels, values = texts[::2], texts[1::2]
    if len(cells) == 2 or (
        len(cells) in (4, 6) and all(label.endswith((":", "：")) for label in labels if label)
    ):
        yield from ((label[:60], value) for label, value in zip(labels, values, strict=True))


def _is_line(element: Element, own: str) -> bool:
    """Tell whether an element is one line with a colon: few children, none of them a block."""
    children = len(element)
    if children > 3:
        return False
    for child in element:
        if child.tag not in _LINE_TAGS:
            return False
    if ":" in own or "：" in own:
        return True
    return children > 0 and any(":" in text or "：" in text for text in element.itertext())


def pick_attribute(attributes: dict[str, str], field: str) -> str | None:
    """Return the value of the first attribute whose name means a field (brand, sku, gtin, mpn)."""
    pattern = _KEYS[field]
    for name, value in attributes.items():
        if not pattern.fullmatch(name.strip().rstrip(".:：")):
            continue
        if field == "gtin":
            digits = re.sub(r"[\s-]", "", value)
            if re.fullmatch(r"\d{8}|\d{10}|\d{12,14}", digits):
                return digits
        elif field == "sku":
            if _is_number(value):
                return value
        elif len(value) <= 100 and (field != "mpn" or any(char.isdigit() for char in value)):
            return value
    return None


def _is_number(value: str) -> bool:
    """Tell whether a value can be a shop's number: it has digits, or is written like a code."""
    if not re.fullmatch(r"[\w./ -]{2,64}", value):
        return False
    return any(char.isdigit() for char in value) or _CODE.fullmatch(value) is not None


def read_marked_brand(document: Document, regions: Regions, heading: Element | None) -> str | None:
    """Return the brand from an element near the heading that is marked as showing it."""
    if heading is None:
        return None
    near = next(islice(heading.iterancestors(), 2, None), None)
    if near is None or near.tag in ("body", "html"):
        near = heading.getparent()
    for element in near.iter() if near is not None else ():
        words = words_of(element)
        if not words or element is heading or not _BRAND_WORDS.search(words):
            continue
        text = clean_text(document.text_in(element, length=120), length=100)
        label = _COLON.match(text) if text else None
        text = label.group(2) if label else text
        if text and len(text) <= 60 and not regions.in_aside(element):
            return text
    return None


def read_marked_number(document: Document, regions: Regions) -> str | None:
    """Return the listing's number from the first element that is marked as showing it."""
    for element, _, own, words in document.rows:
        if not own or len(own) > 60 or not any(char.isdigit() for char in own):
            continue
        number = _MARKED_NUMBER.fullmatch(own)
        if number and _is_marked(element, words) and not regions.in_aside(element):
            return number[1]
    return None


def _is_marked(element: Element, words: str) -> bool:
    """Tell whether a class, an id or a data attribute says that a number stands here."""
    if _NUMBER_WORDS.search(words) or element.get("itemprop") == "sku":
        return True
    return any(
        str(name).startswith("data-") and len(value) < 60 and _NUMBER_WORDS.search(str(value))
        for name, value in element.items()
    )
