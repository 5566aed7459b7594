"""What every form of capture gives back, and how one is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from w3lib.encoding import http_content_type_encoding

from domain.common import BrokenFile, Refusal, digest
from domain.pages import Page

MAX_BODY_BYTES = 64 * 1024 * 1024
"""Of one answer when unpacked; pages and pictures of shops are far smaller."""
MAX_HEADER_BYTES = 256 * 1024
MAX_ANSWERS = 200_000
MAX_URL_LENGTH = 4_000
_MAX_REDIRECTS = 10_000
_IN_NO_URL = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[\w.+*-]{1,60}/[\w.+*-]{1,100}", re.ASCII)
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SCRIPT = frozenset({"text/javascript", "application/javascript", "application/x-javascript"})
_JSON = re.compile(r"(?:application|text)/(?:[\w.-]{1,60}\+)?json")
_LOOKS_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
# Scripts that only hand data over: mtopjsonp1({"api": …})
_CALL_WITH_DATA = re.compile(rb"\s*(?:/\*\*/)?\s*(?:try\s*\{)?\s*[\w$.]{1,100}\(\s*[{\[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """One page, or one answer with data for a page, as the capture holds it."""

    page: Page
    """Its bytes are those to preserve."""
    is_document: bool
    """A document that a person had before them; else a frame, or data that a script asked for."""
    without_pictures: bytes | None = None
    """The page with the pictures inside it replaced by names, in the page's own encoding; None
    where it holds none. To be read in place of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPicture:
    """One picture as the capture holds it."""

    url: str
    media_type: str
    fetched_at: datetime
    data: bytes


Part = CapturedPage | CapturedPicture | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A file that a person saved."""

    name: str
    data: bytes
    saved_at: datetime
    """When the file was written: the moment of pages that do not tell their own."""
    url: str | None
    """Where the page came from, as the person says it."""

    def refuse(self, reason: str, field: str | None = None) -> Refusal:
        return Refusal(file=self.name, field=field, reason=reason)

    def broken(self, *, expected: str, got: str) -> BrokenFile:
        return BrokenFile(expected=expected, got=got, where=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureForm:
    """One form of capture."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    """Of file names, lower case."""
    recognises: Callable[[bytes], bool]
    """The file's first bytes (`HEAD_BYTES`) ▶ whether they can only be of this form."""
    read: Callable[[Capture], Iterator[Part]]
    """Gives the parts one by one, in file order; what is broken is refused, the rest is given.
    Raises BrokenFile where nothing further can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a server, before it is told what it is."""

    url: str
    requested_url: str | None = None
    status: int = 200
    fetched_at: datetime
    content_type: str
    """As the server declared it, parameters included."""
    is_document: bool | None = None
    """None where the capture does not tell: then every HTML page is one."""

    @property
    def media_type(self) -> str:
        kind = self.content_type.partition(";")[0].strip().lower()
        return kind if _MEDIA_TYPE.fullmatch(kind) else ""

    @property
    def is_of_use(self) -> bool:
        """Whether the body can be a page, data or a picture, told without looking at it."""
        kind = self.media_type
        if not _is_web_address(self.url) or (300 <= self.status < 400 and self.status != 304):
            return False
        if kind.startswith("image/"):
            return self.status in (200, 304) and kind != "image/svg+xml"
        plain = kind in ("", "application/octet-stream", "text/plain")
        return plain or kind in _HTML or kind in _SCRIPT or bool(_JSON.fullmatch(kind))


def make_part(answer: Answer, body: bytes) -> Part | None:
    """Tell what an answer is: a page, data, a picture, or None for neither (scripts, fonts)."""
    if not answer.is_of_use:
        return None
    kind = answer.media_type
    if kind.startswith("image/"):
        return CapturedPicture(
            url=answer.url, media_type=kind, fetched_at=answer.fetched_at, data=body
        )
    if kind in _SCRIPT and not _CALL_WITH_DATA.match(body[:400]):
        return None
    is_html = kind in _HTML or bool(_LOOKS_HTML.match(body[:400]))
    if not is_html and kind in ("", "application/octet-stream", "text/plain"):
        if body.lstrip()[:1] not in (b"{", b"["):
            return None
        kind = "application/json"
    page = Page(
        requested_url=answer.requested_url or answer.url,
        url=answer.url,
        status=answer.status,
        fetched_at=answer.fetched_at,
        media_type="text/html" if is_html and kind not in _HTML else kind,
        charset=http_content_type_encoding(answer.content_type),
        body=body,
        sha256=digest(body),
    )
    return CapturedPage(page=page, is_document=is_html and answer.is_document is not False)


@dataclass(frozen=True, slots=True)
class Redirects:
    """What led where, so that a page tells the address that was asked for."""

    _asked: dict[str, str] = field(default_factory=dict)

    def note(self, answer: Answer, target: str | None) -> None:
        """Remember where an answer of status 3xx leads."""
        if not target or not 300 <= answer.status < 400 or len(self._asked) >= _MAX_REDIRECTS:
            return
        try:
            led_to = urljoin(answer.url, target).partition("#")[0]
        except ValueError:
            return
        if led_to != answer.url:
            self._asked[led_to] = answer.requested_url or answer.url

    def asked_for(self, url: str) -> str:
        """Return the address that led to this one; itself when none did."""
        return self._asked.pop(url, url)


def _is_web_address(url: str) -> bool:
    if len(url) > MAX_URL_LENGTH or _IN_NO_URL.search(url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
