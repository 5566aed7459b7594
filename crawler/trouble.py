"""What a page says of the shop's willingness to answer (pure)."""

from __future__ import annotations

from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.runs import OutcomeKind


def trouble_on(page: Page, sighting: Sighting) -> OutcomeKind | None:
    """Return the trouble that a page tells of; None for a good page and for one that is gone."""
    if page.status == 429:
        return OutcomeKind.RATE_LIMITED
    if page.status >= 500:
        # A 503 is a shop at its limit, not a refusal; it was repeated before it came here.
        return OutcomeKind.SHOP_DOWN
    if sighting.kind is PageKind.BLOCKED:
        return OutcomeKind.BLOCKED
    return OutcomeKind.LOGIN_NEEDED if sighting.kind is PageKind.LOGIN else None
