"""An indication's name cut into its place and its product: 洞庭山 + 碧螺春, 金华 + 两头乌猪."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from domain.rights import GeographicalIndication, Right
from matchers.indications.flat import flatten
from matchers.indications.products import products
from matchers.names.words import is_word
from reference.division_names import find_divisions, short_name
from reference.divisions import Level, counties_with_town, division, every_division, lies_in

_FEATURES = "山湖江河溪岛海泉沟川洲坝沙湾峡塘岭峰村镇乡县市区旗州"
"""Characters that close a place's name and that sellers leave out."""
_NAMED_AFTER = "山湖江河岛桥镇"
"""Those of them after a division's name that make it that of another place."""
_CLOSED = re.compile(r"^(.{2,}?[山湖江河岛]).{1,3}$")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_MOST_NAMES = 12
"""Names of one right that are cut; registers hold translations into many languages."""
_LONGEST = 40
"""Symbols of a name that is cut."""
_LEAST_PLACE = 2
"""Symbols of a place that is looked for by itself: one stands in any text."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A name in two."""

    place: str
    """Perhaps one character, for a place's name in full: 亳|白芍, 怀|菊花."""
    product: str

    @property
    def bears_place(self) -> bool:
        """Tell whether the name holds a place that can be looked for by itself."""
        return len(self.place) >= _LEAST_PLACE


def cut_name(name: str, product: str | None = None, holder: str | None = None) -> Cut | None:
    """Cut a Chinese name before its product; None when it does not end on one.

    `product`: as the register tells it. Without it the product is the longest word of the table
    that the name ends on after two characters or more, or what follows the name of a division or a
    town, or the beginning that `holder` bears too; else all but the first character.
    """
    symbols = flatten(name).symbols[:_LONGEST]
    told = flatten(product or "").symbols
    if told and symbols.endswith(told) and len(symbols) - len(told) >= 2:
        return Cut(symbols[: -len(told)], told)
    if not _HAN.fullmatch(symbols):
        return None
    words = products().by_word
    at = next((at for at in range(2, len(symbols)) if words.get(symbols[at:])), None)
    if at is not None:
        return Cut(symbols[:at], symbols[at:])
    home = division_before(symbols[:-1])
    if home and symbols[len(home)] in _NAMED_AFTER and len(symbols) - len(home) > 2:
        home = symbols[: len(home) + 1]  # 洪泽|湖河蚬 is of the lake
    home = home or _town_before(symbols[:-1]) or _begun_by(holder, symbols[:-1])
    if home:
        return Cut(home, symbols[len(home) :])
    return Cut(symbols[0], symbols[1:]) if words.get(symbols[1:]) else None


def cuts_of(right: GeographicalIndication) -> tuple[Cut, ...]:
    """Cut every Chinese name of a right that can be cut, what stands in brackets by itself."""
    found = (cut_name(name, right.product, right.holder) for name in _names_of(right))
    return tuple(dict.fromkeys(cut for cut in found if cut is not None))


def place_and_product(right: Right) -> tuple[str, str] | None:
    """Cut an indication's name into place and product, as it is written."""
    if not isinstance(right, GeographicalIndication):
        return None
    if right.product and right.name.endswith(right.product):
        place = right.name.removesuffix(right.product).strip()
        return (place, right.product) if place else None
    cut = cut_name(right.name)
    # A name with signs or traditional characters is not cut for writing it otherwise.
    whole = cut is not None and cut.bears_place and right.name == cut.place + cut.product
    return (cut.place, cut.product) if cut is not None and whole else None


def place_forms(cut: Cut) -> Mapping[str, float]:
    """Return how sellers write the place of a name, with how surely each means it, 0..1."""
    if not cut.bears_place:
        return {}
    forms = {cut.place: 1.0}
    home = division_before(cut.place)
    rest = cut.place[len(home) :] if home else ""
    # 洪泽|湖 is a lake; 长汀|河田 a town of the county.
    if home and rest and (rest[0] not in _FEATURES or (len(rest) > 1 and is_town(rest))):
        forms[home] = 1.0
        if len(rest) > 1 and _names_a_place(rest):
            forms[rest] = 0.9
    if not home and len(cut.place) > 3:
        forms |= {cut.place[:2]: 0.8, cut.place[2:]: 0.9}  # 巴城 + 阳澄湖, 焦溪 + 二花脸
    if (closed := _CLOSED.match(cut.place)) and len(closed[1]) > 2:
        forms[closed[1]] = 0.95
    for form in tuple(forms):
        if len(form) > 2 and form[-1] in _FEATURES:
            forms.setdefault(form[:-1], 0.9)
    return forms


