"""Reading the cards of a list one by one: a broken one is refused, the others are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import with_origins
from domain.common import PageChanged, Refusal
from domain.listings import Sighting
from domain.pages import Page

_Card = TypeVar("_Card")


def list_page(
    page: Page,
    cards: Iterable[_Card],
    read: Callable[[Page, _Card], Sighting | None],
    *,
    next: Ask | None = None,
    origin: str | None = None,
    is_whole: bool | None = None,
) -> ListPage:
    """Read the cards of a list; `read` returns None for one that is no listing.

    `origin`: where the fields of all of them stand, for readers that do not say it.

    Raises: PageChanged, that of the first broken card, when half of the cards or more are broken:
    then the list has changed, not a card of it.
    """
    sightings: list[Sighting] = []
    broken: list[tuple[int, PageChanged]] = []
    for card in cards:
        try:
            sighting = read(page, card)
        except PageChanged as changed:
            broken.append((len(sightings) + len(broken) + 1, changed))
            continue
        if sighting is not None:
            sightings.append(with_origins(sighting, origin) if origin else sighting)
    if broken and len(broken) >= len(sightings):
        raise broken[0][1]
    return ListPage(
        sightings=tuple(sightings),
        refusals=tuple(_refusal(page, place, changed) for place, changed in broken),
        next=next,
        is_whole=is_whole,
    )


def _refusal(page: Page, place: int, changed: PageChanged) -> Refusal:
    return Refusal(
        file=page.url,
        line=place,
        field=changed.where.removeprefix(f"{page.url}: "),
        reason=f"expected {changed.expected}, got {changed.got}",
    )
