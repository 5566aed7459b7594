"""The two languages of the desk, and which of them a request is answered in.

Sentences are written in English in templates and code (`_("…")`) and translated in
`translations/zh.po`, which is read once at start: no build step, no binary in the repository.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request
from starlette.responses import Response

LANGUAGES = ("zh", "en")
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
"""CLDR locale by which times and amounts are written in each language."""
COOKIE = "suyuan_language"
_COOKIE_AGE_S = 365 * 24 * 3600
CATALOGUE = Path(__file__).parent / "translations" / "zh.po"


def mark(message: str) -> str:
    """Mark a sentence for translation where it is only named; the page translates it."""
    return message


@cache
def translations_of(language: str) -> NullTranslations:
    """Return the sentences of one language; English is the language they are written in."""
    if language != "zh":
        return NullTranslations()
    compiled = BytesIO()
    with CATALOGUE.open("rb") as source:
        write_mo(compiled, read_po(source, locale="zh"))
    compiled.seek(0)
    return Translations(compiled)


def language_of(request: Request) -> str:
    """Tell the language of a request: the switch first, then the browser's wish, else Chinese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return _wished(request.headers.get("accept-language", "")) or "zh"


def remember_language(response: Response, language: str, *, secure: bool) -> None:
    """Keep a person's choice in the browser for a year."""
    response.set_cookie(
        COOKIE, language, max_age=_COOKIE_AGE_S, httponly=True, samesite="lax", secure=secure
    )


def _wished(header: str) -> str | None:
    """Return the first of our languages by the weights of Accept-Language (RFC 9110, 12.5.4)."""
    best: tuple[float, str] | None = None
    for entry in header[:500].split(","):
        tag, _, parameters = entry.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if language in LANGUAGES and weight > 0 and (best is None or weight > best[0]):
            best = (weight, language)
    return best[1] if best else None


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip().lower() == "q" and 0 <= weight <= 1 else 0.0
