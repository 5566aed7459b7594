"""When the need of pages for a browser is known, and how it is unlearnt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rendering import MEMORY, RenderingAdvice, RenderingNeed

AS_NEEDED, AT_ONCE, NEVER = RenderingAdvice


def need(static: int = 0, shells: int = 0, gained: int = 0, in_vain: int = 0) -> RenderingNeed:
    return RenderingNeed(
        platform="shop.example",
        role="listing",
        static=static,
        shells=shells,
        gained=gained,
        in_vain=in_vain,
    )


@pytest.mark.parametrize(
    ("seen", "advice", "why"),
    [
        (need(), AS_NEEDED, "nothing is known"),
        (need(0, 7, 7, 0), AS_NEEDED, "too few"),
        (need(0, 8, 8, 0), AT_ONCE, "all are shells, and all gained"),
        (need(2, 18, 18, 0), AS_NEEDED, "a tenth needs no browser"),
        (need(1, 19, 19, 0), AT_ONCE, "one in twenty does not count"),
        (need(0, 20, 0, 0), AS_NEEDED, "shells, but none was rendered: no browser here"),
        (need(0, 20, 16, 4), AS_NEEDED, "rendering fails too often to do without the bytes"),
        (need(60, 7, 0, 7), AS_NEEDED, "too few were rendered"),
        (need(60, 8, 0, 8), NEVER, "the browser never helped"),
        (need(0, 12, 2, 10), AS_NEEDED, "now and then it did"),
        (need(60, 40, 40, 0), AS_NEEDED, "a shop of both sorts"),
    ],
)
def test_advice(seen: RenderingNeed, advice: RenderingAdvice, why: str) -> None:
    assert seen.advice is advice, why


def test_a_rebuilt_platform_is_known_again_after_a_while() -> None:
    known = need(0, 100, 100, 0)
    retests = 0
    while known.advice is AT_ONCE:
        # Of pages that go to the browser at once only those judged afresh can tell.
        known = known.learn(need(static=1, gained=19))
        retests += 1
    assert retests <= 6
    known = need(100, 0, 0, 50)
    shells = 0
    while known.advice is not AT_ONCE:
        known = known.learn(need(shells=1, gained=1))
        shells += 1
    assert shells <= 500


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 4), max_size=5))
def test_what_is_known_stays_small(runs: list[tuple[int, int, int, int]]) -> None:
    known = need()
    for counts in runs:
        known = known.learn(need(*counts))
    assert known.static + known.shells <= MEMORY
    assert known.gained + known.in_vain <= MEMORY
