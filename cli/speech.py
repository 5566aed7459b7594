"""What commands tell people, in the language of the settings (`casework.settings`).

Sentences are written in English and translated by the desk's catalogue. What a file was refused for
and what became of an import is said so; complaints about how a command was called stay in English.
"""

from __future__ import annotations

from casework.settings import load_settings
from domain.common import Refusal
from web.languages import translations_of
from web.refusals import reason_of


def spoken(sentence: str, **values: object) -> str:
    """Return a sentence of the catalogue with its values put in."""
    return _translate(sentence) % values if values else _translate(sentence)


def words_of_refusal(refusal: Refusal) -> str:
    """Say where a row or part was refused, and why."""
    where = f"{refusal.place}: {refusal.field}" if refusal.field else refusal.place
    return f"{where}: {reason_of(refusal, _translate)}"


def _translate(sentence: str) -> str:
    return str(translations_of(load_settings().language).gettext(sentence))
