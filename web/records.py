"""Files of records: upload, confirm what the columns mean, import."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import cases, records
from casework.access import require
from casework.context import Context
from casework.lookup import texts_of
from casework.naming import ends_of, name_nodes
from casework.records import ReplyTo, UploadedRecords
from casework.sellers import decisions_on
from domain.common import CaseId, NotFound, Refusal, RefusedInput, Sha256
from domain.tracing import RecordKind, RecordRef
from domain.users import Role, User
from web.csrf import Form, text_of
from web.languages import mark
from web.limits import MAX_BODY_BYTES
from web.record_form import (
    MEANING_GROUPS,
    WITHOUT_FIELD,
    TableForm,
    proposed_form,
    read_forms,
)
from web.render import render
from web.sellers import waterfall
from web.session import Desk, SignedIn

router = APIRouter()

SHOWN_REFUSALS = 200
_MOST_LEADS = 50
_ASKED = ("source", "case", "request")
"""What a person says of a file; stands in the address between upload and import."""
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


@router.get("/records")
def show_records(
    request: Request, context: Desk, user: SignedIn, case: Annotated[str, Query()] = ""
) -> Response:
    """Show what is stored by source, the known mappings, and the form to bring a file."""
    require(user, Role.INVESTIGATOR)
    return _upload_page(request, context, user, {"case": case[:100]})


@router.post("/records")
def upload(request: Request, context: Desk, user: SignedIn, form: Form) -> Response:
    """Preserve a file and go on to what its columns mean."""
    given = {name: text_of(form, name, limit=200) for name in _ASKED}
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        require(user, Role.INVESTIGATOR)
        return _upload_page(request, context, user, given, problem=mark("Choose a file."))
    # Read through the file beneath: endpoints are synchronous.
    data = file.file.read(MAX_BODY_BYTES)
    sha256 = records.upload_records(context, user, file.filename[-200:], data)
    return RedirectResponse(_file_path(sha256, given), 303)


@router.get("/records/show")
def show_record(request: Request, context: Desk, user: SignedIn, source: str, key: str) -> Response:
    """Show what one row of a source says, where it stands, and what it leads to."""
    view = records.show_record(context, user, RecordRef(source=source, key=key))
    texts: dict[str, list[str]] = {}
    for path, text in texts_of(view.record):
        texts.setdefault(path, []).append(text)
    return render(
        request,
        context,
        "record.html",
        record=view.record,
        texts=texts,
        leads=view.leads[:_MOST_LEADS],
        left_out=max(0, len(view.leads) - _MOST_LEADS),
        names=name_nodes(context, ends_of(view.leads)),
        decisions=decisions_on(context, view.leads),
        waterfall=waterfall,
        may_decide=True,
    )


@router.get("/records/files/{sha256}")
def show_file(
    request: Request,
    context: Desk,
    user: SignedIn,
    sha256: Digest,
    source: str = "",
    case: str = "",
    request_text: Annotated[str, Query(alias="request")] = "",
) -> Response:
    """Show what the columns of an uploaded file are taken for."""
    given = {"source": source[:200], "case": case[:100], "request": request_text[:200]}
    try:
        uploaded = records.look_into_upload(context, user, Sha256(sha256))
    except RefusedInput as fault:
        reason = f"expected {fault.expected}, got {fault.got}"
        refusal = Refusal(file=fault.where, reason=reason)
        problem = mark("This file cannot be read:")
        return _upload_page(request, context, user, given, problem=problem, refusal=refusal)
    forms = tuple(proposed_form(one, uploaded.name) for one in uploaded.proposals)
    return _file_page(request, context, user, uploaded, forms, given)


@router.post("/records/files/{sha256}")
def import_file(
    request: Request, context: Desk, user: SignedIn, form: Form, sha256: Digest
) -> Response:
    """Import the file with the meanings chosen, or show them again with what is wrong."""
    given = {name: text_of(form, name, limit=200) for name in _ASKED}
    uploaded = records.look_into_upload(context, user, Sha256(sha256))
    forms = read_forms(form, uploaded.proposals, uploaded.name)
    confirmed = [mapping for one in forms if (mapping := one.mapping()) is not None]
    if len(confirmed) < len(forms):
        return _file_page(request, context, user, uploaded, forms, given, status=422)
    reply_to = ReplyTo(
        source=given["source"] or None,
        case_id=CaseId(given["case"]) if given["case"] else None,
        request=given["request"] or None,
    )
    try:
        result = records.import_upload(
            context, user, uploaded.sha256, reply_to=reply_to, confirmed=confirmed
        )
    except NotFound:
        problem = mark("There is no case of this number.")
        return _file_page(
            request, context, user, uploaded, forms, given, status=422, problem=problem
        )
    return render(
        request,
        context,
        "records_imported.html",
        here="/records",
        name=uploaded.name,
        result=result,
        refused=len(result.refusals) + result.unlisted,
        refusals=result.refusals[:SHOWN_REFUSALS],
        names=name_nodes(context, result.reached[:SHOWN_REFUSALS]),
        file_path=_file_path(uploaded.sha256, given),
        given=given,
    )


def _file_path(sha256: str, given: dict[str, str]) -> str:
    asked = {name: value for name, value in given.items() if value}
    return f"/records/files/{sha256}" + (f"?{urlencode(asked)}" if asked else "")


def _upload_page(
    request: Request,
    context: Context,
    user: User,
    given: dict[str, str],
    *,
    problem: str | None = None,
    refusal: Refusal | None = None,
) -> Response:
    return render(
        request,
        context,
        "records.html",
        status=422 if problem else 200,
        here="/records" if problem else None,
        given={**dict.fromkeys(_ASKED, ""), **given},
        cases=cases.list_cases(context, user),
        problem=problem,
        refusal=refusal,
        stored=records.count_records(context),
        mappings=records.list_mappings(context),
        most_bytes=MAX_BODY_BYTES // 1024 // 1024,
    )


def _file_page(
    request: Request,
    context: Context,
    user: User,
    uploaded: UploadedRecords,
    forms: tuple[TableForm, ...],
    given: dict[str, str],
    *,
    status: int = 200,
    problem: str | None = None,
) -> Response:
    return render(
        request,
        context,
        "record_file.html",
        status=status,
        here=_file_path(uploaded.sha256, given) if status != 200 else None,
        uploaded=uploaded,
        forms=forms,
        given=given,
        cases=cases.list_cases(context, user),
        platforms=records.platforms_of_shops(context),
        problem=problem,
        kinds=tuple(RecordKind),
        meaning_groups=MEANING_GROUPS,
        without_field=WITHOUT_FIELD,
    )
