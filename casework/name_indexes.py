"""The one door to an index of names: opened where it was saved, else made and saved.

The folder beside the blobs holds two files for each register that was indexed: its index, mapped
into the memory of every process that searches, and the prints of its rights, by which an index
serves a register that differs in a little. Both may be deleted at any time.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import matchers.names
from casework.derived import files_by_use, open_saved, throw_away, write_whole
from domain.common import RightId, Sha256, digest
from domain.rights import Right
from matchers.keeping import is_compiled
from matchers.names import (
    AnyIndex,
    NamesIndex,
    add_names,
    digest_of_tables,
    index_names,
    open_index,
    prints_of,
    save_index,
)

FEWEST_SAVED = 5_000
"""Rights from which on an index is saved: a smaller one is made in the time of finding it."""
MOST_ADDED, SHARE_ADDED = 5_000, 50
"""Rights that may have come or changed, and one in how many at most, before all is made anew."""
KEPT = 3
"""Indexes kept, those used last: of the database, and of register files searched beside it."""
_INDEX, _PRINTS = ".index", ".prints"
_Prints = npt.NDArray[np.uint64]
_log = logging.getLogger("suyuan.names")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """What a register has that an indexed one had not, and the other way round."""

    added: npt.NDArray[np.bool_]
    """By the place in the register."""
    removed: npt.NDArray[np.bool_]
    """By the number in the index."""


def open_names(folder: Path | None, rights: Sequence[Right]) -> AnyIndex:
    """Return the index of rights, saved in a folder (`Settings.indexes_folder`) unless it is None.

    A folder that cannot be read or written, and a damaged file, cost the time of indexing.
    """
    if not is_compiled(Path(matchers.names.__file__).parent):
        _log.warning("the search of names was not compiled at set-up: wait some minutes, once")
    if folder is None or len(rights) < FEWEST_SAVED:
        return index_names(rights)
    prints = prints_of(rights)
    name = _name_of(prints)
    index = _open(folder / f"{name}{_INDEX}") or _open_near(folder, rights, prints)
    if index is not None:
        return index
    made = index_names(rights)
    try:
        write_whole(folder / f"{name}{_INDEX}", lambda file: save_index(made, file))
        write_whole(folder / f"{name}{_PRINTS}", lambda file: file.write(prints.tobytes()))
        throw_away(folder, (_INDEX, _PRINTS), KEPT)
    except OSError as fault:
        _log.warning("the index of names is not saved in %s: %s", folder, fault.strerror)
    return made


def _name_of(prints: _Prints) -> Sha256:
    return digest(digest_of_tables().encode() + prints.tobytes())


def _open(path: Path) -> NamesIndex | None:
    """Map a saved index; None when there is none, or none that can be used."""
    return open_saved(
        path, lambda data: open_index(data, str(path)), "a saved index of names", _log
    )


def _open_near(folder: Path, rights: Sequence[Right], prints: _Prints) -> AnyIndex | None:
    """Open an index of almost the same register and bring it up to date."""
    most = min(MOST_ADDED, len(prints) // SHARE_ADDED)
    for path in files_by_use(folder, _INDEX):
        before = _read_prints(path.with_suffix(_PRINTS))
        if before is None or abs(len(before) - len(prints)) > most:
            continue
        differs = _Difference(
            added=np.isin(prints, before, invert=True), removed=np.isin(before, prints, invert=True)
        )
        if max(np.count_nonzero(differs.added), np.count_nonzero(differs.removed)) > most:
            continue
        index = _open(path)
        if index is not None:
            return _bring_up_to_date(index, rights, differs)
    return None


def _bring_up_to_date(index: NamesIndex, rights: Sequence[Right], differs: _Difference) -> AnyIndex:
    added = [rights[at] for at in np.flatnonzero(differs.added).tolist()]
    removed = [RightId(index.rights[at]) for at in np.flatnonzero(differs.removed).tolist()]
    return add_names(index, added, removed) if added or removed else index


def _read_prints(path: Path) -> _Prints | None:
    """Return the prints in a file; they give it its name. None when they are not of these rules."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    prints = np.frombuffer(data[: len(data) // 8 * 8], np.uint64)
    return prints if _name_of(prints) == path.stem else None
