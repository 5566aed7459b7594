"""What every noun shares: the exception tree, stable ids, digests, words in two languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType

Sha256 = NewType("Sha256", str)
"""SHA-256 of some bytes, 64 lower-case hex digits."""

RightId = NewType("RightId", str)
FlagId = NewType("FlagId", str)
CaseId = NewType("CaseId", str)
RunId = NewType("RunId", str)


class SuyuanError(Exception):
    """Root of every error raised on purpose; its text is one sentence for a person."""


class WrongUse(SuyuanError):
    """A command or form was used in a way it does not allow."""


class RefusedInput(SuyuanError):
    """Bytes from outside are not what they claim to be.

    The sentence says what was expected, what was got and where.
    """

    def __init__(self, *, expected: str, got: str, where: str) -> None:
        super().__init__(f"{where}: expected {expected}, got {got}")
        self.expected = expected
        self.got = got
        self.where = where

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross between processes; the arguments of this one have names.
        return _refused, (type(self), self.expected, self.got, self.where)


def _refused(kind: type[RefusedInput], expected: str, got: str, where: str) -> RefusedInput:
    return kind(expected=expected, got=got, where=where)


class PageChanged(RefusedInput):
    """A page of a known platform no longer has the form its reader was written for."""


class UnreadablePicture(RefusedInput):
    """Bytes offered as a picture cannot be decoded, or would cost too much to decode."""


class BrokenFile(RefusedInput):
    """A whole file is refused: nothing in it could be read."""


class BrokenPackage(RefusedInput):
    """An evidence package is not whole."""


class NotFound(SuyuanError):
    """No stored thing has this identity."""


class NotAllowed(SuyuanError):
    """This person's role does not allow this act."""


class ForbiddenTransition(SuyuanError):
    """A matter cannot go from its present state to the one asked for."""


class MissingTool(SuyuanError):
    """A program or font that this act needs is not on this machine; the sentence names it."""


class StorageFault(SuyuanError):
    """The database or the blob store failed or is not of this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One sentence for a person, in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the Chinese sentence for any `zh…` tag (BCP 47), else the English one."""
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row or part that was refused while the rest of its file was kept."""

    file: str
    """Name of the file as the person gave it."""
    line: int | None = None
    """1-based line (text) or row (spreadsheet); None when the refusal concerns the whole file."""
    field: str | None = None
    """Column or JSON path."""
    reason: str
    """One sentence: what was expected and what was got."""

    @property
    def place(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        where = f"{self.place}: {self.field}" if self.field else self.place
        return f"{where}: {self.reason}"


def digest(data: bytes) -> Sha256:
    """Return the SHA-256 of bytes as 64 lower-case hex digits."""
    return Sha256(hashlib.sha256(data).hexdigest())


def derive_id(*parts: str) -> str:
    """Return a stable id of 20 hex digits for an identity made of parts.

    The same parts give the same id on every machine, so that a unit of work run twice meets
    its own rows. Parts are length-prefixed: ("a", "bc") and ("ab", "c") differ.
    """
    hasher = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        hasher.update(f"{len(encoded)}:".encode())
        hasher.update(encoded)
    return hasher.hexdigest()[:20]


def digest_of(parts: Iterable[str]) -> Sha256:
    """Return the SHA-256 over a sequence of texts, length-prefixed like `derive_id`."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return digest(b"".join([b"%d:%b" % (len(part), part) for part in encoded]))
