"""Feature: wording beside the indication that says the goods are only like it.

TRIPS art. 23 and the Geneva Act art. 11 forbid an indication with “kind”, “type”, “style” or
“imitation” beside it even where the true origin is stated; the Measures of 2024 do so for China.
"""

from __future__ import annotations

import re

from domain.common import Words
from domain.listings import Sighting
from domain.matches import TextPlace
from matchers.indications.law import MEASURES, cite
from matchers.pair import Outcome, Pair, indication_of

_STYLE = re.compile(
    r"同款|同味|风味|口味|风格|仿制|仿|类似|媲美|堪比|不输|赛过|胜似|平替|代替|替代品"
    r"|(?<![a-z])(?:styled?|type|kind|like|imitation|flavou?r(?:ed)?)(?![a-z])",
    re.IGNORECASE,
)
_DIRECTLY_AFTER = re.compile(r"\s*[款]?[类型式](?![号别目样])")
"""类, 型 and 式 are parts of many words: they count only where they close the name."""
_NEAR = 6
"""Code points beside a name within which such wording belongs to it."""


def indication_style(pair: Pair) -> Outcome | None:
    """Wording such as “style”, “type” or “imitation” stands beside the indication.

    地理标志旁有“类、型、式、风味、同款、仿”等字样。
    """
    if indication_of(pair.right) is None:
        return None
    for place in _places(pair):
        text = _text_of(pair.sighting, place.field)
        begin, end = max(0, place.start - _NEAR), place.end + _NEAR
        found = (
            _DIRECTLY_AFTER.match(text, place.end)
            or _STYLE.search(text, place.end, end)
            or _STYLE.search(text, begin, place.start)
        )
        if found is None:
            continue
        word = found[0].strip()
        at = found.end() - len(word)
        words = Words(
            zh=f"“{place.surface}”旁有“{word}”字样，借用地理标志声誉",
            en=f"“{word}” stands beside “{place.surface}”, which borrows the indication's fame",
        )
        where = TextPlace(field=place.field, start=at, end=found.end(), surface=word, how=None)
        return Outcome(score=1.0, words=cite(pair, words, MEASURES), where=where)
    return None


def _places(pair: Pair) -> list[TextPlace]:
    named = [name.place for name in pair.names if not name.field.startswith("seller.")]
    if pair.parts is not None and not pair.parts.place.field.startswith("seller."):
        named.append(pair.parts.place)
        if pair.parts.gap is not None and pair.parts.gap <= _NEAR:
            named.append(pair.parts.product)
    return named


def _text_of(sighting: Sighting, field: str) -> str:
    if field.startswith("attributes."):
        return sighting.attributes.get(field.removeprefix("attributes."), "")
    texts = {"title": sighting.title, "description": sighting.description, "brand": sighting.brand}
    return texts.get(field) or ""
