"""Who is speaking: a signed cookie that names the user and the session's own secret.

The cookie holds no more than the user name, the number of the user's sessions (raised to end
them all), when it was made and a nonce from which the CSRF token is derived. Before log-in it
names nobody.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from casework import accounts
from casework.context import Context
from domain.users import User

COOKIE = "suyuan_session"
LIFETIME = timedelta(hours=12)
"""A working day; then the person logs in again."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class LogInNeeded(Exception):
    """The page asked for is for people who have logged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the cookie says."""

    user_name: str | None
    version: int
    """`User.session_version` at log-in."""
    started_at: datetime
    nonce: str


def get_context(request: Request) -> Context:
    """Return the context that the desk was opened with."""
    context: Context = request.app.state.context
    return context


Desk = Annotated[Context, Depends(get_context)]


def signing_key(request: Request) -> bytes:
    """Return the key that signs cookies and tokens, read once when the desk was opened."""
    key: bytes = request.app.state.signing_key
    return key


def start_session(context: Context, user: User | None) -> Session:
    """Begin a session with a fresh nonce, so that nothing known before log-in is worth keeping."""
    return Session(
        user_name=user.user_name if user else None,
        version=user.session_version if user else 0,
        started_at=context.clock(),
        nonce=secrets.token_urlsafe(16),
    )


def read_session(request: Request, context: Context) -> Session:
    """Return the session of a request; a missing, forged or expired cookie is a fresh one."""
    existing: Session | None = getattr(request.state, "session", None)
    if existing is None:
        existing = _unseal(request, context)
        request.state.session_is_new = existing is None
        existing = existing or start_session(context, None)
        request.state.session = existing
    return existing


def keep_session(request: Request, response: Response, session: Session) -> None:
    """Write the session's cookie."""
    value = _sealer(request).dumps(
        {
            "user": session.user_name,
            "version": session.version,
            "at": int(session.started_at.timestamp()),
            "nonce": session.nonce,
        }
    )
    response.set_cookie(
        COOKIE,
        value if isinstance(value, str) else value.decode("ascii"),
        httponly=True,
        samesite="lax",
        secure=needs_secure_cookie(request),
    )


def needs_secure_cookie(request: Request) -> bool:
    """Tell whether cookies must be bound to https: always, but on plain http over loopback."""
    return request.url.scheme == "https" or request.url.hostname not in _LOOPBACK


def is_cookie_lost(request: Request) -> bool:
    """Tell whether the browser will drop our cookies: plain http from another machine."""
    return needs_secure_cookie(request) and request.url.scheme != "https"


def current_user(request: Request, context: Desk) -> User:
    """Return the person who has logged in.

    Raises: LogInNeeded when nobody has, or when the user's sessions were ended since.
    """
    session = read_session(request, context)
    user = accounts.find_user(context, session.user_name) if session.user_name else None
    if user is None or user.session_version != session.version:
        raise LogInNeeded
    request.state.user = user
    return user


SignedIn = Annotated[User, Depends(current_user)]


def _sealer(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(
        signing_key(request),
        salt="suyuan session",
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def _unseal(request: Request, context: Context) -> Session | None:
    try:
        match _sealer(request).loads(request.cookies.get(COOKIE, "")):
            case {
                "user": str() | None as user_name,
                "version": int(version),
                "at": int(at),
                "nonce": str(nonce),
            }:
                started_at = datetime.fromtimestamp(at, UTC)
            case _:
                return None
    except (BadSignature, ValueError, OverflowError):
        return None
    age = context.clock() - started_at
    # A minute of grace for a clock that was set back.
    if not timedelta(minutes=-1) <= age <= LIFETIME:
        return None
    return Session(user_name=user_name, version=version, started_at=started_at, nonce=nonce)
