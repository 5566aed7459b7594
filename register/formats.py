"""What every register format gives back, and how one is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from domain.common import Refusal
from domain.rights import Right

HEAD_BYTES = 256 * 1024
"""Bytes from the start that a format is recognised by; prologs with a DTD take tens of KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A right and where in its file it stands."""

    right: Right
    line: int | None
    """1-based line of a text file or row of a sheet; None where the form has none that tells."""
    share: float
    """How much of the file was read by then, 0..1."""


Reading = Iterator[RegisterRow | Refusal]
"""A register as it is read, in file order: a big one is never whole in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """What one register file held, gathered: rights in file order, and what was refused."""

    rights: tuple[Right, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form of register file."""

    name: str
    recognises: Callable[[bytes], bool]
    """The first HEAD_BYTES ▶ whether this format is the one to read the file."""
    read: Callable[[str, BinaryIO, int], Reading]
    """(file name, file, its bytes) ▶ rights and refusals; never raises for what the bytes hold."""


def gather(reading: Iterable[RegisterRow | Refusal]) -> RegisterReading:
    """Hold a whole reading in memory; of a right that stands twice the last counts."""
    rights: dict[str, Right] = {}
    refusals: list[Refusal] = []
    for one in reading:
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            rights[one.right.right_id] = one.right
    return RegisterReading(rights=tuple(rights.values()), refusals=tuple(refusals))
