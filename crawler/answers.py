"""An answer of the wire as a Page."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from domain.common import digest
from domain.pages import Page


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
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def rendered_of(response: Response) -> bytes:
    """Return the DOM that a browser handed over, as UTF-8."""
    if isinstance(response, TextResponse):
        return response.text.encode("utf-8", "replace")
    return response.body
