"""What a tracing source is, and what reading a file of one gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.common import Refusal
from domain.tracing import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the person who brought a file says of it."""

    name: str
    """As given; stands in every refusal."""
    source: str
    """For rows that name no source of their own."""
    retrieved_at: datetime
    """With a time zone; for rows that do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReading:
    """The rows that could be read, and what could not."""

    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One form in which rows of tracing sources arrive."""

    name: str
    recognises: Callable[[str], bool]
    """Whether the first 64 Ki characters of a file are of this form."""
    read: Callable[[str, FileFacts], RecordsReading]
    """Reads a whole file; what is wrong with it becomes refusals. U+FFFD stands for damage."""
