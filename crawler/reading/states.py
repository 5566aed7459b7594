"""State that a shop's programs write into their pages ▶ plain JSON values.

Where it stands: scripts of type JSON (Next.js `__NEXT_DATA__`, Nuxt 3 `__NUXT_DATA__`, Shopify),
assignments and calls in scripts (`__INITIAL_STATE__ = {…}`, `dataLayer.push({…})`,
`JSON.parse("…")`, the function of Nuxt 2), React's flight payload (`self.__next_f.push`), and
attributes that hold JSON (PrestaShop `data-product`, WooCommerce `data-product_variations`,
Inertia `data-page`, Astro `props`). Nothing is run.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice

from crawler.reading.document import Document
from crawler.reading.literals import LiteralReader, Number, Value, read_string

_MAX_SCRIPTS = 200
_MAX_CHARACTERS = 4_000_000
"""Of all scripts of one page together."""
_MAX_STARTS = 60
"""Literals tried in one script."""
_MAX_ATTRIBUTES = 100
_MAX_REVIVED = 200_000
_START = re.compile(
    r"(?:[=(,:?]|\breturn|\|\|)\s*(?=\{\s*[\"'\w$}]|\[\s*[\"'{\[])|(?:JSON\.parse\(\s*)(?=[\"'`])"
)
_FUNCTION = re.compile(r"\(function\s*\(([\w$,\s]{0,50000})\)\s*\{\s*return\s*(?=\{)")
_CALL = re.compile(r";?\s*\}\s*\(")
_FLIGHT = re.compile(r"(?:self|window)\.__next_f\.push\(\[\s*1\s*,\s*(?=[\"'])")
_FLIGHT_ROW = re.compile(r"^[0-9a-f]{0,8}:(?=[\[{])", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"=(?:\"(?P<double>\[?\{(?:&quot;|&#34;)[^\"]*)\"|'(?P<single>\[?\{(?:\"|&quot;)[^']*)')"
)
_ATTRIBUTE_NAME = re.compile(r"[\w:-]{1,60}$")
PRODUCT_MARKS = ("price", "Price", "sku", "Sku", "brand", "Brand", "goods", "roduct")
"""What stands in every script that tells of a product: the names of its members."""
TRADE_NUMBER_MARKS = ("gtin", "barcode", "ean", "upc", "isbn")


def read_states(
    document: Document, words: tuple[str, ...], marks: tuple[str, ...] = PRODUCT_MARKS
) -> list[Value]:
    """Return the values of scripts and attributes that hold one of `words`, in page order.

    Scripts without any of the words, or of the marks, tell nothing of the page's own product
    that is wanted, and cost nothing.
    """
    found: list[Value] = []
    flight: list[str] = []
    reader = LiteralReader()
    budget = _MAX_CHARACTERS
    for script in islice(document.root.iter("script"), _MAX_SCRIPTS):
        text = script.text or ""
        media_type = (script.get("type") or "").lower()
        if len(text) < 20 or "ld+json" in media_type or budget < 0:
            continue
        if "__next_f" in text[:2_000] and _FLIGHT.search(text, 0, 2_000):
            flight.extend(_flight_chunks(text))
            continue
        if not any(word in text for word in words) or not any(mark in text for mark in marks):
            continue
        budget -= len(text)
        if "json" in media_type or media_type == "text/x-magento-init":
            found.extend(_whole(reader, text, is_flat=script.get("id") == "__NUXT_DATA__"))
        elif not media_type or "javascript" in media_type or media_type == "module":
            found.extend(_literals(reader, text))
    if flight:
        found.extend(_flight_values(reader, "".join(flight), words))
    found.extend(_attribute_values(reader, document.source, words))
    return found


def _whole(reader: LiteralReader, text: str, *, is_flat: bool) -> Iterator[Value]:
    read = reader.read(text.strip())
    if read is None:
        return
    value = read[0]
    if is_flat and isinstance(value, list):
        value = _Flat(value).revive(0, 0)
    yield value


def _literals(reader: LiteralReader, text: str) -> Iterator[Value]:
    """Yield what a script assigns, passes on or returns, outermost literals first."""
    function = _FUNCTION.search(text)
    if function is not None and (value := _of_function(reader, text, function)) is not None:
        yield value
        return
    position = 0
    for _ in range(_MAX_STARTS):
        start = _START.search(text, position)
        if start is None:
            return
        position = start.end()
        if start.group().startswith("JSON"):
            quoted = read_string(text, position)
            read = reader.read(quoted[0].strip()) if quoted else None
            if read is not None and quoted is not None:
                yield read[0]
                position = quoted[1]
            continue
        read = reader.read(text, position)
        if read is not None:
            yield read[0]
            position = read[1]


def _of_function(reader: LiteralReader, text: str, function: re.Match[str]) -> Value:
    """Read `(function(a,b){return {…}}(1,"x"))`: the arguments stand for the names."""
    body = reader.read(text, function.end())
    call = _CALL.match(text, body[1]) if body else None
    if call is None:
        return None
    given = reader.read(f"[{text[call.end() :].rpartition('))')[0]}]")
    if given is None or not isinstance(given[0], list):
        return None
    names = [name.strip() for name in function[1].split(",")]
    values = {n: _json(v) for n, v in zip(names, given[0], strict=False)}
    read = reader.read(text, function.end(), values)
    return read[0] if read else None


def _json(value: Value) -> str:
    return str(value) if isinstance(value, Number) else json.dumps(value)


def _flight_chunks(text: str) -> Iterator[str]:
    for start in islice(_FLIGHT.finditer(text), _MAX_STARTS):
        if (chunk := read_string(text, start.end())) is not None:
            yield chunk[0]


def _flight_values(reader: LiteralReader, payload: str, words: tuple[str, ...]) -> Iterator[Value]:
    """Yield the rows of a flight payload that hold one of the words."""
    payload = payload[:_MAX_CHARACTERS]
    for start in islice(_FLIGHT_ROW.finditer(payload), 2_000):
        end = payload.find("\n", start.end())
        row = payload[start.end() : end if end >= 0 else None]
        if any(word in row for word in words) and (read := reader.read(row)) is not None:
            yield read[0]


def _attribute_values(
    reader: LiteralReader, source: str, words: tuple[str, ...]
) -> Iterator[Value]:
    """Yield the JSON of attributes, looked for in the source: far faster than in the tree."""
    for match in islice(_ATTRIBUTE.finditer(source), _MAX_ATTRIBUTES):
        text = html.unescape(match["double"] or match["single"])
        if not any(word in text for word in words):
            continue
        read = reader.read(text)
        if read is not None:
            name = _ATTRIBUTE_NAME.search(source, max(0, match.start() - 60), match.start())
            is_astro = name is not None and name.group() == "props"
            yield _unwrapped(read[0], 0) if is_astro else read[0]


def _unwrapped(value: Value, depth: int) -> Value:
    """Undo Astro's marks: every value stands as [sort, value]."""
    if depth > 40:
        return None
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], Number):
        inner = value[1]
        if isinstance(inner, list):
            return [_unwrapped(one, depth + 1) for one in inner]
        return _unwrapped(inner, depth + 1)
    if isinstance(value, dict):
        return {key: _unwrapped(one, depth + 1) for key, one in value.items()}
    return value


class _Flat:
    """A flat list of values that name each other by their places (devalue, of Nuxt and Svelte)."""

    def __init__(self, values: list[Value]) -> None:
        self._values = values
        self._budget = _MAX_REVIVED

    def revive(self, place: int, depth: int) -> Value:
        """Return the value at a place; what lies deeper than 30 levels, or in a ring, is null."""
        self._budget -= 1
        if not 0 <= place < len(self._values) or depth > 30 or self._budget < 0:
            return None
        value = self._values[place]
        if isinstance(value, dict):
            return {key: self._inner(one, depth) for key, one in value.items()}
        if not isinstance(value, list):
            return value
        if value and isinstance(value[0], str) and not isinstance(value[0], Number):
            return self._inner(value[1], depth) if len(value) > 1 else None
        return [self._inner(one, depth) for one in value]

    def _inner(self, place: Value, depth: int) -> Value:
        if isinstance(place, Number) and place.isdecimal():
            return self.revive(int(place), depth + 1)
        return None
