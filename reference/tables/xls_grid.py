"""The sheets of an old workbook (.xls, [MS-XLS]) as grids, read by xlrd.

A sheet has 65,536 rows of 256 columns at most, so that a workbook is read whole. A formula counts
by the value stored with it; an error value, and a whole number of more digits than a spreadsheet
keeps, are faults of their cell.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

import xlrd
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from domain.common import BrokenFile
from reference.tables.grids import MAX_CELL, MAX_COLUMNS, Grid, GridRow, Merge, with_merges
from reference.tables.values import date_as_text, number_as_text

_LARGEST = 32 * 1024 * 1024
"""Bytes; what is read of them takes twelve times as much memory at most."""
_SPOILT = (
    XLRDError, CompDocError, ArithmeticError, AssertionError, AttributeError, LookupError,
    NotImplementedError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip
"""What xlrd ends with where a file breaks its own rules."""

_NOTHING = frozenset((xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))
"""Kinds of cells: none, and one that has a style alone."""


def xls_grids(name: str, file: BinaryIO) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, hidden ones too, in its order.

    Raises: BrokenFile when it is no whole workbook, locked by a password, or too large.
    """
    file.seek(0)
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        expected = f"at most {_LARGEST // 1024**2} MiB of an old .xls"
        raise BrokenFile(expected=expected, got="more; save it as .xlsx", where=name)
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return tuple(_grid(book, sheet) for sheet in book.sheets())
    except _SPOILT as fault:
        if "encrypted" in str(fault):
            got = "a spreadsheet locked by a password; save it without one"
        else:
            got = f"a broken one ({type(fault).__name__})"
        raise BrokenFile(expected="a whole .xls workbook", got=got, where=name) from None


def _grid(book: Book, sheet: Sheet) -> Grid:
    merges = [
        Merge(first_row=top + 1, last_row=bottom, first_column=left, last_column=right - 1)
        for top, bottom, left, right in sheet.merged_cells
        if left < MAX_COLUMNS
    ]

    def rows() -> Iterator[GridRow]:
        return with_merges(_rows(book, sheet), merges)

    return Grid(sheet=sheet.name, is_hidden=sheet.visibility != 0, rows=rows)


def _rows(book: Book, sheet: Sheet) -> Iterator[GridRow]:
    shown = _shown_as_dates(book)
    for number in range(sheet.nrows):
        if _NOTHING.issuperset(sheet.row_types(number)):
            continue
        cells, faults, dated = [""] * sheet.row_len(number), {}, set()
        for at, (kind, value) in enumerate(
            zip(sheet.row_types(number), sheet.row_values(number), strict=True)
        ):
            if kind in _NOTHING:
                continue
            if at >= MAX_COLUMNS:
                faults[MAX_COLUMNS] = f"expected at most {MAX_COLUMNS} columns, got more"
                break
            style = sheet.cell_xf_index(number, at)
            shows_date, is_duration = shown[style] if style < len(shown) else (False, False)
            cells[at], is_date, fault = _read(
                book, kind, value, shows_date=shows_date, is_duration=is_duration
            )
            if fault is not None:
                faults[at] = fault
            if is_date:
                dated.add(at)
        if any(cells) or faults:
            yield GridRow(
                line=number + 1,
                cells=_without_end(cells[:MAX_COLUMNS]),
                faults=faults,
                dated=frozenset(dated),
            )


def _without_end(cells: list[str]) -> tuple[str, ...]:
    """Leave out the empty cells at the end of a row."""
    used = next((at + 1 for at in reversed(range(len(cells))) if cells[at]), 0)
    return tuple(cells[:used])


def _read(
    book: Book, kind: int, value: str | float, *, shows_date: bool, is_duration: bool
) -> tuple[str, bool, str | None]:
    """Return the text of a cell, whether it is a date of the spreadsheet, and what is wrong."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            return "", False, f"expected at most {MAX_CELL} characters, got more"
        return value.strip(), False, None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if value else "FALSE"), False, None
    if kind == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(int(value), "unknown")
        return "", False, f"expected a value, got the spreadsheet error {error}"
    if shows_date:
        epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
        return date_as_text(value, epoch, is_duration=is_duration)
    text, fault = number_as_text(value)
    return text, False, fault


def _shown_as_dates(book: Book) -> tuple[tuple[bool, bool], ...]:
    """Return for each cell style whether it shows a date or time, and whether a duration."""
    codes = [
        book.format_map[style.format_key].format_str if style.format_key in book.format_map else ""
        for style in book.xf_list
    ]
    return tuple((bool(is_date_format(code)), bool(is_timedelta_format(code))) for code in codes)
