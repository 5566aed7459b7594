"""Whether a page must be rendered in a browser before it says anything."""

from __future__ import annotations

import re

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


def needs_rendering(page: Page, sighting: Sighting) -> bool:
    """Tell whether a page is a JavaScript shell: scripts, little text, no offer of its own.

    A page that was rendered, was refused, or shows an offer or a seller is taken as it is.
    """
    return is_shell(OpenedPage(page), sighting)


def is_shell(opened: OpenedPage, sighting: Sighting) -> bool:
    """Tell the same of an opened page."""
    if opened.page.rendered is not None or sighting.kind in (
        PageKind.BLOCKED,
        PageKind.LOGIN,
        PageKind.ERROR,
    ):
        return False
    if sighting.seller is not None or (sighting.offer and sighting.offer.price):
        return False
    document = opened.document
    if not any("json" not in (s.get("type") or "") for s in document.root.iter("script")):
        return False
    if len(document.text) > _SHELL_TEXT:
        return False
    source = document.source[:500_000]
    return bool(_ROOTS.search(source) or _NEEDS_SCRIPT.search(source) or len(document.text) < 40)
