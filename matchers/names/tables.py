"""The tables packaged beside this module; a line that begins with # is a remark."""

from __future__ import annotations

import hashlib
import unicodedata
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


@cache
def digest_of_tables() -> str:
    """Return one digest of all rules and tables that decide what is found."""
    digest = hashlib.sha256()
    for folder in (files(__package__), files(f"{__package__}.engine")):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if file.name.endswith((".py", ".txt")):
                digest.update(file.read_bytes())
    for source in (version("pypinyin"), version("opencc"), unicodedata.unidata_version):
        digest.update(source.encode() + b"\0")
    return digest.hexdigest()
