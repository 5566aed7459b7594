"""Records cut out of a large XML file one by one, each parsed by itself.

Cutting at the tags, rather than parsing the document, keeps memory at one record, lets a fault
cost the record it is in, and reads a file that is cut off up to where it ends. A document type
declaration stands before the first record and is passed over: nothing declared in it is known
when a record is parsed, so no entity of it is ever expanded or fetched, and a record that
refers to one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from domain.common import Refusal
from register.formats import HEAD_BYTES

MAX_RECORD = 16 * 1024 * 1024
"""Bytes; real records have 5 KB to 1 MB."""
_BLOCK = 1 << 20
_LONGEST_TAG = 200
"""Bytes at the end of a block that may be the first half of an opening tag."""
_DECLARATION = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<&]*"|'[^'<&]*')""")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One element of a file."""

    element: etree._Element
    line: int
    """1-based line where it begins."""
    share: float
    """How much of the file was read by its end, 0..1."""


def cut_records(name: str, file: BinaryIO, tag: str, size: int) -> Iterator[Record | Refusal]:
    """Yield each element of a local name, with whatever prefix, in a file of `size` bytes.

    Elements of that name do not stand in one another. A record that cannot be parsed is refused
    with its line; so is a file without any.
    """
    head = file.read(HEAD_BYTES)
    wrapping = _Wrapping(head)
    opening = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?%s)[\s>]" % re.escape(tag.encode()))
    found = False
    for piece in _cut(file, head, opening):
        found = True
        if piece.fault is None:
            yield wrapping.parse(name, piece.data, piece.line, min(1.0, piece.end / size))
        else:
            yield Refusal(file=name, line=piece.line, field=tag, reason=piece.fault)
    if not found:
        yield Refusal(file=name, reason=f"expected elements <{tag}>, got none")


@dataclass(frozen=True, slots=True)
class _Piece:
    data: bytes
    line: int
    end: int
    """Byte of the file where it ends."""
    fault: str | None = None


def _cut(file: BinaryIO, buffer: bytes, opening: re.Pattern[bytes]) -> Iterator[_Piece]:
    """Yield what stands between opening and closing tags; what has no closing one with a fault.

    `buffer` is what was read of the file already.
    """
    at, line, passed = 0, 1, 0
    while True:
        match = opening.search(buffer, at)
        start = match.start() if match else max(at, len(buffer) - _LONGEST_TAG)
        line += buffer.count(b"\n", at, start)
        end, fault = _end_of(buffer, match, opening) if match else (-1, None)
        if end >= 0:
            yield _Piece(buffer[start:end], line, passed + end, fault)
            line += buffer.count(b"\n", start, end)
            at = end
            continue
        block = file.read(_BLOCK)
        if not block and match is not None:
            fault = "expected the end of the record, got the end of the file: it is cut off"
            yield _Piece(b"", line, passed + len(buffer), fault)
        if not block:
            return
        passed += start
        buffer, at = buffer[start:] + block, 0


def _end_of(
    buffer: bytes, match: re.Match[bytes], opening: re.Pattern[bytes]
) -> tuple[int, str | None]:
    """Return where the record of an opening tag ends, -1 where more must be read; and its fault."""
    closing = b"</" + match[1] + b">"
    end = buffer.find(closing, match.end())
    following = opening.search(buffer, match.end(), end if end >= 0 else len(buffer))
    if following is not None:
        return following.start(), "expected the end of the record, got the next one"
    if end < 0 and len(buffer) - match.start() > MAX_RECORD:
        return len(buffer), f"expected a record of at most {MAX_RECORD} bytes, got a longer one"
    return (end + len(closing) if end >= 0 else -1), None


class _Wrapping:
    """Gives a record the name spaces and the encoding that its file declares at the top."""

    def __init__(self, head: bytes) -> None:
        declared = dict.fromkeys(_DECLARATION.findall(head))
        named = {one.split(b"=", 1)[0].strip(): one for one in declared}
        self._start = b"<record " + b" ".join(named.values()) + b">"
        encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf").lstrip())
        self._encoding = encoding[1].decode() if encoding else "utf-8"

    def parse(self, name: str, data: bytes, line: int, share: float) -> Record | Refusal:
        try:
            parser = etree.XMLParser(
                encoding=self._encoding,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
            )
            element = etree.fromstring(self._start + data + b"</record>", parser)[0]
            return Record(element=element, line=line, share=share)
        except (etree.XMLSyntaxError, LookupError) as error:
            # The parser's sentence can quote the record; its first clause names the fault alone.
            reason = f"expected well-formed XML, got a fault: {str(error).split(',')[0][:120]}"
            return Refusal(file=name, line=line, reason=reason)


def text_of(element: etree._Element, path: str) -> str:
    """Return the text of the first element at a path of local names, white space collapsed."""
    for found in all_of(element, path):
        if text := tidy(found):
            return text
    return ""


def texts_of(element: etree._Element, path: str) -> tuple[str, ...]:
    """Return the texts at a path of local names, each once, in order; empty ones left out."""
    return tuple(dict.fromkeys(text for found in all_of(element, path) if (text := tidy(found))))


def all_of(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements at a path of local names (a/b, or .//b at any depth), any name space."""
    steps = path.split("/")
    wild = "/".join(step if step in ("", ".", "..") else "{*}" + step for step in steps)
    return element.iterfind(wild)


def tidy(element: etree._Element) -> str:
    """Return an element's own text with white space collapsed."""
    return " ".join((element.text or "").split())
