"""How much one listing offers: pack sizes in its words, in the unit that a price band is for.

What is not sure is read as less: a price then comes out higher for each unit, and nobody is called
too cheap for a pack that was misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reference.folding import fold

_MASS = {
    **dict.fromkeys(("kg", "千克", "公斤"), 1000.0),
    **dict.fromkeys(("g", "克"), 1.0),
    "斤": 500.0,
    "两": 50.0,
    "钱": 5.0,
    "吨": 1e6,
    **dict.fromkeys(("lb", "lbs", "磅"), 453.592),
    "oz": 28.3495,
}
_VOLUME = {
    **dict.fromkeys(("ml", "毫升"), 1.0),
    **dict.fromkeys(("l", "升"), 1000.0),
    "cl": 10.0,
}
_LENGTH = {**dict.fromkeys(("m", "米"), 1.0), **dict.fromkeys(("cm", "厘米"), 0.01)}
_COUNT = {
    **dict.fromkeys(
        (
            *("件", "盒", "瓶", "袋", "包", "罐", "箱", "个", "套", "条", "支", "枚", "提", "桶"),
            *("听", "块", "粒", "颗", "台", "把", "张", "本", "饼", "坛", "篮", "筐", "根", "头"),
            *("副", "部", "份", "组", "顶", "辆", "卷", "束", "壶", "幅"),
        ),
        1.0,
    ),
    **dict.fromkeys(("只", "片"), 1.0),
    **dict.fromkeys(("双", "对"), 2.0),
    **dict.fromkeys(("piece", "pieces", "pcs", "pc", "each", "unit"), 1.0),
    **dict.fromkeys(("box", "boxes"), 1.0),
    **dict.fromkeys(("bottle", "bottles"), 1.0),
    **dict.fromkeys(("bag", "bags", "pack", "packs"), 1.0),
    **dict.fromkeys(("pair", "pairs"), 2.0),
}
_SAME_COUNT = (
    {"只", "对", "双"},
    {"件", "个", "piece", "pieces", "pcs", "pc", "each", "unit"},
    {"盒", "box", "boxes"},
    {"瓶", "bottle", "bottles"},
    {"袋", "包", "bag", "bags", "pack", "packs"},
    {"双", "对", "pair", "pairs"},
)
"""Units of one sort: 4对 of crabs are 8只."""
_SIZES = {"mass": _MASS, "volume": _VOLUME, "length": _LENGTH}


def _any_of(units: dict[str, float]) -> str:
    return "|".join(sorted(map(re.escape, units), key=len, reverse=True))


_NUMBER = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
# An x may follow: 500gx2.
_SIZED = rf"(?:{_any_of(_MASS | _VOLUME | _LENGTH)})(?![a-wyz])"
_COUNTED = rf"(?:{_any_of(_COUNT)})(?![a-wyz])"
_TIMES = r"\s?[*x×✕]\s?"
_PACK = re.compile(
    rf"(?<![0-9.a-z\-])(?P<low>{_NUMBER})(?:\s?[-~至]\s?{_NUMBER})?\s?(?P<unit>{_SIZED}|{_COUNTED})"
    rf"(?:\s?装)?(?P<more>(?:(?:\s?/\s?{_COUNTED})?{_TIMES}[0-9]{{1,4}}(?![0-9.])"
    rf"\s?(?:{_SIZED}|{_COUNTED})?)*)"
)
_FACTOR = re.compile(rf"{_TIMES}(?P<number>[0-9]{{1,4}})\s?(?P<unit>{_SIZED}|{_COUNTED})?")
_FACTOR_FIRST = re.compile(
    rf"(?<![0-9.a-z])(?P<times>[0-9]{{1,4}})\s?(?P<unit>{_COUNTED}){_TIMES}"
    rf"(?P<low>{_NUMBER})\s?(?P<size>{_SIZED})"
)
_CRABS = re.compile(
    rf"公蟹?\s?(?P<he>{_NUMBER})(?:\s?[-~]\s?{_NUMBER})?\s?(?P<unit>两|克|g)"
    rf".{{0,6}}?母蟹?\s?(?P<she>{_NUMBER})(?:\s?[-~]\s?{_NUMBER})?\s?(?:两|克|g)"
)
_EACH = re.compile(
    rf"(?:单只|每只|只重|单个|每个|单果)\D{{0,4}}(?P<low>{_NUMBER})(?:\s?[-~]\s?{_NUMBER})?\s?(?P<unit>{_SIZED})"
    rf"|(?P<low2>{_NUMBER})(?:\s?[-~]\s?{_NUMBER})?\s?(?P<unit2>{_SIZED})\s?/\s?[只个枚颗头]"
)
_UNIT = re.compile(rf"(?:元|每|/)*\s?(?P<number>{_NUMBER})?\s?(?P<unit>[a-z]+|[一-鿿]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BandUnit:
    """The unit of a price band."""

    sort: str
    """mass, volume, length or count."""
    name: str
    """As the register has it, folded."""
    size: float
    """In grams, millilitres, metres, or pieces."""


def read_unit(text: str) -> BandUnit | None:
    """Read the unit of a band (kg, 斤, 500g, 盒); None for one that is not known."""
    match = _UNIT.fullmatch(fold(text.strip()).text)
    if match is None:
        return None
    number, name = float(match["number"] or 1), match["unit"]
    for sort, units in (*_SIZES.items(), ("count", _COUNT)):
        if name in units and number > 0:
            return BandUnit(sort=sort, name=name, size=units[name] * number)
    return None


def least_quantity(text: str, unit: BandUnit) -> float | None:
    """Return the least number of units that a text can mean; None where a weight is not told.

    Several sizes in one title are options, so the least counts. A thing sold by the piece is one
    piece where no number is given.
    """
    folded = fold(text).text
    if unit.sort == "count":
        pieces = [number for number in _pieces(folded, unit) if number > 0]
        return min(pieces, default=unit.size) / unit.size
    amounts = [amount for amount in _amounts(folded, unit.sort) if amount > 0]
    return min(amounts) / unit.size if amounts else None


def _amounts(text: str, sort: str) -> Iterator[float]:
    """Yield the amounts of one sort that a text names, each with what it is multiplied by."""
    units = _SIZES[sort]
    each = tuple(_each(text, units))
    if each:
        # The weight of one is no weight of the pack: it counts only by the number of them.
        count = min(_pieces(text, _ANIMAL), default=1.0) or 1.0
        yield min(each) * count
        return
    covered: list[tuple[int, int]] = []
    for match in _FACTOR_FIRST.finditer(text):
        if match["size"] in units:
            covered.append(match.span())
            yield float(match["times"]) * float(match["low"]) * units[match["size"]]
    for match in _PACK.finditer(text):
        inside = any(start <= match.start() < end for start, end in covered)
        if match["unit"] in units and not inside:
            amount = float(match["low"]) * units[match["unit"]]
            for factor in _FACTOR.finditer(match["more"]):
                amount *= float(factor["number"])
            yield amount


def _each(text: str, units: dict[str, float]) -> Iterator[float]:
    """Yield the weight of one of several that a text tells; of crabs the mean of he and she."""
    for match in _CRABS.finditer(text):
        if match["unit"] in units:
            yield (float(match["he"]) + float(match["she"])) / 2 * units[match["unit"]]
    for match in _EACH.finditer(text):
        low, unit = match["low"] or match["low2"], match["unit"] or match["unit2"]
        if unit in units:
            yield float(low) * units[unit]


def _pieces(text: str, unit: BandUnit) -> Iterator[float]:
    """Yield the numbers of pieces that a text names in units like the band's."""
    alike = frozenset({unit.name}).union(*(one for one in _SAME_COUNT if unit.name in one))
    for match in _PACK.finditer(text):
        if match["unit"] in alike:
            yield float(match["low"]) * _COUNT[match["unit"]]
        for factor in _FACTOR.finditer(match["more"]):
            named = factor["unit"]
            if named in alike:
                yield float(factor["number"]) * _COUNT[named]


_ANIMAL = BandUnit(sort="count", name="只", size=1.0)
