"""JSON-LD of one script ▶ things; what shops break in it is repaired where its values stay."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from crawler.reading.literals import LiteralReader
from crawler.reading.text import decode_entities
from crawler.reading.things import (
    MAX_THINGS,
    MAX_VALUE_LENGTH,
    MAX_VALUES,
    Thing,
    local_name,
)

_MAX_SCRIPT = 2_000_000
_MAX_DEPTH = 24

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,200}?\*/)+", re.DOTALL)
_OPENING = re.compile(r"[\[{]")
_WRAPPED = re.compile(r"(?:(?://\s*)?(?:-->|\]\]>)|;|\s)+$")
# Strings are matched first so that a comma inside one is never touched.
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def read_json_ld(script: str) -> list[Thing] | None:
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
        self.budget = MAX_VALUES
        self.by_id: dict[str, dict[str, object]] = {}
        self.things: list[Thing] = []
        self._index(values)
        self._collect(values)

    def _index(self, values: list[object]) -> None:
        waiting = list(values)
        for _ in range(MAX_VALUES):
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
        while waiting and len(self.things) < MAX_THINGS:
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
            yield decode_entities(content[:MAX_VALUE_LENGTH])
        elif isinstance(content, bool):
            yield "true" if content else "false"
        elif isinstance(content, list):
            for part in content:
                yield from self._values(part, depth + 1)
        elif isinstance(content, dict):
            if isinstance(literal := content.get("@value"), str):
                yield decode_entities(literal[:MAX_VALUE_LENGTH])
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
