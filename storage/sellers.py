"""Sellers, as their pages last described them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Column, Table, bindparam, select

from domain.common import digest_of
from domain.sellers import Seller, SellerRef
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    metadata,
    nouns_saying,
    save,
    to_json,
)

sellers = Table(
    "sellers",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Host of the shop, or platform name"),
    Column("seller_key", PlainText, primary_key=True, comment="The platform's id of the account"),
    Column("name", PlainText, comment="Shop name, for looking up"),
    Column("first_seen_at", UtcDateTime, nullable=False, comment="First page that named it"),
    Column(
        "changed_at", UtcDateTime, nullable=False, comment="Latest page that told something new"
    ),
    Column("content_digest", PlainText, nullable=False, comment="SHA-256 over the merged Seller"),
    Column("content", Json, nullable=False, comment="The whole Seller, merged over its pages"),
    comment="Accounts that offer things",
)

_FINDING = select(sellers.c.content).where(
    sellers.c.platform == bindparam("platform"), sellers.c.seller_key == bindparam("key")
)


def find_seller(unit: Unit, ref: SellerRef) -> Seller | None:
    """Return one seller, or None when no page named it."""
    content = unit.execute(_FINDING, {"platform": ref.platform, "key": ref.seller_key}).scalar()
    return None if content is None else from_json(Seller, content)


def save_seller(unit: Unit, seller: Seller, seen_at: datetime) -> None:
    """Write a seller; the time it was first seen is kept."""
    first = unit.execute(
        select(sellers.c.first_seen_at).where(
            sellers.c.platform == seller.platform, sellers.c.seller_key == seller.seller_key
        )
    ).scalar()
    values = {
        "platform": seller.platform,
        "seller_key": seller.seller_key,
        "name": seller.name,
        "first_seen_at": first or seen_at,
        "changed_at": seen_at,
        "content_digest": digest_of((repr(seller),)),
        "content": to_json(seller),
    }
    save(unit, sellers, values, replace=True)


def platforms_of_sellers(unit: Unit) -> tuple[str, ...]:
    """Return every platform that a seller is of, by name."""
    query = select(sellers.c.platform).distinct().order_by(sellers.c.platform)
    return tuple(unit.execute(query).scalars())


def sellers_saying(unit: Unit, words: str) -> tuple[Seller, ...]:
    """Return the sellers, a thousand at most, whose stored form holds words (`nouns_saying`)."""
    return nouns_saying(unit, Seller, sellers.c.content, words)


def all_sellers(unit: Unit) -> Iterator[Seller]:
    """Go through every seller in the order of platform and key."""
    rows = unit.execute(
        select(sellers.c.content)
        .order_by(sellers.c.platform, sellers.c.seller_key)
        .execution_options(yield_per=500)
    ).scalars()
    for content in rows:
        yield from_json(Seller, content)
