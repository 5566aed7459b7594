"""Geographical indications of the European Union: the JSON of the eAmbrosia register.

One array of objects. Quirks, seen in an export of 2025: `euProtectionDate` of an application is
the day it was filed; `removedFlag` marks what was cancelled or withdrawn while its status still
says registered or applied; no area is given but countries, so rules on origin stay silent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from domain.common import Refusal
from domain.rights import GeographicalIndication, RegisterEntry, RegisterStatus, RightKind
from register.cells import FieldRefused, refuse
from register.entries import GI_STATUSES, join_holders, make_id, read_day, read_goods
from register.formats import Reading, RegisterRow
from register.gi_names import read_names

LARGEST = 128 * 1024 * 1024
"""Bytes; the whole register has below 15 MB."""
OFFICE = "EM"
"""The European Union."""
_FIRST = re.compile(r'\s*\[?\s*\{[^{}]{0,2000}"giIdentifier"\s*:')
_NEXT = re.compile(r'\{\s*"giIdentifier"\s*:')
_STATUSES = {**GI_STATUSES, "removed": RegisterStatus.ENDED}


def recognises(head: bytes) -> bool:
    """Tell by the first key of the register's objects."""
    return _FIRST.match(head.decode("utf-8-sig", "replace")) is not None


def read(name: str, file: BinaryIO, size: int) -> Reading:
    """Read each object; one with a fault is refused by its place in the array."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Refusal(file=name, reason=f"expected at most {LARGEST} bytes, got more")
        return
    text = data.decode("utf-8-sig", "replace")
    for number, (end, value) in enumerate(_objects(text)):
        try:
            if value is None:
                raise refuse("", "a whole JSON object", text[end : end + 40])
            right = _read_indication(value)
            yield RegisterRow(right=right, line=None, share=end / len(text))
        except FieldRefused as error:
            field = f"[{number}].{error.where}".rstrip(".")
            reason = f"expected {error.expected}, got {error.got}"
            yield Refusal(file=name, field=field, reason=reason)


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Yield (place, object) for each in the array; None for one that is no JSON.

    After a fault the next object that begins as they all do is gone on with.
    """
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
            yield end, value
            at = text.find("{", end)
        except (ValueError, RecursionError):
            yield at, None
            following = _NEXT.search(text, at + 1)
            at = following.start() if following else -1


def _read_indication(value: Mapping[str, Any]) -> GeographicalIndication:
    number = _text(value, "fileNumber")
    status_text = _text(value, "status")
    status = _STATUSES.get(status_text.casefold())
    if status is None:
        raise refuse("status", "one of " + ", ".join(_STATUSES), status_text)
    is_removed = value.get("removedFlag") is True
    since = read_day("euProtectionDate", _text(value, "euProtectionDate"))
    is_applied = status is RegisterStatus.APPLIED
    names = read_names("protectedNames", _texts(value, "protectedNames"))
    others = [" ".join(one.split()) for one in _texts(value, "transcriptions")]
    groups = [_text(value, "producerGroupName"), *_names(value, "recognisedProducersGroup")]
    return GeographicalIndication(
        right_id=make_id(OFFICE, number),
        kind=RightKind.GI,
        name=names[0],
        other_names=tuple(one for one in dict.fromkeys((*names, *others)) if one != names[0]),
        number=number,
        office=OFFICE,
        goods=read_goods(map(_last_level, _names(value, "cnClassification", "cnTranslation"))),
        holder=join_holders(" ".join(group.split()) for group in groups),
        valid_from=None if is_applied else since,
        entry=RegisterEntry(
            status=RegisterStatus.ENDED if is_removed else status,
            status_text=f"{status_text}, removed" if is_removed else status_text,
            status_on=read_day("modificationDate", _text(value, "modificationDate")),
            filed_on=since if is_applied else None,
            countries=tuple(_texts(value, "countries")),
            product_type=_text(value, "productType") or None,
        ),
    )


def _last_level(text: str) -> str:
    """Return the narrowest heading of “22 - BEVERAGES … | 2204 - Wine of fresh grapes …”."""
    return text.rpartition("|")[2].partition(" - ")[2].strip() or text.strip()


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise refuse(key, "text", json.dumps(found)[:60])
    return found.strip()


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise refuse(key, "a list of texts", json.dumps(found)[:60])
    return found


def _names(value: Mapping[str, Any], key: str, of: str = "name") -> list[str]:
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise refuse(key, "a list of objects", json.dumps(found)[:60])
    return [_text(one, of) for one in found]
