"""The tables packaged beside this module; a line that begins with # is a remark."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files


def read_lines(name: str) -> list[str]:
    """Return the lines of a packaged table without its remarks."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read_words(name: str) -> list[str]:
    """Return the words of a packaged table, which stand with white space between them."""
    return [word for line in read_lines(name) for word in line.split()]


class _Kept:
    """The pairs of characters kept here, beside those that are packaged."""

    pairs: tuple[str, ...] = ()
    used = False


def use_pairs(pairs: Sequence[str]) -> bool:
    """Let pairs of characters count as hard to tell at a glance, beside known_pairs.txt.

    To be called before any name is looked at, since tables are read once. Returns False where that
    is too late, unless just these count already.
    """
    if not _Kept.used:
        _Kept.pairs = tuple(pairs)
    return _Kept.pairs == tuple(pairs)


def known_pairs() -> list[str]:
    """Return the pairs of characters that are taken for each other though drawn otherwise."""
    _Kept.used = True
    return [*read_words("known_pairs.txt"), *_Kept.pairs]


def digest_of_tables() -> str:
    """Return one digest of all rules and tables that decide what is found."""
    return hashlib.sha256("".join((digest_of_package(), *known_pairs())).encode()).hexdigest()


@cache
def digest_of_package() -> str:
    """Return the same of what is packaged."""
    digest = hashlib.sha256()
    for folder in (files(__package__), files(f"{__package__}.engine")):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if file.name.endswith((".py", ".txt")):
                digest.update(file.read_bytes())
    for source in (version("pypinyin"), version("opencc"), unicodedata.unidata_version):
        digest.update(source.encode() + b"\0")
    return digest.hexdigest()
