"""Features: names of geographical indications, and where the goods are said to come from.

Why wording and origin count: 商标法 art. 16 forbids a mark with an indication of goods that do not
come from the place; TRIPS art. 23 and the Geneva Act art. 11 forbid an indication with “kind”,
“type”, “style” or “imitation” beside it, even when the true origin is stated.
"""

from __future__ import annotations

import re

from domain.common import Words
from domain.listings import Sighting
from domain.matches import TextPlace
from domain.rights import GeographicalIndication, Right
from matchers.pair import Outcome, Pair
from matchers.places import Relation, name_area, relate

_STYLE = re.compile(
    r"同款|风味|口味|仿|类似|(?<!大)[类型式](?!号)|\b(style|type|kind|like|imitation|flavou?r)\b",
    re.IGNORECASE,
)
_NEAR = 6
"""Code points beside a name within which such wording belongs to it."""
_INSERTED = 4
"""Code points between place and product, in this order, that still read as one name."""
_ORIGIN_ATTRIBUTES = (
    "产地",
    "原产地",
    "原产国",
    "发货地",
    "生产地",
    "origin",
    "place of origin",
    "made in",
)


def indication_apart(pair: Pair) -> Outcome | None:
    """Place and product of the indication are used apart from each other.

    地理标志的地名与产品名拆开使用。
    """
    if not pair.parts or any(name.hit.score == 1.0 for name in pair.offered_as):
        return None
    place, product = min(pair.parts, key=lambda part: abs(part[0].start - part[1].start))
    return Outcome(
        # Words put into the name (云溪湖 特级大闸蟹) are closer to it than its halves in any order.
        score=1.0 if 0 <= product.start - place.end <= _INSERTED else 0.8,
        words=Words(
            zh=f"“{place.surface}”与“{product.surface}”拆开使用，合为地理标志“{pair.right.name}”",
            en=f"“{place.surface}” and “{product.surface}” stand apart; together they are the "
            f"indication “{pair.right.name}”",
        ),
        where=place,
    )


def indication_style(pair: Pair) -> Outcome | None:
    """Wording such as “style” or “type” beside the indication.

    地理标志旁有“类、型、式、风味、同款”等字样。
    """
    if not isinstance(pair.right, GeographicalIndication):
        return None
    for place in _places(pair):
        text = _text_of(pair.sighting, place.field)
        end, begin = place.end + _NEAR, max(0, place.start - _NEAR)
        found = _STYLE.search(text, place.end, end) or _STYLE.search(text, begin, place.start)
        if found is not None:
            return Outcome(
                score=1.0,
                words=Words(
                    zh=f"“{place.surface}”旁有“{found[0]}”字样，借用地理标志声誉",
                    en=f"“{found[0]}” stands beside “{place.surface}”, which borrows the "
                    "indication's fame",
                ),
                where=TextPlace(
                    field=place.field,
                    start=found.start(),
                    end=found.end(),
                    surface=found[0],
                    how=None,
                ),
            )
    return None


def seller_not_listed(pair: Pair) -> Outcome | None:
    """The seller is not among the listed users of the indication.

    卖家不在地理标志用标企业名单内。
    """
    if not isinstance(pair.right, GeographicalIndication) or not pair.authorisations:
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"卖家不在“{pair.right.name}”用标企业名单内（登记{len(pair.authorisations)}条）",
            en=f"The seller is not among the {len(pair.authorisations)} listed users of "
            f"“{pair.right.name}”",
        ),
    )


def origin_outside(pair: Pair) -> Outcome | None:
    """The stated origin or dispatch place lies outside the protected area.

    标示的产地或发货地在保护地域之外。
    """
    outside = _stated(pair, Relation.OUTSIDE)
    if outside is None or _stated(pair, Relation.INSIDE) is not None:
        return None
    area = name_area(_area(pair.right))
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"页面标示产地或发货地“{outside}”，不在保护地域（{area}）内",
            en=f"The page states “{outside}”, which is outside the protected area ({area})",
        ),
    )


def origin_inside(pair: Pair) -> Outcome | None:
    """The stated origin lies inside the protected area.

    标示的产地在保护地域之内。
    """
    inside = _stated(pair, Relation.INSIDE)
    if inside is None:
        return None
    area = name_area(_area(pair.right))
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"页面标示产地或发货地“{inside}”，在保护地域（{area}）内",
            en=f"The page states “{inside}”, which is inside the protected area ({area})",
        ),
    )


def place_and_product(right: Right) -> tuple[str, str] | None:
    """Cut an indication's name into place and product; None when it does not end on its product."""
    if not isinstance(right, GeographicalIndication) or not right.product:
        return None
    place = right.name.removesuffix(right.product).strip()
    return (place, right.product) if place and place != right.name else None


def _area(right: Right) -> tuple[str, ...]:
    return right.area if isinstance(right, GeographicalIndication) else ()


def _stated(pair: Pair, relation: Relation) -> str | None:
    """Return what the page states of origin or dispatch that has this relation to the area."""
    area = _area(pair.right)
    if not area:
        return None
    offer = pair.sighting.offer
    stated = [
        value
        for name, value in pair.sighting.attributes.items()
        if name.casefold() in _ORIGIN_ATTRIBUTES
    ]
    if offer is not None and offer.ships_from:
        stated.append(offer.ships_from)
    return next((text[:100] for text in stated if relate(text[:100], area) is relation), None)


def _places(pair: Pair) -> list[TextPlace]:
    named = [name.place for name in pair.names if not name.field.startswith("seller.")]
    return named + [place for place, _ in pair.parts]


def _text_of(sighting: Sighting, field: str) -> str:
    if field.startswith("attributes."):
        return sighting.attributes.get(field.removeprefix("attributes."), "")
    texts = {"title": sighting.title, "description": sighting.description, "brand": sighting.brand}
    return texts.get(field) or ""
