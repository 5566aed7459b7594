"""Whether pages of one kind must be rendered in a browser, as learnt of a platform (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

ENOUGH = 8
"""Pages of one kind after which their need for a browser is known."""
RARE = 0.05
"""Share of pages up to which the other way does not count."""
RETEST_EVERY = 20
"""Of pages whose need is known, each of this number is judged afresh: platforms are rebuilt."""
MEMORY = 100
"""Pages that weigh on a need; beyond, what was learnt is halved, so that a rebuilt platform is
known for what it is after some 120 pages."""


class RenderingAdvice(StrEnum):
    """How to read the next page of a kind."""

    AS_NEEDED = "as_needed"
    """Without a browser first, then with one where the page is a shell."""
    AT_ONCE = "at_once"
    """With a browser: pages of this kind say nothing without."""
    NEVER = "never"
    """Without: a browser showed no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingNeed:
    """What came of the pages of one kind: first without a browser, then with one."""

    platform: str
    role: str
    """What the pages were fetched for: start, index, listing, seller."""
    static: int = 0
    """Pages that said enough without a browser."""
    shells: int = 0
    """Pages that said nothing without."""
    gained: int = 0
    """Pages that said something once rendered."""
    in_vain: int = 0
    """Pages that were rendered and still said nothing."""

    @property
    def advice(self) -> RenderingAdvice:
        """What the pages so far advise; see ENOUGH and RARE."""
        all_shells = self.shells >= ENOUGH and _is_rare(self.static, self.shells)
        if all_shells and self.gained >= ENOUGH and _is_rare(self.in_vain, self.gained):
            return RenderingAdvice.AT_ONCE
        if self.in_vain >= ENOUGH and _is_rare(self.gained, self.in_vain):
            return RenderingAdvice.NEVER
        return RenderingAdvice.AS_NEEDED

    def learn(self, seen: RenderingNeed) -> RenderingNeed:
        """Return this with what a run saw; old knowledge fades (MEMORY)."""
        static, shells = _fade(self.static + seen.static, self.shells + seen.shells)
        gained, in_vain = _fade(self.gained + seen.gained, self.in_vain + seen.in_vain)
        return replace(self, static=static, shells=shells, gained=gained, in_vain=in_vain)


def _is_rare(one: int, other: int) -> bool:
    return one <= RARE * (one + other)


def _fade(one: int, other: int) -> tuple[int, int]:
    while one + other > MEMORY:
        one, other = one // 2, other // 2
    return one, other
