"""Whether pages of one kind must be rendered in a browser, as learnt of a platform."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ENOUGH = 8
"""Pages of one kind after which their need for a browser is known."""
RARE = 0.05
"""Share of pages up to which the other way does not count."""
RETEST_EVERY = 20
"""Of pages whose need is known, each of this number is judged afresh: platforms are rebuilt."""
MEMORY = 400
"""Pages that weigh on a need; beyond, what was learnt earlier is halved."""


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
    """What came of the pages of one kind."""

    platform: str
    role: str
    """What the pages were fetched for: start, index, listing, seller."""
    static: int = 0
    """Pages that said enough without a browser."""
    gained: int = 0
    """Pages that said more once rendered."""
    in_vain: int = 0
    """Pages that were rendered and still said nothing."""

    @property
    def advice(self) -> RenderingAdvice:
        """What the pages so far advise; see ENOUGH and RARE."""
        rendered = self.gained + self.in_vain
        if self.gained >= ENOUGH and self.static + self.in_vain <= RARE * (self.static + rendered):
            return RenderingAdvice.AT_ONCE
        if self.in_vain >= ENOUGH and self.gained <= RARE * rendered:
            return RenderingAdvice.NEVER
        return RenderingAdvice.AS_NEEDED
