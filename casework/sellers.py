"""One seller: who is behind it, what joins it to others, where its goods come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.access import holder_scope, require
from casework.context import Context
from casework.flags import FlagSummary, summarise
from casework.linking import link_touched
from domain.common import NotFound, Words, WrongUse
from domain.network_changes import NetworkChange
from domain.sellers import Seller, SellerRef
from domain.tracing import Clue, Lead, LeadState, Network, Trail
from domain.users import Role, User
from storage import Unit, flags, linkings, network_changes, sellers
from storage import tracing as stored
from storage.flags import FlagQuery
from tracing import note_of_clue

_MASK = "•"
_MOST_FLAGS = 200
_MOST_EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEvent:
    """Something that happened to a network, with the lead by which a seller joined it."""

    change: NetworkChange
    lead: Lead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerView:
    """What a person sees of a seller; contact values are masked for rights holders."""

    seller: Seller
    network: Network | None
    history: tuple[NetworkEvent, ...]
    """Of the network, newest first."""
    clues: tuple[tuple[Clue, Words | None], ...]
    """Each with what it tells by itself: a phone's region, a waybill's carriers."""
    leads: tuple[Lead, ...]
    listings: tuple[FlagSummary, ...]
    """The seller's flagged listings."""
    trails: tuple[Trail, ...]


def show_seller(context: Context, user: User, ref: SellerRef) -> SellerView:
    """Return one seller.

    Raises: NotFound, also for a rights holder without a flag on this seller.
    """
    query = FlagQuery(platform=ref.platform, seller_key=ref.seller_key, holder=holder_scope(user))
    with context.database.read() as unit:
        seller = sellers.find_seller(unit, ref)
        rows = flags.list_flags(unit, query, offset=0, limit=_MOST_FLAGS)
        if seller is None or (holder_scope(user) is not None and not rows):
            raise NotFound(f"there is no seller {ref}")
        found = (stored.trail_of(unit, row.flag.listing) for row in rows)
        network = stored.network_of(unit, ref)
        view = SellerView(
            seller=seller,
            network=network,
            history=_history(unit, network),
            clues=tuple((clue, note_of_clue(clue)) for clue in stored.clues_of(unit, ref)),
            leads=stored.leads_of(unit, ref),
            listings=summarise(unit, user, rows),
            trails=tuple({trail.hops: trail for trail in found if trail}.values()),
        )
    return view if user.role is not Role.RIGHTS_HOLDER else _masked(view)


def decide_lead(context: Context, user: User, lead_id: str, state: LeadState, reason: str) -> None:
    """Confirm or reject a lead with a reason, and link what it touches on that ground.

    Raises: NotFound, NotAllowed, WrongUse without a reason.
    """
    require(user, Role.INVESTIGATOR)
    words = reason.strip()
    if not words:
        raise WrongUse("a decision on a lead needs a reason")
    with context.database.write() as unit:
        lead = stored.find_lead(unit, lead_id)
        if lead is None:
            raise NotFound(f"there is no lead {lead_id}")
        stored.add_lead_decision(
            unit,
            lead=lead,
            state=state,
            by=user.user_name,
            at=context.clock(),
            reason=words,
        )
        linkings.touch(unit, (lead.a, lead.b))
    link_touched(context, else_all=True)


def mask(value: str) -> str:
    """Hide all but the first and the last two characters of a contact value."""
    if len(value) <= 4:
        return _MASK * len(value)
    return value[:2] + _MASK * (len(value) - 4) + value[-2:]


def _history(unit: Unit, network: Network | None) -> tuple[NetworkEvent, ...]:
    if network is None:
        return ()
    told = network_changes.changes_of_network(unit, network.network_id)
    return tuple(
        NetworkEvent(
            change=change,
            lead=stored.find_lead(unit, change.lead_id) if change.lead_id is not None else None,
        )
        for change in reversed(told[-_MOST_EVENTS:])
    )


def _masked(view: SellerView) -> SellerView:
    """Hide persons' contact data; the licence data that shops must publish stay (art. 15)."""
    seller = view.seller
    hidden = replace(
        seller,
        phones=tuple(map(mask, seller.phones)),
        emails=tuple(map(mask, seller.emails)),
        wechat=tuple(map(mask, seller.wechat)),
        qq=tuple(map(mask, seller.qq)),
        return_address=mask(seller.return_address) if seller.return_address else None,
        about=None,
    )
    # Leads and trails name other sellers and records, which are the investigators' matter.
    return replace(view, seller=hidden, clues=(), leads=(), network=None, history=(), trails=())
