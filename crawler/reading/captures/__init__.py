"""What people saved of their own browsing ▶ pages and pictures; pure.

The lawful way into platforms behind a login: an investigator browses, the capture is read. One
form of capture a file, each in `CAPTURES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from crawler.reading.captures.har import HAR
from crawler.reading.captures.mhtml import MHTML
from crawler.reading.captures.parts import (
    Capture,
    CapturedPage,
    CapturedPicture,
    CaptureForm,
    Part,
)
from crawler.reading.captures.saved_html import EMBEDDED, SAVED_HTML
from crawler.reading.captures.wacz import WACZ
from crawler.reading.captures.warc import WARC
from domain.common import RefusedInput

__all__ = [
    "CAPTURES",
    "EMBEDDED",
    "HEAD_BYTES",
    "CaptureForm",
    "CapturedPage",
    "CapturedPicture",
    "Part",
    "find_form",
    "read_capture",
]

CAPTURES = (HAR, MHTML, WARC, WACZ, SAVED_HTML)
HEAD_BYTES = 64 * 1024
"""So many first bytes tell the form."""
_MAX_REFUSALS = 1_000


def find_form(name: str, head: bytes) -> CaptureForm | None:
    """Return the form of a capture: what the first bytes can only be, else what the name says."""
    for form in CAPTURES:
        if form.recognises(head):
            return form
    return next((form for form in CAPTURES if name.lower().endswith(form.endings)), None)


def read_capture(
    name: str, data: bytes, *, saved_at: datetime, url: str | None = None
) -> Iterator[Part]:
    """Read a capture: its pages, its pictures, and what of it was refused, in file order.

    Parts are made while one goes through them, so that a capture costs its own size and one part.
    Pictures may stand before or after the pages that show them: go through it twice. Nothing is
    raised for what the bytes hold.

    `saved_at` is the moment of pages that do not tell their own; `url` is where a saved HTML page
    came from, and stands above what the page says of it.
    """
    capture = Capture(name=name, data=data, saved_at=saved_at, url=url)
    form = find_form(name, data[:HEAD_BYTES])
    if form is None:
        expected = ", ".join(form.name for form in CAPTURES)
        yield capture.refuse(f"expected a capture ({expected}), got something else")
        return
    refused = 0
    try:
        for part in form.read(capture):
            yield part
            if not isinstance(part, CapturedPage | CapturedPicture):
                refused += 1
            if refused >= _MAX_REFUSALS:
                yield capture.refuse("too much of it is broken; the rest was left unread")
                return
    except RefusedInput as refusal:
        where = None if refusal.where == name else refusal.where.removeprefix(f"{name}, ")
        yield capture.refuse(f"expected {refusal.expected}, got {refusal.got}", where)
