"""What every register format gives back, and how one is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.common import Refusal
from domain.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """What one register file held: rights in file order, and what was refused."""

    rights: tuple[Right, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form of register file."""

    name: str
    recognises: Callable[[str, bytes], bool]
    """(file name, bytes) ▶ whether this format is the one to read them."""
    read: Callable[[str, bytes], RegisterReading]
    """(file name, bytes) ▶ rights and refusals; never raises for what the bytes hold."""
