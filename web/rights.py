"""The rights a person may see, and the form that registers one mark with its logo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import rights
from casework.access import require
from casework.context import Context
from domain.common import RefusedInput, RightId, UnreadablePicture, derive_id
from domain.money import Money
from domain.rights import Mark, PriceBand, RightKind, validity_on
from domain.users import Role, User
from web.csrf import Form, text_of
from web.languages import mark
from web.render import render
from web.session import Desk, SignedIn
from web.today import today_of

router = APIRouter()

MARK_KINDS = (
    RightKind.MARK,
    RightKind.WELL_KNOWN_MARK,
    RightKind.TIME_HONOURED_BRAND,
    RightKind.CERTIFICATION_MARK,
    RightKind.COLLECTIVE_MARK,
)
PER_PAGE = 50
LARGEST_LOGO = 10 * 1024 * 1024
MOST_LOGOS = 10
FIELDS = (
    "kind",
    "name",
    "other_names",
    "number",
    "office",
    "holder",
    "nice_classes",
    "goods",
    "valid_from",
    "valid_to",
    "price_low",
    "price_high",
    "price_currency",
    "price_unit",
    "notes",
)


@dataclass(slots=True, kw_only=True)
class Reading:
    """A form being read: what was written, and what is wrong with it, field by field."""

    written: dict[str, str]
    logos_lost: bool = False
    """A browser does not send the chosen files again with the form it is shown."""
    problems: dict[str, str] = field(default_factory=dict)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values of a field that takes several, divided by bars, commas or lines."""
        text = self.written[name]
        for divider in ("，", "、", ",", "；", ";", "\n", "\r"):
            text = text.replace(divider, "|")
        return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))

    def day(self, name: str) -> date | None:
        """Return a date, or None when the field is empty."""
        text = self.written[name]
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.problems[name] = mark("Write a date as 2026-11-22.")
            return None

    def classes(self, name: str) -> tuple[int, ...]:
        """Return Nice classes: whole numbers from 1 to 45."""
        numbers = []
        for part in self.several(name):
            if not (part.isascii() and part.isdecimal() and 1 <= int(part[:4]) <= 45):
                self.problems[name] = mark("Nice classes are whole numbers from 1 to 45.")
                return ()
            numbers.append(int(part))
        return tuple(sorted(set(numbers)))

    def price(self, name: str) -> Money | None:
        """Return an amount in the currency of the form, or None when the field is empty."""
        text = self.written[name].replace(",", "").replace("，", "")
        if not text:
            return None
        try:
            amount = Decimal(text)
            if amount <= 0:
                raise InvalidOperation
            return Money.from_decimal(amount, self.written["price_currency"] or "CNY")
        except (InvalidOperation, RefusedInput):
            self.problems[name] = mark("Write a price as 199 or 199.00.")
            return None


