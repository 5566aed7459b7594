"""The history of networks: how each was formed, grew, merged and split."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.sellers import SellerRef


class NetworkChangeKind(StrEnum):
    """What happened to a network."""

    FORMED = "formed"
    JOINED = "joined"
    """One seller came to it."""
    LEFT = "left"
    """Sellers are in no network any more."""
    MERGED = "merged"
    """Another network went up in it."""
    SPLIT = "split"
    """Some of its sellers are a network of their own now, or in another."""
    DISSOLVED = "dissolved"
    """It is no more: merged into another, or nothing holds its sellers together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChange:
    """One thing that happened to one network; written once and never rewritten."""

    network_id: str
    at: datetime
    kind: NetworkChangeKind
    sellers: tuple[SellerRef, ...]
    """Whom it concerns, sorted."""
    other: str | None = None
    """The network that went up in this one, that its sellers went to, or came from."""
    lead_id: str | None = None
    """The strongest lead between who joined and those who were there."""
