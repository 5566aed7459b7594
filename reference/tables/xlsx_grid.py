"""The sheets of an XLSX workbook as grids, read in one pass and never held.

A formula counts by the value stored with it. One without, an error value, and a whole number of
more digits than a spreadsheet keeps are faults of their cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from openpyxl.utils.cell import range_boundaries

from reference.tables.grids import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MOST_UNPACKED,
    Grid,
    GridRow,
    Merge,
    with_merges,
)
from reference.tables.values import date_as_text, is_exact_whole, number_as_text
from reference.tables.xlsx_package import (
    Attributes,
    Package,
    SharedStrings,
    SheetPart,
)

_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_LONGEST_TAG = 300
_MOST_MERGES = 200_000
_COLUMNS: dict[str, int] = {}
"""Letters ▶ 0-based column, as they are met."""
NO_VALUE = "expected a value, got a formula without a stored one; open and save the file"


def xlsx_grids(
    name: str, file: BinaryIO, *, most_unpacked: int = MOST_UNPACKED
) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, hidden ones too, in its order.

    Raises: BrokenFile when it is no whole workbook or would unpack to too much.
    """
    package = Package(name, file, most_unpacked=most_unpacked)
    reader = _SheetReader(package)
    return tuple(reader.grid(part) for part in package.sheets())


class _SheetReader:
    """What the sheets of one workbook share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._values = _Values(package)

    def grid(self, part: SheetPart) -> Grid:
        def rows() -> Iterator[GridRow]:
            return with_merges(self._rows(part), self._merges(part))

        return Grid(sheet=part.name, is_hidden=part.is_hidden, rows=rows)

    def _rows(self, part: SheetPart) -> Iterator[GridRow]:
        cells = _SheetCells(self._package, self._values)
        parser = self._package.parser(cells.start, cells.end, cells.text)
        with self._package.checked():
            for block in self._package.blocks(part.path):
                parser.Parse(block, False)
                yield from cells.take_rows()
            parser.Parse(b"", True)

    def _merges(self, part: SheetPart) -> list[Merge]:
        """Return the merged cells; they stand behind all cells of the sheet."""
        found: list[Merge] = []
        tail = b""
        for block in self._package.blocks(part.path):
            text = tail + block
            if b"mergeCell" in text:
                end = 0
                for match in _MERGE.finditer(text):
                    end = match.end()
                    left, top, right, bottom = range_boundaries(match[1].decode())
                    if left and top and right and bottom and left <= MAX_COLUMNS:
                        found.append(
                            Merge(
                                first_row=top,
                                last_row=bottom,
                                first_column=left - 1,
                                last_column=right - 1,
                            )
                        )
                if len(found) > _MOST_MERGES:
                    raise self._package.broken(f"at most {_MOST_MERGES} merged cells", "more")
                text = text[end:]
            tail = text[-_LONGEST_TAG:]
        return found


class _SheetCells:
    """Collects the cells that the XML of a sheet tells of into rows."""

    def __init__(self, package: Package, values: _Values) -> None:
        self._package = package
        self._values = values
        self._rows: list[GridRow] = []
        self._line = 0
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._dated: set[int] = set()
        self._column = -1
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._element = ""
        self._has_formula = self._has_value = False

    def take_rows(self) -> list[GridRow]:
        """Hand out the rows that are complete."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "c":
            self._column = self._column_of(attributes.get("r"))
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces, self._length = [], 0
            self._has_formula = self._has_value = False
        elif element == "f":
            self._has_formula = True
        elif element == "v":
            self._has_value = True
        elif element == "row":
            self._start_row(attributes.get("r"))
        self._element = element

    def text(self, data: str) -> None:
        # Inline strings have their text in <t>; how it is read aloud (<rPh>) is never inline.
        if self._element in ("v", "t") and self._length <= MAX_CELL:
            self._pieces.append(data)
            self._length += len(data)

    def end(self, element: str) -> None:
        self._element = ""
        if element == "c":
            self._end_cell()
        elif element == "row":
            self._end_row()

    def _start_row(self, number: str | None) -> None:
        line = self._line + 1
        if number is not None and number.isdecimal() and len(number) <= 7:
            line = int(number)
        if not self._line < line <= MAX_ROWS:
            raise self._package.broken(
                f"rows in order up to {MAX_ROWS}", f"row {(number or '')[:20]!r}"
            )
        self._line = line
        self._column = -1
        self._cells, self._faults, self._dated = {}, {}, set()

    def _column_of(self, reference: str | None) -> int:
        if reference is None:
            return self._column + 1
        letters = reference.rstrip("0123456789")
        column = _COLUMNS.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise self._package.broken("a cell reference", repr(reference[:20]))
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            _COLUMNS[letters] = column = column - 1
        return column

    def _end_cell(self) -> None:
        at, text = self._column, "".join(self._pieces)
        if at >= MAX_COLUMNS:
            if text.strip():
                self._faults[MAX_COLUMNS] = f"expected at most {MAX_COLUMNS} columns, got more"
            return
        if self._has_formula and not text and self._type != "str":
            self._faults[at] = NO_VALUE
        elif self._length > MAX_CELL:
            self._faults[at] = f"expected at most {MAX_CELL} characters, got more"
        elif text:
            value, is_date, fault = self._values.read(self._type, self._style, text)
            if fault is not None:
                self._faults[at] = fault
            elif value:
                self._cells[at] = value
                if is_date:
                    self._dated.add(at)
        elif self._has_formula and not self._has_value:
            self._faults[at] = NO_VALUE

    def _end_row(self) -> None:
        if not self._cells and not self._faults:
            return
        width = max((*self._cells, *self._faults)) + 1
        self._rows.append(
            GridRow(
                line=self._line,
                cells=tuple([self._cells.get(at, "") for at in range(width)]),
                faults=self._faults,
                dated=frozenset(self._dated),
            )
        )


class _Values:
    """Turns what a cell stores into the text that it stands for."""

    def __init__(self, package: Package) -> None:
        self._strings: SharedStrings = package.strings()
        self._styles = package.date_styles()
        self._epoch = package.epoch

    def read(self, kind: str, style: str, text: str) -> tuple[str, bool, str | None]:
        """Return the text, whether it is a date of the spreadsheet, and what is wrong with it."""
        if kind == "s":
            try:
                return self._strings[int(text)].strip(), False, None
            except (ValueError, IndexError):
                return "", False, "expected a text, got a number of none"
        if kind == "n":
            return self._number(style, text)
        if kind == "b":
            return ("TRUE" if text == "1" else "FALSE"), False, None
        if kind == "e":
            return "", False, f"expected a value, got the spreadsheet error {text[:20]}"
        return text.strip(), kind == "d", None

    def _number(self, style: str, text: str) -> tuple[str, bool, str | None]:
        shows_date, shows_duration = False, False
        if style.isdecimal() and len(style) < 6 and int(style) < len(self._styles):
            shows_date, shows_duration = self._styles[int(style)]
        if not shows_date and is_exact_whole(text):
            return text, False, None
        try:
            number = float(text)
        except ValueError:
            return "", False, f"expected a number, got {text[:20]!r}"
        if shows_date:
            return date_as_text(number, self._epoch, is_duration=shows_duration)
        written, fault = number_as_text(number)
        return written, False, fault
