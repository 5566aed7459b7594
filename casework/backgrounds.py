"""What stands behind a case or a seller: competence, turnover, returns, deadlines, other cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from casework.access import holder_scope, may_see
from casework.cases import find_own_case
from casework.context import Context
from casework.flags import find_rows
from casework.naming import node_of_hop, node_of_place
from domain.cases import Case
from domain.common import CaseId
from domain.flags import Verdict
from domain.listings import Listing, ListingRef
from domain.sellers import SellerRef
from domain.tracing import ClueKind, Hop, HopKind, Node, Trail
from domain.users import User
from storage import (
    Unit,
    cases,
    changes,
    counts,
    evidence,
    flags,
    listings,
    matters,
    purchases,
    sellers,
)
from storage import records as stored_records
from storage import tracing as stored
from storage.flags import FlagQuery, FlagRow
from tracing.jurisdiction import Jurisdiction, KnownPlace, PlaceRole, find_jurisdiction
from tracing.relisting import Notified, Relisting, find_relistings
from tracing.retention import CountedFrom, Retention, retention_from, retention_of_listings
from tracing.turnover import ListingTurnover, Shown, Turnover, add_up, turnover_of

_UPHELD = (Verdict.INFRINGING, Verdict.UNSURE)
_MOST_FLAGS = 500
FIVE_YEARS = timedelta(days=5 * 365 + 1)
"""商标法 (2019) art. 60(2): twice in five years is punished more severely."""
_SHARED_HOPS = (HopKind.COMPANY, HopKind.SHIPMENT, HopKind.WAREHOUSE, HopKind.SUPPLIER)
_RECORD_HOPS = {
    HopKind.COMPANY: PlaceRole.REGISTERED,
    HopKind.SHIPMENT: PlaceRole.SENDER,
    HopKind.WAREHOUSE: PlaceRole.WAREHOUSE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCase:
    """Another case of the last five years against a seller of this one, or of its network."""

    case: Case
    sellers: tuple[SellerRef, ...]
    """Those of this matter that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSource:
    """A company, parcel, warehouse or supplier that other cases lead to as well."""

    hop: Hop
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a person has to know beyond the flags themselves."""

    listings: tuple[ListingTurnover, ...]
    """Of the listings judged infringing or unsure."""
    turnovers: tuple[Turnover, ...]
    """One a currency; empty where no listing showed a price."""
    relistings: tuple[Relisting, ...]
    retention: tuple[Retention, ...]
    earlier: tuple[EarlierCase, ...]
    """Newest first."""
    shared: tuple[SharedSource, ...]
    jurisdiction: Jurisdiction | None
    """None for a rights holder: records are the investigators' matter."""


