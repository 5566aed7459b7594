"""The reference pictures of a register, prepared for every stage of a look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput, RightId, digest_of
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.names.storing import read_arrays, write_arrays
from matchers.pictures.copies_index import (
    CopiesIndex,
    add_copies,
    copies_from_arrays,
    copies_to_arrays,
    index_copies,
)
from matchers.pictures.described import DescribedReference, describing_version
from matchers.pictures.logos import LogoIndex, begin_logos

_KIND, _VERSION = "an index of reference pictures", "3"
_COPIES, _LOGOS = "copies.", "logos."
_PRINTS = "prints"
_GONE = ReferencePicture(
    right_id=RightId(""),
    role=ReferenceRole.HARMLESS,
    name="",
    sha256=digest_of(()),
    media_type="",
    phash="",
)
"""Stands for a reference that left the register since the index was made."""
Prints = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class LookIndex:
    """The reference pictures of a register; every part numbers them in the same way."""

    references: tuple[ReferencePicture, ...]
    """Those that could be described."""
    copies: CopiesIndex
    logos: LogoIndex
    answering: frozenset[ReferencePicture] | None = None
    """Only these are told as hits, the others are compared with all the same; None for all."""


def begin_look(sample: Sequence[DescribedReference], count: int) -> LookIndex:
    """Return an empty index for `count` references that are like those of a sample."""
    return LookIndex(
        references=(),
        copies=index_copies((), ()),
        logos=begin_logos([one.logo for one in sample], count),
    )


def add_to_look(
    index: LookIndex, described: Sequence[tuple[ReferencePicture, DescribedReference]]
) -> LookIndex:
    """Return an index with more references; the one given is used up."""
    references = [reference for reference, _ in described]
    index.logos.add([(reference, one.logo) for reference, one in described])
    return LookIndex(
        references=(*index.references, *references),
        copies=add_copies(index.copies, references, [one.print for _, one in described]),
        logos=index.logos,
    )


def index_look(described: Sequence[tuple[ReferencePicture, DescribedReference]]) -> LookIndex:
    """Index described references."""
    return add_to_look(begin_look([one for _, one in described], len(described)), described)


def prints_of_references(references: Iterable[ReferencePicture]) -> Prints:
    """Return a number for each reference, as far as an index knows it."""
    texts = (f"{one.right_id}\0{one.role.value}\0{one.sha256}" for one in references)
    numbers = [
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
        for text in texts
    ]
    return np.array(numbers, np.uint64)


def save_look(index: LookIndex, file: BinaryIO) -> None:
    """Write an index; `open_look` reads it back without copying."""
    arrays = {_PRINTS: prints_of_references(index.references)}
    arrays |= {f"{_COPIES}{name}": one for name, one in copies_to_arrays(index.copies).items()}
    arrays |= {f"{_LOGOS}{name}": one for name, one in index.logos.to_arrays().items()}
    write_arrays(_KIND, look_version(), arrays, file)


def saved_prints(buffer: bytes | memoryview, where: str) -> Prints:
    """Return of which references a saved index was made; the rest of it is not looked at.

    Raises: RefusedInput, as `open_look` does.
    """
    return read_arrays(_KIND, look_version(), buffer, where, (_PRINTS,))[_PRINTS]


def open_look(
    buffer: bytes | memoryview, references: Sequence[ReferencePicture], where: str
) -> LookIndex:
    """Return the index in a buffer, which must outlive it.

    Of the references it was made of, those not among `references` answer nothing.

    Raises: RefusedInput when the bytes are no such index, or one of another version.
    """
    arrays = read_arrays(_KIND, look_version(), buffer, where)
    known = dict(zip(prints_of_references(references).tolist(), references, strict=True))
    its = [known.get(one, _GONE) for one in arrays[_PRINTS].tolist()]
    gone = np.array([one is _GONE for one in its], np.bool_)
    copies = copies_from_arrays(_under(_COPIES, arrays), its, where)
    if len(copies.ends) != len(its) + 1:
        raise RefusedInput(expected=f"{len(its)} references", got="others", where=where)
    logos = LogoIndex.from_arrays(its, _under(_LOGOS, arrays), where)
    if gone.any():
        copies = replace(copies, is_off=copies.is_off | gone)
        logos.switch_off(gone)
    return LookIndex(references=tuple(its), copies=copies, logos=logos)


def look_version() -> str:
    """Return what a saved index depends on beside its references."""
    return f"{_VERSION} {describing_version()}"


def _under(
    start: str, arrays: dict[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    return {
        name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)
    }
