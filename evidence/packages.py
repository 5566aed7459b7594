"""Sealing: files become one ZIP that holds a bag in which every byte is named by a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from domain.common import RefusedInput, Sha256, digest
from evidence import archives, bags, readme
from evidence.names import find_clashes, find_name_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What proves a package: whoever holds the seal can tell whether one byte was changed."""

    seal: Sha256
    """SHA-256 of tagmanifest-sha256.txt, which names the digests that name all others."""
    files: int
    """Payload files."""
    sha256: Sha256
    """Of the whole ZIP."""
    bytes_count: int
    """Of the whole ZIP."""


def seal(
    files: Iterable[tuple[str, bytes]],
    target: BinaryIO,
    *,
    info: Mapping[str, str],
    sealed_at: datetime,
    folder: str = "package",
) -> Seal:
    """Write a package of (path, bytes) pairs: a ZIP with one folder, a BagIt 1.0 bag (RFC 8493).

    The paths are relative to the bag's `data/`; `info` gives labels of bag-info.txt
    (External-Identifier, Source-Organization …). The same arguments give the same bytes on every
    machine, whatever the order of the files. Nothing is written when anything is refused; the
    target need not be seekable.

    Raises: RefusedInput for no file at all, an unsafe or doubled name, a time without a zone, a
    wrong label, or more than `archives.MAX_MEMBERS` files or `archives.MAX_ARCHIVE_BYTES` bytes.
    """
    if sealed_at.tzinfo is None or not 1980 < sealed_at.year < 2107:
        raise RefusedInput(
            expected="a time with a zone, of a year that ZIP can hold (1981 to 2106)",
            got=str(sealed_at),
            where="sealed_at",
        )
    payload = [(bags.PAYLOAD + name, data) for name, data in files]
    _refuse_unsafe(folder, [name for name, _ in payload])
    tags = _tag_files(payload, info, sealed_at)
    contents = [(f"{folder}/{name}", data) for name, data in (*tags.items(), *payload)]
    _refuse_too_much(contents)
    contents.sort(key=lambda content: bags.place(content[0].removeprefix(f"{folder}/")))

    hasher = hashlib.sha256()
    written = 0
    for piece in archives.write_archive(contents, sealed_at):
        hasher.update(piece)
        written += len(piece)
        target.write(piece)
    return Seal(
        seal=digest(tags[bags.TAG_MANIFEST]),
        files=len(payload),
        sha256=Sha256(hasher.hexdigest()),
        bytes_count=written,
    )


def _tag_files(
    payload: Sequence[tuple[str, bytes]], info: Mapping[str, str], sealed_at: datetime
) -> dict[str, bytes]:
    """Make the bag's own files from those of the caller."""
    tags = {
        bags.README: readme.TEXT,
        bags.BAG_INFO: bags.render_bag_info(
            info, sealed_at=sealed_at, oxum=bags.payload_oxum(len(data) for _, data in payload)
        ),
        bags.BAGIT: bags.DECLARATION,
        bags.MANIFEST: bags.render_manifest({name: digest(data) for name, data in payload}),
    }
    digests = {name: digest(data) for name, data in tags.items()}
    return {**tags, bags.TAG_MANIFEST: bags.render_manifest(digests)}


def _refuse_unsafe(folder: str, paths: Sequence[str]) -> None:
    """Refuse names that would not unpack, or not the same, on another machine."""
    if not paths:
        raise RefusedInput(expected="at least one file", got="none", where="package")
    if "/" in folder:
        raise RefusedInput(expected="one folder name", got=repr(folder), where="package folder")
    for path in paths:
        if fault := find_name_fault(f"{folder}/{path}"):
            raise RefusedInput(expected="a safe file name", got=fault.en, where=repr(path))
    for path, other in find_clashes(paths):
        raise RefusedInput(
            expected="names that differ by more than letter case",
            got=f"{path!r} beside {other!r}",
            where="package",
        )


def _refuse_too_much(contents: Sequence[tuple[str, bytes]]) -> None:
    size = archives.archive_size([(name, len(data)) for name, data in contents])
    if len(contents) > archives.MAX_MEMBERS or size > archives.MAX_ARCHIVE_BYTES:
        raise RefusedInput(
            expected=f"at most {archives.MAX_MEMBERS} files and {archives.MAX_ARCHIVE_BYTES} bytes",
            got=f"{len(contents)} files and {size} bytes",
            where="package",
        )