def area_codes(right: GeographicalIndication) -> tuple[str, ...]:
    """Return codes of the area: as the register tells it, else of its holder, else by its name."""
    codes = [code for part in right.area for code in codes_of(part) or _narrowest(part)]
    if not codes:
        home = find_divisions(right.holder or "")
        codes = [code for one in home if one.level > Level.PROVINCE for code in one.candidates[:1]]
    return tuple(dict.fromkeys(codes)) or area_by_name(right)


def _narrowest(path: str) -> list[str]:
    """Return the codes of the narrowest divisions of a place written in full: 江苏省泰州市."""
    codes = [code for one in find_divisions(path) for code in one.candidates]
    return [code for code in codes if not any(one != code and lies_in(one, code) for one in codes)]


def area_by_name(right: GeographicalIndication) -> tuple[str, ...]:
    """Return the code of the division that names an indication; empty where it is not certain.

    Certain is a name that one division alone bears, or one of several where the holder is.
    """
    home = [one for one in find_divisions(right.holder or "") if one.level > Level.PROVINCE]
    for cut in cuts_of(right):
        codes = codes_of(cut.place)
        near = [code for code in codes if any(_touch(code, one.candidates) for one in home)]
        if home and len(near) == 1:
            return tuple(near)
        if not home and len(codes) == 1:
            return codes
    return ()


def _touch(code: str, others: Iterable[str]) -> bool:
    return any(lies_in(code, other) or lies_in(other, code) for other in others)


@lru_cache(maxsize=16_384)
def codes_of(place: str) -> tuple[str, ...]:
    """Return the codes of divisions of this name, in full or short; a code is its own."""
    if _CODE.fullmatch(place):
        found = division(place)
        return (found.adcode,) if found else ()
    return _codes_by_name().get(place, ())


def division_before(symbols: str) -> str:
    """Return the longest name of a division, in full or short, that a name begins with."""
    known = _codes_by_name()
    lengths = range(min(len(symbols), _LONGEST_DIVISION), 1, -1)
    return next((symbols[:length] for length in lengths if symbols[:length] in known), "")


def _names_a_place(rest: str) -> bool:
    """Tell whether what follows a division in a name may be a place: 阳山, not 富硒 or 红心."""
    if rest in _QUALITIES:
        return False
    return rest[-1] in _FEATURES or bool(codes_of(rest)) or is_town(rest) or not is_word(rest)


def is_town(short: str) -> bool:
    """Tell whether some town bears this name, without its kind."""
    return any(counties_with_town(short + kind) for kind in TOWN_KINDS)


def _town_before(symbols: str) -> str:
    """Return the longest name of a town that a name begins with: 震泽|蚕丝."""
    lengths = range(min(len(symbols), _LONGEST_TOWN), 1, -1)
    return next((symbols[:length] for length in lengths if is_town(symbols[:length])), "")


def _begun_by(holder: str | None, symbols: str) -> str:
    """Return the longest beginning of a name that its holder bears too, of two characters on."""
    known = flatten(holder or "").symbols
    lengths = range(len(symbols), 1, -1)
    return next((symbols[:length] for length in lengths if symbols[:length] in known), "")


def latin_forms(cut: Cut) -> Iterator[str]:
    """Yield the pinyin of a place, joined, and with Lake, Mountain or River for its last word."""
    if not cut.bears_place:
        return
    spelled = lazy_pinyin(cut.place)
    yield "".join(spelled)
    english = _ENGLISH_FEATURES.get(cut.place[-1])
    if english and len(cut.place) > 2:
        yield "".join(spelled[:-1])
        yield "".join(spelled[:-1]) + english


_ENGLISH_FEATURES = {
    **{"湖": "lake", "山": "mountain", "江": "river", "河": "river", "岛": "island"},
    **{"县": "county", "市": "city", "镇": "town"},
}
_LONGEST_DIVISION = 12
_LONGEST_TOWN = 4
TOWN_KINDS = ("镇", "乡", "街道")
_QUALITIES = (
    "富硒",
    "锌硒",
    "富锌",
    "有机",
    "高山",
    "东北",
    "西北",
    "江南",
    "江北",
    "草原",
    "高原",
)
"""Of goods, or of half the country, though a town may bear the name."""


def _names_of(right: GeographicalIndication) -> Iterator[str]:
    for name in (right.name, *right.other_names)[:_MOST_NAMES]:
        yield _BRACKETED.sub("", name)
        yield from _BRACKETED.findall(name)


@cache
def _codes_by_name() -> Mapping[str, tuple[str, ...]]:
    """Return full and short name ▶ codes of today."""
    found: dict[str, dict[str, None]] = {}
    for one in every_division():
        codes = one.now if one.until is not None else (one.adcode,)
        if not codes:
            continue
        for name in (one.name, short_name(one.name)):
            if len(name) >= 2:
                found.setdefault(name, {}).update(dict.fromkeys(codes))
    return {name: tuple(codes) for name, codes in found.items()}
