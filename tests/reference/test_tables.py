"""Files of rows: what each cell stands for, what is refused, and what is never held."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RefusedInput
from reference.tables import MAX_COLUMNS, GridRow, Merge, open_grids
from reference.tables.grids import with_merges
from tests.workbooks import Raw, SheetOf, make_workbook


def rows_of(data: bytes, sheet: int = 0) -> list[GridRow]:
    return list(open_grids("file", io.BytesIO(data))[sheet].rows())


def cell(value: object) -> GridRow:
    (row,) = rows_of(make_workbook(SheetOf(rows=[["key", value]])))
    return row


@pytest.mark.parametrize(
    ("value", "text", "why"),
    [
        (" 杭州 ", "杭州", "white space round a text"),
        (13800138000, "13800138000", "a whole number"),
        (Raw(value="13800138000.0"), "13800138000", "a whole number stored as a fraction"),
        (Raw(value="1.3800138E10"), "13800138000", "a number stored by its exponent is whole"),
        (Raw(value="0.10000000000000001"), "0.1", "what was typed, not its binary neighbour"),
        (Raw(value="-12.50"), "-12.5", "a fraction"),
        (Raw(value="45356", style=1), "2024-03-05", "a serial number shown as a date"),
        (Raw(value="45356.5", style=2), "2024-03-05T12:00:00", "with the time of day"),
        (Raw(value="45356"), "45356", "the same number not shown as a date"),
        (Raw(value="2024-03-05", kind="d"), "2024-03-05", "a date of ISO 8601"),
        (Raw(value="1", kind="b"), "TRUE", "a truth value"),
        (Raw(value="乙", kind="str", formula="A1"), "乙", "the stored text of a formula"),
        (Raw(value="7", formula="3+4"), "7", "the stored number of a formula"),
        (Raw(value="", kind="str", formula='""'), "", "a formula whose stored text is empty"),
    ],
)
def test_what_a_cell_stands_for(value: object, text: str, why: str) -> None:
    row = cell(value)
    assert row.faults == {}, why
    assert (*row.cells, "")[1] == text, why


@pytest.mark.parametrize(
    ("value", "reason", "why"),
    [
        (Raw(formula="A1"), "formula without a stored one", "never computed"),
        (Raw(value="#REF!", kind="e"), "spreadsheet error #REF!", "an error value"),
        (Raw(value="4325420355987733"), "lost the last ones", "16 digits kept as a number"),
        (Raw(value="9.1330106E17"), "lost the last ones", "a code of 18 digits kept as a number"),
        (Raw(value="1E400"), "lost the last ones", "no number at all"),
        (Raw(value="twelve"), "a number", "a text where a number is promised"),
        (Raw(value="99", kind="s"), "a text", "a shared text that is not there"),
        (Raw(value="-5", style=1), "a date", "before the first day"),
        (Raw(value="9e9", style=1), "a date", "beyond the last year"),
        ("长" * 40_001, "40000 characters", "more than a spreadsheet holds"),
    ],
)
def test_what_a_cell_is_refused_for(value: object, reason: str, why: str) -> None:
    row = cell(value)
    assert list(row.faults) == [1], why
    assert reason in row.faults[1], why
    assert row.cells[0] == "key", "the other cells of the row are there"


def test_dates_that_count_from_1904() -> None:
    data = make_workbook(SheetOf(rows=[[Raw(value="43894", style=1)]]), is_1904=True)
    assert rows_of(data)[0].cells == ("2024-03-05",)


def test_shared_texts_leave_out_how_they_are_read_aloud() -> None:
    shared = (
        "<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></si></sst>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationships><Relationship Id="r1" Type="{office}/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="s" Type="{office}/sharedStrings" Target="shared.xml"/></Relationships>'
    )
    data = make_workbook(
        SheetOf(rows=[[Raw(value="1", kind="s"), Raw(value="0", kind="s")]]),
        parts={"xl/shared.xml": shared, "xl/_rels/workbook.xml.rels": relations},
    )
    assert rows_of(data)[0].cells == ("乙丙", "甲")


def test_merged_cells_are_told_with_each_row_they_touch() -> None:
    rows = [[f"a{n}", f"b{n}"] for n in range(1, 6)]
    read = rows_of(make_workbook(SheetOf(rows=rows, merges=["B2:B4", "A5:B5"])))
    vertical = Merge(first_row=2, last_row=4, first_column=1, last_column=1)
    across = Merge(first_row=5, last_row=5, first_column=0, last_column=1)
    assert [row.merges for row in read] == [(), (vertical,), (vertical,), (vertical,), (across,)]


def test_sheets_keep_their_order_and_say_when_they_are_hidden() -> None:
    data = make_workbook(
        SheetOf(name="甲", rows=[["1"]]),
        SheetOf(name="乙", rows=[["2"]], state="hidden"),
        SheetOf(name="丙", rows=[["3"]], state="veryHidden"),
    )
    grids = open_grids("file", io.BytesIO(data))
    assert [(grid.sheet, grid.is_hidden) for grid in grids] == [
        ("甲", False),
        ("乙", True),
        ("丙", True),
    ]
    assert [row.cells for row in grids[2].rows()] == [("3",)]
    assert [row.cells for row in grids[2].rows()] == [("3",)], "rows are read anew"


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>', "document type"),
        ('<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>', "in order"),
        ('<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>', "in order"),
        ('<worksheet><sheetData><row><c r="1A"/></row></sheetData></worksheet>', "reference"),
        ("<worksheet><sheetData>", "broken"),
    ],
)
def test_sheets_that_are_none(sheet: str, reason: str) -> None:
    data = make_workbook(SheetOf(rows=[]), parts={"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(RefusedInput, match=reason):
        rows_of(data)


def test_what_stands_before_the_damage_is_read() -> None:
    good = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 20_001))
    sheet = f"<worksheet><sheetData>{good}<row"
    rows = open_grids(
        "file",
        io.BytesIO(make_workbook(SheetOf(rows=[]), parts={"xl/worksheets/sheet1.xml": sheet})),
    )[0].rows()
    read = 0

    def count() -> None:
        nonlocal read
        for _ in rows:
            read += 1

    with pytest.raises(RefusedInput, match="broken"):
        count()
    assert read == 20_000


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened() -> None:
    data = make_workbook(SheetOf(rows=[["x" * 5_000]]))
    with pytest.raises(RefusedInput, match="when unpacked"):
        open_grids("file", io.BytesIO(data), most_unpacked=4_000)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(RefusedInput, match="archive that is none"):
        open_grids("file", stream)


class _Repeated(io.RawIOBase):
    """A file of one line many times over, that stands nowhere."""

    def __init__(self, line: bytes, times: int) -> None:
        self._line, self._size, self._at = line, len(line) * times, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset
        return offset

    def read(self, size: int = -1) -> bytes:
        size = min(size, self._size - self._at)
        start = self._at % len(self._line)
        self._at += size
        return (self._line * (size // len(self._line) + 2))[start : start + size]


def test_rows_are_never_held() -> None:
    line = "杭州青鲤商贸有限公司,13800138000\n".encode()
    tracemalloc.start()
    (grid,) = open_grids("file", _Repeated(line, 400_000))  # type: ignore[arg-type]
    count = sum(row.cells[1] == "13800138000" for row in grid.rows())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 400_000
    assert most < 10 * 1024 * 1024 < len(line) * 400_000


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_rows_that_lie_across_blocks(encoding: str, end: str) -> None:
    rows = [f"{number},杭州青鲤商贸有限公司,食品" for number in range(60_000)]
    data = end.join(rows).encode(encoding)
    assert len(data) > 1 << 20
    read = rows_of(data)
    assert len(read) == len(rows)
    assert [row.cells[0] for row in read] == [str(number) for number in range(60_000)]
    assert {row.cells[1:] for row in read} == {("杭州青鲤商贸有限公司", "食品")}


def _plain(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Cut lines without quotation marks at commas."""
    for line, cells in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if cells.strip():
            yield line, tuple(one.strip() for one in cells.split(","))


@given(st.text(st.sampled_from("ab,\n\r 1"), max_size=60))
def test_rows_and_their_lines_are_those_of_plain_cutting(text: str) -> None:
    read = [(row.line, row.cells) for row in rows_of(("x,y\n" + text).encode())]
    assert read == list(_plain("x,y\n" + text))


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    workbook = make_workbook(SheetOf(rows=[["a"]]))
    for file in (data, b"a,b\n" + data, workbook[:400] + data + workbook[400:]):
        with suppress(RefusedInput):
            assert all(isinstance(row, GridRow) for row in rows_of(file))


def test_merged_cells_that_overlap_cost_no_more_than_others() -> None:
    merge = Merge(first_row=1, last_row=3, first_column=0, last_column=0)
    rows = [GridRow(line=line, cells=("a",)) for line in range(1, 5)]
    told = list(with_merges(rows, [merge] * 5_000))
    assert [len(row.merges) for row in told] == [MAX_COLUMNS] * 3 + [0]