def background_of_case(context: Context, user: User, case_id: CaseId) -> Background:
    """Return what stands behind a case.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        rows = find_rows(unit, user, case.flag_ids)
        return _background(context, unit, user, rows, own_case=case_id)


def background_of_seller(context: Context, user: User, ref: SellerRef) -> Background:
    """Return what stands behind the flagged listings of a seller; empty where there are none."""
    query = FlagQuery(platform=ref.platform, seller_key=ref.seller_key, holder=holder_scope(user))
    with context.database.read() as unit:
        rows = flags.list_flags(unit, query, offset=0, limit=_MOST_FLAGS)
        return _background(context, unit, user, rows, own_case=None, more_sellers=(ref,))


def nodes_of(background: Background) -> set[Node]:
    """Return the sellers and records that a background speaks of."""
    found = {node for one in background.shared if (node := node_of_hop(one.hop)) is not None}
    if background.jurisdiction is not None:
        options = background.jurisdiction.options
        places = (place for option in options for place in option.places)
        found |= {node_of_place(one) for one in (*places, *background.jurisdiction.unplaced)}
    return found


def _background(
    context: Context,
    unit: Unit,
    user: User,
    rows: Sequence[FlagRow],
    *,
    own_case: CaseId | None,
    more_sellers: Sequence[SellerRef] = (),
) -> Background:
    now = context.clock()
    zone = ZoneInfo(context.settings.time_zone)
    today = now.astimezone(zone).date()
    upheld = sorted({row.flag.listing for row in rows if row.verdict in _UPHELD})
    known = [one for one in (listings.find_listing(unit, ref) for ref in upheld) if one]
    turned_over = tuple(turnover_of(one.ref, _shown(unit, one.ref)) for one in known)
    of_rows = (row.sighting.seller.ref for row in rows if row.sighting.seller)
    of_matter = tuple(sorted({*more_sellers, *of_rows}))
    sees_tracing = holder_scope(user) is None
    trails = _trails(unit, rows) if sees_tracing else ()
    case_ids = {own_case} if own_case else {row.case_id for row in rows if row.case_id}
    return Background(
        listings=turned_over,
        turnovers=add_up(turned_over),
        relistings=_relistings(unit, user, known, case_ids),
        retention=(
            *_retention_of_purchases(unit, case_ids, today),
            *retention_of_listings(
                (one.first_seen_at.astimezone(zone).date() for one in known),
                (one.last_seen_at.astimezone(zone).date() for one in known),
                today,
            ),
        ),
        earlier=_earlier(unit, user, of_matter, own_case, now),
        shared=_shared(unit, user, trails, case_ids) if sees_tracing else (),
        jurisdiction=(
            find_jurisdiction(
                _places(unit, of_matter, rows, trails), {ref.platform for ref in of_matter}
            )
            if sees_tracing
            else None
        ),
    )


def _shown(unit: Unit, ref: ListingRef) -> list[Shown]:
    """Return prices and counters of a listing, those beside unchanged sightings too."""
    shown = [
        Shown(
            at=one.fetched_at,
            price=one.offer.price if one.offer else None,
            sold=one.offer.sold if one.offer else None,
        )
        for one in listings.sightings_of(unit, ref)
    ]
    shown += [Shown(at=one.at, price=None, sold=one.sold) for one in counts.counts_of(unit, ref)]
    return shown


def _retention_of_purchases(unit: Unit, case_ids: Iterable[CaseId], today: date) -> list[Retention]:
    """Count from the receipt of goods: the buyer knows when these transactions were completed."""
    days = {
        one.received_on
        for case_id in case_ids
        for one in purchases.purchases_of(unit, case_id)
        if one.received_on is not None
    }
    return [retention_from(day, CountedFrom.TEST_PURCHASE, today) for day in sorted(days)]


def _trails(unit: Unit, rows: Iterable[FlagRow]) -> tuple[Trail, ...]:
    refs = sorted({row.flag.listing for row in rows})
    return tuple(trail for trail in (stored.trail_of(unit, ref) for ref in refs) if trail)


def _relistings(
    unit: Unit, user: User, known: Sequence[Listing], case_ids: Iterable[CaseId]
) -> tuple[Relisting, ...]:
    notified: list[Notified] = []
    for case_id in sorted(case_ids):
        case = cases.find_case(unit, case_id)
        if case is None or not may_see(unit, user, case):
            continue
        for package in evidence.packages_of(unit, case_id):
            notice = evidence.notice_of(unit, package.package_id)
            notified += [
                Notified(
                    listing=ListingRef(platform=one.platform, listing_key=one.listing_key),
                    sealed_at=package.sealed_at,
                    package_id=package.package_id,
                )
                for one in (notice.targets if notice else ())
            ]
    if not notified:
        return ()
    of_matter = {one.ref for one in known} | {one.listing for one in notified}
    refs = of_matter | {new for ref in of_matter for new in changes.successors_of(unit, ref)}
    told = (change for ref in sorted(refs) for change in changes.changes_of(unit, ref))
    return find_relistings(notified, told)


def _earlier(
    unit: Unit, user: User, of_matter: Sequence[SellerRef], own: CaseId | None, now: datetime
) -> tuple[EarlierCase, ...]:
    """Return other cases against the same sellers and, for investigators, their networks."""
    wanted = set(of_matter)
    if holder_scope(user) is None:
        for ref in of_matter:
            network = stored.network_of(unit, ref)
            wanted |= set(network.members if network else ())
    found = matters.cases_of_sellers(unit, wanted, since=now - FIVE_YEARS)
    chosen = ((cases.find_case(unit, one), refs) for one, refs in found.items() if one != own)
    return tuple(
        EarlierCase(case=case, sellers=refs)
        for case, refs in chosen
        if case is not None and may_see(unit, user, case)
    )


def _shared(
    unit: Unit, user: User, trails: Iterable[Trail], own: Iterable[CaseId]
) -> tuple[SharedSource, ...]:
    """Return the sources that trails of these cases share with those of others.

    The company behind one shop may be the supplier of another.
    """
    hops = {hop.key: hop for trail in trails for hop in trail.hops if hop.kind in _SHARED_HOPS}
    if not hops:
        return ()
    skipped = set(own)
    others: defaultdict[str, set[CaseId]] = defaultdict(set)
    for case_id, trail in matters.trails_of_cases(unit):
        if case_id not in skipped:
            for hop in trail.hops:
                if hop.key in hops and hop.kind in _SHARED_HOPS:
                    others[hop.key].add(case_id)
    shared = []
    for key in sorted(others):
        found = (cases.find_case(unit, one) for one in sorted(others[key]))
        seen = tuple(one for one in found if one is not None and may_see(unit, user, one))
        shared.append(SharedSource(hop=hops[key], cases=seen))
    return tuple(shared)


def _places(
    unit: Unit, of_matter: Iterable[SellerRef], rows: Iterable[FlagRow], trails: Iterable[Trail]
) -> list[KnownPlace]:
    """Gather the addresses that pages and records give for sellers and their goods."""
    said: list[tuple[PlaceRole, str | None, str]] = []
    for ref in of_matter:
        shop = sellers.find_seller(unit, ref)
        if shop is not None:
            said.append((PlaceRole.SHOP, shop.address, str(ref)))
            said.append((PlaceRole.RETURN, shop.return_address, str(ref)))
        for clue in stored.clues_of(unit, ref):
            if clue.kind is ClueKind.ADDRESS and clue.found_in.startswith("records."):
                named_by = clue.found_in.removeprefix("records.")
                said.append((PlaceRole.DISCLOSED, clue.surface, named_by))
    for row in rows:
        seller, offer = row.sighting.seller, row.sighting.offer
        if seller is not None and offer is not None:
            said.append((PlaceRole.SHIPS_FROM, offer.ships_from, str(seller.ref)))
    for hop in {hop for trail in trails for hop in trail.hops if hop.kind in _RECORD_HOPS}:
        said.append((_RECORD_HOPS[hop.kind], _address_of(unit, hop), hop.key))
    return [
        KnownPlace(role=role, text=text, named_by=named_by)
        for role, text, named_by in said
        if text and text.strip()
    ]


def _address_of(unit: Unit, hop: Hop) -> str | None:
    source, _, key = hop.key.partition("/")
    record = stored_records.find_record(unit, source, key)
    if record is None:
        return None
    if hop.kind is HopKind.SHIPMENT:
        return record.sender.address if record.sender else None
    return record.address
