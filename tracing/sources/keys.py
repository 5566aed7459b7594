"""The keys that the rows of one file have taken, so that none overwrites another."""

from __future__ import annotations

from hashlib import blake2b

from domain.common import RefusedInput


class KeysMet:
    """Remembers each source and key of a file by 64 bits, and the line that took it."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}
        self._counts: dict[int, int] = {}

    def take(self, source: str, key: str, line: int) -> str:
        """Return a key that is free.

        Raises: RefusedInput when an earlier row has it.
        """
        number = _packed(source, key)
        if number in self._lines:
            got = f"it on line {self._lines[number]} already"
            raise RefusedInput(expected="each key once", got=got, where="key")
        self._lines[number] = line
        return key

    def take_numbered(self, source: str, key: str, line: int) -> str:
        """Return a key, numbered from the second row on that asks for it: T100, T100#2."""
        number = _packed(source, key)
        if number not in self._lines:
            self._lines[number] = line
            return key
        while True:
            self._counts[number] = count = self._counts.get(number, 1) + 1
            numbered = f"{key}#{count}"
            if _packed(source, numbered) not in self._lines:
                return self.take(source, numbered, line)


def _packed(source: str, key: str) -> int:
    text = f"{source}\x00{key}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=8).digest())
