"""Structured data of a page, every syntax ▶ one neutral form.

JSON-LD is parsed here. Microdata and RDFa are two spellings of the same tree (a scope with a
type, properties inside it), so one walk reads both. It is our own because a page is hostile:
extruct recurses over nested scopes and its RDFa goes through an RDF graph (70 ms a page, and
errors of many types on broken input). The tests hold this walk against extruct.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import XPath

from crawler.reading.document import Document, Element
from crawler.reading.literals import LiteralReader
from crawler.reading.text import decode_entities

_MAX_SCRIPT = 2_000_000
_MAX_DEPTH = 24
_MAX_THINGS = 5_000
_MAX_VALUES = 100_000
_MAX_VALUE_LENGTH = 200_000


@dataclass(eq=False, slots=True, kw_only=True)
class Thing:
    """A typed thing of schema.org, as one syntax wrote it."""

    types: frozenset[str]
    """Local names: "Product", without the schema.org address."""
    syntax: str
    """json-ld, json-ld (repaired), microdata or rdfa."""
    properties: dict[str, list[str | Thing]] = field(default_factory=dict)

    def texts(self, *names: str) -> Iterator[str]:
        """Texts of the first of these properties that has any."""
        for name in names:
            found = [value for value in self.properties.get(name, ()) if isinstance(value, str)]
            if any(text.strip() for text in found):
                yield from (text for text in found if text.strip())
                return

    def text(self, *names: str) -> str | None:
        return next(self.texts(*names), None)

    def things(self, *names: str) -> Iterator[Thing]:
        for name in names:
            for value in self.properties.get(name, ()):
                if isinstance(value, Thing):
                    yield value


@dataclass(slots=True, kw_only=True)
class Structured:
    """All structured data of one page."""

    things: tuple[Thing, ...]
    """Top-level things in page order, JSON-LD first."""
    broken: tuple[str, ...] = ()
    """Syntaxes of which a part could not be read."""


def read_structured(document: Document) -> Structured:
    """Read every syntax whose marker stands in the page."""
    source = document.source
    things: list[Thing] = []
    broken: list[str] = []
    if "ld+json" in source:
        for script in document.root.iter("script"):
            if "ld+json" in (script.get("type") or "").lower():
                found = _read_json_ld(script.text or "")
                if found is None:
                    broken.append("json-ld")
                else:
                    things.extend(found)
    if "itemprop" in source:
        things.extend(_read_microdata(document))
    if "typeof=" in source:
        things.extend(_read_rdfa(document))
    return Structured(things=tuple(things[:_MAX_THINGS]), broken=tuple(broken))


# ── JSON-LD ──────────────────────────────────────────────────────────────────────────────────

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,200}?\*/)+", re.DOTALL)
_OPENING = re.compile(r"[\[{]")
_WRAPPED = re.compile(r"(?:(?://\s*)?(?:-->|\]\]>)|;|\s)+$")
# Strings are matched first so that a comma inside one is never touched.
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def _read_json_ld(script: str) -> list[Thing] | None:
    """Return the things of one script, or None when it is not JSON even after careful repair."""
    if len(script) > _MAX_SCRIPT:
        return None
    values = _parse_json(script)
    syntax = "json-ld"
    if values is None:
        repaired = _repair(script)
        values = _parse_json(repaired) or _read_as_script(repaired)
        syntax = "json-ld (repaired)"
    if values is None:
        return None
    return _JsonLd(values, syntax).things


def _parse_json(text: str) -> list[object] | None:
    """Parse one JSON value, or several in a row; numbers stay as they are written."""
    decoder = json.JSONDecoder(strict=False, parse_float=str, parse_int=str)
    values: list[object] = []
    position = 0
    try:
        while rest := re.compile(r"\s*").match(text, position):
            position = rest.end()
            if position == len(text) or len(values) >= 100:
                return values
            value, position = decoder.raw_decode(text, position)
            values.append(value)
    except (ValueError, RecursionError):
        return None
    return values


def _read_as_script(text: str) -> list[object] | None:
    """Read what is a program's literal rather than JSON: single quotes, bare names, comments."""
    start = _OPENING.search(text)
    read = LiteralReader().read(text, start.start()) if start else None
    return [read[0]] if read else None


def _repair(script: str) -> str:
    """Undo what shops do to JSON without touching a value: wrappers, entities, trailing commas."""
    text = _WRAPPED.sub("", _WRAPPING.sub("", script))
    if text.lstrip()[:7].lower().startswith(("{&quot;", "[&quot;", "{&#34;")):
        text = html.unescape(text)
    return _TRAILING_COMMA.sub(lambda match: match.group(1) or "", text)


