"""Text as a page shows it, one line, bounded; and text out of HTML fragments."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urljoin, urlsplit

TITLE_LENGTH = 1_000
DESCRIPTION_LENGTH = 100_000
VALUE_LENGTH = 1_000
URL_LENGTH = 4_000

# Only what looks like an HTML tag goes: "<3" and "a < b" are text.
_TAG = re.compile(r"<(?:/?[A-Za-z]|![A-Za-z])[^<>]{0,2000}>")
_INLINE_TAG = re.compile(
    r"</?(?:b|i|em|strong|span|font|u|mark|small|a)(?:\s[^<>]{0,2000})?/?>", re.I
)
"""Tags that break no word: N<b>ik</b>e is read as a person reads it."""
_HIDDEN = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|h[1-6]|a|img|font"
    r"|center|small|big|hr|section|article|script|style|pre|blockquote)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
"""One tag of HTML's own makes a description a fragment; "<M>" does not."""
# Ended by a semicolon: in an address, "&copy=2" is a parameter.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_LINE_BREAKS = re.compile(r"[\t\r\n]")  # browsers remove them from addresses
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:")


def words(text: str) -> frozenset[str]:
    """Return the set of the words of a table written as text."""
    return frozenset(text.split())


def clean_text(value: str, *, length: int = VALUE_LENGTH) -> str | None:
    """Return text on one line: control characters removed, white space collapsed.

    Cut to `length` code points; None when nothing is left. Every other character stays, "<" and
    "&" among them: a name may hold what looks like markup, and whoever shows it escapes it.
    """
    text = " ".join(value[: length * 2 + 1_000].split())
    if not text.isprintable():
        text = " ".join("".join(char for char in text if not _is_noise(char)).split())
    return text[:length].strip() or None


def text_of_fragment(value: str, *, length: int) -> str | None:
    """Return the text of a description: of an HTML fragment what it shows, else the text as it is.

    A fragment that was escaped once more (shops do) is one, too. Cut and cleaned as `clean_text`.
    """
    text = value[: length * 2 + 1_000]
    for _ in range(2):
        if _FRAGMENT.search(text) or "<!--" in text:
            text = _strip_tags(text)
        if "&" not in text:
            break
        text = html.unescape(text)
    if _FRAGMENT.search(text):
        text = _strip_tags(text)
    return clean_text(text, length=length)


def decode_entities(text: str) -> str:
    """Decode the character references of a text once; those without a semicolon stay."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text


def _strip_tags(text: str) -> str:
    """Remove tags, comments, scripts and styles; linear in the text, whatever it holds."""
    if "<" not in text:
        return text
    kept: list[str] = []
    position = 0
    while match := _HIDDEN.search(text, position):
        kept.append(text[position : match.start()])
        closing = f"</{match[1]}" if match[1] else "-->"
        end = text.lower().find(closing.lower(), match.end()) if len(kept) < 50 else -1
        if end < 0:
            position = len(text)
            break
        position = end if match[1] else end + len(closing)
    kept.append(text[position:])
    return _TAG.sub(" ", _INLINE_TAG.sub("", " ".join(kept)))


def _is_noise(char: str) -> bool:
    """Control characters, lone surrogates and byte-order marks; joiners stay (emoji, Indic)."""
    return char == "\ufeff" or (
        not char.isspace() and unicodedata.category(char) in {"Cc", "Cs", "Cn"}
    )


def absolute_url(base: str, value: str) -> str | None:
    """Return an absolute http(s) URL without fragment, or None for anything else."""
    stripped = _LINE_BREAKS.sub("", value).strip()
    if not stripped or len(stripped) > URL_LENGTH:
        return None
    if _OTHER_SCHEME.match(stripped):
        return None
    try:
        parts = urlsplit(urljoin(base, stripped))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    return parts._replace(fragment="").geturl()
