"""Features: the brand field against the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from domain.common import Words
from domain.matches import TextPlace
from domain.rights import Mark, RightKind
from matchers.names.folding import fold, is_han
from matchers.names.words import is_ordinary_name
from matchers.pair import BRAND_ATTRIBUTES, FoundName, Outcome, Pair

_NONE = re.compile(
    r"(无|没有)(品牌|牌|商标)?|其[他它](品牌)?|杂牌|贴牌|白牌|定制|自主品牌|未注册"
    r"|others?(/其[他它])?|其[他它]/other|oem|odm|no ?brand|unbranded|non[- ]?branded|none"
    r"|generic|n/?a|does not apply|-+|/"
)
_BORNE_BY_MANY = (RightKind.CERTIFICATION_MARK, RightKind.COLLECTIVE_MARK)
"""Every user bears these beside a brand of its own."""
_SHORT = 2


def brand_contradicts(pair: Pair) -> Outcome | None:
    """The title bears the mark, but the brand field names none or another brand.

    标题使用该商标，而品牌栏填写“无品牌”或其他品牌。
    """
    if not isinstance(pair.right, Mark) or pair.right.kind in _BORNE_BY_MANY:
        return None
    titled = pair.titled
    if not titled or any(name.field != "title" for name in pair.offered_as):
        return None  # not in the title, or in the brand field as well
    stated = next(_stated(pair), None)
    if stated is None:
        return None
    place, is_none = stated
    if not is_none and all(_may_mean_another(name, place.surface) for name in titled):
        return None
    zh, en = f"另填品牌“{place.surface}”", f"names another brand, “{place.surface}”"
    if is_none:
        zh, en = f"填写“{place.surface}”", f"says “{place.surface}”"
    return Outcome(
        score=1.0 if is_none else 0.5,
        words=Words(
            zh=f"标题使用“{titled[0].hit.surface}”，品牌栏却{zh}",
            en=f"The title bears “{titled[0].hit.surface}”, but the brand field {en}",
        ),
        where=place,
    )


def _stated(pair: Pair) -> Iterator[tuple[TextPlace, bool]]:
    """Yield what the brand field and the brand attributes say, and whether that is no brand."""
    fields = [("brand", pair.sighting.brand or "")]
    fields += [
        (f"attributes.{name}", value)
        for name, value in pair.sighting.attributes.items()
        if name.strip().casefold() in BRAND_ATTRIBUTES
    ]
    for field, text in fields:
        said = text.strip()
        if said:
            start = text.index(said)
            place = TextPlace(
                field=field, start=start, end=start + len(said), surface=said, how=None
            )
            folded = unicodedata.normalize("NFKC", said).casefold()
            yield place, _NONE.fullmatch(folded) is not None


def _may_mean_another(name: FoundName, brand: str) -> bool:
    """Tell whether the brand stated may be the mark's own, or the name mere words beside it.

    A brand in another script may be the mark's own name there. A short or common name beside
    another brand is hardly meant as a mark.
    """
    symbols = fold(name.hit.name).symbols
    if any(map(is_han, symbols)) != any(map(is_han, brand)):
        return True
    return name.is_plain and (len(symbols) <= _SHORT or is_ordinary_name(name.hit.name))
