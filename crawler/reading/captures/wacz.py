"""WACZ 1.1: a ZIP of WARC files below archive/, as ArchiveWeb.page and Browsertrix save it.

Indexes, logs and the list of pages in it are left aside: the records themselves tell everything.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from crawler.reading.captures.parts import Capture, CaptureForm, Part
from crawler.reading.captures.warc import CHUNK_BYTES, Quota, read_records
from domain.common import RefusedInput

_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a compression that zipfile does not know
    RuntimeError,  # an encrypted member
)
"""What zipfile raises on damage."""


class _Archive(BytesIO):
    """An archive's bytes; `zipfile` reads a directory at once, of whatever size it claims."""

    def read(self, size: int | None = -1, /) -> bytes:
        left = max(0, len(self.getbuffer()) - self.tell())
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > _MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile(f"a directory of more than {_MAX_DIRECTORY_BYTES} bytes")
        return super().read(wanted)


def read_wacz(capture: Capture) -> Iterator[Part]:
    """Read every WARC of the archive; a broken one is refused and the others are read."""
    try:
        archive = zipfile.ZipFile(_Archive(capture.data))
    except _BROKEN as fault:
        raise capture.broken(expected="a whole ZIP", got=str(fault) or "a broken one") from fault
    names = [
        member.filename
        for member in archive.infolist()
        if member.filename.lower().endswith((".warc", ".warc.gz"))
    ]
    if not names:
        raise capture.broken(expected="a WACZ with archive/*.warc.gz in it", got="another ZIP")
    quota = Quota()
    for name in names:
        try:
            yield from read_records(capture, name, _chunks(archive, name), quota)
        except RefusedInput as refusal:
            yield capture.refuse(f"expected {refusal.expected}, got {refusal.got}", refusal.where)


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as member:
            while chunk := member.read(CHUNK_BYTES):
                yield chunk
    except _BROKEN as fault:
        raise RefusedInput(expected="a whole member", got=str(fault), where=name) from fault


WACZ = CaptureForm(
    name="WACZ",
    media_type="application/wacz",
    endings=(".wacz",),
    recognises=lambda head: head.startswith(b"PK\x03\x04"),
    read=read_wacz,
)
