"""WARC 1.0 and 1.1 (ISO 28500): what crawlers and recorders save, a gzip member a record.

Seen (2026-11): wget puts a Target-URI of 1.0 into <…>; browser recorders (ArchiveWeb.page,
Browsertrix) keep bodies unpacked and tell WARC-Resource-Type; proxies keep bodies as they came,
chunked and packed. A revisit record says that an earlier body came again: it adds nothing.
Records are read one after another from a stream, so that an archive costs one record of memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.reading.captures.codings import undo_chunks, undo_codings
from crawler.reading.captures.parts import (
    MAX_ANSWERS,
    MAX_BODY_BYTES,
    MAX_HEADER_BYTES,
    Answer,
    Capture,
    CaptureForm,
    Part,
    Redirects,
    make_part,
)
from domain.common import RefusedInput

MAX_UNPACKED_BYTES = 8 * 1024**3
"""Of a whole archive: more is a bomb or no capture of a person's browsing."""
CHUNK_BYTES = 256 * 1024
_GZIP = b"\x1f\x8b"
_MAX_BLOCK = MAX_BODY_BYTES + MAX_HEADER_BYTES
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?:[ \r\n]|$)")


@dataclass(slots=True, kw_only=True)
class Quota:
    """How many bytes may still come out of an archive."""

    left: int = MAX_UNPACKED_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record: header names in lower case, and the block as far as it is of use."""

    header: Mapping[str, str]
    length: int
    """Of the block, as the header says."""
    block: bytes
    """At most MAX_BODY_BYTES and a header."""


class Stream:
    """Bytes that come in chunks, read in lines and blocks."""

    def __init__(self, chunks: Iterator[bytes], quota: Quota, where: str) -> None:
        self._chunks = chunks
        self._buffer = bytearray()
        self._quota = quota
        self._where = where
        self.place = 0
        """Unpacked bytes that were given out."""

    def line(self) -> bytes:
        """Return the next line, empty at the end of the stream."""
        while b"\n" not in self._buffer and len(self._buffer) < MAX_HEADER_BYTES:
            if not self._fill():
                break
        end = self._buffer.find(b"\n") + 1
        if not end and len(self._buffer) >= MAX_HEADER_BYTES:
            raise self.refuse("a line of a WARC header", "a longer one")
        return self._give(end or len(self._buffer))

    def take(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end of the stream."""
        while len(self._buffer) < size and self._fill():
            pass
        return self._give(min(size, len(self._buffer)))

    def skip(self, size: int) -> int:
        """Pass over so many bytes; returns how many there were."""
        left = size
        while left:
            step = min(left, len(self._buffer))
            del self._buffer[:step]
            self.place += step
            left -= step
            if left and not self._fill():
                break
        return size - left

    def refuse(self, expected: str, got: str) -> RefusedInput:
        return RefusedInput(expected=expected, got=got, where=f"{self._where}, byte {self.place}")

    def _give(self, size: int) -> bytes:
        given = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.place += size
        return given

    def _fill(self) -> bool:
        try:
            chunk = next(self._chunks, b"")
        except (zlib.error, EOFError) as fault:
            raise self.refuse("whole gzip members", str(fault)) from fault
        self._quota.left -= len(chunk)
        if self._quota.left < 0:
            raise self.refuse(f"at most {MAX_UNPACKED_BYTES} bytes when unpacked", "more")
        self._buffer += chunk
        return bool(chunk)


def read_warc(capture: Capture) -> Iterator[Part]:
    """Read the records of a WARC file."""
    slices = (
        capture.data[at : at + CHUNK_BYTES] for at in range(0, len(capture.data), CHUNK_BYTES)
    )
    yield from read_records(capture, capture.name, slices, Quota())


def read_records(
    capture: Capture, where: str, chunks: Iterable[bytes], quota: Quota
) -> Iterator[Part]:
    """Read one WARC from its bytes in chunks.

    Raises: RefusedInput where nothing further can be read.
    """
    stream = Stream(_unpack(iter(chunks)), quota, where)
    redirects = Redirects()
    number = 0
    while (record := _next_record(stream)) is not None:
        number += 1
        if number > MAX_ANSWERS:
            raise stream.refuse(f"at most {MAX_ANSWERS} records", "more")
        try:
            part = _part_of(record, redirects)
        except RefusedInput as refusal:
            reason = f"expected {refusal.expected}, got {refusal.got}"
            yield capture.refuse(reason, f"record {number}: {refusal.where}")
            continue
        if part is not None:
            yield part
    if not number:
        raise stream.refuse("WARC records", "none")


