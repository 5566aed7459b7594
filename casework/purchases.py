"""Test purchases of a case: entered step by step, their media preserved, their sender traced."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from casework.access import require
from casework.cases import append_event, find_own_case
from casework.context import Context
from casework.flags import find_rows
from casework.intake import preserve_upload
from casework.linking import link_touched
from domain.cases import CaseEventKind, CaseState
from domain.common import CaseId, ForbiddenTransition, NotFound, WrongUse, derive_id
from domain.listings import ListingRef, Sighting
from domain.purchases import ImpossibleDays, Medium, Purchase, day_fault
from domain.sellers import SellerRef
from domain.tracing import Party, Record, RecordKind
from domain.users import Role, User
from storage import Unit, linkings, purchases
from storage import records as stored_records

SOURCE = "test-purchases"
"""Source of the records that purchases make."""
MOST_MEDIA = 60


def purchase_id_of(case_id: CaseId, order_number: str) -> str:
    """Return the stable id of a purchase: one order of one case."""
    return derive_id("purchase", case_id, order_number)


def bought_listings(context: Context, user: User, case_id: CaseId) -> dict[ListingRef, str]:
    """Return the listings of a case, which can be bought from, with their titles.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        found = _sightings(unit, user, case_id)
    return {ref: said.title or ref.listing_key for ref, said in sorted(found.items())}


def list_purchases(context: Context, user: User, case_id: CaseId) -> tuple[Purchase, ...]:
    """Return the purchases of a case, in the order of their first entry.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        find_own_case(unit, user, case_id)
        return purchases.purchases_of(unit, case_id)


def show_purchase(context: Context, user: User, case_id: CaseId, purchase_id: str) -> Purchase:
    """Return one purchase as it was entered last.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        find_own_case(unit, user, case_id)
        return _find(unit, case_id, purchase_id)


def enter_purchase(context: Context, user: User, given: Purchase) -> Purchase:
    """Append what a person entered of a purchase; media and numbers of entries are kept here.

    Where it names a parcel or a sender, it becomes a record, which is linked.

    Raises: WrongUse without an order number or for a listing of another case; ImpossibleDays;
    NotFound; ForbiddenTransition for a closed case.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    if not given.order_number.strip():
        raise WrongUse("a test purchase needs its order number")
    today = context.clock().astimezone(ZoneInfo(context.settings.time_zone)).date()
    if (fault := day_fault(given, today)) is not None:
        raise ImpossibleDays(fault)
    with context.database.write() as unit:
        said = _sightings(unit, user, given.case_id).get(given.listing)
        if said is None:
            raise WrongUse(f"listing {given.listing} is not in the case")
        known = purchases.find_purchase(unit, given.purchase_id)
        entered = replace(given, media=known.media if known else ())
        entered = _append(unit, context, user, entered, known)
        record = record_of(entered, said.seller.ref if said.seller else None)
        if record is not None:
            linkings.touch(unit, stored_records.save_records(unit, [record]).changed)
    if record is not None:
        link_touched(context, else_all=True)
    return entered


def add_medium(
    context: Context,
    user: User,
    case_id: CaseId,
    purchase_id: str,
    *,
    name: str,
    data: bytes,
    media_type: str,
    caption: str,
) -> Purchase:
    """Preserve a photo, film or document of a purchase; the same one again only adds its caption.

    Raises: WrongUse for an empty file or too many; NotFound; ForbiddenTransition.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    show_purchase(context, user, case_id, purchase_id)
    if not data:
        raise WrongUse("the file is empty")
    piece = preserve_upload(context, name, data, media_type=media_type)
    with context.database.write() as unit:
        known = _find(unit, case_id, purchase_id)
        others = tuple(one for one in known.media if one.sha256 != piece.sha256)
        if len(others) >= MOST_MEDIA:
            raise WrongUse(f"a purchase holds at most {MOST_MEDIA} files")
        medium = Medium(sha256=piece.sha256, name=name, caption=caption)
        return _append(unit, context, user, replace(known, media=(*others, medium)), known)


def record_of(purchase: Purchase, shop: SellerRef | None) -> Record | None:
    """Return what a purchase tells of its parcel as a record; None while it tells nothing."""
    sender = Party(
        name=purchase.sender_name or None,
        phones=(purchase.sender_phone,) if purchase.sender_phone else (),
        address=purchase.sender_address or None,
    )
    if not purchase.waybill and sender == Party():
        return None
    days = {"ordered_on": purchase.ordered_on, "received_on": purchase.received_on}
    return Record(
        source=SOURCE,
        key=purchase.purchase_id,
        retrieved_at=purchase.entered_at,
        kind=RecordKind.TEST_PURCHASE,
        waybill=purchase.waybill or None,
        carrier=purchase.carrier or None,
        sender=None if sender == Party() else sender,
        shop=shop,
        other={name: day.isoformat() for name, day in days.items() if day},
    )


def _append(
    unit: Unit, context: Context, user: User, given: Purchase, known: Purchase | None
) -> Purchase:
    case = find_own_case(unit, user, given.case_id)
    if case.state is CaseState.CLOSED:
        raise ForbiddenTransition("a closed case takes no more entries")
    entered = replace(
        given,
        version=known.version + 1 if known else 1,
        entered_by=user.user_name,
        entered_at=context.clock(),
    )
    purchases.add_version(unit, entered)
    if known is None:
        append_event(
            unit,
            context,
            user,
            given.case_id,
            CaseEventKind.TEST_PURCHASE,
            entered.purchase_id,
        )
    return entered


def _find(unit: Unit, case_id: CaseId, purchase_id: str) -> Purchase:
    purchase = purchases.find_purchase(unit, purchase_id)
    if purchase is None or purchase.case_id != case_id:
        raise NotFound(f"there is no test purchase {purchase_id}")
    return purchase


def _sightings(unit: Unit, user: User, case_id: CaseId) -> dict[ListingRef, Sighting]:
    case = find_own_case(unit, user, case_id)
    return {row.flag.listing: row.sighting for row in find_rows(unit, user, case.flag_ids)}
