"""When the need of pages for a browser is known."""

from __future__ import annotations

import pytest

from domain.rendering import RenderingAdvice, RenderingNeed


@pytest.mark.parametrize(
    ("static", "gained", "in_vain", "advice", "why"),
    [
        (0, 0, 0, RenderingAdvice.AS_NEEDED, "nothing is known"),
        (0, 7, 0, RenderingAdvice.AS_NEEDED, "too few"),
        (0, 8, 0, RenderingAdvice.AT_ONCE, "all of them gained"),
        (2, 18, 0, RenderingAdvice.AS_NEEDED, "a tenth needs no browser"),
        (1, 19, 0, RenderingAdvice.AT_ONCE, "one in twenty does not count"),
        (300, 0, 7, RenderingAdvice.AS_NEEDED, "too few were rendered"),
        (300, 0, 8, RenderingAdvice.NEVER, "the browser never helped"),
        (0, 2, 10, RenderingAdvice.AS_NEEDED, "now and then it did"),
        (300, 90, 0, RenderingAdvice.AS_NEEDED, "a shop of both sorts"),
    ],
)
def test_advice(static: int, gained: int, in_vain: int, advice: RenderingAdvice, why: str) -> None:
    need = RenderingNeed(
        platform="shop.example", role="listing", static=static, gained=gained, in_vain=in_vain
    )
    assert need.advice is advice, why