class _JsonLd:
    """Turns parsed JSON-LD into things; references by @id within the script are followed.

    A script's text is no HTML, yet shops escape the values in it: entities are decoded once.
    """

    def __init__(self, values: list[object], syntax: str) -> None:
        self.syntax = syntax
        self.budget = _MAX_VALUES
        self.by_id: dict[str, dict[str, object]] = {}
        self.things: list[Thing] = []
        self._index(values)
        self._collect(values)

    def _index(self, values: list[object]) -> None:
        waiting = list(values)
        for _ in range(_MAX_VALUES):
            if not waiting:
                return
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                identity = value.get("@id")
                if isinstance(identity, str) and len(value) > 1:
                    self.by_id.setdefault(identity, value)
                waiting.extend(value.values())

    def _collect(self, values: list[object]) -> None:
        waiting = list(reversed(values))
        while waiting and len(self.things) < _MAX_THINGS:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                if isinstance(graph := value.get("@graph"), list):
                    waiting.extend(reversed(graph))
                if "@type" in value and (thing := self._thing(value, 0)):
                    self.things.append(thing)

    def _thing(self, value: dict[str, object], depth: int) -> Thing | None:
        if depth > _MAX_DEPTH or self.budget <= 0:
            return None
        types = value.get("@type")
        names = types if isinstance(types, list) else [types]
        thing = Thing(
            types=frozenset(local_name(name) for name in names if isinstance(name, str)),
            syntax=self.syntax,
        )
        for key, content in value.items():
            if key in ("@type", "@context", "@graph"):
                continue
            found = list(self._values(content, depth + 1))
            if found:
                thing.properties.setdefault(_property_name(key), []).extend(found)
        return thing

    def _values(self, content: object, depth: int) -> Iterator[str | Thing]:
        self.budget -= 1
        if self.budget <= 0 or depth > _MAX_DEPTH:
            return
        if isinstance(content, str):
            yield decode_entities(content[:_MAX_VALUE_LENGTH])
        elif isinstance(content, bool):
            yield "true" if content else "false"
        elif isinstance(content, list):
            for part in content:
                yield from self._values(part, depth + 1)
        elif isinstance(content, dict):
            if isinstance(literal := content.get("@value"), str):
                yield decode_entities(literal[:_MAX_VALUE_LENGTH])
                return
            reference = content.get("@id")
            if len(content) == 1 and isinstance(reference, str):
                # A jump counts for several levels: a ring of references ends early.
                content, depth = self.by_id.get(reference, content), depth + 6
            thing = self._thing(content, depth)
            if thing is not None:
                yield thing


def _property_name(key: str) -> str:
    """Return the local name; schema.org's properties begin small, some shops' do not: "Offers"."""
    name = local_name(key)
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]


def local_name(name: str) -> str:
    """Return the last part of a type or property name: "http://schema.org/Product" ▶ "Product"."""
    if name.startswith("@"):
        return name
    return re.split(r"[/#:]", name.strip().rstrip("/"))[-1]


# ── microdata and RDFa ───────────────────────────────────────────────────────────────────────

_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "source": "src",
          "video": "src", "audio": "src", "iframe": "src", "embed": "src", "object": "data",
          "track": "src", "data": "value", "meter": "value"}  # fmt: skip


_CARRIERS = {
    name: XPath(f"descendant-or-self::*[@{name}]")
    for name in ("itemscope", "itemprop", "typeof", "property")
}


def _read_microdata(document: Document) -> list[Thing]:
    """Read microdata (WHATWG HTML, section 5), itemref included."""
    scopes: dict[Element, Thing] = {}
    referring: dict[str, Element] = {}
    for element in _with(document.root, "itemscope", _MAX_THINGS):
        types = frozenset(local_name(name) for name in (element.get("itemtype") or "").split())
        scopes[element] = Thing(types=types, syntax="microdata")
        for identity in (element.get("itemref") or "").split()[:50]:
            referring.setdefault(identity, element)
    top = dict(scopes)
    for element in _with(document.root, "itemprop", _MAX_VALUES):
        owner = _owner(element, scopes, referring)
        if owner is None:
            continue
        inner = scopes.get(element)
        value = inner if inner is not None else _value(element, document)
        for name in (element.get("itemprop") or "").split()[:10]:
            owner.properties.setdefault(local_name(name), []).append(value)
        if inner is not None:
            top.pop(element, None)
    return [thing for thing in top.values() if thing.types]


def _with(root: Element, attribute: str, most: int) -> list[Element]:
    """Return the elements that carry an attribute, the root among them, in page order."""
    found = _CARRIERS[attribute](root)
    assert isinstance(found, list)  # a location path selects nodes
    return [element for element in found[:most] if isinstance(element, Element)]


def _owner(
    element: Element, scopes: dict[Element, Thing], referring: dict[str, Element]
) -> Thing | None:
    """Find the thing a property belongs to: its nearest scope, or the one that refers to it."""
    node: Element | None = element
    while node is not None:
        identity = node.get("id")
        if identity in referring and referring[identity] is not element:
            return scopes[referring[identity]]
        node = node.getparent()
        if node is not None and node in scopes:
            return scopes[node]
    return None


def _read_rdfa(document: Document) -> list[Thing]:
    """Read RDFa Lite 1.1 (vocab, typeof, property, prefix); names are taken by their last part."""
    scopes: dict[Element, Thing] = {}
    for element in _with(document.root, "typeof", _MAX_THINGS):
        types = frozenset(local_name(name) for name in (element.get("typeof") or "").split())
        scopes[element] = Thing(types=types, syntax="rdfa")
    top = dict(scopes)
    for element in _with(document.root, "property", _MAX_VALUES):
        parent = element.getparent()
        while parent is not None and parent not in scopes:
            parent = parent.getparent()
        if parent is None:
            continue
        inner = scopes.get(element)
        value = inner if inner is not None else _value(element, document)
        for name in (element.get("property") or "").split()[:10]:
            scopes[parent].properties.setdefault(local_name(name), []).append(value)
        if inner is not None:
            top.pop(element, None)
    return [thing for thing in top.values() if thing.types]


def _value(element: Element, document: Document) -> str:
    content = element.get("content")
    if content is not None:
        return content[:_MAX_VALUE_LENGTH]
    attribute = _LINKS.get(element.tag)
    if attribute in ("href", "src", "data"):
        link = element.get(attribute) or ""
        return document.url_of(link) or document.text_in(element)
    if attribute:
        return element.get(attribute) or document.text_in(element)
    if element.tag == "time" and (moment := element.get("datetime")):
        return moment
    return document.text_in(element, length=_MAX_VALUE_LENGTH)
