"""Bytes kept under their own digest."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.common import NotFound, Sha256, StorageFault, digest

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20
_AT_ONCE = 8
"""Files forced to the disk at once: a disk takes several in the time of one."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A file that is not yet in its place."""

    handle: int
    temporary: Path
    place: Path


class BlobStore:
    """A folder of files named by the SHA-256 of what they hold; nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = threading.local()
        # Its threads start with the first bytes that are put together with others.
        self._forcing = ThreadPoolExecutor(_AT_ONCE)

    def put(self, data: bytes) -> Sha256:
        """Keep bytes and return their digest; bytes that are there already cost one look-up.

        The file appears whole or not at all: it is written beside its place and then renamed.
        Inside `together` it appears at the end of that.
        """
        sha256 = digest(data)
        place = self._path(sha256)
        if place.exists():
            return sha256
        joined: list[_Written] | None = getattr(self._thread, "written", None)
        with _faults():
            written = _write([data], place)
            if joined is not None:
                joined.append(written)
            else:
                self._settle([written])
        return sha256

    def put_file(self, path: Path) -> Sha256:
        """Keep the bytes of a file of any size, as `put`, holding a block of them at a time."""
        with _faults(), path.open("rb") as file:
            sha256 = Sha256(hashlib.file_digest(file, "sha256").hexdigest())
            place = self._path(sha256)
            if not place.exists():
                file.seek(0)
                self._settle([_write(iter(lambda: file.read(_BLOCK), b""), place)])
        return sha256

    @contextmanager
    def together(self) -> Iterator[None]:
        """Force what is put inside to the disk at once at the end; on an error, drop it.

        Holds for this thread.
        """
        written: list[_Written] = []
        self._thread.written = written
        try:
            yield
        except BaseException:
            for one in written:
                os.close(one.handle)
                one.temporary.unlink(missing_ok=True)
            raise
        finally:
            self._thread.written = None
        with _faults():
            self._settle(written)

    def get(self, sha256: Sha256) -> bytes:
        """Return bytes by their digest.

        Raises: NotFound when there are none; StorageFault when what is there is no longer what
        was kept.
        """
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"no bytes are kept under {sha256}") from None
        if digest(data) != sha256:
            raise StorageFault(f"the bytes kept under {sha256} have changed on the disk")
        return data

    def has(self, sha256: Sha256) -> bool:
        """Tell whether bytes are kept under a digest."""
        return self._path(sha256).exists()

    def _settle(self, written: list[_Written]) -> None:
        """Force files to the disk, then put each in its place."""
        try:
            if len(written) == 1:
                os.fsync(written[0].handle)
            elif written:
                list(self._forcing.map(os.fsync, (one.handle for one in written)))
            for one in written:
                one.temporary.replace(one.place)
        finally:
            for one in written:
                os.close(one.handle)
                one.temporary.unlink(missing_ok=True)

    def _path(self, sha256: Sha256) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise NotFound("a digest has 64 lower-case hex digits")
        return self._folder / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageFault(f"bytes could not be kept: {fault.strerror}") from fault


def _write(blocks: Iterable[bytes], place: Path) -> _Written:
    with suppress(FileExistsError):
        place.parent.mkdir(parents=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
    temporary = Path(name)
    try:
        with open(handle, "wb", closefd=False) as file:
            file.writelines(blocks)
        os.fchmod(handle, 0o440)
    except OSError:
        os.close(handle)
        temporary.unlink(missing_ok=True)
        raise
    return _Written(handle, temporary, place)
