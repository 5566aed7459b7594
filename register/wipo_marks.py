"""One mark as WIPO ST.66 and ST.96 describe it: the same facts under other element names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from domain.rights import Mark, MarkForm, RegisterEntry, RegisterStatus
from register.cells import read_office, refuse
from register.entries import (
    join_holders,
    make_id,
    read_day,
    read_goods,
    read_mark_kind,
    read_mark_name,
    read_nice,
)
from register.us_codes import read_us_form, read_us_status
from register.xml_records import text_of, texts_of

_ENDED_WORDS = (
    *("expired", "cancelled", "canceled", "ended", "withdrawn", "refused", "rejected"),
    *("abandoned", "surrendered", "invalidated", "revoked", "removed", "lapsed"),
)
"""Words of a status that say an entry came to its end, where the office has no code list here."""
_FORMS = (
    ("standard", MarkForm.STANDARD_CHARACTERS),
    ("styli", MarkForm.STYLISED),
    ("combined", MarkForm.COMBINED),
    ("figurative", MarkForm.FIGURATIVE),
    ("word", MarkForm.STANDARD_CHARACTERS),
)
"""Part of a mark's feature ▶ form; the first that occurs counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPaths:
    """Where a standard keeps what differs between the two: paths of local names in a mark."""

    application_number: str
    application_date: str
    kind: str
    features: str
    classes: str
    goods: str
    transliteration: str
    description: str
    design_codes: str


def read_mark(
    element: etree._Element, paths: MarkPaths, vienna: tuple[str, ...], holders: tuple[str, ...]
) -> Mark:
    """Read one mark, its Vienna codes and holders having been found.

    Raises: FieldRefused naming the element.
    """
    office = read_office("RegistrationOfficeCode", text_of(element, "RegistrationOfficeCode"))
    if office is None:
        raise refuse("RegistrationOfficeCode", "the office (WIPO ST.3)", "")
    application = text_of(element, paths.application_number)
    registration = text_of(element, "RegistrationNumber")
    registration = registration if registration.strip("0") else ""
    if not application and not registration:
        raise refuse("ApplicationNumber", "an application or registration number", "")
    name = read_mark_name("MarkVerbalElementText", text_of(element, ".//MarkVerbalElementText"))
    ended = _day(element, ".//TerminationDate") or _day(element, ".//CancellationDate")
    entry = _read_entry(element, paths, office, application, registration, ended)
    valid_to = ended or _day(element, "ExpiryDate")
    if entry.status is RegisterStatus.ENDED:
        valid_to = valid_to or entry.status_on
    return Mark(
        right_id=make_id(office, application or registration),
        kind=read_mark_kind(text_of(element, paths.kind)),
        name=name,
        other_names=tuple(one for one in texts_of(element, paths.transliteration) if one != name),
        number=registration or None,
        office=office,
        nice_classes=read_nice(texts_of(element, paths.classes)),
        vienna_codes=vienna,
        goods=read_goods(texts_of(element, paths.goods)),
        holder=join_holders(holders),
        valid_from=_day(element, "RegistrationDate"),
        valid_to=valid_to,
        notes=text_of(element, paths.description) or None,
        entry=entry,
    )


def _read_entry(
    element: etree._Element,
    paths: MarkPaths,
    office: str,
    application: str,
    registration: str,
    ended: date | None,
) -> RegisterEntry:
    code = text_of(element, "MarkCurrentStatusCode")
    words = text_of(element, ".//MarkCurrentStatusExternalDescriptionText")
    status_text = " ".join(part for part in (code, words) if part)
    if office == "US":
        is_registered = bool(registration)
        status = read_us_status(code, is_registered=is_registered, has_end=ended is not None)
    elif ended is not None or any(word in status_text.casefold() for word in _ENDED_WORDS):
        status = RegisterStatus.ENDED
    else:
        is_registered = bool(registration) and bool(text_of(element, "RegistrationDate"))
        status = RegisterStatus.REGISTERED if is_registered else RegisterStatus.APPLIED
    return RegisterEntry(
        status=status,
        status_text=status_text or None,
        status_on=_day(element, "MarkCurrentStatusDate"),
        application_number=application or None,
        filed_on=_day(element, paths.application_date),
        form=_read_form(element, paths, office),
        design_codes=texts_of(element, paths.design_codes),
    )


def _read_form(element: etree._Element, paths: MarkPaths, office: str) -> MarkForm | None:
    if text_of(element, ".//MarkStandardCharacterIndicator").casefold() in ("true", "1"):
        return MarkForm.STANDARD_CHARACTERS
    if office == "US" and (form := read_us_form(text_of(element, ".//MarkFeatureCode"))):
        return form
    feature = text_of(element, paths.features).casefold()
    found = (form for part, form in _FORMS if part in feature)
    return next(found, MarkForm.OTHER) if feature else None


def _day(element: etree._Element, path: str) -> date | None:
    return read_day(path.rpartition("/")[2], text_of(element, path))
