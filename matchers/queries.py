"""What to search for to find imitations of a right: pure, the same for the same right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from domain.matches import NameHow
from domain.rights import Patent, Right
from matchers.indications.cutting import place_and_product
from matchers.names import NamesIndex, find_names, index_names
from matchers.names.folding import fold
from matchers.names.imitations import imitate, take_turns, write_traditional
from matchers.names.words import is_word

QUERIES_VERSION = "queries_v1"
"""Raised when other imitations are proposed, so that stored proposals are made anew."""
MOST_IMITATIONS = 20
"""Of one right. Each is asked at least three times before it is given up."""
_MOST_NAMES = 4
"""Names of a right that are imitated; further ones are only asked as they are."""
_MOST_TRIED = 60
"""Imitations of one name that are looked at."""
_LONGEST = 60
"""Code points of a query: search forms cut longer ones."""
_HEADS = frozenset(
    "蟹茶米酒醋枣梨桃橙柚柑橘桔瓜果蜜参鸭鸡鹅猪牛羊鱼虾肉菜油盐酱面粉豆椒姜蒜葱藕莲菇耳笋"
    "薯芋栗杏李莓瓷陶砚纸墨扇绸缎绣布毯伞刀壶石玉"
)
"""Words of one character for goods: what is left of 大闸蟹 when a seller says it shortly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imitation:
    """A likely imitation of a registered name, as somebody would search for it."""

    text: str
    name: str
    """The registered name that it imitates."""
    how: NameHow


def names_to_ask(right: Right) -> tuple[str, ...]:
    """Return the registered names that are asked as they are, the name itself first.

    A patent has none: its name describes what it is, and every such thing bears it. Nor is a name
    of one letter or character a query: it stands everywhere.
    """
    if isinstance(right, Patent):
        return ()
    names = (" ".join(name.split())[:_LONGEST] for name in (right.name, *right.other_names))
    return tuple(dict.fromkeys(name for name in names if len(fold(name).symbols) > 1))


def propose_imitations(right: Right, *, taken: Collection[str] = ()) -> tuple[Imitation, ...]:
    """Return likely imitations of a right's names, at most 20, the likeliest first.

    Left out is what everybody uses as a word, and what `taken` holds: case-folded names of other
    rights, whose own goods such a query would find.
    """
    index = index_names((right,))
    forms = [_of_form(right, name, index) for name in names_to_ask(right)[:_MOST_NAMES]]
    chosen: dict[str, Imitation] = {}
    for one in take_turns(forms):
        key = one.text.casefold()
        if key not in chosen and key not in taken:
            chosen[key] = one
        if len(chosen) == MOST_IMITATIONS:
            break
    return tuple(chosen.values())


def _of_form(right: Right, name: str, index: NamesIndex) -> Iterator[Imitation]:
    """Yield what is still read as the name and is no word of its own."""
    parts = place_and_product(right) if name == right.name else None
    if parts is None:
        yield from _recognised(name, imitate(name), index)
        return
    # The product is everybody's word: what is imitated is the place.
    place, product = parts
    folded = fold(place).symbols
    changed = (text + product for text in imitate(place) if fold(text).symbols != folded)
    said = _of_wording(name, place, product)
    yield from take_turns([said, _recognised(name, changed, index)])


def _recognised(name: str, texts: Iterable[str], index: NamesIndex) -> Iterator[Imitation]:
    for text in islice(texts, _MOST_TRIED):
        hits = find_names(text, index)
        if len(hits) != 1 or hits[0].surface != text or hits[0].how is NameHow.EXACT:
            continue
        if not is_word(fold(text).symbols) and len(text) <= _LONGEST:
            yield Imitation(text=text, name=name, how=hits[0].how)


def _of_wording(name: str, place: str, product: str) -> Iterator[Imitation]:
    """Yield the indication said otherwise: its halves apart, its product shortly."""
    yield Imitation(text=f"{place} {product}", name=name, how=NameHow.SPLIT)
    if len(product) > 1 and product[-1] in _HEADS:
        yield Imitation(text=place + product[-1], name=name, how=NameHow.TYPO)
    traditional = write_traditional(name)
    if traditional != name:
        yield Imitation(text=traditional, name=name, how=NameHow.TRADITIONAL)
