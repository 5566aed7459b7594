"""Registers in a ZIP archive, as offices publish their bulk files and TSDR its downloads.

Members are unpacked as they are read, never whole, and the sizes that the archive declares are
checked first. An XLSX workbook is a ZIP archive too and is left as it is.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from domain.common import BrokenFile, Refusal

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""Of the first member, and of an archive without any."""
_SUFFIXES = (".xml", ".json", ".csv")
_MAX_MEMBERS = 10_000
_MAX_UNPACKED = 8 * 1024 * 1024 * 1024
"""Bytes of one member; the largest annual file of the USPTO unpacks to below 2 GB."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),  # unknown compression, encryption
)
"""What zipfile and the libraries below it raise on damage."""

Part = tuple[str, BinaryIO, int]
"""Name, file, bytes. Reading the file raises BrokenFile where its archive is damaged."""


class _Member(io.BufferedIOBase):
    """A member of an archive, of which reading raises BrokenFile on any damage."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name, self._file = name, file

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return self._file.read(-1 if size is None else size)
        except _BROKEN as error:
            raise _broken(self._name, error) from error

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        try:
            return self._file.seek(offset, whence)
        except _BROKEN as error:
            raise _broken(self._name, error) from error


def _broken(name: str, error: Exception) -> BrokenFile:
    got = f"a broken one ({type(error).__name__})"
    return BrokenFile(expected="a whole ZIP archive", got=got, where=name)


def open_parts(name: str, file: BinaryIO, size: int) -> Iterator[Part | Refusal]:
    """Yield the registers in a file: those in an archive, else the file itself."""
    magic = file.read(4)
    file.seek(0)
    if magic not in _MAGIC:
        yield name, file, size
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                file.seek(0)
                yield name, file, size
                return
            yield from _members(name, archive, members)
    except _BROKEN as error:
        yield refusal_of(_broken(name, error))


def refusal_of(error: BrokenFile) -> Refusal:
    """Return the refusal of a whole file."""
    return Refusal(file=error.where, reason=f"expected {error.expected}, got {error.got}")


def _members(
    name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[Part | Refusal]:
    found = [one for one in members if one.filename.casefold().endswith(_SUFFIXES)]
    if not found or len(members) > _MAX_MEMBERS:
        reason = f"expected an XLSX workbook, or at most {_MAX_MEMBERS} files with XML, JSON or CSV"
        yield Refusal(file=name, reason=f"{reason}, got {len(members)} files, {len(found)} such")
        return
    for member in found:
        inside = f"{name}/{member.filename}"
        if member.file_size > _MAX_UNPACKED:
            reason = f"expected at most {_MAX_UNPACKED} bytes unpacked, got {member.file_size}"
            yield Refusal(file=inside, reason=reason)
            continue
        with archive.open(member) as part:
            yield inside, cast(BinaryIO, _Member(inside, part)), max(1, member.file_size)