def _next_record(stream: Stream) -> Record | None:
    """Read one record; None at the end of the stream."""
    line = stream.line()
    while line and not line.strip():
        line = stream.line()
    if not line:
        return None
    if not line.startswith(b"WARC/1."):
        raise stream.refuse("a WARC record", repr(line[:40]))
    header = _read_header(stream)
    length = header.get("content-length", "")
    if not length.isascii() or not length.isdigit() or len(length) > 15:
        raise stream.refuse("a Content-Length", repr(length[:40]))
    block = stream.take(min(int(length), _MAX_BLOCK))
    if len(block) + stream.skip(int(length) - len(block)) < int(length):
        raise stream.refuse("a whole record", "a file cut short")
    return Record(header=header, length=int(length), block=block)


def _read_header(stream: Stream) -> dict[str, str]:
    header: dict[str, str] = {}
    start = stream.place
    while (line := stream.line()).strip():
        if stream.place - start > MAX_HEADER_BYTES:
            raise stream.refuse(f"a header of at most {MAX_HEADER_BYTES} bytes", "a longer one")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        header.setdefault(name.strip().lower(), value.strip())
    if not line:
        raise stream.refuse("a whole record", "a file cut short")
    return header


def _part_of(record: Record, redirects: Redirects) -> Part | None:
    kind = record.header.get("warc-type", "").lower()
    url = record.header.get("warc-target-uri", "").strip("<>").partition("#")[0]
    if kind == "resource":
        head: dict[str, str] = {"content-type": record.header.get("content-type", "")}
        status, body = 200, record.block
    elif kind == "response" and url.startswith("http"):
        status, head, body = _split_answer(record.block, "block")
    else:
        return None
    resource = record.header.get("warc-resource-type", "").lower()
    answer = Answer(
        url=url,
        requested_url=redirects.asked_for(url),
        status=status,
        fetched_at=_date_of(record.header),
        content_type=head.get("content-type", ""),
        is_document=resource == "document" if resource else None,
    )
    redirects.note(answer, head.get("location"))
    if not answer.is_of_use:
        return None
    if record.length > len(record.block):
        raise RefusedInput(
            expected=f"at most {MAX_BODY_BYTES} bytes",
            got=f"{record.length}",
            where="Content-Length",
        )
    if cut := record.header.get("warc-truncated"):
        raise RefusedInput(expected="a whole answer", got=f"one cut by {cut[:50]!r}", where="block")
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = undo_chunks(body, "Transfer-Encoding")
    return make_part(
        answer, undo_codings(body, head.get("content-encoding", ""), "Content-Encoding")
    )


def _split_answer(block: bytes, where: str) -> tuple[int, dict[str, str], bytes]:
    """Split an HTTP message into status, header and body."""
    status = _STATUS_LINE.match(block)
    end = _HEAD_END.search(block, 0, MAX_HEADER_BYTES)
    if status is None:
        raise RefusedInput(expected="an HTTP answer", got=repr(block[:40]), where=where)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    header: dict[str, str] = {}
    for line in head[:MAX_HEADER_BYTES].decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        header.setdefault(name.strip().lower(), value.strip())
    return int(status[1]), header, body


def _date_of(header: Mapping[str, str]) -> datetime:
    text = header.get("warc-date", "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise RefusedInput(expected="a time in UTC", got=repr(text[:40]), where="WARC-Date")
    return moment.astimezone(UTC)


def _unpack(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip, where the bytes begin as gzip, member by member and CHUNK_BYTES at a time."""
    data = next(chunks, b"")
    if data[:2] != _GZIP:
        yield data
        yield from chunks
        return
    unpacker = zlib.decompressobj(wbits=31)
    while data:
        unpacked = unpacker.decompress(data, CHUNK_BYTES)
        if unpacked:
            yield unpacked
        data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if unpacker.eof:
            data = data or next(chunks, b"")
            if not data.strip(b"\0"):
                return
            unpacker = zlib.decompressobj(wbits=31)
        elif not data:
            data = next(chunks, b"")
    raise EOFError("a file cut short")


def _begins_as_warc(head: bytes) -> bool:
    if head[:2] == _GZIP:
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/1.")


WARC = CaptureForm(
    name="WARC",
    media_type="application/warc",
    endings=(".warc", ".warc.gz"),
    recognises=_begins_as_warc,
    read=read_warc,
)
