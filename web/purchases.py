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
from domain.money import Money
from domain.purchases import Compared, Finding, ImpossibleDays, Purchase
from domain.users import User
from tracing.waybills import read_waybill
from web.csrf import Form, FormRefused, text_of
from web.flags import REVIEWERS
from web.labels import label_of
from web.languages import mark
from web.limits import MAX_BODY_BYTES
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

_SPARE_ROWS = 3
"""Empty lines that the comparison offers."""
_MOST_ROWS = 40
_INPUTS = (
    "listing",
    "order_number",
    "ordered_on",
    "ordered_by",
    "paid",
    "carrier",
    "waybill",
    "received_on",
    "sender_name",
    "sender_phone",
    "sender_address",
    "seals",
    "opened_on",
    "opened_by",
    "finding",
    "stated_by",
    "stated_on",
    "statement",
)
"""Names of the form's fields, and of those of a purchase."""


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
def enter_purchase(
    request: Request, context: Desk, user: SignedIn, form: Form, case_id: CaseId
) -> Response:
    """Append an entry to a purchase, new or known; what cannot be is shown again with the form."""
    known = _known(context, user, form, case_id)
    try:
        purchase = purchases.enter_purchase(context, user, _read(form, context, user, case_id))
    except FormRefused as refused:
        problem = str(refused)
    except ImpossibleDays as refused:
        problem = label_of(refused.fault)
    else:
        return _back(purchase)
    return _page(request, context, user, case_id, known, form=form, problem=problem)


def _known(context: Context, user: User, form: FormData, case_id: CaseId) -> Purchase | None:
    """Return the purchase that a form is about; None for one that is entered anew."""
    purchase_id = text_of(form, "purchase_id", limit=100)
    return purchases.show_purchase(context, user, case_id, purchase_id) if purchase_id else None


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
    request: Request,
    context: Context,
    user: User,
    case_id: CaseId,
    purchase: Purchase | None,
    *,
    form: FormData | None = None,
    problem: str | None = None,
) -> Response:
    """Show a purchase; with `form` what was typed and refused, for the reason `problem`."""
    listed = purchases.bought_listings(context, user, case_id)
    if not listed:
        raise NotFound(f"case {case_id} has no listing to buy from")
    rows = purchase.comparison if purchase else ()
    given = _given(purchase)
    if form is not None:
        rows = _comparison(form)
        given = {name: text_of(form, name, limit=2000) for name in given}
    spare = Compared(point="", genuine="", suspect="")
    return render(
        request,
        context,
        "purchase.html",
        status=422 if problem else 200,
        here=request.url.path if problem else None,
        case=cases.show_case(context, user, case_id).case,
        purchase=purchase,
        given=given,
        problem=problem,
        listings=listed,
        findings=list(Finding),
        rows=(*rows, *(spare for _ in range(_SPARE_ROWS))),
        may_enter=user.role in REVIEWERS,
    )


def _given(purchase: Purchase | None) -> dict[str, str]:
    """Write a purchase as its form holds it."""
    values: dict[str, object] = dict.fromkeys(_INPUTS)
    if purchase is not None:
        values = {name: getattr(purchase, name) for name in _INPUTS}
        values["paid"] = purchase.paid.to_decimal() if purchase.paid else None
        values["finding"] = purchase.finding.value
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _read(form: FormData, context: Context, user: User, case_id: CaseId) -> Purchase:
    """Return what the form says.

    Raises: FormRefused for what is missing, or a day, an amount or a waybill that is none.
    """

    def given(name: str, limit: int = 500) -> str:
        return text_of(form, name, limit=limit)

    order_number = given("order_number", 100)
    if not order_number:
        raise FormRefused(mark("A test purchase needs its order number."))
    listed = purchases.bought_listings(context, user, case_id)
    listing = next((ref for ref in listed if str(ref) == given("listing")), None)
    if listing is None:
        raise FormRefused(mark("Choose a listing of the case."))
    waybill = given("waybill", 100)
    if waybill and read_waybill(waybill) is None:
        raise FormRefused(mark("A waybill is a number of 8 to 30 letters and digits."))
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
        waybill=waybill,
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
