"""The texts of listings kept for the search turned round: a new name, and who uses it already.

They lie beside the blobs in blocks, added as listings are screened. A block is never changed;
small ones are joined. What a listing said before stays until `rebuild_texts`: it only makes a
listing be looked at that need not be.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from casework.context import Context
from casework.derived import WRITING, map_file, write_whole
from domain.common import RefusedInput
from domain.listings import ListingRef, Sighting
from domain.rights import Right
from matchers.names import DEFAULT_THRESHOLD, NameHit
from matchers.names.stored import (
    StoredTexts,
    find_in_stored,
    gather_texts,
    join_texts,
    open_texts,
    prepare_names,
    save_texts,
)
from matchers.pair import texts_of
from storage import listings

_BLOCK = ".texts"
_JOINED = 8
"""Blocks of about one size that are joined."""
_MOST_BYTES = 1 << 30
"""Of a block that others are joined to."""
_CHUNK = 500
_BETWEEN = "\0"
"""Between a platform and the key of a listing."""
_log = logging.getLogger("suyuan.texts")


def keep_texts(folder: Path, sightings: Iterable[Sighting]) -> int:
    """Keep what listings say, unless it is kept; returns how many texts are new.

    `folder` is `Settings.texts_folder`. Processes that keep texts take turns.
    """
    owned = [(_owner(one), text) for one in sightings if (text := _text_of(one))]
    with _alone(folder):
        known = (open_block for _, open_block in _blocks(folder, prints_only=True))
        new = gather_texts(owned, known)
        if len(new.texts):
            number = max((int(path.stem) for path in _paths(folder)), default=0) + 1
            write_whole(_path(folder, number), partial(save_texts, new))
            _join_small(folder)
    return len(new.texts)


def has_texts(folder: Path) -> bool:
    """Tell whether any texts are stored."""
    return any(True for _ in _paths(folder))


def find_stored(
    folder: Path,
    rights: Iterable[Right],
    register_size: int,
    threshold: float = DEFAULT_THRESHOLD,
) -> Iterator[tuple[ListingRef, tuple[NameHit, ...]]]:
    """Yield listings of whose texts one holds a name of the rights, as `find_names` finds it.

    A listing comes twice when two of its texts do. Places of hits count in all that a listing
    says, its fields on lines of their own.
    """
    new, threads = prepare_names(rights, register_size), os.cpu_count() or 1
    for _, block in _blocks(folder):
        for number, hits in find_in_stored(block.texts, new, threshold, threads):
            platform, _, key = block.owners[number].partition(_BETWEEN)
            yield ListingRef(platform=platform, listing_key=key), hits


def rebuild_texts(context: Context) -> int:
    """Make the texts anew from the database; returns how many there are."""
    folder = context.settings.texts_folder
    with _alone(folder):
        for path in _paths(folder):
            path.unlink(missing_ok=True)
    count = 0
    with context.database.read() as unit:
        sightings = listings.latest_sightings(unit)
        while some := tuple(islice(sightings, _CHUNK)):
            count += keep_texts(folder, some)
    return count


def _owner(sighting: Sighting) -> str:
    return f"{sighting.platform}{_BETWEEN}{sighting.listing_key}"


def _text_of(sighting: Sighting) -> str:
    return "\n".join(text for _, text in texts_of(sighting) if text)


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:012d}{_BLOCK}"


def _paths(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_BLOCK}"))


def _blocks(folder: Path, *, prints_only: bool = False) -> Iterator[tuple[Path, StoredTexts]]:
    for path in _paths(folder):
        try:
            yield path, open_texts(map_file(path), str(path), prints_only=prints_only)
        except FileNotFoundError:
            continue  # Another process has just joined it to others, which come later.
        except (ValueError, RefusedInput) as fault:
            _log.warning("stored texts are damaged; make them anew: %s", fault)


def _join_small(folder: Path) -> None:
    """Join the last blocks while so many are of about one size: few are ever open at once."""
    while True:
        last = _paths(folder)[-_JOINED:]
        sizes = [path.stat().st_size for path in last]
        if len(last) < _JOINED or sizes[0] > _JOINED * sizes[-1] or sum(sizes) > _MOST_BYTES:
            return
        try:
            parts = [open_texts(map_file(path), str(path)) for path in last]
        except (ValueError, RefusedInput):
            return  # Who looks for a name is told of the damage.
        joined = join_texts(parts)
        write_whole(last[-1], partial(save_texts, joined))
        for path in last[:-1]:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time write; the lock goes with the process that holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for broken_off in folder.glob(f"{WRITING}*"):
            broken_off.unlink(missing_ok=True)
        yield
