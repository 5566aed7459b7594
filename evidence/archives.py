"""The one ZIP form of a package: the same names, bytes and time always give the same ZIP.

`zipfile` writes what its version and its operating system like, and compressors differ, so two
honest writers make different bytes. A package must be provable to the last byte: entries are
stored (never compressed), in the order given, without comments, extra fields, directories or
ZIP64, and every header can be rebuilt from name, CRC-32, size and time. Nothing stored can
expand, so a hostile archive cannot cost more than its own length.
Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from domain.common import Words
from evidence.names import show_name

MAX_ARCHIVE_BYTES = 2**31 - 1
"""Readers without ZIP64 open archives up to here."""
MAX_MEMBERS = 20_000
MAX_NAME_BYTES = 1_024
CHUNK_BYTES = 1 << 20

_LOCAL = struct.Struct("<4s5H3L2H")
_DIRECTORY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_DIRECTORY_SIGNATURE = b"PK\x01\x02"
_END_SIGNATURE = b"PK\x05\x06"

_VERSION_NEEDED = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION_NEEDED
_UTF8_NAMES = 1 << 11
_STORED = 0
_LOCAL_CONSTANTS = struct.pack("<3H", _VERSION_NEEDED, _UTF8_NAMES, _STORED)
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A moment as ZIP headers hold it: MS-DOS time and date words, steps of two seconds."""

    time: int
    date: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive, as its header describes it."""

    name: str
    crc: int
    size: int
    stamp: Stamp
    offset: int
    """Where its local header begins."""

    @property
    def data_offset(self) -> int:
        return self.offset + _LOCAL.size + len(self.name.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What walking over an archive's headers found; file contents are not read."""

    members: tuple[Member, ...]
    faults: tuple[Words, ...]
    """Every place where the bytes differ from the one form."""
    derailed: bool
    """The walk could not go on to the end: files after the last member are unknown."""


def stamp_of(moment: datetime) -> Stamp:
    """Return a moment's ZIP time in UTC; the year must be 1980 to 2107."""
    utc = moment.astimezone(UTC)
    return Stamp(
        time=utc.hour << 11 | utc.minute << 5 | utc.second // 2,
        date=(utc.year - 1980) << 9 | utc.month << 5 | utc.day,
    )


def archive_size(files: Sequence[tuple[str, int]]) -> int:
    """Return how many bytes the archive of (name, size) pairs will have."""
    names = sum(len(name.encode()) for name, _ in files)
    headers = len(files) * (_LOCAL.size + _DIRECTORY.size) + 2 * names
    return headers + sum(size for _, size in files) + _END.size


def write_archive(files: Sequence[tuple[str, bytes]], moment: datetime) -> Iterator[bytes]:
    """Yield the archive's bytes, piece by piece, in order; the target need not be seekable."""
    stamp = stamp_of(moment)
    members: list[Member] = []
    offset = 0
    for name, data in files:
        member = Member(name=name, crc=zlib.crc32(data), size=len(data), stamp=stamp, offset=offset)
        members.append(member)
        yield _local_header(member)
        yield data
        offset = member.data_offset + len(data)
    directory = b"".join(map(_directory_entry, members))
    yield directory
    yield _end(len(members), len(directory), offset)


def scan_archive(source: BinaryIO) -> Scan:
    """Walk over the headers of a seekable archive and compare each byte with the one form."""
    length = source.seek(0, 2)
    if length > MAX_ARCHIVE_BYTES:
        fault = Words(
            zh=f"文件大于 {MAX_ARCHIVE_BYTES} 字节，不是本系统封存的证据包",
            en=f"the file is larger than {MAX_ARCHIVE_BYTES} bytes: no package of this form",
        )
        return Scan(members=(), faults=(fault,), derailed=True)
    members: list[Member] = []
    faults: list[Words] = []
    offset = 0
    while True:
        source.seek(offset)
        found = _read_member(source, offset, length)
        if found is None:
            break
        if len(members) == MAX_MEMBERS:
            return _derail(members, faults, offset)
        if not _matches(source, offset, _local_header(found)):
            faults.append(_changed("文件头", "header", found.name, offset))
        members.append(found)
        offset = found.data_offset + found.size
    source.seek(offset)
    if source.read(4) not in (_DIRECTORY_SIGNATURE, _END_SIGNATURE) and not _ends_like(
        source, members, offset, length
    ):
        return _derail(members, faults, offset)
    faults.extend(_compare_directory(source, members, offset, length))
    return Scan(members=tuple(members), faults=tuple(faults), derailed=False)


