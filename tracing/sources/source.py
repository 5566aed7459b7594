"""What a tracing source is: a form of document, or a kind of table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import BinaryIO

from domain.common import CaseId, Refusal, Sha256
from domain.mappings import Meaning
from domain.tracing import Record, RecordKind, RecordOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of a file before it is read."""

    name: str
    """As given; stands in every refusal."""
    source: str
    """For rows that name no source of their own."""
    retrieved_at: datetime
    """With a time zone; for rows that do not say."""
    sha256: Sha256
    """Digest of its bytes."""
    zone: tzinfo
    """Holds for dates and times that name no zone."""
    case_id: CaseId | None = None
    """The case for which the file was asked for."""
    request: str | None = None
    """The request that the file answers, as a person names it."""

    def origin(self, line: int, sheet: str | None = None) -> RecordOrigin:
        """Return where a row of this file stands."""
        return RecordOrigin(
            file=self.sha256, line=line, sheet=sheet, case_id=self.case_id, request=self.request
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """A form of document with a vocabulary of its own."""

    name: str
    recognises: Callable[[str], bool]
    """Whether the beginnings of the first 200 lines of a file are of this form."""
    read: Callable[[BinaryIO, FileFacts], Iterator[Record | Refusal]]
    """Reads the rows one after the other; what is wrong with one becomes a refusal.

    Raises: RefusedInput where the rest of the file cannot be read.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A kind of table, whatever its columns are called."""

    name: str
    kind: RecordKind
    """What its rows become."""
    recognises: Callable[[frozenset[Meaning]], bool]
    """Whether columns of these meanings are likely of this kind; a person may say otherwise."""
    required: tuple[Meaning, ...] = ()
    """What no row may lack."""
    keys: tuple[tuple[Meaning, ...], ...] = ()
    """What identifies a row without a key of its own: the first of these sets that is whole."""
    shares_keys: bool = False
    """Whether several rows may have one such set (the goods of an order): they are numbered."""
    is_keyed_by_row: bool = False
    """Whether a row that nothing identifies is kept under the file's digest and its own place."""


Source = DocumentSource | TableSource
