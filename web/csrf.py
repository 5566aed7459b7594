"""Forms, read only together with the token that proves they came from a page of this desk."""

from __future__ import annotations

import hashlib
import hmac
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from domain.common import WrongUse
from web.languages import mark
from web.session import Desk, Session, read_session, signing_key

FIELD = "csrf_token"
_MAX_FILES = 20
_MAX_FIELDS = 500
_MAX_FIELD_BYTES = 256 * 1024


class FormRefused(WrongUse):
    """A form lacks something, or says what cannot be; the text is a sentence of the catalogue."""


def token_of(session: Session, key: bytes) -> str:
    """Return the token of a session: 64 hex digits, derived, so nothing needs to be stored."""
    message = b"csrf " + session.nonce.encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


async def checked_form(request: Request, context: Desk) -> FormData:
    """Return the form of a request after its token was checked; the one way to read a form.

    Raises: HTTPException 403 when the token is missing or of another session.
    """
    form = await request.form(
        max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=_MAX_FIELD_BYTES
    )
    expected = token_of(read_session(request, context), signing_key(request))
    given = form.get(FIELD)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
        raise HTTPException(
            403, mark("This form was too old or came from elsewhere. Open the page again.")
        )
    return form


Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str, *, limit: int = 2000) -> str:
    """Return one text field without surrounding space, cut at `limit`; "" when absent."""
    value = form.get(name)
    return value.strip()[:limit] if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> tuple[str, ...]:
    """Return every text value of a field that may occur many times."""
    return tuple(value for value in form.getlist(name) if isinstance(value, str) and value)
