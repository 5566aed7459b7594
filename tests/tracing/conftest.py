"""Nouns of tracing with only what a test cares about. All companies and people are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from domain.listings import Sighting
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller
from domain.tracing import Party, Record, RecordKind

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def _see(
    platform: str = "a.example",
    seller_key: str | None = "s1",
    *,
    listing_key: str | None = None,
    title: str | None = None,
    description: str | None = None,
    attributes: dict[str, str] | None = None,
    picture_texts: tuple[str, ...] = (),
    fetched_at: datetime = NOW,
    kind: PageKind = PageKind.LISTING,
    **seller: object,
) -> Sighting:
    return Sighting(
        platform=platform,
        listing_key=listing_key or f"l-{seller_key}",
        url="https://a.example/1",
        requested_url="https://a.example/1",
        kind=kind,
        fetched_at=fetched_at,
        title=title,
        description=description,
        attributes=attributes or {},
        pictures=tuple(Picture(url=f"{n}.jpg", text=t) for n, t in enumerate(picture_texts)),
        seller=Seller(platform=platform, seller_key=seller_key, **seller)  # type: ignore[arg-type]
        if seller_key
        else None,
    )


def _record(kind: str, key: str = "r1", **fields: object) -> Record:
    for name in ("sender", "recipient"):
        if isinstance(party := fields.get(name), dict):
            fields[name] = Party(**party)
    tenants = tuple(Party(**tenant) for tenant in fields.pop("tenants", ()))  # type: ignore[attr-defined]
    return Record(
        source="src",
        key=key,
        retrieved_at=NOW,
        kind=RecordKind(kind),
        tenants=tenants,
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def see() -> Callable[..., Sighting]:
    """Make a sighting; keywords that it has no place for go to its seller."""
    return _see


@pytest.fixture(scope="session")
def record() -> Callable[..., Record]:
    """Make a record of a kind; its parties are given as their members."""
    return _record
