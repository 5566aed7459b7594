"""Errors become pages that say what happened and what to do; nothing inner is shown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.common import (
    ForbiddenTransition,
    MissingTool,
    NotAllowed,
    NotFound,
    RefusedInput,
    StorageFault,
    SuyuanError,
    WrongUse,
)
from web.csrf import FormRefused
from web.headers import ALWAYS
from web.languages import mark
from web.render import render
from web.session import LogInNeeded, current_user, get_context


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How one kind of error is told."""

    status: int
    heading: str
    advice: str


_NOT_FOUND = Explanation(
    status=404,
    heading=mark("There is no such page"),
    advice=mark("The address is wrong, or what it named is not among your matters."),
)
_REFUSED = Explanation(
    status=400,
    heading=mark("This could not be accepted"),
    advice=mark("Nothing was changed. Correct what is named below and try again."),
)
_FAULT = Explanation(
    status=500,
    heading=mark("Something went wrong here"),
    advice=mark("Nothing of yours is lost. If it happens again, tell the operator."),
)
_EXPLANATIONS: tuple[tuple[type[SuyuanError], Explanation], ...] = (
    (NotFound, _NOT_FOUND),
    (
        NotAllowed,
        Explanation(
            status=403,
            heading=mark("Your role does not allow this"),
            advice=mark("Ask a person whose task it is, or have your account changed."),
        ),
    ),
    (
        ForbiddenTransition,
        Explanation(
            status=409,
            heading=mark("The matter is in another state"),
            advice=mark("Somebody may have moved it since. Open it again."),
        ),
    ),
    (RefusedInput, _REFUSED),
    (WrongUse, _REFUSED),
    (
        MissingTool,
        Explanation(
            status=503,
            heading=mark("A program is missing on the server"),
            advice=mark("Tell the operator what is named below."),
        ),
    ),
    (
        StorageFault,
        Explanation(
            status=503,
            heading=mark("The store cannot be reached"),
            advice=mark("Try again shortly. If it stays so, tell the operator."),
        ),
    ),
)
_BY_STATUS = {
    400: _REFUSED,
    404: _NOT_FOUND,
    403: Explanation(
        status=403,
        heading=mark("This form could not be accepted"),
        advice=mark("This form was too old or came from elsewhere. Open the page again."),
    ),
    405: _NOT_FOUND,
    413: Explanation(
        status=413,
        heading=mark("This is too large"),
        advice=mark("The desk accepts 12 MB at once, and pictures of at most 10 MB."),
    ),
}


def explain_errors(app: FastAPI) -> None:
    """Register the pages for every error that may reach the door."""
    app.add_exception_handler(LogInNeeded, _to_login)
    app.add_exception_handler(FormRefused, _tell_form)
    app.add_exception_handler(SuyuanError, _tell_refusal)
    app.add_exception_handler(HTTPException, _tell_status)
    app.add_exception_handler(RequestValidationError, _tell_wrong_address)
    app.add_exception_handler(Exception, _tell_fault)


def _to_login(request: Request, error: Exception) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    # After log-in only a page can be gone back to, never a form.
    target = request.url.path + query if request.method == "GET" else "/flags"
    return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)


def _tell_refusal(request: Request, error: Exception) -> Response:
    for kind, explanation in _EXPLANATIONS:
        if isinstance(error, kind):
            return _page(request, explanation, str(error))
    return _page(request, _FAULT, str(error))


def _tell_form(request: Request, error: Exception) -> Response:
    return _page(request, _REFUSED, None, reason=str(error))


def _tell_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    # No endpoint was reached that would have asked who this is; the page offers the way back.
    with suppress(LogInNeeded):
        current_user(request, get_context(request))
    return _page(request, _BY_STATUS.get(status, _FAULT), None)


def _tell_wrong_address(request: Request, error: Exception) -> Response:
    return _page(request, _NOT_FOUND, None)


def _tell_fault(request: Request, error: Exception) -> Response:
    response = _page(request, _FAULT, None)
    # Starlette answers unforeseen errors outside of every middleware.
    response.headers.update(ALWAYS)
    return response


def _page(
    request: Request, explanation: Explanation, detail: str | None, reason: str | None = None
) -> Response:
    """Return the page of an error.

    `reason` is a sentence of the catalogue; `detail` is the English of the room that refused.
    """
    return render(
        request,
        get_context(request),
        "error.html",
        status=explanation.status,
        heading=explanation.heading,
        advice=explanation.advice,
        reason=reason,
        detail=detail,
    )
