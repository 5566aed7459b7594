"""XLSX files: what spreadsheets do to values, and archives made to harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

import register
from domain.rights import GeographicalIndication

MARK = {"right_id": "m1", "kind": "mark", "name": "云栖虎"}


def repack(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def test_values_are_written_as_the_csv_form_has_them(make_xlsx: Callable[..., bytes]) -> None:
    data = make_xlsx(
        {
            "right_id": 42.0,
            "kind": "gi",
            "name": "云溪湖大闸蟹",
            "number": 80000002,
            "valid_from": date(2018, 3, 21),
            "valid_to": datetime(2038, 3, 20),  # noqa: DTZ001 - spreadsheets know no zones
            "area": 320500,
            "season_from": date(2024, 9, 20),
            "season_to": "12-31",
            "price_low": 12.5,
            "price_high": 1e7,
            "price_currency": "CNY",
        }
    )
    reading = register.read_register("r.xlsx", data)
    assert reading.refusals == ()
    (right,) = reading.rights
    assert isinstance(right, GeographicalIndication)
    assert (right.right_id, right.number, right.area) == ("42", "80000002", ("320500",))
    assert (right.valid_from, right.valid_to) == (date(2018, 3, 21), date(2038, 3, 20))
    assert (right.season_from, right.season_to) == ("09-20", "12-31")
    assert right.price_band is not None
    assert str(right.price_band.high) == "10000000.00 CNY"


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"name": "=A2"}, "name", "formula"),
        ({"name": "#REF!"}, "name", "error"),
        ({"valid_from": 45000}, "valid_from", "YYYY-MM-DD"),
        ({"valid_from": datetime(2020, 1, 1, 12, 30)}, "valid_from", "YYYY-MM-DD"),  # noqa: DTZ001
    ],
)
def test_a_value_that_cannot_be_meant_refuses_its_row(
    make_xlsx: Callable[..., bytes], row: dict[str, object], field: str, reason: str
) -> None:
    data = make_xlsx(MARK, MARK | {"right_id": "m2"} | row, MARK | {"right_id": "m3"})
    reading = register.read_register("r.xlsx", data)
    assert [right.right_id for right in reading.rights] == ["m1", "m3"]
    assert [(r.line, r.field) for r in reading.refusals] == [(3, field)]
    assert reason in reading.refusals[0].reason


def test_a_stored_value_of_a_formula_counts(make_xlsx: Callable[..., bytes]) -> None:
    data = repack(
        make_xlsx(MARK | {"notes": "=1+1"}),
        lambda name, body: body.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        ),
    )
    reading = register.read_register("r.xlsx", data)
    assert [right.notes for right in reading.rights] == ["2"]


def test_merged_cells_refuse_the_rows_that_they_cover(make_xlsx: Callable[..., bytes]) -> None:
    rows = [MARK | {"right_id": f"m{n}", "holder": "甲公司"} for n in range(1, 5)]
    reading = register.read_register("r.xlsx", make_xlsx(*rows, merge=["D3:D4"]))
    assert [right.right_id for right in reading.rights] == ["m1", "m4"]
    assert [r.line for r in reading.refusals] == [3, 4]
    assert "merged" in reading.refusals[0].reason


def test_empty_rows_and_cells_at_the_end_say_nothing(make_xlsx: Callable[..., bytes]) -> None:
    reading = register.read_register(
        "r.xlsx", make_xlsx(MARK | {"notes": "x"}, {}, MARK | {"right_id": "m2"})
    )
    assert [right.right_id for right in reading.rights] == ["m1", "m2"]
    assert reading.refusals == ()


@pytest.mark.parametrize("cut", [10, 200, 1500])
def test_a_truncated_workbook_is_refused(make_xlsx: Callable[..., bytes], cut: int) -> None:
    reading = register.read_register("r.xlsx", make_xlsx(MARK)[:-cut])
    assert reading.rights == ()
    assert len(reading.refusals) == 1


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "XLSX" in register.read_register("r.xlsx", stream.getvalue()).refusals[0].reason


def test_an_empty_archive_is_told_as_one() -> None:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    (refusal,) = register.read_register("r.zip", stream.getvalue()).refusals
    assert "got 0 files" in refusal.reason
    (refusal,) = register.read_authorisations("a.xlsx", stream.getvalue()).refusals
    assert "expected an XLSX workbook" in refusal.reason


def test_a_merged_title_may_stand_above_the_header() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "商标台账（2026年）"
    sheet.merge_cells("A1:C1")
    for row in ((), ("right_id", "kind", "name"), ("m1", "mark", "云栖虎")):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    reading = register.read_register("r.xlsx", stream.getvalue())
    assert ([one.name for one in reading.rights], reading.refusals) == (["云栖虎"], ())


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened(
    make_xlsx: Callable[..., bytes],
) -> None:
    bomb = repack(make_xlsx(MARK), lambda name, body: body)
    stream = io.BytesIO(bomb)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"xl/media/{number}.bin", bytes(32 * 1024 * 1024))
    reading = register.read_register("r.xlsx", stream.getvalue())
    assert reading.rights == ()
    assert "unpacked" in reading.refusals[0].reason


def test_entities_are_refused(make_xlsx: Callable[..., bytes]) -> None:
    def attack(name: str, body: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return body
        return b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + body

    reading = register.read_register("r.xlsx", repack(make_xlsx(MARK), attack))
    assert reading.rights == ()
    assert "document type" in reading.refusals[0].reason


def test_a_lie_about_the_extent_costs_nothing(make_xlsx: Callable[..., bytes]) -> None:
    def lie(name: str, body: bytes) -> bytes:
        return body.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')

    data = make_xlsx(MARK)
    assert len(repack(data, lie)) != len(repack(data, lambda name, body: body))
    reading = register.read_register("r.xlsx", repack(data, lie))
    assert [right.right_id for right in reading.rights] == ["m1"]


def test_a_broken_old_workbook_is_named_as_such() -> None:
    reading = register.read_register("r.xls", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "expected a whole .xls workbook, got a broken one" in reading.refusals[0].reason
