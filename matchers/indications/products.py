"""Families of goods: which words sellers use for the product of an indication.

The table is `products.txt`. A word of a listing names the product of an indication when both are
of one family, or one family is a kind of the other (茶 and 翠芽); two kinds of one family (红茶 and
绿茶) are two products.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matchers.indications.flat import simplify

SAME, KIND, WIDER = 1.0, 0.9, 0.8
"""How well a word names a product: one of its own family, of a kind of it, of a wider family."""
_EACH = "/"
_MARKS = "*@!/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Words that sellers use for one another."""

    name: str
    words: tuple[str, ...]
    english: tuple[str, ...]
    parent: str | None
    sought: bool
    """Sought after by its name, which a neighbouring place may profit by."""
    coined: bool
    """Coined for the goods of one area, which it names without their place too."""
    fresh: bool
    """Sold fresh, in its season."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """The table, prepared for asking."""

    families: Mapping[str, Family]
    by_word: Mapping[str, tuple[str, ...]]
    """Chinese word ▶ names of its families; none where the word is no product of the table."""
    by_english: Mapping[str, tuple[str, ...]]
    """English words without spaces ▶ names of families."""
    coined: frozenset[str]
    """Words of one area's own within a wider family."""


@cache
def products() -> Products:
    """Read the table that comes with this package."""
    families: dict[str, Family] = {}
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    by_english: defaultdict[str, list[str]] = defaultdict(list)
    others: set[str] = set()
    coined: set[str] = set()
    # Simplified as names and texts are: 菜薹 ▶ 菜苔.
    text = files(__package__).joinpath("products.txt").read_text("utf-8").translate(simplify())
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("-"):
            others.update(line[1:].split())
            continue
        if line.startswith("+"):
            coined.update(line[1:].split())
            continue
        for family in _read(line):
            families[family.name] = family
            for word in family.words:
                by_word[word].append(family.name)
            for word in family.english:
                by_english[word.replace(" ", "")].append(family.name)
    return Products(
        families=families,
        by_word=dict.fromkeys(others, ()) | {word: tuple(of) for word, of in by_word.items()},
        by_english={word: tuple(of) for word, of in by_english.items()},
        coined=frozenset(coined),
    )


def families_of(product: str) -> tuple[str, ...]:
    """Return the families of a product's name: those of the longest word that it ends on."""
    table = products().by_word
    return next((table[product[at:]] for at in range(len(product)) if product[at:] in table), ())


def accepted(families: Iterable[str]) -> Mapping[str, float]:
    """Return the families whose words name a product of these families, and how well."""
    table = products().families
    found: dict[str, float] = {}
    for name in families:
        wider = set(lineage(name))
        for other in table:
            likeness = SAME if other == name else WIDER if other in wider else 0.0
            if not likeness and name in lineage(other):
                likeness = KIND
            if likeness:
                found[other] = max(likeness, found.get(other, 0.0))
    return found


@cache
def lineage(name: str) -> tuple[str, ...]:
    """Return the wider families of a family, the nearest first; none of what is no family."""
    family = products().families.get(name)
    parent = family.parent if family is not None else None
    return () if parent is None else (parent, *lineage(parent))


def _read(line: str) -> Iterator[Family]:
    marks = line[: len(line) - len(line.lstrip(_MARKS))]
    han, _, english = line.removeprefix(marks).partition("=")
    words, _, parent = han.partition("<")
    groups = words.split() if _EACH in marks else ["|".join(words.split())]
    for group in groups:
        named = tuple(group.split("|"))
        yield Family(
            name=named[0],
            words=named,
            english=tuple(word.strip() for word in english.split(",") if word.strip()),
            parent=parent.strip() or None,
            sought="*" in marks,
            coined="@" in marks,
            fresh="!" in marks,
        )
