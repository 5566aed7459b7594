"""Whether a page must be rendered in a browser before it says anything."""

from __future__ import annotations

import re

from crawler.reading.document import Element
from crawler.reading.links import PageLinks
from crawler.reading.opened import OpenedPage
from domain.listings import Sighting
from domain.pages import Page, PageKind

_SHELL_TEXT = 300
"""Characters of visible text below which a page with scripts is a shell."""
_ROOTS = re.compile(
    r"""<div[^>]{0,200}\bid=["']?(?:app|root|__next|__nuxt|main-app|react-root|application)\b"""
    r"""|\bng-app\b|<app-root|data-reactroot|data-v-app|\bv-cloak\b""",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|need) (?:java)?script|启用\s*javascript|开启\s*javascript"
    r"|javascript\s*(?:被禁用|未启用|is disabled)",
    re.IGNORECASE,
)

_FETCHES = re.compile(r"\bfetch\(|XMLHttpRequest|\$\.(?:get|post|ajax)|axios|customElements")


def needs_rendering(page: Page, sighting: Sighting) -> bool:
    """Tell whether a page is a JavaScript shell: scripts, little text, no offer of its own.

    A page that was rendered, was refused, or shows an offer or a seller is taken as it is.
    """
    return is_shell(OpenedPage(page), sighting)


def is_bare(opened: OpenedPage, sighting: Sighting) -> bool:
    """Tell whether a page says next to nothing: no offer, no seller, little text."""
    if sighting.seller is not None or (sighting.offer and sighting.offer.price):
        return False
    return len(opened.document.text) <= _SHELL_TEXT


def is_shell(opened: OpenedPage, sighting: Sighting) -> bool:
    """Tell the same of an opened page."""
    if opened.page.rendered is not None or sighting.kind in (
        PageKind.BLOCKED,
        PageKind.LOGIN,
        PageKind.ERROR,
    ):
        return False
    if not is_bare(opened, sighting):
        return False
    document = opened.document
    if not any("json" not in (s.get("type") or "") for s in document.root.iter("script")):
        return False
    source = document.source[:500_000]
    return bool(_ROOTS.search(source) or _NEEDS_SCRIPT.search(source) or len(document.text) < 40)


def may_say_more(opened: OpenedPage, sighting: Sighting, links: PageLinks) -> bool:
    """Tell whether scripts may bring what a page with much text lacks: an offer, listings, or the
    rest of its list.

    Most pages without listings are about no thing on sale at all, so a crawl tries a few and goes
    on only where that brought something.
    """
    if opened.page.rendered is not None or sighting.seller is not None:
        return False
    if sighting.kind is PageKind.LISTING:
        lacks = sighting.offer is None or sighting.offer.price is None
    else:
        lacks = sighting.kind in (PageKind.OTHER, PageKind.SEARCH) and (
            links.loads_more or not links.listings
        )
    return lacks and any(map(_asks_for_more, opened.document.root.iter("script")))


def _asks_for_more(script: Element) -> bool:
    kind = script.get("type") or ""
    return "json" not in kind and bool(script.get("src") or _FETCHES.search(script.text or ""))
