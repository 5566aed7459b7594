"""Logging in and out, and the switch of language."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import accounts
from casework.context import Context
from web.csrf import Form, text_of
from web.languages import LANGUAGES, mark, remember_language
from web.limits import AttemptLimiter
from web.render import local_path, render
from web.session import (
    COOKIE,
    Desk,
    LogInNeeded,
    current_user,
    is_cookie_lost,
    keep_session,
    needs_secure_cookie,
    start_session,
)

router = APIRouter()

WINDOW = timedelta(minutes=15)
FAILURES_PER_USER = 5
"""From one address for one user name; another address can still log in as that user."""
FAILURES_PER_ADDRESS = 50
"""An office may share one address."""


class Attempts:
    """Failed log-ins of this process."""

    def __init__(self) -> None:
        self.by_user = AttemptLimiter(failures=FAILURES_PER_USER, window=WINDOW)
        self.by_address = AttemptLimiter(failures=FAILURES_PER_ADDRESS, window=WINDOW)


@router.get("/login")
def show_login(request: Request, context: Desk, next: str = "/flags") -> Response:
    """Show the log-in form."""
    return _login_page(request, context, next=local_path(next))


@router.post("/login")
def log_in(request: Request, context: Desk, form: Form) -> Response:
    """Begin a session for the right password; too many wrong ones must wait."""
    user_name = text_of(form, "user_name", limit=100)
    password = form.get("password")
    target = local_path(text_of(form, "next"))
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else "unknown"
    pair = f"{address} {user_name}"
    now = context.clock()

    def refuse(status: int, error: str) -> Response:
        return _login_page(
            request, context, next=target, user_name=user_name, error=error, status=status
        )

    if attempts.by_user.must_wait(pair, now) or attempts.by_address.must_wait(address, now):
        return refuse(429, mark("Too many failed attempts. Try again in a quarter of an hour."))
    # An overlong password is no password; hashing it would only cost time.
    known = isinstance(password, str) and len(password) <= 200
    user = accounts.log_in(context, user_name, str(password)) if known else None
    if user is None:
        attempts.by_user.count_failure(pair, now)
        attempts.by_address.count_failure(address, now)
        return refuse(401, mark("The user name or the password is wrong."))
    attempts.by_user.forget(pair)
    response = RedirectResponse(target, 303)
    keep_session(request, response, start_session(context, user))
    return response


@router.post("/logout")
def log_out(request: Request, context: Desk, form: Form) -> Response:
    """End every session of this person, on every machine."""
    # A cookie that was ended before has no say over the sessions begun since.
    with suppress(LogInNeeded):
        accounts.end_sessions(context, current_user(request, context).user_name)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


@router.post("/language")
def switch_language(request: Request, context: Desk, form: Form) -> Response:
    """Remember the language chosen and go back to the page."""
    response = RedirectResponse(local_path(text_of(form, "next")), 303)
    language = text_of(form, "language")
    if language in LANGUAGES:
        remember_language(response, language, secure=needs_secure_cookie(request))
    return response


def _login_page(
    request: Request,
    context: Context,
    *,
    next: str,
    user_name: str = "",
    error: str | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        context,
        "login.html",
        status=status,
        here="/login" if request.method == "POST" else None,
        next=next,
        user_name=user_name,
        error=error,
        cookie_lost=is_cookie_lost(request),
    )
