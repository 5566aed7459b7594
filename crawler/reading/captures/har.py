"""HAR 1.2: what the network panel of a browser saves ("Save all as HAR with content").

Seen (2026-11): Chromium and Playwright tell `_resourceType`; Firefox and Safari do not, the
request's Sec-Fetch-Dest then tells documents from frames and data. Text is Unicode whatever the
page's charset was; pictures, and with some browsers text in another charset, are base64. Without
"with content" the answers have no text. A redirect is an entry of its own.

A HAR of an afternoon has hundreds of megabytes: entries are cut out and parsed one at a time, so
that a file that breaks off gives all that stands before the break.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.reading.captures.codings import undo_codings
from crawler.reading.captures.parts import (
    MAX_BODY_BYTES,
    Answer,
    Capture,
    CaptureForm,
    Part,
    Redirects,
    make_part,
)
from domain.common import RefusedInput
from domain.forms.fields import Fields

_MAX_ENTRY_BYTES = 2 * MAX_BODY_BYTES
# Every quote begins a string that ends, at the latest, with the file: the scan never turns back.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\(?:.|\Z)[^"\\]*+)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{')
_DOCUMENT = frozenset({"document", "main_frame"})


def read_har(capture: Capture) -> Iterator[Part]:
    """Read the entries of a HAR file."""
    redirects = Redirects()
    empty = 0
    for number, raw in _cut_entries(capture):
        where = f"log.entries[{number}]"
        try:
            entry = _parse(raw, where)
            answer = _answer_of(entry, redirects)
            if answer is None or not answer.is_of_use:
                continue
            text = _text_of(entry)
            body = None if text is None else _bytes_of(text, entry, where)
        except RefusedInput as refusal:
            reason = f"expected {refusal.expected}, got {refusal.got}"
            yield capture.refuse(reason, refusal.where)
            continue
        if body is None:
            empty += 1
        elif part := make_part(_in_its_charset(answer, entry), body):
            yield part
    if empty:
        yield capture.refuse(
            f"{empty} answers without their text; save the HAR again with content", "log.entries"
        )


def _cut_entries(capture: Capture) -> Iterator[tuple[int, bytes]]:
    """Cut the members of log.entries out of the file, unparsed.

    Raises: BrokenFile when there are none or the file breaks off among them.
    """
    depth = number = start = 0
    last_text = b""
    inside = False
    for token in _TOKEN.finditer(capture.data):
        sign = capture.data[token.start() : token.start() + 1]
        if sign == b'"':
            last_text = token.group() if token.end() - token.start() < 20 else b""
        elif sign in b"[{":
            if depth == 3 and inside:
                start = token.start()
            inside = inside or (depth == 2 and sign == b"[" and last_text == b'"entries"')
            depth += 1
        else:
            depth -= 1
            if inside and depth == 3:
                yield number, capture.data[start : token.end()]
                number += 1
            elif inside and depth == 2:
                return
    got = f"a file that breaks off after {number} of them" if inside else "none"
    raise capture.broken(expected="a HAR file with log.entries", got=got)


def _parse(raw: bytes, where: str) -> Fields:
    if len(raw) > _MAX_ENTRY_BYTES:
        raise RefusedInput(
            expected=f"at most {_MAX_ENTRY_BYTES} bytes", got=f"{len(raw)}", where=where
        )
    try:
        return Fields(json.loads(raw), where)
    except (ValueError, RecursionError) as fault:
        # UnicodeDecodeError is a ValueError too.
        raise RefusedInput(expected="JSON", got=str(fault)[:200], where=where) from fault


def _answer_of(entry: Fields, redirects: Redirects) -> Answer | None:
    """Return what the entry says of its answer; None when there was none (blocked, cut off)."""
    request, response = entry.member("request"), entry.member("response")
    status = response.count("status") if response else None
    if request is None or response is None or not status or not 100 <= status <= 999:
        return None
    url = request.required_text("url").partition("#")[0]
    answer = Answer(
        url=url,
        requested_url=redirects.asked_for(url),
        status=status,
        fetched_at=entry.required_time("startedDateTime"),
        content_type=_content_type(entry),
        is_document=_is_document(entry, request),
    )
    redirects.note(answer, response.text("redirectURL"))
    return answer


def _is_document(entry: Fields, request: Fields) -> bool | None:
    # Iframes, too, have the resource type "document"; Sec-Fetch-Dest knows them apart.
    destination = _header(request, "sec-fetch-dest") or entry.text("_resourceType")
    return destination.lower() in _DOCUMENT if destination else None


def _text_of(entry: Fields) -> str | None:
    """Return the text of an answer, which may be base64; None when it was saved without."""
    content = _content(entry)
    text = content.raw("text") if content else None
    if isinstance(text, str):
        return text
    size = content.raw("size") if content else None
    return None if isinstance(size, int) and size > 0 else ""


def _bytes_of(text: str, entry: Fields, where: str) -> bytes:
    if not _is_base64(entry):
        # Lone surrogates can stand in JSON but in no UTF-8.
        return text.encode("utf-8", "replace")
    try:
        body = binascii.a2b_base64(text)
    except ValueError as fault:
        raise RefusedInput(expected="base64", got=str(fault), where=where) from fault
    # Some proxies put the packed bytes into the file.
    packed = body[:2] == b"\x1f\x8b" and _content_type(entry).startswith(("text/", "application/"))
    return undo_codings(body, "gzip", where) if packed else body


def _in_its_charset(answer: Answer, entry: Fields) -> Answer:
    """Return the answer with the charset its bytes have now: HAR text is Unicode."""
    if _is_base64(entry):
        return answer
    return replace(answer, content_type=f"{answer.media_type}; charset=utf-8")


def _content(entry: Fields) -> Fields | None:
    response = entry.member("response")
    return response.member("content") if response else None


def _content_type(entry: Fields) -> str:
    content = _content(entry)
    return (content.text("mimeType") if content else None) or ""


def _is_base64(entry: Fields) -> bool:
    content = _content(entry)
    return content is not None and content.text("encoding") == "base64"


def _header(message: Fields, name: str) -> str | None:
    for header in message.members("headers"):
        if (header.text("name") or "").lower() == name:
            return header.text("value")
    return None


HAR = CaptureForm(
    name="HAR",
    media_type="application/json",
    endings=(".har",),
    recognises=lambda head: bool(_BEGINNING.match(head)),
    read=read_har,
)
