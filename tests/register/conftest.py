"""Register files made in the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

MakeCsv = Callable[..., bytes]
MakeXlsx = Callable[..., bytes]


def _columns(rows: Sequence[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


@pytest.fixture
def make_csv() -> MakeCsv:
    """Write rows as a CSV file; all columns of all rows, in the order they first occur."""

    def make(*rows: Mapping[str, object], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, _columns(rows), restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue().encode(encoding)

    return make


@pytest.fixture
def make_xlsx() -> MakeXlsx:
    """Write rows as an XLSX file; `merge` names ranges to merge."""

    def make(*rows: Mapping[str, object], merge: Sequence[str] = ()) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        columns = _columns(rows)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
        for cells in merge:
            sheet.merge_cells(cells)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make
