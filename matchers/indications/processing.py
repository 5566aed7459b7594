"""Feature: goods made from, or tasting of, the product of the indication."""

from __future__ import annotations

import re

from domain.common import Words
from domain.matches import TextPlace
from domain.rights import GeographicalIndication
from matchers.indications.cutting import cuts_of
from matchers.indications.law import MARK_LAW_59, cite
from matchers.indications.products import accepted, families_of
from matchers.pair import Outcome, Pair, indication_of

_AFTER = re.compile(
    r"口味|香型|风味|味|香精|精油|原汁|果汁|汁|饮料|果酱|酱|罐头|果脯|蜜饯|果干|干|脆片|片|粉|糖|软糖|糕|酥|饼"
    r"|月饼|派|果冻|冰淇淋|雪糕|酒|醋|油|膏|茶|苗|树苗|种子|种苗|种球|饲料|包装|礼品袋|袋子"
)
_BEFORE = re.compile(
    r"(?:红烧|酱香|酱|卤|腌制|腌|泡|糖水|蜜汁|速溶|冻干|烘焙|烤|熟制|油炸|香辣|麻辣)[^,，。;；]{0,2}$"
)


def is_made_into_more(text: str, end: int) -> bool:
    """Tell whether a product that ends here in a text is what other goods are made from."""
    return _AFTER.match(text, end) is not None


def processed_goods(pair: Pair) -> Outcome | None:
    """The name tells what the goods are made from or taste of; they are of another sort.

    名称系说明原料或口味，商品为加工品，与地理标志产品并非同一种。
    """
    right = indication_of(pair.right)
    if right is None:
        return None
    for place in _products(pair):
        text = pair.sighting.title or ""
        after, before = _AFTER.match(text, place.end), _BEFORE.search(text[: place.start])
        found = after or before
        if found is None or _is_the_product(found[0], right):
            continue
        made = text[place.start : after.end()] if after else text[before.start() : place.end]  # type: ignore[union-attr]
        words = Words(
            zh=f"商品似为加工品“{made}”，名称可能仅说明原料或口味",
            en=f"The goods seem to be “{made}”, made from the product or tasting of it",
        )
        return Outcome(score=0.8, words=cite(pair, words, MARK_LAW_59), where=place)
    return None


def _is_the_product(word: str, right: GeographicalIndication) -> bool:
    """Tell whether a word says what the product itself is: 茶 behind 西湖龙井, 酱 before 酱鸭."""
    products = (right.product or "", *(cut.product for cut in cuts_of(right)))
    return any(
        word in product or not accepted(families_of(product)).keys().isdisjoint(families_of(word))
        for product in products
    )


def _products(pair: Pair) -> list[TextPlace]:
    """Return where the title says the product: the end of a whole name, or a part."""
    places = [name.place for name in pair.titled]
    if pair.parts is not None and pair.parts.product.field == "title":
        places.append(pair.parts.product)
    return places
