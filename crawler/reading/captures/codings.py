"""Transfer and content codings of HTTP undone, without trusting the size they claim."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
from backports import zstd

from crawler.reading.captures.parts import MAX_BODY_BYTES
from domain.common import RefusedInput

_MAX_CODINGS = 3
"""Servers apply one, rarely two; more is an attack."""
_CHUNK_LINE = 1_000


def undo_codings(body: bytes, codings: str, where: str) -> bytes:
    """Undo a Content-Encoding header, the coding applied last first (RFC 9110 section 8.4).

    Raises: RefusedInput for an unknown coding, damaged bytes, and more than MAX_BODY_BYTES.
    """
    names = [name for part in codings.lower().split(",") if (name := part.strip())]
    if len(names) > _MAX_CODINGS:
        raise RefusedInput(
            expected=f"at most {_MAX_CODINGS} codings", got=f"{len(names)}", where=where
        )
    for name in reversed(names):
        if name == "identity":
            continue
        if name not in _CODINGS:
            raise RefusedInput(
                expected=f"a known coding ({', '.join(sorted(_CODINGS))})",
                got=name[:50],
                where=where,
            )
        try:
            body = _CODINGS[name](body)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as fault:
            raise RefusedInput(
                expected=f"whole {name} data", got=str(fault), where=where
            ) from fault
        if len(body) > MAX_BODY_BYTES:
            raise RefusedInput(expected=f"at most {MAX_BODY_BYTES} bytes", got="more", where=where)
    return body


def undo_chunks(body: bytes, where: str) -> bytes:
    """Undo `Transfer-Encoding: chunked` (RFC 9112 section 7.1).

    Bytes that are not chunked are returned as they are: many programs that write WARC undo the
    coding and keep the header.

    Raises: RefusedInput when the bytes begin as chunks and break off.
    """
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + _CHUNK_LINE)
        size = _chunk_size(body[at:end]) if end >= 0 else None
        if size is None:
            if not pieces:
                return body
            raise RefusedInput(expected="whole chunks", got="broken ones", where=where)
        if size == 0:
            return b"".join(pieces)
        if end + 1 + size > len(body):
            if not pieces and body[at:end].strip().isdigit():
                return body
            raise RefusedInput(expected="whole chunks", got="cut ones", where=where)
        pieces.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        # A chunk's bytes end with a line of their own.
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0


def _chunk_size(line: bytes) -> int | None:
    text = line.partition(b";")[0].strip()
    if not 1 <= len(text) <= 8 or not all(byte in b"0123456789abcdefABCDEF" for byte in text):
        return None
    return int(text, 16)


def _gunzip(data: bytes) -> bytes:
    """Undo gzip, of one or several members."""
    pieces: list[bytes] = []
    left = MAX_BODY_BYTES + 1
    while data and left > 0:
        unpacker = zlib.decompressobj(wbits=31)
        pieces.append(unpacker.decompress(data, left))
        left -= len(pieces[-1])
        if left > 0 and not unpacker.eof:
            raise EOFError("the data is cut")
        data = unpacker.unused_data if unpacker.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(pieces)


def _inflate(data: bytes) -> bytes:
    """Undo deflate: with the zlib frame, or bare as some servers send it."""
    try:
        return _inflate_as(data, 15)
    except zlib.error:
        return _inflate_as(data, -15)


def _inflate_as(data: bytes, wbits: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=wbits)
    body = unpacker.decompress(data, MAX_BODY_BYTES + 1)
    if len(body) <= MAX_BODY_BYTES and not unpacker.eof:
        raise EOFError("the data is cut")
    return body


def _unbrotli(data: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    pieces = [unpacker.process(data, output_buffer_limit=MAX_BODY_BYTES + 1)]
    size = len(pieces[0])
    while size <= MAX_BODY_BYTES and not unpacker.is_finished():
        if unpacker.can_accept_more_data():
            raise EOFError("the data is cut")
        pieces.append(unpacker.process(b"", output_buffer_limit=MAX_BODY_BYTES + 1 - size))
        size += len(pieces[-1])
    return b"".join(pieces)


def _unzstd(data: bytes) -> bytes:
    unpacker = zstd.ZstdDecompressor()
    body = unpacker.decompress(data, max_length=MAX_BODY_BYTES + 1)
    if len(body) <= MAX_BODY_BYTES and not unpacker.eof:
        raise EOFError("the data is cut")
    return body


_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
