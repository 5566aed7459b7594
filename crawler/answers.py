"""An answer of the wire as a Page, and what it says of the shop."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from domain.common import digest
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.runs import OutcomeKind


def page_of(response: Response, fetched_at: datetime) -> Page:
    """Return an answer as a Page."""
    request = response.request
    redirects = request.meta.get("redirect_urls") if request is not None else None
    asked = request.url if request is not None else response.url
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return Page(
        requested_url=redirects[0] if redirects else asked,
        url=response.url,
        status=response.status,
        fetched_at=fetched_at,
        media_type=content_type.partition(";")[0].strip().lower()[:100],
        charset=http_content_type_encoding(content_type),
        body=response.body,
        sha256=digest(response.body),
    )


def rendered_of(response: Response) -> bytes:
    """Return the DOM that a browser handed over, as UTF-8."""
    if isinstance(response, TextResponse):
        return response.text.encode("utf-8", "replace")
    return response.body


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
