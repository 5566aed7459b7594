"""The one door to an index of reference pictures: opened where it was saved, else made and saved.

Describing a reference costs some 50 ms, so descriptions are kept (`descriptions`) and the index
made of them is saved beside those of names, by the references in it: a register that differs in
some uses the nearest that was saved. Every process maps the same file. All of it may be deleted.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from casework.context import Context
from casework.derived import (
    files_by_use,
    map_file,
    open_saved,
    release_pages,
    throw_away,
    write_whole,
)
from casework.descriptions import Descriptions, Key
from casework.picture_process import begin_picture_process
from domain.common import RefusedInput, Sha256, SuyuanError, digest
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.described import (
    DescribedReference,
    decode_reference,
    describe_for_look,
    kind_of,
    open_described,
)
from matchers.pictures.look_index import (
    LookIndex,
    Prints,
    add_to_look,
    begin_look,
    look_version,
    open_look,
    prints_of_references,
    save_look,
    saved_prints,
)

FEWEST_SAVED = 100
"""References from which on an index is saved: a smaller one is soon made of kept descriptions."""
MOST_ADDED, SHARE_ADDED = 1_000, 10
"""References that may have come, and one in how many at most, before all is made anew."""
SHARE_REMOVED = 4
"""One in so many may have gone: they are still compared with, at some cost."""
KEPT = 3
"""Indexes kept, those used last: of the database, and of register files searched beside it."""
_INDEX = ".look"
_SAMPLE = 20_000
"""References on which an index is trained."""
_BATCH = 256
"""References described between two writings."""
_FEWEST_SHARED = 100
"""References from which on several processes describe them: each takes seconds to start."""
_log = logging.getLogger("suyuan.pictures")

BytesOf = Callable[[ReferencePicture], bytes]
"""Gives the bytes of a reference. Raises: SuyuanError when they are lost."""
OnProgress = Callable[[int, int], None]
"""Told how many references are described, of how many that were not."""
_Pair = tuple[ReferencePicture, DescribedReference]


def open_pictures(
    folder: Path | None,
    references: Sequence[ReferencePicture],
    bytes_of: BytesOf,
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
) -> LookIndex:
    """Return the index of references, saved in a folder (`Settings.indexes_folder`) unless None.

    A picture that is lost or cannot be decoded is left out, and said. A folder that cannot be used,
    and a damaged file, cost the time of making all anew. `workers`: processes that describe.
    """
    prints = prints_of_references(references).tolist()
    unique = dict(zip(prints, references, strict=True))
    with closing(Descriptions(folder)) as kept:
        describing = _Describing(
            kept=kept, bytes_of=bytes_of, workers=workers, on_progress=on_progress
        )
        if folder is None or len(unique) < FEWEST_SAVED:
            return describing.make(list(unique.values()))
        path = folder / f"{_name_of(np.array(list(unique), np.uint64))}{_INDEX}"
        index = _open_nearest(folder, path, unique)
        if index is not None:
            there = set(prints_of_references(index.references).tolist())
            return describing.add(index, [unique[one] for one in unique if one not in there])
        made = describing.make(list(unique.values()))
        try:
            write_whole(path, lambda file: save_look(made, file))
            throw_away(folder, (_INDEX,), KEPT)
        except OSError as fault:
            _log.warning("the index of pictures is not saved in %s: %s", folder, fault.strerror)
            return made
        kept.forget_others([_key(one) for one in unique.values()])
        # The one that was made is given back for the one in the file, which processes share.
        return _open(path, list(unique.values())) or made


def open_stored_pictures(
    context: Context,
    references: Sequence[ReferencePicture],
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
) -> LookIndex:
    """Return the index of references whose bytes are among the blobs."""
    return open_pictures(
        context.settings.indexes_folder,
        references,
        lambda reference: context.blobs.get(reference.sha256),
        workers=workers,
        on_progress=on_progress,
    )


def _name_of(prints: Prints) -> Sha256:
    """Name an index by its version and its references, in whatever order they came."""
    return digest(look_version().encode() + np.sort(prints).tobytes())


def _open_nearest(
    folder: Path, path: Path, unique: dict[int, ReferencePicture]
) -> LookIndex | None:
    """Open the saved index of just these references, or that which differs least."""
    references = list(unique.values())
    if path.exists() and (index := _open(path, references)) is not None:
        return index
    wanted = np.array(list(unique), np.uint64)
    near = []
    for other in files_by_use(folder, _INDEX):
        with suppress(OSError, ValueError, RefusedInput):  # Of another version, or damaged.
            before = saved_prints(map_file(other), str(other))
            added = int(np.isin(wanted, before, invert=True).sum())
            removed = int(np.isin(before, wanted, invert=True).sum())
            is_near = added <= min(MOST_ADDED, len(wanted) // SHARE_ADDED)
            if is_near and removed <= len(before) // SHARE_REMOVED:
                near.append((added + removed, other))
    opened = (_open(other, references) for _, other in sorted(near))
    return next((index for index in opened if index is not None), None)


def _open(path: Path, references: Sequence[ReferencePicture]) -> LookIndex | None:
    """Map a saved index; None when it cannot be used."""

    def read(data: memoryview) -> LookIndex:
        index = open_look(data, references, str(path))
        release_pages(data)  # Most of it are drawings, of which a look needs a hundred.
        return index

    return open_saved(path, read, "a saved index of pictures", _log)


def _key(reference: ReferencePicture) -> Key:
    return reference.sha256, kind_of(reference.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Describing:
    """References that are described, where they were not before."""

    kept: Descriptions
    bytes_of: BytesOf
    workers: int
    on_progress: OnProgress | None

    def make(self, references: Sequence[ReferencePicture]) -> LookIndex:
        """Make an index; it is trained on some of them, and fed part by part."""
        self._describe(references)
        step = max(1, len(references) // _SAMPLE)
        sample = [one for _, one in self._described(references[::step])]
        index = begin_look(sample, len(references))
        del sample
        return self._feed(index, references)

    def add(self, index: LookIndex, references: Sequence[ReferencePicture]) -> LookIndex:
        """Add references to an index."""
        self._describe(references)
        return self._feed(index, references)

    def _feed(self, index: LookIndex, references: Sequence[ReferencePicture]) -> LookIndex:
        for start in range(0, len(references), 8 * _BATCH):
            part = list(self._described(references[start : start + 8 * _BATCH]))
            index = add_to_look(index, part) if part else index
        return index

    def _described(self, references: Sequence[ReferencePicture]) -> Iterator[_Pair]:
        for start in range(0, len(references), _BATCH):
            part = references[start : start + _BATCH]
            found = self.kept.get([_key(one) for one in part])
            for one in part:
                data = found.get(_key(one))
                described = self._opened(one, data) if data else None
                if described is not None:
                    yield one, described

    def _opened(self, reference: ReferencePicture, data: bytes) -> DescribedReference | None:
        """Open a kept description; one that is not as it was written is made anew."""
        try:
            return open_described(data, _where(reference))
        except RefusedInput as fault:
            _log.warning("a kept description is damaged and is made anew: %s", fault)
        for task in self._task(reference):
            anew = _describe(task)
            self.kept.put({task.key: anew})
            if anew:
                return open_described(anew, task.where)
        return None

    def _describe(self, references: Sequence[ReferencePicture]) -> None:
        """Describe those that were not, part by part: what one part came to is kept."""
        by_key = {_key(one): one for one in references}
        known = self.kept.known(list(by_key))
        missing = [one for key, one in by_key.items() if key not in known]
        if not missing:
            return
        # Of processes that begin at once, each begins elsewhere and leaves out what others did.
        begin = os.getpid() * _BATCH % len(missing)
        missing = missing[begin:] + missing[:begin]
        many = self.workers > 1 and len(missing) >= _FEWEST_SHARED
        with _describers(self.workers if many else 1) as run:
            for start in range(0, len(missing), _BATCH):
                part = missing[start : start + _BATCH]
                known = self.kept.known([_key(one) for one in part])
                tasks = [task for one in part if _key(one) not in known for task in self._task(one)]
                done = zip(tasks, run(tasks), strict=True)
                self.kept.put({task.key: data for task, data in done})
                if self.on_progress is not None:
                    self.on_progress(start + len(part), len(missing))

    def _task(self, reference: ReferencePicture) -> Iterator[_Task]:
        """Yield what a process needs to describe a reference; nothing where its bytes are lost."""
        try:
            data = self.bytes_of(reference)
        except SuyuanError as refusal:
            _log.warning("a reference picture of %s: %s", reference.right_id, refusal)
            return
        yield _Task(key=_key(reference), role=reference.role, where=_where(reference), data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A picture to be described."""

    key: Key
    role: ReferenceRole
    where: str
    data: bytes


_Run = Callable[[Sequence[_Task]], Iterable[bytes]]


@contextmanager
def _describers(workers: int) -> Iterator[_Run]:
    """Give what describes pictures: this process, or several others."""
    if workers <= 1:
        yield lambda tasks: map(_describe, tasks)
        return
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=begin_picture_process
    ) as pool:
        yield lambda tasks: pool.map(_describe, tasks, chunksize=8)


def _describe(task: _Task) -> bytes:
    """Describe a picture; b"" when it cannot be decoded, which is said this once."""
    try:
        return describe_for_look(decode_reference(task.data, task.where), task.role)
    except SuyuanError as refusal:
        _log.warning("a reference picture cannot be described: %s", refusal)
        return b""


def _where(reference: ReferencePicture) -> str:
    return f"{reference.right_id}: {reference.name}"
