"""Rows of text cells under named columns: what CSV and XLSX have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.common import Refusal
from reference.tables import is_web_page

MAX_COLUMNS = 200
MAX_CELL = 10_000
"""Code points; the longest field of a real register row is a list of goods."""
MAX_ROWS = 1_000_000
MAX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row below the header."""

    line: int
    """1-based line of the text file or row of the sheet where the row begins."""
    cells: Mapping[str, str]
    """Column name ▶ text, stripped of white space round it; "" for an empty cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header, the rows that could be read, and what could not."""

    columns: tuple[str, ...]
    """Stripped and case-folded. Empty when the file held no usable header."""
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    header_line: int = 1
    """1-based line or row of the header."""


def is_table(head: bytes) -> bool:
    """Tell a file that is neither XML nor JSON, or a web page, by its first bytes."""
    return is_web_page(head) or not head.lstrip(b"\xef\xbb\xbf\t\r\n ").startswith(
        (b"<", b"{", b"[")
    )


def refused_table(name: str, reason: str) -> Table:
    """Return the table of a file that is refused as a whole."""
    return Table(columns=(), rows=(), refusals=(Refusal(file=name, reason=reason),))


def fault_of_header(columns: Sequence[str]) -> str | None:
    """Say what makes a header unusable; None when it serves."""
    named = [column for column in columns if column]
    if not named:
        return "expected a header row with column names, got an empty row"
    if len(columns) > MAX_COLUMNS:
        return f"expected at most {MAX_COLUMNS} columns, got {len(columns)}"
    double = sorted({column for column in named if named.count(column) > 1})
    if double:
        return f"expected every column once, got twice: {_name_list(double)}"
    return None


def fault_of_cell(text: str) -> str | None:
    """Say why a cell's text cannot be taken over; None when it can."""
    if len(text) > MAX_CELL:
        return f"expected at most {MAX_CELL} characters, got {len(text)}"
    for character in text:
        # A cell may hold line breaks and tabs; any other control character is damage or an attack.
        if (character < " " and character not in "\t\n\r") or character == "\x7f":
            return f"expected text, got the control character U+{ord(character):04X}"
    return None


def make_row(
    name: str, line: int, columns: Sequence[str], values: Sequence[str]
) -> Row | list[Refusal] | None:
    """Make a row of cell texts, or say why not; None for a row with nothing in it."""
    if not any(value.strip() for value in values):
        return None
    if len(values) < len(columns) or any(values[len(columns) :]):
        reason = f"expected {len(columns)} cells as in the header, got {len(values)}"
        return [Refusal(file=name, line=line, reason=reason)]
    cells = {
        column: value.strip() for column, value in zip(columns, values, strict=False) if column
    }
    faults = [
        Refusal(file=name, line=line, field=column, reason=fault)
        for column, value in cells.items()
        if (fault := fault_of_cell(value)) is not None
    ]
    return faults or Row(line=line, cells=cells)


def notes_on_columns(
    name: str, table: Table, *, known: frozenset[str], required: tuple[str, ...]
) -> tuple[list[Refusal], bool]:
    """Name the unknown and the missing columns; the flag tells whether rows can be read."""
    if not table.columns:
        return [], False
    refusals = []
    unknown = [column for column in table.columns if column and column not in known]
    if unknown:
        refusals.append(
            Refusal(
                file=name,
                reason=f"unknown columns left out: {_name_list(unknown)}; the rows are kept",
            )
        )
    missing = [column for column in required if column not in table.columns]
    if missing:
        refusals.append(
            Refusal(
                file=name,
                line=table.header_line,
                reason=f"expected the columns {', '.join(required)} in the header, "
                f"got none named {_name_list(missing)}",
            )
        )
    return refusals, not missing


def _name_list(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:10])
    return shown if len(names) <= 10 else f"{shown} and {len(names) - 10} more"
