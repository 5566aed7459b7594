"""Hot spots: where the sellers of flagged listings are known to be."""

from __future__ import annotations

from collections.abc import Iterator

from casework.access import require
from casework.context import Context
from domain.flags import CLEARED, Verdict
from domain.listings import ListingRef
from domain.tracing import HopKind
from domain.users import Role, User
from storage import Unit, flags, matters, sellers
from storage import records as stored_records
from storage import tracing as stored
from storage.flags import FlagQuery, FlagRow
from tracing.hot_spots import HotSpot, Sited, find_hot_spots
from tracing.jurisdiction import KnownPlace, PlaceRole

MOST_FLAGS = 20_000
"""The strongest are looked at."""


def list_hot_spots(context: Context, user: User) -> tuple[HotSpot, ...]:
    """Return the places that two or more sellers of flagged listings share.

    Raises: NotAllowed for a rights holder: places are read from records too.
    """
    require(user, Role.INVESTIGATOR, Role.OPERATOR)
    return find_all(context)


def find_all(context: Context) -> tuple[HotSpot, ...]:
    """Return the same for the command line, whose user has the database itself."""
    with context.database.read() as unit:
        return find_hot_spots(_sited(unit))


def _sited(unit: Unit) -> Iterator[Sited]:
    rows: dict[ListingRef, FlagRow] = {}
    for row in flags.list_flags(unit, FlagQuery(), offset=0, limit=MOST_FLAGS):
        entered = rows.get(row.flag.listing)
        if row.verdict not in CLEARED and (entered is None or row.verdict is Verdict.INFRINGING):
            rows[row.flag.listing] = row
    sources = _places_of_sources(unit, rows)
    cases = matters.cases_of_listings(unit)
    # A listing's page names its shop; the addresses stand on the shop's own pages.
    wanted = {row.sighting.seller.ref for row in rows.values() if row.sighting.seller}
    known = {one.ref: one for one in sellers.all_sellers(unit) if one.ref in wanted}
    for ref, row in rows.items():
        seller = known.get(row.sighting.seller.ref) if row.sighting.seller else None
        if seller is None:
            continue
        offer = row.sighting.offer
        said = (
            (PlaceRole.SHOP, seller.address),
            (PlaceRole.RETURN, seller.return_address),
            (PlaceRole.SHIPS_FROM, offer.ships_from if offer else None),
        )
        named_by = str(seller.ref)
        places = [
            KnownPlace(role=role, text=text, named_by=named_by) for role, text in said if text
        ]
        for place in (*places, *sources.get(ref, ())):
            yield Sited(
                seller=seller.ref,
                listing=ref,
                upheld=row.verdict is Verdict.INFRINGING,
                place=place,
                cases=cases.get(ref, frozenset()),
            )


def _places_of_sources(
    unit: Unit, wanted: dict[ListingRef, FlagRow]
) -> dict[ListingRef, list[KnownPlace]]:
    """Return warehouses and dispatch points by the listings whose trails lead there."""
    known: dict[str, KnownPlace | None] = {}
    found: dict[ListingRef, list[KnownPlace]] = {}
    for trail in stored.all_trails(unit):
        if trail.listing not in wanted:
            continue
        for hop in trail.hops:
            if hop.kind in (HopKind.SHIPMENT, HopKind.WAREHOUSE):
                if hop.key not in known:
                    known[hop.key] = _place(unit, hop.kind, hop.key)
                place = known[hop.key]
                if place is not None:
                    found.setdefault(trail.listing, []).append(place)
    return found


def _place(unit: Unit, kind: HopKind, key: str) -> KnownPlace | None:
    source, _, rest = key.partition("/")
    record = stored_records.find_record(unit, source, rest)
    if record is None:
        return None
    if kind is HopKind.WAREHOUSE:
        role, text = PlaceRole.WAREHOUSE, record.address
    else:
        role, text = PlaceRole.SENDER, record.sender.address if record.sender else None
    return KnownPlace(role=role, text=text, named_by=key) if text else None
