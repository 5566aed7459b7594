"""What columns mean, told by their headings and by what stands in them.

A heading names a party (发货人, 收件人, 承租人, else the merchant itself) and what is said of it
(电话, 地址, 信用代码). A value shows what it is by its form: phones, codes, waybills, addresses and
dates recognise themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC
from functools import lru_cache

from stdnum import iso6346

from domain.common import RefusedInput
from domain.mappings import Meaning
from reference.carriers import carriers_of
from reference.written_dates import read_moment
from tracing.codes import is_company_name, read_uscc
from tracing.contacts import read_email
from tracing.phones import read_phone
from tracing.sources.cells import number_text, parts
from tracing.sources.heading_words import (
    ADDRESS_PARTS,
    ATTRIBUTES,
    NOT_TAKEN,
    OWN,
    PARTIES,
    PARTY_ITSELF,
    RECIPIENT,
    SENDER,
    SINGLE,
    TENANT,
)
from tracing.waybills import read_waybill

_OF_PARTY: dict[str, dict[str, Meaning]] = {
    "name": {
        OWN: Meaning.NAME,
        SENDER: Meaning.SENDER_NAME,
        RECIPIENT: Meaning.RECIPIENT_NAME,
        TENANT: Meaning.TENANT_NAME,
    },
    "uscc": {
        OWN: Meaning.USCC,
        SENDER: Meaning.SENDER_USCC,
        RECIPIENT: Meaning.RECIPIENT_USCC,
        TENANT: Meaning.TENANT_USCC,
    },
    "phone": {
        OWN: Meaning.PHONES,
        SENDER: Meaning.SENDER_PHONE,
        RECIPIENT: Meaning.RECIPIENT_PHONE,
        TENANT: Meaning.TENANT_PHONE,
    },
    "address": {
        OWN: Meaning.ADDRESS,
        SENDER: Meaning.SENDER_ADDRESS,
        RECIPIENT: Meaning.RECIPIENT_ADDRESS,
    },
    "email": {OWN: Meaning.EMAILS},
}


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


_PARTIES = tuple((party, _any_of(words)) for party, words in PARTIES)
_NOT_TAKEN = _any_of(NOT_TAKEN)
_SINGLE = tuple((meaning, _any_of(words)) for meaning, words in SINGLE)
_ATTRIBUTES = tuple((attribute, _any_of(words)) for attribute, words in ATTRIBUTES)
_PARTY_ITSELF = re.compile(PARTY_ITSELF)
_ADDRESS_PARTS = _any_of(ADDRESS_PARTS)


@lru_cache(maxsize=4_096)
def meaning_of_heading(heading: str) -> Meaning | None:
    """Tell what a heading says its column holds; None for what nobody knows here."""
    text = _bare(heading)
    if text in _NAMED:
        return _NAMED[text]
    if not text or _NOT_TAKEN.search(text):
        return None
    party, rest = _party_of(text)
    if party != RECIPIENT:
        for meaning, pattern in _SINGLE:
            if pattern.search(text):
                return meaning
    for attribute, pattern in _ATTRIBUTES:
        if pattern.search(text):
            return _OF_PARTY[attribute].get(party)
    if party != OWN and _PARTY_ITSELF.fullmatch(rest):
        return _OF_PARTY["name"][party]
    return None


def is_set_aside(heading: str) -> bool:
    """Tell whether a heading says that its column is about something no field is for."""
    text = _bare(heading)
    return bool(text not in _NAMED and _NOT_TAKEN.search(text))


def is_heading(text: str) -> bool:
    """Tell whether a text is a heading that is known here."""
    return meaning_of_heading(text) is not None


def _bare(heading: str) -> str:
    """Return a heading in small letters without what is said in brackets, blanks and marks."""
    text = unicodedata.normalize("NFKC", heading[:100]).casefold()
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    return re.sub(r"[\s_*:.、/\-]+", "", text) or re.sub(r"\s", "", text)


_NAMED = {_bare(meaning.value): meaning for meaning in Meaning}


def _party_of(text: str) -> tuple[str, str]:
    """Return the party that a heading names, and what is left of it."""
    for party, pattern in _PARTIES:
        if found := pattern.search(text):
            return party, text[: found.start()] + text[found.end() :]
    return OWN, text


def _is_phone(value: str) -> bool:
    return read_phone(value) is not None


def _is_waybill(value: str) -> bool:
    number = read_waybill(value)
    return number is not None and len(number) >= 10 and bool(carriers_of(number))


def _is_address(value: str) -> bool:
    return len(value) >= 6 and len(_ADDRESS_PARTS.findall(value.casefold())) >= 2


def _is_moment(value: str) -> bool:
    try:
        read_moment(value, UTC)
    except RefusedInput:
        return False
    return True


def _is_date(value: str) -> bool:
    # Serial numbers and bare digits may count anything.
    return _is_moment(value) and (not value.isdecimal() or len(value) == 8)


def _is_sha256(value: str) -> bool:
    return re.fullmatch(r"[0-9a-fA-F]{64}", value) is not None


FORMS: dict[str, Callable[[str], bool]] = {
    "uscc": lambda value: read_uscc(value) is not None,
    "container": lambda value: bool(iso6346.is_valid(value)),
    "email": lambda value: read_email(value) is not None,
    "media": _is_sha256,
    "phone": _is_phone,
    "waybill": _is_waybill,
    "date": _is_date,
    "company": is_company_name,
    "address": _is_address,
}
"""Forms by which values are known, the surest first."""

FORM_OF: dict[Meaning, str] = {
    Meaning.USCC: "uscc",
    Meaning.TENANT_USCC: "uscc",
    Meaning.SENDER_USCC: "uscc",
    Meaning.RECIPIENT_USCC: "uscc",
    Meaning.CONTAINER: "container",
    Meaning.EMAILS: "email",
    Meaning.MEDIA: "media",
    Meaning.PHONES: "phone",
    Meaning.TENANT_PHONE: "phone",
    Meaning.SENDER_PHONE: "phone",
    Meaning.RECIPIENT_PHONE: "phone",
    Meaning.SHIPPED_AT: "moment",
    Meaning.EVENT_AT: "moment",
    Meaning.RETRIEVED_AT: "moment",
}
"""What the values of a column must look like; those of other meanings can look like anything."""

MEANING_OF_FORM: dict[str, Meaning] = {
    "uscc": Meaning.USCC,
    "container": Meaning.CONTAINER,
    "email": Meaning.EMAILS,
    "media": Meaning.MEDIA,
    "phone": Meaning.PHONES,
    "waybill": Meaning.WAYBILL,
    "company": Meaning.NAME,
    "address": Meaning.ADDRESS,
}
"""What a column under an unknown heading may mean when its values have a form."""


def has_form(form: str, value: str) -> bool:
    """Tell whether a cell, or each of several values in it, has a form; numbers read as ever."""
    if form == "moment":
        return _is_moment(value)
    pieces = [value] if form in ("address", "company", "date") else parts(value)
    try:
        return bool(pieces) and all(FORMS[form](number_text(one, "")) for one in pieces)
    except RefusedInput:
        return False


def looks_like_value(text: str) -> bool:
    """Tell whether a text is a value and so no heading."""
    if re.fullmatch(r"[\d\s.,:/+\-]+", text):
        return True
    return any(has_form(form, text) for form in ("uscc", "email", "media", "phone", "date"))
