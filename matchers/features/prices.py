"""Features: what is asked for the goods, against what the holder asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.common import Words
from domain.listings import Sighting
from domain.money import Money
from domain.rights import PriceBand, RightKind
from matchers.features.packs import BandUnit, least_quantity, read_unit
from matchers.goods.features import of_other_goods
from matchers.pair import Outcome, Pair

_FAR_BELOW = 0.5
"""Share of the holder's lowest price under which no regular trader sells."""
_NOT_THE_GOODS = re.compile(
    r"定金|订金|预付款|补差|差价|补拍|邮费|运费|小样|试用装|试吃|体验装|(?<![真航太])空酒?[瓶盒箱罐]|礼品袋|包装盒"
    r"|手提袋单|赠品|提货券|配件|专拍|\b(?:deposit|sample|empty (?:box|bottle)|swatch)\b",
    re.IGNORECASE,
)
"""What is sold is not the thing itself, so its price is no price of the thing."""
_SIZES = ("净含量", "规格", "净重", "重量", "容量", "包装规格", "数量", "net weight", "size")
"""Attributes that tell how much is in a pack, where the title does not."""
_LIMITED = (RightKind.GI, RightKind.TIME_HONOURED_BRAND)
_BEYOND = 50_000
_FILLERS = re.compile(r"9{4,}|10{5,}")
"""What shops write where they do not count: 99999, 100000."""


def price_far_below(pair: Pair) -> Outcome | None:
    """The price is less than half the holder's lowest, each for the same unit.

    按同一计价单位折算，价格不到权利人最低价的一半。
    """
    asked = _asked(pair)
    if asked is None or asked.band.low is None:
        return None
    low = asked.band.low
    if low.amount_minor <= 0 or (share := asked.each.amount_minor / low.amount_minor) >= _FAR_BELOW:
        return None
    percent = max(1, round(share * 100))
    only, amounts = ("仅为", "is") if share >= 0.01 else ("不足", "is less than")
    price = asked.words()
    return Outcome(
        score=round(1 - share, 4),
        words=Words(
            zh=f"{price.zh}，{only}权利人最低价{low.zh}的{percent}%",
            en=f"{price.en} {amounts} {percent}% of the holder's lowest, {low}",
        ),
    )


def price_in_band(pair: Pair) -> Outcome | None:
    """The price is one that the holder asks for the same unit: the goods may be genuine.

    按同一计价单位折算，价格在权利人的价格区间之内，可能系正品。
    """
    asked = _asked(pair)
    if asked is None or asked.band.low is None or asked.band.high is None:
        return None
    low, high = asked.band.low, asked.band.high
    if not low.amount_minor <= asked.each.amount_minor <= high.amount_minor:
        return None
    price = asked.words()
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"{price.zh}，在权利人的价格区间（{low.zh}至{high.zh}）之内",
            en=f"{price.en} is within the holder's own prices, {low} to {high}",
        ),
    )


def stock_beyond_supply(pair: Pair) -> Outcome | None:
    """More is in stock than a maker of limited goods has.

    库存数量与限量、产区产品的供应能力明显不符。
    """
    offer = pair.sighting.offer
    if pair.right.kind not in _LIMITED or offer is None or offer.quantity is None:
        return None
    if offer.quantity < _BEYOND or _FILLERS.fullmatch(str(offer.quantity)):
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"页面显示库存{offer.quantity}件，需核实货源",
            en=f"The page shows {offer.quantity} in stock; ask where they come from",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked for one unit of the holder's band."""

    band: PriceBand
    price: Money
    each: Money

    def words(self) -> Words:
        """Say the price, and what it comes to for one unit where that is another amount."""
        zh, en, unit = f"售价{self.price.zh}", f"The price {self.price}", self.band.unit
        if self.each == self.price:
            return Words(zh=zh, en=en)
        return Words(
            zh=f"{zh}，折合每{unit}{self.each.zh}", en=f"{en}, which is {self.each} per {unit},"
        )


# Two features ask, one after the other.
@lru_cache(maxsize=4)
def _asked(pair: Pair) -> _Asked | None:
    """Return what is asked for one unit of the band.

    None where the two cannot be compared: another currency, a pack of unknown size, or goods that
    the band is not for (shampoo under a mark for liquor).
    """
    band, offer = pair.right.price_band, pair.sighting.offer
    if band is None or offer is None or offer.price is None or offer.price.amount_minor <= 0:
        return None
    price, edge = offer.price, band.low or band.high
    if edge is None or price.currency != edge.currency:
        return None
    if _NOT_THE_GOODS.search(pair.sighting.title or "") or of_other_goods(pair):
        return None
    quantity = _quantity(pair.sighting, band)
    if quantity is None:
        return None
    each = Money(amount_minor=round(price.amount_minor / quantity), currency=price.currency)
    return _Asked(band=band, price=price, each=each)


def _quantity(sighting: Sighting, band: PriceBand) -> float | None:
    """Return how many units of the band the listing offers at least; None where it is not told."""
    if band.unit is None:
        return 1.0
    unit = read_unit(band.unit)
    if unit is None:
        return None
    told = least_quantity(sighting.title or "", unit)
    if told is None or (unit.sort == "count" and told == 1):
        told = _in_attributes(sighting, unit) or told
    return told


def _in_attributes(sighting: Sighting, unit: BandUnit) -> float | None:
    for name, value in sighting.attributes.items():
        if name.strip().casefold().startswith(_SIZES):
            told = least_quantity(value[:200], unit)
            if told is not None:
                return told
    return None
