"""Values as official registers write them: dates, classes, several holders, kinds of mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from domain.common import Refusal, RightId
from domain.rights import RegisterStatus, RightKind
from register.cells import MAX_NAME, FieldRefused, read_date, read_id, refuse
from register.formats import RegisterRow
from register.tables import MAX_CELL
from register.xml_records import Record

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|T.*)?")

GI_STATUSES = {
    "registered": RegisterStatus.REGISTERED,
    "applied": RegisterStatus.APPLIED,
    "published": RegisterStatus.APPLIED,
    "cancelled": RegisterStatus.ENDED,
    "rejected": RegisterStatus.ENDED,
    "withdrawn": RegisterStatus.ENDED,
}
"""Of indications, as the registers of the European Union and of the United Kingdom write them."""


def read_day(field: str, text: str) -> date | None:
    """Return a day written 20240924, 2024-09-24 or with a time zone; None for none.

    Registers write 0 in every place, or in the day's (19960100), of a day they do not know.
    """
    if not text or not text.strip("0"):
        return None
    if compact := _COMPACT.fullmatch(text):
        if compact[3] == "00":
            return None
        return read_date(field, "-".join(compact.groups()))
    zoned = _ZONED.fullmatch(text)
    return read_date(field, zoned[1] if zoned else text)


def read_nice(texts: Iterable[str]) -> tuple[int, ...]:
    """Return Nice classes, ascending; national classes (A, B, 200) that stand among them do not
    count.
    """
    numbers = {int(text) for text in texts if text.isdecimal() and len(text) <= 3}
    return tuple(sorted(number for number in numbers if 1 <= number <= 45))


def read_mark_name(field: str, text: str) -> str:
    """Return the words of a mark.

    Raises: FieldRefused for a mark without words, which texts cannot be compared with.
    """
    if not any(character.isalnum() for character in text):
        expected = "the words of the mark (a drawing without words comes with its picture, in CSV)"
        raise refuse(field, expected, text)
    if len(text) > MAX_NAME:
        raise refuse(field, f"at most {MAX_NAME} characters", f"{len(text)} characters")
    return text


def read_goods(texts: Iterable[str]) -> tuple[str, ...]:
    """Return statements of goods, each once; what goes beyond a cell's size is cut."""
    return tuple(dict.fromkeys(text[:MAX_CELL] for text in texts if text))


def read_mark_kind(words: str) -> RightKind:
    """Return the kind of mark that words such as “Collective Trademark, Service Mark” name."""
    folded = words.casefold()
    if "certification" in folded or "guarantee" in folded:
        return RightKind.CERTIFICATION_MARK
    return RightKind.COLLECTIVE_MARK if "collective" in folded else RightKind.MARK


def join_holders(names: Iterable[str]) -> str | None:
    """Return several holders as one text."""
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


def make_id(office: str, number: str) -> RightId:
    """Return the id of an entry: the same whatever format tells of it, and at every import."""
    return RightId(f"{read_id('office', office)}-{read_id('number', number)}")


def read_records(
    name: str, records: Iterable[Record | Refusal], read: Callable[[Record], Iterable[RegisterRow]]
) -> Iterator[RegisterRow | Refusal]:
    """Read records of an XML file; one with a fault is refused with its line and element."""
    for record in records:
        if isinstance(record, Refusal):
            yield record
            continue
        try:
            yield from read(record)
        except FieldRefused as error:
            reason = f"expected {error.expected}, got {error.got}"
            yield Refusal(file=name, line=record.line, field=error.where, reason=reason)
