"""Pages as they were fetched, and what kind of page each turned out to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import Sha256


class PageKind(StrEnum):
    """What a page is, told by its reader."""

    LISTING = "listing"
    SEARCH = "search"
    SELLER = "seller"
    LOGIN = "login"
    BLOCKED = "blocked"
    ERROR = "error"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched document (term of WARC, ISO 28500)."""

    requested_url: str
    url: str
    """Final URL after redirects."""
    status: int
    """HTTP status; 200 for a page read from a file."""
    fetched_at: datetime
    """With a time zone."""
    media_type: str = "text/html"
    charset: str | None = None
    """As declared by the HTTP header; None when it declared none."""
    body: bytes
    """The bytes of the wire with transfer coding and content coding undone."""
    rendered: bytes | None = None
    """The DOM after scripts ran, UTF-8, when the page was rendered in a browser."""
    sha256: Sha256
    """Of `body`."""
    etag: str | None = None
    """The header as it came (RFC 9110 8.8.3)."""
    last_modified: str | None = None
    """The header as it came (RFC 9110 8.8.2)."""