def read_member(source: BinaryIO, member: Member) -> Iterator[bytes]:
    """Yield a member's content in chunks of at most `CHUNK_BYTES`."""
    source.seek(member.data_offset)
    left = member.size
    while left and (chunk := source.read(min(left, CHUNK_BYTES))):
        left -= len(chunk)
        yield chunk


def _read_member(source: BinaryIO, offset: int, length: int) -> Member | None:
    """Read one local header; None where there is none that lies inside the file."""
    header = source.read(_LOCAL.size)
    # One of the two suffices, so that a byte changed in either is reported with the file's name.
    known = header.startswith(_LOCAL_SIGNATURE) or header[4:10] == _LOCAL_CONSTANTS
    if len(header) < _LOCAL.size or not known:
        return None
    *_, time, date, crc, _, size, name_bytes, _ = _LOCAL.unpack(header)
    if name_bytes > MAX_NAME_BYTES:
        return None
    try:
        name = source.read(name_bytes).decode("utf-8")
    except UnicodeDecodeError:
        return None
    member = Member(name=name, crc=crc, size=size, stamp=Stamp(time=time, date=date), offset=offset)
    return member if member.data_offset + size <= length else None


def _compare_directory(
    source: BinaryIO, members: Sequence[Member], start: int, length: int
) -> Iterator[Words]:
    """Yield every difference between the central directory and the one rebuilt from members."""
    offset = start
    for member in members:
        entry = _directory_entry(member)
        if not _matches(source, offset, entry):
            yield _changed("目录项", "directory entry", member.name, offset)
        offset += len(entry)
    end = _end(len(members), offset - start, start)
    if not _matches(source, offset, end) or offset + len(end) != length:
        yield Words(
            zh=f"压缩包结尾与封存时不一致（自第 {offset} 字节起）",
            en=f"the end of the archive is not as sealed (from byte {offset})",
        )


def _ends_like(source: BinaryIO, members: Sequence[Member], start: int, length: int) -> bool:
    """Tell whether the rest has the length of the directory, so that only its bytes differ.

    One changed byte in a directory signature is then reported as such instead of as an
    unreadable archive.
    """
    directory = sum(len(_directory_entry(member)) for member in members)
    return bool(members) and start + directory + _END.size == length


def _matches(source: BinaryIO, offset: int, expected: bytes) -> bool:
    source.seek(offset)
    return source.read(len(expected)) == expected


def _derail(members: Sequence[Member], faults: Sequence[Words], offset: int) -> Scan:
    last = show_name(members[-1].name) if members else "-"
    fault = Words(
        zh=f"自第 {offset} 字节起无法读取（最后读到的文件：{last}），其后的文件未能核对",
        en=f"unreadable from byte {offset} on (last file read: {last}); "
        "the files after it could not be checked",
    )
    return Scan(members=tuple(members), faults=(*faults, fault), derailed=True)


def _changed(zh: str, en: str, name: str, offset: int) -> Words:
    shown = show_name(name)
    return Words(
        zh=f"{shown}：压缩包{zh}与封存时不一致（自第 {offset} 字节起）",
        en=f"{shown}: its ZIP {en} is not as sealed (from byte {offset})",
    )


def _local_header(member: Member) -> bytes:
    name = member.name.encode()
    fixed = _LOCAL.pack(_LOCAL_SIGNATURE, _VERSION_NEEDED, *_common(member), len(name), 0)
    return fixed + name


def _directory_entry(member: Member) -> bytes:
    name = member.name.encode()
    fixed = _DIRECTORY.pack(
        _DIRECTORY_SIGNATURE,
        _MADE_BY_UNIX,
        _VERSION_NEEDED,
        *_common(member),
        len(name),
        0,  # extra field
        0,  # comment
        0,  # disk
        0,  # internal attributes
        _REGULAR_FILE,
        member.offset,
    )
    return fixed + name


def _common(member: Member) -> tuple[int, ...]:
    """Fields that local header and directory entry share, from the flags to the size."""
    stamp = member.stamp
    return (_UTF8_NAMES, _STORED, stamp.time, stamp.date, member.crc, member.size, member.size)


def _end(count: int, directory_bytes: int, directory_offset: int) -> bytes:
    return _END.pack(_END_SIGNATURE, 0, 0, count, count, directory_bytes, directory_offset, 0)
