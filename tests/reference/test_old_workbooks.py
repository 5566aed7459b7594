"""Old workbooks (.xls): what each cell stands for, and what is refused.

`workbooks/reply.xls` and `since_1904.xls` were written by xlwt; `locked.xls` is a workbook whose
first record after the beginning says that the rest is encrypted.
"""

from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path

import pytest

from domain.common import BrokenFile, RefusedInput
from reference.tables import Grid, GridRow, Merge, open_grids, xls_grid

WORKBOOKS = Path(__file__).parent / "workbooks"


def open_old(name: str) -> tuple[Grid, ...]:
    return open_grids(name, io.BytesIO((WORKBOOKS / name).read_bytes()))


@pytest.fixture(scope="module")
def rows() -> dict[int, GridRow]:
    return {row.line: row for row in open_old("reply.xls")[0].rows()}


@pytest.mark.parametrize(
    ("line", "column", "text", "why"),
    [
        (2, 0, "店铺ID", "a heading"),
        (3, 1, "青鲤堂旗舰店", "white space round a text"),
        (3, 2, "13800138000", "a whole number"),
        (3, 3, "2024-03-05", "a serial number shown as a date"),
        (3, 4, "2024-03-05T12:30:00", "with the time of day"),
        (3, 6, "1 day, 12:00:00", "a duration"),
        (4, 3, "45356", "the same number not shown as a date"),
        (5, 1, "TRUE", "a truth value"),
        (5, 3, "-12.5", "a fraction"),
    ],
)
def test_what_a_cell_stands_for(
    rows: dict[int, GridRow], line: int, column: int, text: str, why: str
) -> None:
    assert rows[line].cells[column] == text, why


def test_dates_are_known_as_such(rows: dict[int, GridRow]) -> None:
    assert rows[3].dated == {3, 4}
    assert rows[4].dated == frozenset()
    (row,) = open_old("since_1904.xls")[0].rows()
    assert row.cells == ("2024-03-05T12:00:00",), "a workbook may count its days from 1904"


def test_lost_digits_and_errors_are_faults_of_their_cell(rows: dict[int, GridRow]) -> None:
    assert "lost the last ones" in rows[4].faults[5]
    assert "spreadsheet error #N/A" in rows[5].faults[2]
    assert rows[3].faults == {}


def test_merged_cells_are_told_with_each_row_they_touch(rows: dict[int, GridRow]) -> None:
    across = Merge(first_row=1, last_row=1, first_column=0, last_column=6)
    down = Merge(first_row=6, last_row=8, first_column=0, last_column=0)
    assert [rows[line].merges for line in (1, 2, 6, 7, 8)] == [
        (across,),
        (),
        (down,),
        (down,),
        (down,),
    ]


def test_sheets_keep_their_order_and_say_when_they_are_hidden() -> None:
    grids = open_old("reply.xls")
    assert [(grid.sheet, grid.is_hidden) for grid in grids] == [
        ("店铺信息", False),
        ("字典", True),
        ("空", False),
    ]
    assert [row.cells for row in grids[1].rows()] == [("x",)]
    assert [row.cells for row in grids[1].rows()] == [("x",)], "rows are read anew"


def test_a_locked_one_is_named_so() -> None:
    with pytest.raises(BrokenFile, match="locked by a password"):
        open_old("locked.xls")


def test_one_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls_grid, "_LARGEST", 5_000)
    with pytest.raises(BrokenFile, match=r"save it as \.xlsx"):
        open_old("reply.xls")


def test_damaged_ones_are_refused_or_read() -> None:
    whole = (WORKBOOKS / "reply.xls").read_bytes()
    chance, refused = random.Random(1), 0
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        data = bytes(damaged[: chance.choice((len(whole), chance.randrange(len(whole))))])
        try:
            grids = open_grids("x.xls", io.BytesIO(data))
        except RefusedInput:
            refused += 1
            continue
        for grid in grids:
            with suppress(RefusedInput):
                list(grid.rows())
    assert 0 < refused < 300
