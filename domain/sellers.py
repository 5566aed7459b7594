"""Sellers: the accounts that offer things, and what they say of who stands behind them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SellerRef:
    """The identity of a seller account."""

    platform: str
    seller_key: str

    def __str__(self) -> str:
        return f"{self.platform}/{self.seller_key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """What a page said of a seller; a field that the page did not show is None or empty.

    Disclosure duties: E-Commerce Law art. 15 (licence shown), DSA art. 30 (trader details).
    """

    platform: str
    seller_key: str
    name: str | None = None
    url: str | None = None
    company: str | None = None
    """Name of the legal person."""
    uscc: str | None = None
    """统一社会信用代码, GB 32100-2015, 18 characters."""
    licence: str | None = None
    icp: str | None = None
    """ICP filing number of the web site (京ICP备12345678号)."""
    address: str | None = None
    return_address: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: tuple[str, ...] = ()
    qq: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """service:code of measuring and payment scripts in the pages of a shop of its own."""
    about: str | None = None
    """Free text of the seller page."""

    @property
    def ref(self) -> SellerRef:
        return SellerRef(platform=self.platform, seller_key=self.seller_key)


def merge_sellers(known: Seller, seen: Seller) -> Seller:
    """Add what a page said of a seller to what is known of it.

    What the page is silent about is kept; lists of contacts add up.
    """
    merged: dict[str, Any] = {}
    for field in fields(Seller):
        old, new = getattr(known, field.name), getattr(seen, field.name)
        if isinstance(new, tuple):
            merged[field.name] = tuple(dict.fromkeys((*old, *new)))
        else:
            merged[field.name] = old if new is None else new
    return Seller(**merged)
