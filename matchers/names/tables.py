"""The tables packaged beside this module; a line that begins with # is a remark."""

from __future__ import annotations

from importlib.resources import files


def read_lines(name: str) -> list[str]:
    """Return the lines of a packaged table without its remarks."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read_words(name: str) -> list[str]:
    """Return the words of a packaged table, which stand with white space between them."""
    return [word for line in read_lines(name) for word in line.split()]
