"""MHTML (RFC 2557): "Webpage, single file" of Chromium browsers, .mht of old Internet Explorer.

Seen (2026-11): Chromium writes the DOM as it stood, frames as further HTML parts, pictures as they
came; Date is the moment of saving; Content-Location is each part's address, `cid:` for what has
none. A part's bytes are found between boundaries and undone one at a time.
"""

from __future__ import annotations

import binascii
import email.utils
import quopri
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from crawler.reading.captures.parts import (
    MAX_ANSWERS,
    MAX_BODY_BYTES,
    MAX_HEADER_BYTES,
    Answer,
    Capture,
    CapturedPage,
    CaptureForm,
    Part,
    make_part,
)
from domain.common import RefusedInput

_BEGINNING = re.compile(
    rb"\s*(?:[\w-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){0,50}?"
    rb"content-type:\s*multipart/related",
    re.IGNORECASE,
)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def read_mhtml(capture: Capture) -> Iterator[Part]:
    """Read the parts of an MHTML file; the first HTML part is the page that was saved."""
    data = capture.data
    blank = len(data[:MAX_HEADER_BYTES]) - len(data[:MAX_HEADER_BYTES].lstrip())
    header, start = _header_at(data, blank)
    boundary = header.get_boundary() if header is not None else None
    if header is None or not boundary:
        raise capture.broken(expected="MHTML: multipart/related with a boundary", got="none")
    saved_at = _date_of(header) or capture.saved_at
    main = (_text(header, "snapshot-content-location") or "").partition("#")[0] or None
    whole = False
    for number, (first, end) in enumerate(_cut_parts(data, boundary, start)):
        whole = end is not None
        where = f"part {number + 1}"
        if number >= MAX_ANSWERS:
            raise capture.broken(expected=f"at most {MAX_ANSWERS} parts", got="more")
        try:
            part, url = _read_part(data, first, end, saved_at, main, where)
        except RefusedInput as refusal:
            yield capture.refuse(f"expected {refusal.expected}, got {refusal.got}", where)
            continue
        if isinstance(part, CapturedPage):
            main = main or url
        if part is not None:
            yield part
    if not whole:
        raise capture.broken(expected="MHTML that ends with its boundary", got="a file cut short")


def _cut_parts(data: bytes, boundary: str, start: int) -> Iterator[tuple[int, int | None]]:
    """Yield where each part begins and ends; its end is None where the file breaks off."""
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary.encode("ascii", "replace")))
    sign = line.search(data, max(0, start - 2))
    while sign is not None and data[sign.end() : sign.end() + 2] != b"--":
        first = data.find(b"\n", sign.end()) + 1
        if not first:
            return
        sign = line.search(data, first - 1)
        yield first, sign.start() if sign else None


def _read_part(
    data: bytes, first: int, end: int | None, saved_at: datetime, main: str | None, where: str
) -> tuple[Part | None, str | None]:
    """Return a part and its address; a part that the file breaks off is refused."""
    if end is None:
        raise RefusedInput(expected="a whole part", got="a cut one", where=where)
    header, start = _header_at(data, first, end)
    if header is None:
        raise RefusedInput(expected="a part with a header", got="none", where=where)
    location = (_text(header, "content-location") or "").partition("#")[0]
    answer = Answer(
        url=location,
        fetched_at=saved_at,
        content_type=_text(header, "content-type") or "",
        is_document=main is None or location == main,
    )
    if not answer.is_of_use:
        return None, None
    if end - start > 2 * MAX_BODY_BYTES:
        raise RefusedInput(
            expected=f"at most {2 * MAX_BODY_BYTES} bytes", got=f"{end - start}", where=where
        )
    coding = (_text(header, "content-transfer-encoding") or "").lower()
    return make_part(answer, _undo(data[start:end], coding, where)), location


def _undo(body: bytes, coding: str, where: str) -> bytes:
    """Undo a Content-Transfer-Encoding (RFC 2045 section 6)."""
    if coding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error as fault:
            raise RefusedInput(expected="base64", got=str(fault), where=where) from fault
    if coding == "quoted-printable":
        return quopri.decodestring(body)
    if coding in ("", "7bit", "8bit", "binary"):
        return body
    raise RefusedInput(expected="a known transfer encoding", got=repr(coding[:50]), where=where)


def _header_at(data: bytes, start: int, limit: int | None = None) -> tuple[Message | None, int]:
    """Return the header that stands at a place and where its body begins."""
    farthest = start + MAX_HEADER_BYTES
    end = _HEADER_END.search(data, start, farthest if limit is None else min(limit, farthest))
    if end is None:
        return None, start
    header = BytesHeaderParser(policy=compat32).parsebytes(data[start : end.end()])
    return header, end.end()


def _text(header: Message, name: str) -> str | None:
    """Return a header as one line; bytes that are no ASCII are replaced."""
    value = header.get(name)
    return re.sub(r"[\r\n\t]+ *", " ", str(value)).strip() if value is not None else None


def _date_of(header: Message) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(_text(header, "date") or "")
        # "-0000" says: UTC, zone of the sender unknown.
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


MHTML = CaptureForm(
    name="MHTML",
    media_type="multipart/related",
    endings=(".mhtml", ".mht"),
    recognises=lambda head: bool(_BEGINNING.match(head)),
    read=read_mhtml,
)
