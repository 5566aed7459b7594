"""Features: sellers who give the holder's name as their company; its own shop, or an impostor."""

from __future__ import annotations

from domain.common import Words
from matchers.features.naming import name_disguised
from matchers.features.prices import price_far_below
from matchers.features.wording import admits_imitation
from matchers.indications.origins import origin_contradicts
from matchers.indications.wording import indication_style
from matchers.pair import Outcome, Pair
from matchers.permission import authorisation_failed, bears_name_of_holder, is_holder
from matchers.places import Relation, relate

_CONTRADICTING = (
    name_disguised,
    admits_imitation,
    price_far_below,
    indication_style,
    origin_contradicts,
    authorisation_failed,
)
"""Features that no holder's own shop shows."""
_PLACE_IN_NAME = 8
"""Characters at the beginning of a Chinese company's name that hold its place of registration."""


def seller_named_as_holder(pair: Pair) -> Outcome | None:
    """The seller gives the holder's name as its company, and nothing contradicts it.

    店铺公示的公司名称与权利人一致，且无相反情形。
    """
    if not bears_name_of_holder(pair) or _contradiction(pair) is not None:
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"店铺自称权利人（{pair.right.holder}），需核对营业执照",
            en=f"The shop says it is the holder ({pair.right.holder}); check its business licence",
        ),
    )


def holder_impersonated(pair: Pair) -> Outcome | None:
    """The seller gives the holder's name as its company, but something contradicts it.

    店铺公示的公司名称与权利人一致，但有相反情形，疑为冒用。
    """
    if not bears_name_of_holder(pair) or is_holder(pair):
        return None
    contradiction = _contradiction(pair)
    if contradiction is None:
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"店铺自称权利人，但{contradiction.zh}，疑为冒用，需核对营业执照",
            en=f"The shop says it is the holder, but: {contradiction.en}. "
            "It may be an impostor; check its business licence",
        ),
    )


def _contradiction(pair: Pair) -> Words | None:
    """Say what on the page does not fit the holder's own shop."""
    seller = pair.sighting.seller
    if seller is not None and seller.uscc and pair.holder_usccs and not is_holder(pair):
        return Words(
            zh="统一社会信用代码与权利人不符", en="its social credit code is not the holder's"
        )
    if seller is not None and seller.address and pair.right.holder:
        home = pair.right.holder[:_PLACE_IN_NAME]
        if relate(seller.address, (home,)) is Relation.OUTSIDE:
            return Words(
                zh="公示地址与权利人所在地不符", en="its address is not where the holder is"
            )
    found = next(filter(None, (feature(pair) for feature in _CONTRADICTING)), None)
    return found.words if found is not None else None
