"""Sellers: what they say of themselves, who they seem to be, and where their goods come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import backgrounds, sellers
from casework.flags import QueueFilter
from casework.naming import name_nodes
from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import Hop, HopKind, Lead, LeadReason, LeadState, Trail
from domain.users import Role
from tracing.turnover import METHOD
from web.csrf import Form, FormRefused, text_of
from web.hubs import sharers_path
from web.languages import mark
from web.narrowing import flag_path, queue_path
from web.nodes import seller_path
from web.render import local_path, render
from web.session import Desk, SignedIn

router = APIRouter()
_MOST_LEADS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reason of a lead as a bar that starts where the one before ended."""

    reason: LeadReason
    left: float
    """0..100, share of the drawing's width."""
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """Listings whose goods come from the same suppliers."""

    listings: tuple[ListingRef, ...]
    hops: tuple[Hop, ...]
    """As the listing has them of which they are surest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTrail:
    """The stations that the trails of several listings have in common."""

    listings: tuple[ListingRef, ...]
    first: Hop
    """The listing's own station, the same but for its key."""
    rest: tuple[Hop, ...]
    """From the seller to the warehouse."""
    supplied: tuple[Supplied, ...]
    """By the suppliers of their goods; nothing for listings whose supplier is not known."""


@router.get("/sellers")
def show_seller(
    request: Request,
    context: Desk,
    user: SignedIn,
    platform: str,
    key: str,
    *,
    leads: str = "",
) -> Response:
    """Show a seller with its clues, leads, network and trails; `leads=all` shows the weaker too."""
    view = sellers.show_seller(context, user, SellerRef(platform=platform, seller_key=key))
    background = backgrounds.background_of_seller(context, user, view.seller.ref)
    shown = view.leads if leads == "all" else _foremost(view.leads)
    nodes = sellers.nodes_of(view) | backgrounds.nodes_of(background)
    waiting = QueueFilter(platform=platform, seller_key=key)
    return render(
        request,
        context,
        "seller.html",
        view=view,
        background=background,
        leads=shown,
        all_leads_path=f"{seller_path(view.seller.ref)}&leads=all",
        decisions=sellers.decisions_on(context, shown),
        names=name_nodes(context, nodes),
        turnover_method=METHOD,
        flag_path=flag_path,
        queue_path=queue_path,
        of_seller=replace(waiting, state="all"),
        waiting_of_seller=waiting,
        graph_path=graph_path(view.seller.ref),
        sharers_path=sharers_path,
        trails=join_trails(view.trails),
        waterfall=waterfall,
        may_decide=user.role is Role.INVESTIGATOR,
        sees_tracing=user.role is not Role.RIGHTS_HOLDER,
    )


@router.post("/leads/{lead_id}")
def decide_lead(context: Desk, user: SignedIn, form: Form, lead_id: str) -> Response:
    """Confirm or reject a lead, with a reason."""
    given = text_of(form, "state")
    back = local_path(text_of(form, "next"))
    reason = text_of(form, "reason")
    if not reason:
        raise FormRefused(mark("A decision on a lead needs a reason."))
    if given in LeadState.__members__.values():
        sellers.decide_lead(context, user, lead_id, LeadState(given), reason)
    return RedirectResponse(f"{back}#{quote(lead_id, safe='')}", 303)


def _foremost(leads: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """Return the strongest leads, and all that a person decided."""
    decided = (lead for lead in leads[_MOST_LEADS:] if lead.state is not LeadState.SUGGESTED)
    return (*leads[:_MOST_LEADS], *decided)


def graph_path(ref: SellerRef) -> str:
    """Return the path of the graph around a seller."""
    return "/sellers/trail?" + urlencode({"platform": ref.platform, "key": ref.seller_key})


def join_trails(trails: tuple[Trail, ...]) -> list[SharedTrail]:
    """Join the trails that go from other listings to the same warehouse."""
    joined: dict[tuple[Hop, ...], list[Trail]] = {}
    for trail in trails:
        rest = tuple(hop for hop in trail.hops[1:] if hop.kind is not HopKind.SUPPLIER)
        joined.setdefault(rest, []).append(trail)
    return [
        SharedTrail(
            listings=tuple(one.listing for one in like),
            first=like[0].hops[0],
            rest=rest,
            supplied=_supplied(like),
        )
        for rest, like in joined.items()
    ]


def _supplied(trails: list[Trail]) -> tuple[Supplied, ...]:
    """Group trails by the suppliers they lead to: each listing weighs the goods for itself."""
    found: dict[tuple[str, ...], list[tuple[ListingRef, tuple[Hop, ...]]]] = {}
    for trail in trails:
        hops = tuple(hop for hop in trail.hops if hop.kind is HopKind.SUPPLIER)
        if hops:
            found.setdefault(tuple(hop.key for hop in hops), []).append((trail.listing, hops))
    return tuple(
        Supplied(
            listings=tuple(listing for listing, _ in same),
            hops=max((hops for _, hops in same), key=lambda hops: hops[0].confidence),
        )
        for same in found.values()
    )


def waterfall(reasons: tuple[LeadReason, ...]) -> list[Step]:
    """Return the reasons as bars over the range that their running sum covers.

    A reason that speaks against the lead (negative weight) runs back to the left.
    """
    ends = [0.0]
    for reason in reasons:
        ends.append(ends[-1] + reason.weight)
    low, high = min(ends), max(ends)
    scale = 100 / (high - low) if high > low else 0.0
    return [
        Step(
            reason=reason,
            left=round((min(start, end) - low) * scale, 2),
            width=round(abs(reason.weight) * scale, 2),
        )
        for reason, start, end in zip(reasons, ends, ends[1:], strict=False)
    ]
