"""Bytes of a page ▶ text, whatever charset the page claims."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

MAX_BYTES = 3_000_000
"""Bytes of one page that are read; product pages stay below 1 MB, the rest is left unread."""
_SURE_SEQUENCES = 8
"""So many continuation bytes, each where UTF-8 wants it, are no accident in another charset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text and how it was decoded."""

    text: str
    charset: str
    """Python codec name."""
    how: str
    """bom, utf-8 (the bytes prove it), http, meta, gb18030 (they look it) or fallback."""


def decode_html(body: bytes, charset: str | None) -> Decoded:
    """Decode a page; never fails.

    Order: byte-order mark; bytes that can only be UTF-8; the charset that HTTP, then the page
    declares, when the bytes are valid in it; UTF-8; GB18030 when the result looks Chinese; and
    at last the declared charset with bad bytes replaced. Servers that declare wrongly are common,
    so a declaration counts only as far as the bytes bear it out.
    """
    data = body[:MAX_BYTES]
    bom_name, bom = read_bom(data)
    if bom_name and bom:
        text = _decode(data[len(bom) :], bom_name, "replace") or ""
        return Decoded(text=text, charset=bom_name, how="bom")
    utf8 = _decode(data, "utf-8")
    if utf8 is not None and len(data) - len(utf8) >= _SURE_SEQUENCES:
        return Decoded(text=utf8, charset="utf-8", how="utf-8")
    declared = [
        (codec, how)
        for label, how in ((charset, "http"), (html_body_declared_encoding(data[:4096]), "meta"))
        if label and (codec := resolve_encoding(label))
    ]
    for codec, how in declared:
        valid = _decode(data, codec)
        if valid is not None and not _denies(valid, codec):
            return Decoded(text=valid, charset=codec, how=how)
    if utf8 is not None:
        return Decoded(text=utf8, charset="utf-8", how="utf-8")
    chinese = _decode(data, "gb18030", "replace")
    if chinese is not None and _looks_chinese(chinese):
        return Decoded(text=chinese, charset="gb18030", how="gb18030")
    codec = declared[0][0] if declared else "cp1252"
    return Decoded(text=_decode(data, codec, "replace") or "", charset=codec, how="fallback")


def _decode(data: bytes, codec: str, errors: str = "strict") -> str | None:
    """Decode, forgiving a character cut in two at the end; None when the bytes are not valid."""
    try:
        decoder = codecs.getincrementaldecoder(codec)(errors)
        return decoder.decode(data, final=len(data) < MAX_BYTES)
    except (UnicodeError, LookupError):
        return None


def _denies(text: str, codec: str) -> bool:
    """Tell a single-byte declaration that the text speaks against: GBK bytes read as Latin-1."""
    if codec not in ("cp1252", "iso8859-1", "latin-1"):
        return False
    return _looks_chinese(text.encode(codec, "ignore").decode("gb18030", "replace"))


def _looks_chinese(text: str) -> bool:
    """Tell whether the non-ASCII part reads as GB2312 text (as Chinese pages do) without errors.

    European letters read as GB18030 pairs land outside GB2312 or leave replacement characters.
    """
    foreign = [char for char in text[:200_000] if char > "\x7f"]
    if len(foreign) < 2:
        return False
    common = sum(1 for char in foreign if _in_gb2312(char))
    return common >= 0.9 * len(foreign)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
