"""Test purchases of a case: a form filled step by step, and the media of the parcel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import cases, purchases
from casework.context import Context
from domain.common import CaseId, NotFound, RefusedInput
from domain.listings import ListingRef
from domain.money import Money
from domain.purchases import Compared, Finding, Purchase
from domain.users import User
from web.csrf import Form, FormRefused, text_of
from web.flags import REVIEWERS
from web.languages import mark
from web.limits import MAX_BODY_BYTES
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

_SPARE_ROWS = 3
"""Empty lines that the comparison offers."""
_MOST_ROWS = 40


@router.get("/cases/{case_id}/purchases/new")
def new_purchase(request: Request, context: Desk, user: SignedIn, case_id: CaseId) -> Response:
    """Show an empty form."""
    return _page(request, context, user, case_id, None)


@router.get("/cases/{case_id}/purchases/{purchase_id}")
def show_purchase(
    request: Request, context: Desk, user: SignedIn, case_id: CaseId, purchase_id: str
) -> Response:
    """Show a purchase as it was entered last."""
    purchase = purchases.show_purchase(context, user, case_id, purchase_id)
    return _page(request, context, user, case_id, purchase)


@router.post("/cases/{case_id}/purchases")
def enter_purchase(context: Desk, user: SignedIn, form: Form, case_id: CaseId) -> Response:
    """Append an entry to a purchase, new or known."""
    order_number = text_of(form, "order_number", limit=100)
    if not order_number:
        raise FormRefused(mark("A test purchase needs its order number."))
    listed = purchases.bought_listings(context, user, case_id)
    listing = next((ref for ref in listed if str(ref) == text_of(form, "listing")), None)
    if listing is None:
        raise FormRefused(mark("Choose a listing of the case."))
    purchase = _read(form, context, user, case_id, order_number, listing)
    entered = purchases.enter_purchase(context, user, purchase)
    return _back(entered)


@router.post("/cases/{case_id}/purchases/{purchase_id}/media")
def add_medium(
    context: Desk, user: SignedIn, form: Form, case_id: CaseId, purchase_id: str
) -> Response:
    """Preserve photos, films or documents of a purchase."""
    uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not uploads:
        raise FormRefused(mark("Choose a file first."))
    purchase = purchases.show_purchase(context, user, case_id, purchase_id)
    for upload in uploads:
        data = upload.file.read(MAX_BODY_BYTES)
        if not data:
            raise FormRefused(mark("The file is empty."))
        purchase = purchases.add_medium(
            context,
            user,
            case_id,
            purchase_id,
            name=(upload.filename or "file")[-100:],
            data=data,
            media_type=(upload.content_type or "application/octet-stream")[:100],
            caption=text_of(form, "caption", limit=300),
        )
    return _back(purchase)


def _back(purchase: Purchase) -> Response:
    case_id, purchase_id = quote(purchase.case_id, safe=""), quote(purchase.purchase_id, safe="")
    return RedirectResponse(f"/cases/{case_id}/purchases/{purchase_id}", 303)


def _page(
    request: Request, context: Context, user: User, case_id: CaseId, purchase: Purchase | None
) -> Response:
    listed = purchases.bought_listings(context, user, case_id)
    if not listed:
        raise NotFound(f"case {case_id} has no listing to buy from")
    rows = purchase.comparison if purchase else ()
    spare = Compared(point="", genuine="", suspect="")
    return render(
        request,
        context,
        "purchase.html",
        case=cases.show_case(context, user, case_id).case,
        purchase=purchase,
        listings=listed,
        findings=list(Finding),
        rows=(*rows, *(spare for _ in range(_SPARE_ROWS))),
        may_enter=user.role in REVIEWERS,
    )


def _read(
    form: FormData,
    context: Context,
    user: User,
    case_id: CaseId,
    order_number: str,
    listing: ListingRef,
) -> Purchase:
    """Return what the form says.

    Raises: FormRefused for a day or an amount that is none.
    """

    def given(name: str, limit: int = 500) -> str:
        return text_of(form, name, limit=limit)

    finding = given("finding")
    return Purchase(
        purchase_id=purchases.purchase_id_of(case_id, order_number),
        case_id=case_id,
        version=1,
        entered_by=user.user_name,
        entered_at=context.clock(),
        listing=listing,
        order_number=order_number,
        ordered_on=_day(given("ordered_on")),
        ordered_by=given("ordered_by"),
        paid=_money(given("paid")),
        carrier=given("carrier", 100),
        waybill=given("waybill", 100),
        received_on=_day(given("received_on")),
        sender_name=given("sender_name", 200),
        sender_phone=given("sender_phone", 50),
        sender_address=given("sender_address"),
        seals=given("seals", 1000),
        opened_on=_day(given("opened_on")),
        opened_by=given("opened_by"),
        comparison=_comparison(form),
        finding=Finding(finding) if finding in Finding.__members__.values() else Finding.OPEN,
        stated_by=given("stated_by"),
        stated_on=_day(given("stated_on")),
        statement=given("statement", 2000),
    )


def _comparison(form: FormData) -> tuple[Compared, ...]:
    """Return the lines of the comparison that say something; an empty field is sent too."""
    columns = [
        [value if isinstance(value, str) else "" for value in form.getlist(name)][:_MOST_ROWS]
        for name in ("point", "genuine", "suspect")
    ]
    rows = (
        Compared(
            point=point.strip()[:300], genuine=genuine.strip()[:500], suspect=bad.strip()[:500]
        )
        for point, genuine, bad in zip(*columns, strict=False)
    )
    return tuple(row for row in rows if row.point or row.genuine or row.suspect)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise FormRefused(mark("A day is written as year-month-day.")) from fault


def _money(text: str) -> Money | None:
    """Read an amount in yuan."""
    if not text:
        return None
    try:
        money = Money.from_decimal(Decimal(text.replace(",", "").replace("，", "")), "CNY")
    except (InvalidOperation, RefusedInput) as fault:
        raise FormRefused(mark("The amount is a number in yuan.")) from fault
    if money.amount_minor < 0:
        raise FormRefused(mark("The amount is a number in yuan."))
    return money
