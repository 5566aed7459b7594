"""Structured data of a page, every syntax ▶ one neutral form.

JSON-LD is read in `json_ld`. Microdata and RDFa are two spellings of the same tree (a scope with a
type, properties inside it), so one walk reads both. It is our own because a page is hostile:
extruct recurses over nested scopes and its RDFa goes through an RDF graph (70 ms a page, and
errors of many types on broken input). The tests hold this walk against extruct.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import XPath

from crawler.reading.document import Document, Element
from crawler.reading.json_ld import read_json_ld
from crawler.reading.things import (
    MAX_THINGS,
    MAX_VALUE_LENGTH,
    MAX_VALUES,
    Thing,
    local_name,
)


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
                found = read_json_ld(script.text or "")
                if found is None:
                    broken.append("json-ld")
                else:
                    things.extend(found)
    if "itemprop" in source:
        things.extend(_read_microdata(document))
    if "typeof=" in source:
        things.extend(_read_rdfa(document))
    return Structured(things=tuple(things[:MAX_THINGS]), broken=tuple(broken))


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
    for element in _with(document.root, "itemscope", MAX_THINGS):
        types = frozenset(local_name(name) for name in (element.get("itemtype") or "").split())
        scopes[element] = Thing(types=types, syntax="microdata")
        for identity in (element.get("itemref") or "").split()[:50]:
            referring.setdefault(identity, element)
    top = dict(scopes)
    for element in _with(document.root, "itemprop", MAX_VALUES):
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
    for element in _with(document.root, "typeof", MAX_THINGS):
        types = frozenset(local_name(name) for name in (element.get("typeof") or "").split())
        scopes[element] = Thing(types=types, syntax="rdfa")
    top = dict(scopes)
    for element in _with(document.root, "property", MAX_VALUES):
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
        return content[:MAX_VALUE_LENGTH]
    attribute = _LINKS.get(element.tag)
    if attribute in ("href", "src", "data"):
        link = element.get(attribute) or ""
        return document.url_of(link) or document.text_in(element)
    if attribute:
        return element.get(attribute) or document.text_in(element)
    if element.tag == "time" and (moment := element.get("datetime")):
        return moment
    return document.text_in(element, length=MAX_VALUE_LENGTH)
