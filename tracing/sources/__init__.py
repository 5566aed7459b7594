"""Tracing sources: files of rows become Records. One file a source, one line in `SOURCES`.

A document (Record lines, EPCIS) is told by its form. Everything else is a table: CSV, XLSX or a
list of JSON objects. What its columns mean is known by their standard names, by a mapping that a
person confirmed for just these headings, or is proposed (`proposals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from domain.common import BrokenFile, Refusal, RefusedInput
from domain.mappings import ColumnMapping
from domain.tracing import Record, RecordKind
from reference.tables import Grid, is_workbook, open_grids, refuse_other_forms
from reference.text_encoding import stream_lines
from tracing.sources import (
    companies,
    complaints,
    customs,
    deliveries,
    epcis,
    platform_replies,
    record_lines,
    shipments,
    test_purchases,
    tracking,
    warehouses,
)
from tracing.sources.headings import find_table
from tracing.sources.json_documents import list_grid, load_document
from tracing.sources.keys import KeysMet
from tracing.sources.proposals import ColumnProposal, TableProposal, liken, propose
from tracing.sources.rows import RowReader, refusal_of, rows_of
from tracing.sources.source import DocumentSource, FileFacts, Source, TableSource

SOURCES: tuple[Source, ...] = (
    epcis.SOURCE,
    record_lines.SOURCE,
    test_purchases.SOURCE,
    customs.SOURCE,
    deliveries.SOURCE,
    complaints.SOURCE,
    platform_replies.SOURCE,
    tracking.SOURCE,
    warehouses.SOURCE,
    shipments.SOURCE,
    companies.SOURCE,
)
"""The first that recognises a document reads it; the first that recognises the columns of a table
is proposed for it."""

Remembered = Callable[[tuple[str, ...]], ColumnMapping | None]
"""Finds the mapping that was confirmed for the headings of a table."""

_HEAD_LINES = 200
_HEAD_OF_LINE = 4_096


def read_records(
    file: BinaryIO, facts: FileFacts, remembered: Remembered = lambda headings: None
) -> Iterator[Record | Refusal]:
    """Read a file of tracing rows by its content, row by row; what is wrong becomes a refusal.

    A table whose columns are neither known nor sure is refused as a whole, as is a hidden sheet.
    """
    try:
        document = _document_of(file, facts.name)
        if document is not None:
            yield from document.read(file, facts)
            return
        grids = _grids(file, facts.name)
    except RefusedInput as fault:
        yield refusal_of(fault, facts.name, None)
        return
    found = False
    keys = KeysMet()
    for grid in grids:
        for read in _read_grid(grid, facts, remembered, keys):
            found = True
            yield read
    if not found:
        expected = "rows below the headings"
        yield refusal_of(RefusedInput(expected=expected, got="none", where=""), facts.name, None)


def propose_mappings(
    file: BinaryIO, name: str, remembered: Remembered = lambda headings: None
) -> tuple[TableProposal, ...]:
    """Propose what the columns of each table of a file mean; empty for a document.

    Raises: RefusedInput when the file is none that can be read.
    """
    if _document_of(file, name) is not None:
        return ()
    proposals = []
    for grid in _grids(file, name):
        table = None if grid.is_hidden else find_table(grid, name)
        if table is not None:
            proposals.append(propose(table, _TABLES, remembered(table.headings)))
    return tuple(proposals)


def source_of(kind: RecordKind) -> TableSource:
    """Return the table source of a kind of record."""
    return next(source for source in _TABLES if source.kind is kind)


_TABLES = tuple(source for source in SOURCES if isinstance(source, TableSource))


def _document_of(file: BinaryIO, name: str) -> DocumentSource | None:
    """Return the source that recognises a document; None for a table.

    Raises: RefusedInput when the file is empty, none with rows, or in no encoding that is read.
    """
    refuse_other_forms(name, file)
    if is_workbook(file.read(4)):
        return None
    lines = islice(stream_lines(file, name)(), _HEAD_LINES)
    head = "\n".join(line[:_HEAD_OF_LINE] for line in lines)
    if not head.strip():
        raise BrokenFile(expected="rows of a tracing source", got="an empty file", where=name)
    documents = (source for source in SOURCES if isinstance(source, DocumentSource))
    return next((source for source in documents if source.recognises(head)), None)


def _grids(file: BinaryIO, name: str) -> tuple[Grid, ...]:
    file.seek(0)
    if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return (list_grid(load_document(file, name), name),)
    return open_grids(name, file)


def _read_grid(
    grid: Grid, facts: FileFacts, remembered: Remembered, keys: KeysMet
) -> Iterator[Record | Refusal]:
    try:
        table = None if grid.is_hidden else find_table(grid, facts.name)
        if grid.is_hidden:
            expected, got = "a sheet that is shown", "a hidden one, which was not read"
            raise RefusedInput(expected=expected, got=got, where="")
        if table is None:
            return
        proposal = propose(table, _TABLES, remembered(table.headings))
        mapping = proposal.mapping(facts.name) if proposal.is_sure else None
        if mapping is None:
            raise RefusedInput(expected=_EXPECTED, got=_unsure(proposal), where="")
    except RefusedInput as fault:
        yield refusal_of(fault, facts.name, None, sheet=grid.sheet)
        return
    reader = RowReader(mapping, source_of(mapping.kind), facts, grid.sheet, keys)
    yield from rows_of(table.rows(), reader)


_EXPECTED = "columns of known names, or ones whose meaning a person confirmed"


def _unsure(proposal: TableProposal) -> str:
    """Say what keeps a table from being read without a person."""
    if proposal.kind is None:
        shown = ", ".join(repr(heading[:20]) for heading in proposal.headings[:8])
        return f"columns of no known kind of record: {shown}"
    return "unsure ones: " + ", ".join(repr(column.heading[:40]) for column in proposal.unsure[:5])


__all__ = [
    "SOURCES",
    "ColumnProposal",
    "DocumentSource",
    "FileFacts",
    "Remembered",
    "Source",
    "TableProposal",
    "TableSource",
    "liken",
    "propose_mappings",
    "read_records",
    "source_of",
]
