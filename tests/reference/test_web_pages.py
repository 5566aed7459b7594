"""Web pages brought as tables: many programs write one when they are asked for .xls."""

from __future__ import annotations

import io

import pytest

from domain.common import RefusedInput
from reference.tables import MAX_COLUMNS, GridRow, Merge, open_grids

HEAD = '<html><head><meta charset="gb2312"><title>导出</title><style>td {color: red}</style></head>'


def rows_of(html: str, table: int = 0) -> list[GridRow]:
    return list(open_grids("export.xls", io.BytesIO(html.encode()))[table].rows())


@pytest.mark.parametrize(
    ("cell", "text", "why"),
    [
        ("<td> 杭州 \n 青鲤 </td>", "杭州 青鲤", "white space is one space"),
        ("<td>甲<br>乙</td>", "甲 乙", "a line break parts words"),
        ("<td><b>甲</b>乙", "甲乙", "elements inside, and no end tag"),
        ("<th>店铺ID</th>", "店铺ID", "a heading"),
        ("<td>&lt;&nbsp;&amp;</td>", "< &", "entities"),
        ('<td x:num="13800138000">13800138000</td>', "13800138000", "a number as it is shown"),
        ("<td>甲<script>alert(1)</script></td>", "甲", "scripts say nothing"),
    ],
)
def test_what_a_cell_says(cell: str, text: str, why: str) -> None:
    (row,) = rows_of(f"{HEAD}<table><tr>{cell}</tr></table>")
    assert row.cells == (text,), why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_told_by_the_bytes_and_not_by_the_page(encoding: str) -> None:
    data = f"{HEAD}<table><tr><td>杭州青鲤商贸有限公司</td></tr></table>".encode(encoding)
    (grid,) = open_grids("export.xls", io.BytesIO(data))
    assert [row.cells for row in grid.rows()] == [("杭州青鲤商贸有限公司",)]


def test_cells_over_rows_and_columns_are_merged_cells() -> None:
    html = (
        "<table><tr><th colspan=3>反馈表</tr>"
        '<tr><td rowspan="2">s1</td><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>'
        "<tr><td>s2</td></tr></table>"
    )
    across = Merge(first_row=1, last_row=1, first_column=0, last_column=2)
    down = Merge(first_row=2, last_row=3, first_column=0, last_column=0)
    assert [(row.line, row.cells, row.merges) for row in rows_of(html)] == [
        (1, ("反馈表",), (across,)),
        (2, ("s1", "a", "b"), (down,)),
        (3, ("", "c", "d"), (down,)),
        (4, ("s2",), ()),
    ]


def test_a_table_within_another_is_one_of_its_own() -> None:
    html = "<table><tr><td>outer<table><tr><td>inner</td></tr></table>more</td></tr></table>"
    assert [row.cells for row in rows_of(html, 0)] == [("outermore",)]
    assert [row.cells for row in rows_of(html, 1)] == [("inner",)]


@pytest.mark.parametrize(
    ("html", "reason", "why"),
    [
        ("<html><p>404</p></html>", "got none", "a page that says something else"),
        ("<html>" + "<table><tr><td>" * 101, "got 101", "more tables than any export"),
    ],
)
def test_pages_that_are_refused(html: str, reason: str, why: str) -> None:
    with pytest.raises(RefusedInput, match=reason):
        rows_of(html)


def test_spans_that_make_no_sense_cost_nothing() -> None:
    cell = '<td rowspan="65000" colspan="1">a</td>'
    html = f"<table><tr>{cell * 400}</tr><tr><td rowspan=x colspan=-1>b</td></tr></table>"
    first, second = rows_of(html)
    assert len(first.merges) == MAX_COLUMNS
    assert "at most" in first.faults[MAX_COLUMNS]
    assert second.faults.keys() == {MAX_COLUMNS}, "all its columns are taken from above"
