"""Features: what people found about this seller before."""

from __future__ import annotations

from domain.common import Words
from matchers.pair import Outcome, Pair

_FIRST, _EACH_MORE = 0.5, 0.25
"""Scores of one upheld listing and of each further one."""


def seller_upheld_before(pair: Pair) -> Outcome | None:
    """Other listings of this seller were judged infringing before.

    该卖家的其他商品此前已被认定侵权。
    """
    upheld = pair.upheld_before
    if upheld <= 0:
        return None
    return Outcome(
        score=min(1.0, _FIRST + _EACH_MORE * (upheld - 1)),
        words=Words(
            zh=f"该卖家另有{upheld}件商品此前被认定侵权",
            en=f"{upheld} other listing{'s' if upheld > 1 else ''} of this seller "
            f"{'were' if upheld > 1 else 'was'} judged infringing before",
        ),
    )
