"""Captures made by hand, byte for byte: what the programs of people write."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from crawler.reading.captures import CapturedPage, CapturedPicture, Part, read_capture
from domain.common import Refusal

SAVED_AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PAGE = '<html><h1>青鲤堂桃酥礼盒</h1><p class="price">19.90元</p></html>'
URL = "https://shop.example/item/1"


def read(name: str, data: bytes, **given: Any) -> list[Part]:
    return list(read_capture(name, data, saved_at=SAVED_AT, **given))


def pages_of(parts: Sequence[Part]) -> list[CapturedPage]:
    return [part for part in parts if isinstance(part, CapturedPage)]


def pictures_of(parts: Sequence[Part]) -> list[CapturedPicture]:
    return [part for part in parts if isinstance(part, CapturedPicture)]


def refusals_of(parts: Sequence[Part]) -> list[Refusal]:
    return [part for part in parts if isinstance(part, Refusal)]


def entry(url: str = URL, text: str | None = PAGE, **given: Any) -> dict[str, Any]:
    """One entry of a HAR file."""
    content: dict[str, Any] = {"size": 100, "mimeType": given.pop("kind", "text/html")}
    if text is not None:
        content["text"] = text
    if "encoding" in given:
        content["encoding"] = given.pop("encoding")
    dest = given.pop("dest", None)
    headers = [{"name": "Sec-Fetch-Dest", "value": dest}] if dest else []
    return {
        "startedDateTime": given.pop("at", "2026-11-21T10:00:00.500+08:00"),
        "request": {"method": "GET", "url": url, "headers": headers},
        "response": {
            "status": given.pop("status", 200),
            "headers": [],
            "redirectURL": given.pop("leads_to", ""),
            "content": content,
        },
        **given,
    }


def har(*entries: object) -> bytes:
    log = {"version": "1.2", "creator": {"name": "entries"}, "entries": list(entries), "pages": []}
    return json.dumps({"log": log}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def record(
    kind: str = "response",
    url: str = URL,
    block: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + PAGE.encode(),
    at: str = "2026-11-21T02:00:00Z",
    **header: str,
) -> bytes:
    """One WARC record."""
    lines = [
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {at}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in header.items()),
        f"Content-Length: {len(block)}",
    ]
    return b"WARC/1.0\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def answer(body: bytes, header: Mapping[str, str] | None = None, status: int = 200) -> bytes:
    """The block of a WARC response."""
    lines = {"Content-Type": "text/html; charset=utf-8", **(header or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} OK\r\n{head}\r\n".encode() + body


def packed(*records: bytes) -> bytes:
    """A WARC with a gzip member a record, as the standard asks for."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def wacz(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def mhtml(*parts: tuple[str, str, bytes], header: str = "", end: str = "--") -> bytes:
    """An MHTML file of (header lines, transfer encoding, encoded bytes)."""
    first = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shop.example/item/1\r\n"
        f"{header or 'Date: Sat, 21 Nov 2026 02:00:00 -0000'}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n\r\n'
    )
    pieces = [first.encode()]
    for lines, coding, body in parts:
        head = f"----b--\r\n{lines}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
        pieces += [head.encode(), body, b"\r\n"]
    return b"".join(pieces) + f"----b--{end}\r\n".encode()
