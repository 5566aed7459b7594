"""The truth about the example: what is imitated, who belongs together, where the trails lead.

truth.json holds it for readers of other programs; `python -m examples.marketplace --write-truth`
writes it anew from the tables in data/ after one of them has changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import HopKind
from examples.marketplace.catalogue import DATA, HERE, ShopListing, World, read_table
from examples.marketplace.shops import BLOCKED_KEY, SHOPS

FILE = HERE / "truth.json"
SHOP_NAMES: Mapping[str, str] = {name: name for name in SHOPS}
"""Stands for the platforms where no shop is running: each is called by its letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueTrail:
    """The way from an imitated listing to its source, as far as the records lead."""

    listing: ListingRef
    hops: tuple[tuple[HopKind, str], ...]
    """Kind and key of each hop, the keys as domain.tracing.Hop writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a run over all three shops must find, on the platforms it was built for."""

    listings: Mapping[ListingRef, ShopListing]
    networks: frozenset[frozenset[SellerRef]]
    trails: tuple[TrueTrail, ...]
    """For imitated listings whose sellers the records know; of the others nothing is claimed."""
    hidden: frozenset[ListingRef]
    """Listings that a crawler must not gather: forbidden by robots.txt, or behind a slider."""

    def of_kind(self, kind: str) -> frozenset[ListingRef]:
        """Return the listings that are imitated, genuine, authorised or unrelated."""
        return frozenset(ref for ref, listing in self.listings.items() if listing.kind == kind)


def build_truth(world: World, platforms: Mapping[str, str]) -> Truth:
    """State the truth with the platforms' names of a running marketplace (shop ▶ host:port)."""
    members: defaultdict[str, set[SellerRef]] = defaultdict(set)
    for seller in world.sellers:
        if seller.network:
            platform = platforms[seller.shop]
            members[seller.network].add(SellerRef(platform=platform, seller_key=seller.seller_key))
    return Truth(
        listings={_ref(listing, platforms): listing for listing in world.listings},
        networks=frozenset(frozenset(network) for network in members.values()),
        trails=_trails(world, platforms),
        hidden=frozenset(
            ListingRef(platform=platforms[shop], listing_key=key) for shop, _, key in _hidden()
        ),
    )


def truth_text(world: World) -> str:
    """Write truth.json: the same, with the shops called by their letters."""
    truth = build_truth(world, SHOP_NAMES)
    value = {
        "listings": [_listing_json(listing) for listing in world.listings],
        "hidden": [
            {"shop": shop, "listing_key": key, "path": path} for shop, path, key in _hidden()
        ],
        "networks": sorted(
            sorted([seller.platform, seller.seller_key] for seller in network)
            for network in truth.networks
        ),
        "trails": [
            {
                "listing": [trail.listing.platform, trail.listing.listing_key],
                "hops": [{"kind": kind.value, "key": key} for kind, key in trail.hops],
            }
            for trail in truth.trails
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _trails(world: World, platforms: Mapping[str, str]) -> tuple[TrueTrail, ...]:
    records = {
        (row["shop"], row["seller_key"]): [
            (kind, row[kind.value])
            for kind in (
                HopKind.COMPANY,
                HopKind.SHIPMENT,
                HopKind.WAREHOUSE,
                HopKind.SUPPLIER,
            )
            if row[kind.value]
        ]
        for row in read_table(DATA / "trails.csv")
    }
    trails = []
    for listing in world.listings:
        known = records.get((listing.shop, listing.seller.seller_key))
        if listing.kind == "imitated" and known:
            ref = _ref(listing, platforms)
            seller = f"{ref.platform}/{listing.seller.seller_key}"
            hops = ((HopKind.LISTING, str(ref)), (HopKind.SELLER, seller), *known)
            trails.append(TrueTrail(listing=ref, hops=hops))
    return tuple(trails)


def _ref(listing: ShopListing, platforms: Mapping[str, str]) -> ListingRef:
    return ListingRef(platform=platforms[listing.shop], listing_key=listing.listing_key)


def _hidden() -> tuple[tuple[str, str, str], ...]:
    """Shop, path and key of each listing that must not be gathered."""
    traps = ((name, shop.trap, shop.trap_key) for name, shop in SHOPS.items())
    return (*traps, ("a", SHOPS["a"].listing_path(BLOCKED_KEY, ""), BLOCKED_KEY))


def _listing_json(listing: ShopListing) -> dict[str, str]:
    told = {
        "shop": listing.shop,
        "listing_key": listing.listing_key,
        "path": listing.path,
        "seller_key": listing.seller.seller_key,
        "kind": listing.kind,
        "right_id": listing.right_id,
        "how": listing.how,
        "where": listing.where,
        "surface": listing.surface,
    }
    return {name: value for name, value in told.items() if value}
