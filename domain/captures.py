"""Captures: what a listing's page looked like to a buyer, taken in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.common import RunId, Sha256
from domain.listings import ListingRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What a browser took of one page, before it is kept."""

    url: str
    """Of the page as the browser showed it."""
    taken_at: datetime
    png: bytes
    """The page from its top, as taken: nothing is drawn into it."""
    mhtml: bytes | None
    """The page with what it is made of (RFC 2557); None when it was larger than a browser may
    hand over."""
    preview: bytes
    """JPEG of what a buyer sees first, for lists; no evidence."""
    width: int
    """Of the PNG, pixels."""
    height: int
    page_height: int
    """Of the whole page; more than `height` when the page was cut."""
    browser: str
    """Name and version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Screenshot and MHTML of a listing's page, from one visit."""

    capture_id: str
    platform: str
    listing_key: str
    content_digest: Sha256
    """Of what the listing said at that visit."""
    url: str
    captured_at: datetime
    run_id: RunId
    screenshot: Sha256
    mhtml: Sha256 | None
    """None when it was too large."""
    preview: Sha256
    width: int
    height: int
    page_height: int

    @property
    def ref(self) -> ListingRef:
        return ListingRef(platform=self.platform, listing_key=self.listing_key)

    @property
    def is_cut(self) -> bool:
        """Whether the page goes on below the screenshot."""
        return self.page_height > self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureWish:
    """A person's wish for a capture; the next `suyuan work` takes it up."""

    platform: str
    listing_key: str
    asked_at: datetime
    asked_by: str
    """User name."""
    taken_up_at: datetime | None = None
    """When a run set out for it; it is tried once."""
