"""One seller: who is behind it, what joins it to others, where its goods come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.access import holder_scope, require
from casework.contacts import mask, mask_clue, mask_lead, mask_seller
from casework.context import Context
from casework.flags import FlagSummary, summarise
from casework.linking import link_touched
from casework.naming import ends_of, find_shop, node_of_hop
from domain.common import NotFound, Words, WrongUse
from domain.network_changes import NetworkChange
from domain.sellers import Seller, SellerRef
from domain.tracing import Clue, ClueKind, Lead, LeadDecision, LeadState, Network, Node, Trail
from domain.users import Role, User
from storage import Unit, flags, hubs, lead_decisions, linkings, network_changes, sellers
from storage import tracing as stored
from storage.flags import FlagQuery
from tracing import note_of_clue
from tracing.clue_table import key_text

_MOST_FLAGS = 200
_MOST_EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEvent:
    """Something that happened to a network, with the lead by which a seller joined it."""

    change: NetworkChange
    lead: Lead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClue:
    """A clue of a seller with what is known of its value."""

    clue: Clue
    note: Words | None
    """What it tells by itself: a phone's region, a waybill's carriers."""
    others: int
    """How many other sellers show the value."""
    joins: bool
    """False for what too many strangers share: it joins nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerView:
    """What a person sees of a seller; contact values are masked for all but investigators."""

    seller: Seller
    is_gathered: bool
    """Whether a page showed it; else only records name it."""
    network: Network | None
    history: tuple[NetworkEvent, ...]
    """Of the network, newest first."""
    clues: tuple[ShownClue, ...]
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
        seller = find_shop(unit, ref)
        rows = flags.list_flags(unit, query, offset=0, limit=_MOST_FLAGS)
        if seller is None or (holder_scope(user) is not None and not rows):
            raise NotFound(f"there is no seller {ref}")
        found = (stored.trail_of(unit, row.flag.listing) for row in rows)
        network = stored.network_of(unit, ref)
        view = SellerView(
            seller=seller,
            is_gathered=sellers.find_seller(unit, ref) is not None,
            network=network,
            history=_history(unit, network),
            clues=_clues(unit, ref),
            leads=stored.leads_of(unit, ref),
            listings=summarise(unit, user, rows),
            trails=tuple({trail.hops: trail for trail in found if trail}.values()),
        )
    return _shown(view, user)


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
        lead_decisions.add_lead_decision(
            unit,
            lead=lead,
            state=state,
            by=user.user_name,
            at=context.clock(),
            reason=words,
        )
        linkings.touch(unit, (lead.a, lead.b))
    link_touched(context, else_all=True)


def decisions_on(context: Context, leads: Iterable[Lead]) -> Mapping[str, tuple[LeadDecision, ...]]:
    """Return by lead what people made of it, the first decision first."""
    with context.database.read() as unit:
        return lead_decisions.decisions_of(unit, (lead.lead_id for lead in leads))


def nodes_of(view: SellerView) -> set[Node]:
    """Return the sellers and records that a view speaks of."""
    members = view.network.members if view.network else ()
    of_history = (one for event in view.history for one in event.change.sellers)
    hops = (hop for trail in view.trails for hop in trail.hops)
    on_way = (node for node in map(node_of_hop, hops) if node is not None)
    return {*ends_of(view.leads), *members, *of_history, *on_way}


def _clues(unit: Unit, ref: SellerRef) -> tuple[ShownClue, ...]:
    found = _once(stored.clues_of(unit, ref), ref)
    keys = {key_text(clue) for clue in found}
    sellers_of, common = linkings.count_sellers(unit, keys), hubs.hubs_among(unit, keys)
    shown = []
    for clue in found:
        key = key_text(clue)
        shown.append(
            ShownClue(
                clue=clue,
                note=note_of_clue(clue),
                others=max(0, sellers_of.get(key, 1) - 1),
                joins=key not in common,
            )
        )
    return tuple(shown)


def _once(clues: Iterable[Clue], ref: SellerRef) -> list[Clue]:
    """Keep of each value the surest clue: a reply of a thousand orders tells one sender as often.

    That a row names the shop itself tells nothing of it.
    """
    best: dict[tuple[ClueKind, str], Clue] = {}
    for clue in clues:
        if clue.kind is ClueKind.SHOP and clue.value == str(ref):
            continue
        known = best.get((clue.kind, clue.value))
        if known is None or known.confidence < clue.confidence:
            best[clue.kind, clue.value] = clue
    return list(best.values())


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


def _shown(view: SellerView, user: User) -> SellerView:
    """Hide what a user's role does not need.

    The licence data that shops must publish stay (电子商务法 art. 15).
    """
    if user.role is Role.INVESTIGATOR:
        return view
    hidden = mask_seller(view.seller)
    if user.role is Role.RIGHTS_HOLDER:
        back = mask(hidden.return_address) if hidden.return_address else None
        # Leads and trails name other sellers and records, which are the investigators' matter.
        return replace(
            view,
            seller=replace(hidden, return_address=back),
            clues=(),
            leads=(),
            network=None,
            history=(),
            trails=(),
        )
    return replace(
        view,
        seller=hidden,
        clues=tuple(replace(one, clue=mask_clue(one.clue)) for one in view.clues),
        leads=tuple(map(mask_lead, view.leads)),
    )
