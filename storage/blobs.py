"""Bytes kept under their own digest."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from domain.common import NotFound, Sha256, StorageFault, digest

_SHA256 = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """A folder of files named by the SHA-256 of what they hold; nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> Sha256:
        """Keep bytes and return their digest; bytes that are there already cost one look-up.

        The file appears whole or not at all: it is written beside its place and then renamed.
        """
        sha256 = digest(data)
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o440)
            Path(temporary).replace(path)
        except OSError as fault:
            Path(temporary).unlink(missing_ok=True)
            raise StorageFault(f"bytes could not be kept: {fault.strerror}") from fault
        return sha256

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

    def _path(self, sha256: Sha256) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise NotFound("a digest has 64 lower-case hex digits")
        return self._folder / sha256[:2] / sha256[2:4] / sha256
