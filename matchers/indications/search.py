"""Indications whose place and product a listing names, together or apart.

鲜活大闸蟹 兴化红膏蟹 names 兴化大闸蟹: a place of the index and a word for its product, in either
order. Neither alone names it. Costs a look-up a symbol, whatever the number of indications.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.common import RightId
from domain.matches import NameHow, TextPlace
from matchers.indications.cutting import codes_of, division_before
from matchers.indications.flat import Flat, flatten
from matchers.indications.index import IndicationsIndex, Sense
from matchers.indications.neighbours import find_neighbours
from matchers.indications.products import WIDER, lineage
from matchers.parts import FoundParts, Means
from reference.division_names import find_divisions

MAX_APART = 30
"""Code points between place and product beyond which nobody reads them together in a long text."""
_SHORT_TEXT = 120
"""Code points up to which a text is a title: one phrase, however its words are strewn."""
_HEAD_APART = 12
"""The same for a product of one character (蟹), which stands in many other words."""
_SAYS_WHERE = ("brand", "seller.name")
_ORIGINS = ("产地", "原产地", "生产地", "产区", "origin", "place of origin")
_PAVILION = ("特产", "馆")
"""In names of shops: pavilions of a region, where platforms sell what it grows."""
_MOST_OF_A_KIND = 4
"""Indications of one coined product beyond which it tells none of them."""
_ALONE_COUNTS = 0.4
_FLAVOUR_AFTER = ("味", "口味", "风味", "香型", "香味", "汁", "软糖", "果冻", "夹心")

_STREET = re.compile("[路巷弄]|街(?!道)")
_HOUSE = re.compile(
    "[隆昌盛记堂斋轩阁号祥顺鑫源发福](?:果业|果品|食品|粮油|米业|茶业|酒业|农业|生鲜|水产|商行|商贸|实业|公司)"
)
"""The last character of a house's name, and its line of business."""
_BEGUN = ("新会员", "大丰收")
_SHORT_PLACE = 2
_LONGEST_DIVISION = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A place or a product in one text, in code points."""

    start: int
    end: int
    surface: str
    meanings: Sequence[str]
    """Products it names; of a place its form in the index, alone."""
    latin: bool = False


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    text: str
    places: tuple[Word, ...]
    goods: tuple[Word, ...]


def find_indications(
    fields: Iterable[tuple[str, str]], index: IndicationsIndex
) -> dict[RightId, FoundParts]:
    """Find the indications that the fields of one listing name, each once, as plainly as it is.

    `fields`: (name as in TextPlace, text).
    """
    if not index.places:
        return {}
    found: dict[RightId, FoundParts] = {}
    read = [_read(name, flatten(text), index) for name, text in fields if text]
    for field in read:
        for right_id, parts in _in_one_field(field, index):
            _keep(found, right_id, parts)
    title = next((field for field in read if field.name == "title"), None)
    if title is None or not title.goods:
        return found
    for field in read:
        if _tells_where(field.name):
            for right_id, parts in _across(field, title, index):
                _keep(found, right_id, parts)
    for right_id, parts in find_neighbours(title.text, title.goods, found, index):
        _keep(found, right_id, parts)
    if not any(_is_stated_origin(field.name) and find_divisions(field.text) for field in read):
        for right_id, parts in _alone(title, index):
            _keep(found, right_id, parts)
    return found


def _keep(found: dict[RightId, FoundParts], right_id: RightId, parts: FoundParts) -> None:
    known = found.get(right_id)
    if known is None or known.score < parts.score:
        found[right_id] = parts


def _read(name: str, flat: Flat, index: IndicationsIndex) -> _Field:
    def place(form: str) -> Sequence[str]:
        return (form,) if form in index.latin else ()

    def product(word: str) -> Sequence[str]:
        return index.latin_words.get(word, ())

    places = (*_places_in(flat, index), *_latin_in(flat, place))
    goods: tuple[Word, ...] = ()
    # Goods alone name nothing, but those of a title may stand beside the place of another field.
    if places or name == "title":
        goods = (*_goods_in(flat, index, places), *_latin_in(flat, product))
    return _Field(name, flat.text, places, goods)


def _places_in(flat: Flat, index: IndicationsIndex) -> Iterator[Word]:
    symbols, starts, places = flat.symbols, index.starts, index.places
    for at in range(len(symbols) - 1):
        for length in starts.get(symbols[at : at + 2], ()):
            form = symbols[at : at + length]
            if len(form) < length or form not in places:
                continue
            if _STREET.match(symbols, at + length):
                continue  # 五常路 is where a shop is, not where its rice grew
            if length == _SHORT_PLACE and _is_begun(symbols, at, form):
                continue
            if length > 2 or not _is_torn(symbols, at):
                start, end = flat.stretch(at, at + length)
                yield Word(start, end, flat.text[start:end], (form,))


def _is_torn(symbols: str, at: int) -> bool:
    """Tell whether a place of two characters begins with the end of another one: 长白|山, 云南|山.

    Not where that one's own beginning ends a third: 湖南|安化 holds no 南安.
    """
    if at == 0 or not codes_of(symbols[at - 1 : at + 1]):
        return False
    return at < 2 or not codes_of(symbols[at - 2 : at])


def _is_begun(symbols: str, at: int, form: str) -> bool:
    """Tell whether a place of two characters only begins another word: a place elsewhere (三门峡,
    大兴安岭), a house's name (永兴隆果业), a customer of a shop (新会员).
    """
    end = at + len(form)
    if _HOUSE.match(symbols, end) or symbols.startswith(_BEGUN, at):
        return True
    codes = codes_of(form)
    longer = division_before(symbols[at : at + _LONGEST_DIVISION]) if codes else form
    return longer != form and not set(codes_of(longer)) & set(codes)


def _goods_in(flat: Flat, index: IndicationsIndex, places: Sequence[Word]) -> Iterator[Word]:
    """Yield words for goods from left to right, the longest at each place.

    Words of something else are passed over, but not one that begins in a place: 河田|鸡 is no 田鸡.
    """
    symbols, starts, words = flat.symbols, index.word_starts, index.words
    at = 0
    while at < len(symbols):
        for length in starts.get(symbols[at], ()):
            word = symbols[at : at + length]
            meanings = words.get(word)
            if meanings is not None and len(word) == length:
                start, end = flat.stretch(at, at + length)
                if meanings:
                    yield Word(start, end, flat.text[start:end], meanings)
                elif any(place.start < start < place.end < end for place in places):
                    continue
                at += length
                break
        else:
            at += 1


def _latin_in(flat: Flat, meanings_of: Callable[[str], Sequence[str]]) -> Iterator[Word]:
    """Yield the most that up to four Latin words in a row name, from each word on."""
    words = flat.words
    for first, (start, _) in enumerate(words):
        joined, longest = "", None
        for at, word in words[first : first + 4]:
            joined += word
            meanings = meanings_of(joined)
            if meanings:
                end = at + len(word)
                longest = Word(start, end, flat.text[start:end], meanings, latin=True)
        if longest is not None:
            yield longest


def _in_one_field(field: _Field, index: IndicationsIndex) -> Iterator[tuple[RightId, FoundParts]]:
    reach = len(field.text) if len(field.text) <= _SHORT_TEXT else MAX_APART
    for place in field.places:
        senses = (index.latin if place.latin else index.places)[place.meanings[0]]
        for word in field.goods:
            apart = max(word.start - place.end, place.start - word.end)
            # A place that runs into a product shares no character with it.
            if not 0 <= apart <= (reach if len(word.surface) > 1 else _HEAD_APART):
                continue
            for product in word.meanings:
                for sense in senses.get(product, ()):
                    if not _is_meant(sense, word, field.text):
                        continue
                    if _is_of_another_kind(product, sense, senses, field.goods):
                        continue
                    nearness = 1.0 if 0 <= word.start - place.end <= 4 else 0.95
                    yield sense.right_id, _parts(field, place, field, word, sense, nearness)


def _across(
    field: _Field, title: _Field, index: IndicationsIndex
) -> Iterator[tuple[RightId, FoundParts]]:
    """Yield what a place in another field names beside the goods of the title."""
    for place in field.places:
        senses = (index.latin if place.latin else index.places)[place.meanings[0]]
        for word in title.goods:
            if len(word.surface) == 1:
                continue
            for product in word.meanings:
                for sense in senses.get(product, ()):
                    if _is_of_another_kind(product, sense, senses, title.goods):
                        continue
                    if sense.means is Means.CITY:
                        if not _is_of_origin(field):
                            continue
                        yield sense.right_id, _parts(field, place, title, word, sense, 0.6)
                    elif sense.score > WIDER:
                        apart = Sense(sense.right_id, Means.ELSEWHERE, sense.score)
                        yield sense.right_id, _parts(field, place, title, word, apart, 0.6)


def _is_of_origin(field: _Field) -> bool:
    """Tell whether a field tells of origin: other shops bear the name of where they are."""
    return field.name != "seller.name" or any(word in field.text for word in _PAVILION)


def _alone(title: _Field, index: IndicationsIndex) -> Iterator[tuple[RightId, FoundParts]]:
    """Yield what a coined name of a product names in a title that tells no place."""
    coined = [
        (word, name)
        for word in title.goods
        if not _STREET.match(title.text, word.end)
        for name in (*word.meanings, flatten(word.surface).symbols)
        if name in index.coined
    ]
    if not coined or find_divisions(title.text):
        return
    for word, name in coined:
        rights = index.coined[name]
        where = _place(title.name, word)
        for right_id in rights if len(rights) <= _MOST_OF_A_KIND else ():
            yield (
                right_id,
                FoundParts(place=where, product=where, means=Means.ALONE, score=_ALONE_COUNTS),
            )


def _is_meant(sense: Sense, word: Word, text: str) -> bool:
    """Tell whether a city beside a product means the goods: not by one character or a flavour."""
    if sense.means is not Means.CITY:
        return True
    return len(word.surface) > 1 and not text.startswith(_FLAVOUR_AFTER, word.end)


def _is_of_another_kind(
    product: str, sense: Sense, senses: Mapping[str, Sequence[Sense]], goods: Sequence[Word]
) -> bool:
    """Tell whether goods of a wide word (茶叶) are told to be of a kind that is not meant: 红茶."""
    kinds = {one for word in goods for one in word.meanings if product in lineage(one)}
    return bool(kinds) and not any(
        other.right_id == sense.right_id for kind in kinds for other in senses.get(kind, ())
    )


def _parts(
    field: _Field, place: Word, other: _Field, word: Word, sense: Sense, factor: float
) -> FoundParts:
    latin = place.latin or word.latin
    return FoundParts(
        place=_place(field.name, place),
        product=_place(other.name, word),
        means=Means.LATIN if latin and sense.means is Means.NAME else sense.means,
        score=round(sense.score * factor, 4),
    )


def _place(field: str, word: Word) -> TextPlace:
    how = NameHow.PINYIN if word.latin else NameHow.SPLIT
    return TextPlace(field=field, start=word.start, end=word.end, surface=word.surface, how=how)


def _tells_where(field: str) -> bool:
    return field in _SAYS_WHERE or _is_stated_origin(field)


def _is_stated_origin(field: str) -> bool:
    return field.startswith("attributes.") and field[11:].casefold() in _ORIGINS
