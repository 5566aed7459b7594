"""All that a crawl asks of a page, read from one parse."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.generic import read_generic
from crawler.reading.links import PageLinks, links_of
from crawler.reading.no_results import finds_nothing
from crawler.reading.opened import OpenedPage
from crawler.reading.removed import says_removed
from crawler.reading.rendering import is_bare, is_shell, may_say_more
from domain.listings import Sighting
from domain.pages import Page, PageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What one page said, where it leads, and what a crawl must know of it to go on."""

    sighting: Sighting
    links: PageLinks
    needs_rendering: bool
    """The page is a shell that says nothing before its scripts run."""
    may_say_more: bool
    """The page says something, and its scripts may bring the offer or listings it lacks."""
    is_bare: bool
    """The page says next to nothing, whether a browser would help or not."""
    says_nothing: bool
    """The page says in words that it found nothing, and leads to no listing."""
    says_removed: bool
    """The page shows nothing on sale, and says in words that it is there no more."""


def read_whole(
    page: Page, *, platform: str | None = None, sighting: Sighting | None = None
) -> PageReading:
    """Read a page as `read_page`, `find_links`, `needs_rendering` and `says_nothing` do, at the
    cost of little more than the first.

    `sighting` is what a platform's own file read of the page: then only the rest is read here.
    Raises: RefusedInput when `page.url` is no http(s) URL.
    """
    opened = OpenedPage(page)
    if sighting is None:
        sighting = read_generic(opened, platform=platform)
    links = links_of(opened)
    return PageReading(
        sighting=sighting,
        links=links,
        needs_rendering=is_shell(opened, sighting),
        may_say_more=may_say_more(opened, sighting, links),
        is_bare=is_bare(opened, sighting),
        says_nothing=sighting.kind is not PageKind.LISTING
        and not links.listings
        and finds_nothing(opened.document),
        says_removed=says_removed(opened.document, sighting),
    )
