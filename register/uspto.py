"""USPTO trade mark applications and registrations, daily and annual XML (TRTDXFAP).

One `case-file` an entry. Quirks, seen in files of 2018 to 2024: dates are YYYYMMDD; the
registration number of an application is 0000000; owners of all times stand side by side and the
highest party type is the present one (10 applicant, 20 at publication, 30 registrant, 31 and up
later owners); goods are statements whose type begins with GS. Neither an expiry date nor Vienna
codes are given: design search codes, made after them, are kept as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from domain.rights import Mark, MarkForm, RegisterEntry, RegisterStatus, RightKind
from register.cells import refuse
from register.entries import (
    join_holders,
    make_id,
    read_day,
    read_goods,
    read_mark_name,
    read_nice,
    read_records,
)
from register.formats import Reading, RegisterRow
from register.us_codes import read_us_form, read_us_status
from register.xml_records import Record, cut_records, text_of, texts_of

_ROOT = re.compile(rb"<(?:trademark-applications-daily|case-file)[\s>]")
_COLLECTIVE = (
    "collective-trademark-in",
    "collective-service-mark-in",
    "collective-membership-mark-in",
)


def recognises(head: bytes) -> bool:
    """Tell by the root element, or by the first entry of a piece cut out of a file."""
    return _ROOT.search(head) is not None


def read(name: str, file: BinaryIO, size: int) -> Reading:
    """Read a file of any size, one entry after the other."""
    return read_records(name, cut_records(name, file, "case-file", size), _read_case)


def _read_case(record: Record) -> Iterator[RegisterRow]:
    case = record.element
    header = case.find("case-file-header")
    if header is None:
        raise refuse("case-file-header", "one for every case-file", "")
    serial = text_of(case, "serial-number")
    registration = text_of(case, "registration-number").lstrip("0")
    ended = read_day("cancellation-date", text_of(header, "cancellation-date"))
    ended = ended or read_day("abandonment-date", text_of(header, "abandonment-date"))
    code = text_of(header, "status-code")
    status = read_us_status(code, is_registered=bool(registration), has_end=ended is not None)
    status_on = read_day("status-date", text_of(header, "status-date"))
    if status is RegisterStatus.ENDED:
        ended = ended or status_on
    form = read_us_form(text_of(header, "mark-drawing-code"))
    if text_of(header, "standard-characters-claimed-in") == "T":
        form = MarkForm.STANDARD_CHARACTERS
    statements = [
        (text_of(statement, "type-code"), text_of(statement, "text"))
        for statement in case.iterfind("case-file-statements/case-file-statement")
    ]
    descriptions = [text for kind, text in statements if kind.startswith("DM")]
    mark = Mark(
        right_id=make_id("US", serial),
        kind=_kind(header),
        name=read_mark_name("mark-identification", text_of(header, "mark-identification")),
        number=registration or None,
        office="US",
        nice_classes=read_nice(texts_of(case, "classifications/classification/international-code")),
        goods=read_goods(text for kind, text in statements if kind.startswith("GS")),
        holder=_holder(case),
        valid_from=read_day("registration-date", text_of(header, "registration-date")),
        valid_to=ended,
        notes=descriptions[0] if descriptions else None,
        entry=RegisterEntry(
            status=status,
            status_text=code or None,
            status_on=status_on,
            application_number=serial,
            filed_on=read_day("filing-date", text_of(header, "filing-date")),
            form=form,
            design_codes=tuple(map(_dotted, texts_of(case, "design-searches/design-search/code"))),
        ),
    )
    yield RegisterRow(right=mark, line=record.line, share=record.share)


def _kind(header: etree._Element) -> RightKind:
    if text_of(header, "certification-mark-in") == "T":
        return RightKind.CERTIFICATION_MARK
    is_collective = any(text_of(header, flag) == "T" for flag in _COLLECTIVE)
    return RightKind.COLLECTIVE_MARK if is_collective else RightKind.MARK


def _holder(case: etree._Element) -> str | None:
    owners = [
        (text_of(owner, "party-type").rjust(2, "0"), text_of(owner, "party-name"))
        for owner in case.iterfind("case-file-owners/case-file-owner")
    ]
    last = max((kind for kind, _ in owners), default="")
    return join_holders(name for kind, name in owners if kind == last)


def _dotted(code: str) -> str:
    return ".".join((code[:2], code[2:4], code[4:])) if len(code) == 6 else code
