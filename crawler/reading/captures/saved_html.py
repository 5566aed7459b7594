"""HTML as a person saved it: SingleFile, and "Save page as" of the browsers.

Seen (2026-11): SingleFile opens with a comment of its name, `url:` and `saved date:` (a JavaScript
date) and puts pictures into the page as data: URLs. Chromium and Internet Explorer open with
`<!-- saved from url=(0030)https://… -->`, the number being the address's length, "--" in it written
%2D%2D, and put pictures into a folder beside the page. Firefox and Safari write no address.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

from crawler.reading.captures.parts import (
    MAX_BODY_BYTES,
    Answer,
    Capture,
    CapturedPage,
    CapturedPicture,
    CaptureForm,
    Part,
    make_part,
)
from domain.common import Sha256, digest

EMBEDDED = "https://embedded.invalid/"
"""Begins the name of a picture that stood in the page itself, its SHA-256 follows. The host can
belong to no one (RFC 6761)."""
_HEAD_BYTES = 16_384
_MAX_PICTURES = 2_000
_LEAST_PICTURE = 1_000
"""Characters of a data: URL; below are dots and arrows."""
# The comment of the program that saved the page is the first thing but for what must precede it: a
# page cannot put its own there, since its text comes after.
_OPENING = rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype[^>]{0,500}>\s*)?(?:<html[^>]{0,2000}>\s*)?<!--\s*"
_SAVED_FROM = re.compile(
    _OPENING + rb"saved from url=\((\d{4,5})\)(\S{1,4000})\s*-->", re.IGNORECASE
)
_SINGLE_FILE = re.compile(
    _OPENING + rb"Page saved with SingleFile[^\n]{0,100}\n\s*url:\s*(\S{1,4000})"
    rb"(?:\s*\n\s*saved date:\s*([^\n]{1,200}))?",
    re.IGNORECASE,
)
_SCRIPT_DATE = re.compile(r"\w{3} (\w{3} \d{2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")
_DATA_URL = re.compile(
    rb"data:(image/[a-z0-9.+-]{1,40})(;[\w=;-]{0,60})?,([^\"'\s<>()]{0,90000000})"
)


def read_saved_html(capture: Capture) -> Iterator[Part]:
    """Read one saved page, and the pictures inside it.

    Raises: BrokenFile when neither the page nor the person says where it came from.
    """
    head = capture.data[:_HEAD_BYTES]
    url, saved_at = _origin_of(head)
    url = capture.url or url
    if url is None:
        raise capture.broken(
            expected="a page that says where it came from (or --url)",
            got="none of the known comments",
        )
    answer = Answer(url=url, fetched_at=saved_at or capture.saved_at, content_type="text/html")
    if not answer.is_of_use:
        raise capture.broken(expected="a page saved from an http(s) address", got=repr(url[:100]))
    if len(capture.data) > MAX_BODY_BYTES:
        raise capture.broken(expected=f"at most {MAX_BODY_BYTES} bytes", got=f"{len(capture.data)}")
    page = make_part(answer, capture.data)
    pictures: dict[Sha256, CapturedPicture] = {}
    text = _name_pictures(capture.data, answer.fetched_at, pictures)
    if isinstance(page, CapturedPage):
        yield replace(page, without_pictures=text if pictures else None)
    yield from pictures.values()


def _origin_of(head: bytes) -> tuple[str | None, datetime | None]:
    """Return the address and the moment that the saving program wrote into the page."""
    if single := _SINGLE_FILE.match(head):
        return single[1].decode("utf-8", "replace"), _time_of((single[2] or b"").decode("latin-1"))
    if saved := _SAVED_FROM.match(head):
        length, url = int(saved[1]), saved[2].decode("utf-8", "replace")
        # A length that is not the address's own tells that the comment was written by hand.
        fits = length in (len(url), len(url.replace("%2D%2D", "--")))
        return (url.replace("%2D%2D", "--") if fits else None), None
    return None, None


def _time_of(text: str) -> datetime | None:
    match = _SCRIPT_DATE.match(text.strip())
    if match is None:
        return None
    try:
        return datetime.strptime(f"{match[1]} {match[2]}", "%b %d %Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _name_pictures(
    data: bytes, saved_at: datetime, pictures: dict[Sha256, CapturedPicture]
) -> bytes:
    """Return the page with a name in place of each picture inside it; the pictures are added.

    A reader sees only the first megabytes of a page, and pictures would fill them.
    """

    def name(found: re.Match[bytes]) -> bytes:
        kind, parameters, text = found[1].decode("ascii"), found[2] or b"", found[3]
        if len(text) < _LEAST_PICTURE or kind == "image/svg+xml" or len(pictures) > _MAX_PICTURES:
            return b"data:,"
        plain = unquote_to_bytes(text)
        try:
            picture = binascii.a2b_base64(plain) if b";base64" in parameters else plain
        except binascii.Error:
            return b"data:,"
        sha256 = digest(picture)
        url = f"{EMBEDDED}{sha256}"
        pictures[sha256] = CapturedPicture(
            url=url, media_type=kind, fetched_at=saved_at, data=picture
        )
        return url.encode("ascii")

    return _DATA_URL.sub(name, data)


SAVED_HTML = CaptureForm(
    name="HTML",
    media_type="text/html",
    endings=(".html", ".htm", ".xhtml"),
    recognises=lambda head: bool(_SINGLE_FILE.match(head) or _SAVED_FROM.match(head)),
    read=read_saved_html,
)
