"""Listings made of a title, for measures that have no page."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.listings import Sighting
from domain.pages import PageKind

PLATFORM = "shop.example"


def listing_titled(title: str, number: int, day: date) -> Sighting:
    """Make the sighting of a listing that shows nothing but a title."""
    url = f"https://{PLATFORM}/{number}"
    return Sighting(
        platform=PLATFORM,
        listing_key=str(number),
        url=url,
        requested_url=url,
        kind=PageKind.LISTING,
        fetched_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
        title=title,
    )