@router.get("/rights")
def show_rights(
    request: Request,
    context: Desk,
    user: SignedIn,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List the rights a person may see, with whether they are in force today."""
    listed = rights.list_rights(context, user)
    page_count = max(1, -(-len(listed) // PER_PAGE))
    shown = listed[(min(page, page_count) - 1) * PER_PAGE :][:PER_PAGE]
    today = today_of(context)
    return render(
        request,
        context,
        "rights.html",
        rights=shown,
        total=len(listed),
        page=min(page, page_count),
        page_count=page_count,
        page_path="/rights?page={}".format,
        references={one.right_id: rights.list_references(context, one.right_id) for one in shown},
        validity={one.right_id: validity_on(one, today) for one in shown},
        may_register=user.role in (Role.RIGHTS_HOLDER, Role.INVESTIGATOR),
    )


@router.get("/rights/new")
def show_form(request: Request, context: Desk, user: SignedIn) -> Response:
    """Show the empty form."""
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    written = dict.fromkeys(FIELDS, "")
    written.update(kind=RightKind.MARK.value, office="CN", price_currency="CNY")
    written["holder"] = user.holder or ""
    return _form_page(request, context, user, Reading(written=written))


@router.post("/rights")
def register_mark(request: Request, context: Desk, user: SignedIn, form: Form) -> Response:
    """Register the mark, or show the form again with what is wrong beside each field."""
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    reading = Reading(written={name: text_of(form, name, limit=1000) for name in FIELDS})
    right = _read_mark(reading, user)
    logos = _read_logos(reading, form)
    if not reading.problems:
        try:
            rights.register_right(context, user, right, logos)
        except UnreadablePicture:
            reading.problems["logos"] = mark("This file is no picture that can be read.")
        else:
            return RedirectResponse("/rights", 303)
    return _form_page(request, context, user, reading, status=422)


def _read_mark(reading: Reading, user: User) -> Mark:
    written = reading.written
    if not written["name"]:
        reading.problems["name"] = mark("A mark needs its name or wording.")
    elif len(written["name"]) > 200:
        reading.problems["name"] = mark("A name has at most 200 characters.")
    if not written["number"]:
        reading.problems["number"] = mark("A mark needs its registration number.")
    holder = user.holder or written["holder"]
    if not holder:
        reading.problems["holder"] = mark("A mark needs its holder.")
    if written["kind"] not in MARK_KINDS:
        reading.problems["kind"] = mark("Choose one of the kinds of mark.")
    office = written["office"].upper()
    if not (len(office) == 2 and office.isascii() and office.isalpha()):
        reading.problems["office"] = mark("An office is two letters: CN, EM, US.")
    starts, ends = reading.day("valid_from"), reading.day("valid_to")
    if starts and ends and starts > ends:
        reading.problems["valid_to"] = mark("The end comes before the start.")
    kind = RightKind(written["kind"]) if written["kind"] in MARK_KINDS else RightKind.MARK
    return Mark(
        right_id=RightId(derive_id("right", office, written["number"], holder)),
        kind=kind,
        name=written["name"],
        other_names=reading.several("other_names"),
        number=written["number"] or None,
        office=office or None,
        nice_classes=reading.classes("nice_classes"),
        goods=reading.several("goods"),
        holder=holder or None,
        valid_from=starts,
        valid_to=ends,
        price_band=_read_band(reading),
        notes=written["notes"] or None,
    )


def _read_band(reading: Reading) -> PriceBand | None:
    low, high = reading.price("price_low"), reading.price("price_high")
    if low and high and low.amount_minor > high.amount_minor:
        reading.problems["price_high"] = mark("The highest price is below the lowest.")
    if low is None and high is None:
        return None
    return PriceBand(low=low, high=high, unit=reading.written["price_unit"] or None)


def _read_logos(reading: Reading, form: FormData) -> list[tuple[str, bytes]]:
    """Return the uploaded drawings; browsers send one empty part when none was chosen."""
    uploads = [one for one in form.getlist("logos") if isinstance(one, UploadFile) and one.filename]
    if len(uploads) > MOST_LOGOS:
        reading.problems["logos"] = mark("At most ten pictures at once.")
        return []
    reading.logos_lost = bool(uploads)
    logos = []
    for upload in uploads:
        # Read through the file beneath: endpoints are synchronous.
        data = upload.file.read(LARGEST_LOGO + 1)
        if len(data) > LARGEST_LOGO:
            reading.problems["logos"] = mark("A picture has at most 10 MB.")
            return []
        logos.append(((upload.filename or "logo")[-100:], data))
    return logos


def _form_page(
    request: Request, context: Context, user: User, reading: Reading, *, status: int = 200
) -> Response:
    return render(
        request,
        context,
        "right_form.html",
        status=status,
        here="/rights/new",
        written=reading.written,
        problems=reading.problems,
        logos_lost=reading.logos_lost,
        kinds=MARK_KINDS,
        own_holder=user.holder,
    )
