"""Features: whether seller and producer are among the authorised users of an indication."""

from __future__ import annotations

from domain.common import Words
from matchers.indications.law import MARK_RULES_4, MEASURES, cite
from matchers.names.folding import fold
from matchers.pair import Outcome, Pair, indication_of
from matchers.parts import Means
from matchers.permission import is_authorised

_PRODUCER = (
    *("生产商", "生产企业", "生产厂家", "厂名", "厂家", "制造商", "生产者"),
    *("manufacturer", "producer"),
)
_PARTIAL = 0.2
"""Of a list that may lack users."""
_LEAST = 6
"""Symbols of a company's name: shorter ones are found in other names."""


def seller_not_listed(pair: Pair) -> Outcome | None:
    """Neither the seller nor the stated producer is among the listed users of the indication.

    卖家和标示的生产者均不在地理标志用标企业名单内。

    A list that is not known to be whole is a reason to ask, and no finding against the seller.
    """
    right = indication_of(pair.right)
    if right is None or not pair.authorisations or _listed_producer(pair):
        return None
    if is_authorised(pair) or _names_neighbour_only(pair):
        return None
    count = len(pair.authorisations)
    zh = f"卖家不在“{right.name}”用标企业名单内（登记{count}条）"
    en = f"The seller is not among the {count} listed users of “{right.name}”"
    if not right.users_complete:
        words = Words(
            zh=f"{zh}；名单未注明是否完整，请向权利人核实",
            en=f"{en}; the list is not marked as complete: ask the holder",
        )
        return Outcome(score=_PARTIAL, words=words)
    return Outcome(score=1.0, words=cite(pair, Words(zh=zh, en=en), MEASURES))


def producer_listed(pair: Pair) -> Outcome | None:
    """The stated producer is a listed user: the goods may be genuine, and be resold lawfully.

    标示的生产者在用标企业名单内，可能系正品转售。
    """
    listed = _listed_producer(pair)
    if listed is None:
        return None
    words = Words(
        zh=f"标示的生产者“{listed}”在“{pair.right.name}”用标企业名单内，请核对进货凭证",
        en=f"The stated producer “{listed}” is a listed user of “{pair.right.name}”; "
        "check the purchase documents",
    )
    return Outcome(score=1.0, words=cite(pair, words, MARK_RULES_4))


def _names_neighbour_only(pair: Pair) -> bool:
    """Tell whether the indication itself is not named: sellers of a neighbour need no listing."""
    return not pair.names and pair.parts is not None and pair.parts.means is Means.NEIGHBOUR


def _listed_producer(pair: Pair) -> str | None:
    """Return the producer that an attribute states when it is a listed user today."""
    if indication_of(pair.right) is None:
        return None
    listed = [
        fold(one.party).symbols
        for one in pair.authorisations
        if one.party
        and (one.valid_from is None or one.valid_from <= pair.today)
        and (one.valid_to is None or pair.today <= one.valid_to)
    ]
    for name, value in pair.sighting.attributes.items():
        if name.casefold().startswith(_PRODUCER):
            stated = fold(value[:200]).symbols
            if any(len(party) >= _LEAST and party in stated for party in listed):
                return value[:100].strip()
    return None
