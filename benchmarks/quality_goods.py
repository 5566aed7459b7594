"""What listings sell, guessed from their titles, beside looking the printed names up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Protocol

from matchers.goods.reading import read_goods_of
from reference.goods import similar_groups

HERE = Path(__file__).resolve().parent
BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Lower ends of the bands of sureness whose precision is printed."""
MISSES_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title and the classes that are right for what it sells."""

    text: str
    classes: frozenset[int]
    group: str | None = None
    """Similar group, where one is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A title whose product words are marked."""

    text: str
    products: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one way says of a title, the likeliest first."""

    groups: tuple[str, ...]
    sure: float
    """Of the first class."""
    rests_on: tuple[tuple[int, int], ...]
    """Places of the words behind the first."""

    @property
    def classes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(int(group[:2]) for group in self.groups))


class Way(Protocol):
    """One way to tell goods from a title."""

    title: str

    def tell(self, text: str) -> Told: ...


class Suyuan:
    """The reader of this project."""

    title = "suyuan"

    def tell(self, text: str) -> Told:
        goods = read_goods_of.__wrapped__(text)  # nothing remembered: it is timed
        classes = [number for number, _ in goods.classes]
        groups = sorted(goods.guesses, key=lambda guess: classes.index(guess.nice_class))
        first = goods.guesses[0].words if goods.guesses else ()
        return Told(
            groups=tuple(guess.group for guess in groups),
            sure=goods.classes[0][1] if goods.classes else 0.0,
            rests_on=tuple((one.word.start, one.word.end) for one in first),
        )


class Printed:
    """The longest names of the table of similar groups that stand in the title."""

    title = "longest printed names"

    def __init__(self) -> None:
        self._groups = {
            re.sub(r"（.*?）", "", name): group.code
            for group in similar_groups().values()
            for name in group.goods
        }
        self._longest = max(map(len, self._groups))

    def tell(self, text: str) -> Told:
        found = [
            (start, end)
            for start in range(len(text))
            for end in range(start + 2, min(len(text), start + self._longest) + 1)
            if text[start:end] in self._groups
        ]
        found.sort(key=lambda place: place[0] - place[1])
        groups = tuple(self._groups[text[start:end]] for start, end in found)
        return Told(groups=groups, sure=0.0, rests_on=tuple(found[:1]))


def run(folder: Path) -> None:
    """Print class accuracy on both sets, then the words rested on, and what is wrong."""
    ways: tuple[Way, ...] = (Suyuan(), Printed())
    own = read_own_titles()
    print_accuracy("titles written for this project", own, ways)
    labelled = read_labelled(folder / "names" / "ecom_ner_dev.bieos")
    if not labelled:
        print(f"no labelled titles under {folder}")
        return
    unseen = [
        Title(text=labelled[number].text, classes=classes)
        for number, classes in read_labels().items()
    ]
    print_accuracy("labelled titles of shops", unseen, ways)
    products = [one for one in labelled if one.products]
    print(f"\n{len(products)} titles with product words marked; the first guess rests on one")
    for way in ways:
        hits = sum(map(rests_on_product, products, [way] * len(products)))
        print(f"  {way.title:24} {hits / len(products):6.3f}")


def print_accuracy(name: str, titles: Sequence[Title], ways: Iterable[Way]) -> None:
    """Print the share of titles whose class, and group, is the first or among the first three."""
    print(f"\n{len(titles)} {name}")
    print(f"  {'way':24} {'class@1':>8} {'class@3':>8} {'group@1':>8} {'µs a title':>11}")
    for way in ways:
        for one in titles:
            way.tell(one.text)  # reads the tables, meets the characters
        started = process_time()
        told = [way.tell(one.text) for one in titles]
        micros = (process_time() - started) / len(titles) * 1e6
        pairs = list(zip(titles, told, strict=True))
        first = sum(not one.classes.isdisjoint(its.classes[:1]) for one, its in pairs)
        three = sum(not one.classes.isdisjoint(its.classes[:3]) for one, its in pairs)
        grouped = [(one, its) for one, its in pairs if one.group]
        groups = sum(its.groups[:1] == (one.group,) for one, its in grouped)
        share = f"{groups / len(grouped):8.3f}" if grouped else f"{'–':>8}"
        print(
            f"  {way.title:24} {first / len(titles):8.3f} {three / len(titles):8.3f} {share}"
            f" {micros:11.1f}"
        )
        if isinstance(way, Suyuan):
            print_bands(pairs)


def print_bands(pairs: Sequence[tuple[Title, Told]]) -> None:
    """Print, by how sure the first class is, how often it is right; then some of the wrong."""
    bands: defaultdict[float, list[bool]] = defaultdict(list)
    wrong = []
    for one, its in pairs:
        right = not one.classes.isdisjoint(its.classes[:1])
        if its.classes:
            bands[max(band for band in BANDS if band <= its.sure)].append(right)
        if not right:
            wrong.append((its.sure, one, its))
    for band, outcomes in sorted(bands.items()):
        print(f"    sure from {band:.1f}: {sum(outcomes)} right of {len(outcomes)}")
    wrong.sort(key=lambda one: -one[0])
    for sure, one, its in wrong[:MISSES_SHOWN]:
        expected = "|".join(map(str, sorted(one.classes)))
        told = "|".join(map(str, its.classes[:2])) or "nothing"
        print(f"    wrong, sure {sure:.2f}: {one.text[:40]!r} is {expected}, told {told}")


def rests_on_product(one: Labelled, way: Way) -> bool:
    """Tell whether the first guess rests on a word that is marked as the product."""
    words = way.tell(one.text).rests_on
    return any(start < end and begin < stop for begin, end in one.products for start, stop in words)


def read_own_titles() -> list[Title]:
    """Read the titles written for this project."""
    titles = []
    for line in (HERE / "goods_titles.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            group, text = line.split("\t")
            known = group if group in similar_groups() else None
            titles.append(Title(text=text, classes=frozenset({int(group[:2])}), group=known))
    return titles


def read_labels() -> dict[int, frozenset[int]]:
    """Read the classes of labelled titles by number."""
    lines = (HERE / "goods_labels.txt").read_text("utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    pairs = (word.split(":") for word in words)
    return {int(number): frozenset(map(int, some.split("|"))) for number, some in pairs}


def read_labelled(path: Path) -> list[Labelled]:
    """Read titles in BIEOS form, a character and its label a line; empty where there are none."""
    if not path.exists():
        return []
    return [_read_title(block) for block in path.read_text("utf-8").strip().split("\n\n")]


def _read_title(block: str) -> Labelled:
    text, products, start = "", [], 0
    for line in block.split("\n"):
        character, _, label = line.partition("\t")
        if label in ("B-HC", "S-HC"):
            start = len(text)
        text += character if label else " "
        if label in ("E-HC", "S-HC"):
            products.append((start, len(text)))
    return Labelled(text=text, products=tuple(products))
