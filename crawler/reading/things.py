"""Typed things of schema.org, the neutral form of every syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_THINGS = 5_000
MAX_VALUES = 100_000
MAX_VALUE_LENGTH = 200_000


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


def local_name(name: str) -> str:
    """Return the last part of a type or property name: "http://schema.org/Product" ▶ "Product"."""
    if name.startswith("@"):
        return name
    return re.split(r"[/#:]", name.strip().rstrip("/"))[-1]
