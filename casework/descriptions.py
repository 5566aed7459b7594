"""Descriptions of reference pictures, kept by the digest of the bytes: a picture is described once.

They lie in one SQLite file beside the indexes, which several processes may use at a time and which
may be deleted.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from domain.common import Sha256
from matchers.pictures.described import describing_version

Key = tuple[Sha256, str]
"""Digest of the bytes, and in which way they are described (`kind_of`)."""
_Answer = TypeVar("_Answer")

ENDING = ".descriptions"
_AT_ONCE = 400
_PATIENCE_S = 60.0
_SPARE = 10_000
"""Descriptions kept beyond twice as many as a register needs: of others, and of former ones."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS descriptions "
    "(sha256 TEXT, kind TEXT, data BLOB NOT NULL, PRIMARY KEY (sha256, kind)) WITHOUT ROWID"
)
_PRIVATE = ""
"""SQLite's name for a file that goes when it is closed."""
_log = logging.getLogger("suyuan.pictures")


class Descriptions:
    """Descriptions by their keys; b"" for a picture that cannot be decoded.

    A damaged file is made anew; where none can be used, they live as long as this does.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / f"{describing_version()}{ENDING}"
        self._file: sqlite3.Connection | None = None

    def get(self, keys: Sequence[Key]) -> dict[Key, bytes]:
        """Return those there are of some descriptions."""

        def read(file: sqlite3.Connection) -> dict[Key, bytes]:
            found: dict[Key, bytes] = {}
            for start in range(0, len(keys), _AT_ONCE):
                part = keys[start : start + _AT_ONCE]
                marks = ", ".join(["(?, ?)"] * len(part))
                query = f"SELECT * FROM descriptions WHERE (sha256, kind) IN (VALUES {marks})"  # noqa: S608
                for sha256, kind, data in file.execute(query, [one for key in part for one in key]):
                    found[Sha256(sha256), kind] = data
            return found

        return self._use(read)

    def known(self, keys: Sequence[Key]) -> set[Key]:
        """Return those of some keys that there are descriptions of."""

        def read(file: sqlite3.Connection) -> set[Key]:
            query = "SELECT 1 FROM descriptions WHERE (sha256, kind) = (?, ?)"
            return {key for key in keys if file.execute(query, key).fetchone()}

        return self._use(read)

    def put(self, described: Mapping[Key, bytes]) -> None:
        """Keep descriptions in place of those of the same keys."""

        def write(file: sqlite3.Connection) -> None:
            rows = [(*key, data) for key, data in described.items()]
            file.executemany("INSERT OR REPLACE INTO descriptions VALUES (?, ?, ?)", rows)

        self._use(write)

    def forget_others(self, keys: Collection[Key]) -> None:
        """Delete what a register does not need, once that is far more than what it needs."""

        def forget(file: sqlite3.Connection) -> None:
            (count,) = file.execute("SELECT count(*) FROM descriptions").fetchone()
            if count <= 2 * len(keys) + _SPARE:
                return
            file.execute("CREATE TEMP TABLE needed (sha256 TEXT, kind TEXT)")
            file.executemany("INSERT INTO needed VALUES (?, ?)", keys)
            file.execute(
                "DELETE FROM descriptions "
                "WHERE (sha256, kind) NOT IN (SELECT sha256, kind FROM needed)"
            )
            file.execute("DROP TABLE needed")

        self._use(forget)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _use(self, work: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Do one transaction; in a new file where this one is damaged or cannot be used."""
        try:
            return self._do(work)
        except sqlite3.OperationalError as fault:
            _log.warning("descriptions of pictures are not kept in %s: %s", self._path, fault)
            self.close()
            self._path = None
        except sqlite3.DatabaseError as fault:
            _log.warning("kept descriptions are damaged and are made anew: %s", fault)
            self.close()
            if self._path is not None:
                with suppress(OSError):
                    self._path.unlink()
        return self._do(work)

    def _do(self, work: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        if self._file is None:
            self._file = self._open()
        with self._file:
            return work(self._file)

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            with suppress(OSError):  # Then SQLite says what is wrong.
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._forget_older(self._path)
        file = sqlite3.connect(self._path or _PRIVATE, timeout=_PATIENCE_S)
        try:
            with file:
                file.execute(_TABLE)
        except sqlite3.Error:
            file.close()
            raise
        return file

    @staticmethod
    def _forget_older(path: Path) -> None:
        """Delete what was described by other versions of describing."""
        for other in path.parent.glob(f"*{ENDING}"):
            if other != path:
                with suppress(FileNotFoundError):
                    other.unlink()
