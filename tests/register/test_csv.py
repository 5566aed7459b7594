"""CSV files as they arrive: encodings, separators, quotation marks, damage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import register

HEADER = "right_id,kind,name,notes\n"
ROWS = (
    {"right_id": "m1", "kind": "mark", "name": "云栖虎"},
    {"right_id": "m2", "kind": "mark", "name": "青鲤"},
)


def ids(data: bytes) -> list[str]:
    return [str(right.right_id) for right in register.read_register("r.csv", data).rights]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"], ids=lambda name: name
)
def test_encodings(make_csv: Callable[..., bytes], encoding: str) -> None:
    reading = register.read_register("r.csv", make_csv(*ROWS, encoding=encoding))
    assert reading.refusals == ()
    assert [right.name for right in reading.rights] == ["云栖虎", "青鲤"]


@pytest.mark.parametrize("encoding", ["shift_jis", "big5"])
def test_a_file_in_another_encoding_becomes_no_nonsense_rights(encoding: str) -> None:
    data = (HEADER + "m1,mark,北極熊,\nm2,mark,山水,\n").encode(encoding)
    for reading in (
        register.read_register("r.csv", data).refusals,
        register.read_authorisations("a.csv", data.replace(b"name", b"party")).refusals,
    ):
        (refusal,) = reading
        assert refusal.line is None
        assert "UTF-8, UTF-16 with a byte order mark, or GB18030" in refusal.reason
    assert register.read_register("r.csv", data).rights == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators(make_csv: Callable[..., bytes], delimiter: str) -> None:
    assert ids(make_csv(*ROWS, delimiter=delimiter)) == ["m1", "m2"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert ids((HEADER + "m1,mark,a,\nm2,mark,b,\n").replace("\n", end).encode()) == ["m1", "m2"]


def test_one_damaged_line_does_not_turn_the_file_into_another_script() -> None:
    good = (HEADER + "m1,mark,云栖虎,\nm2,mark,青鲤,\n").encode()
    broken = good + b"m3,mark,\xe9\x9d\x92\xe9,\n" + "m4,mark,老槐树,\n".encode()
    reading = register.read_register("r.csv", broken)
    assert [right.name for right in reading.rights] == ["云栖虎", "青鲤", "老槐树"]
    assert [(r.line, "UTF-8" in r.reason) for r in reading.refusals] == [(4, True)]


def test_a_file_cut_off_in_a_character_loses_its_last_row_only() -> None:
    whole = (HEADER + "m1,mark,云栖虎,\nm2,mark,青鲤").encode()
    reading = register.read_register("r.csv", whole[:-1])
    assert [right.right_id for right in reading.rights] == ["m1"]
    assert [r.line for r in reading.refusals] == [3]


def test_a_file_cut_off_in_a_row_loses_its_last_row_only() -> None:
    reading = register.read_register("r.csv", (HEADER + "m1,mark,a,\nm2,mark").encode())
    assert [right.right_id for right in reading.rights] == ["m1"]
    assert [(r.line, r.reason) for r in reading.refusals] == [
        (3, "expected 4 cells as in the header, got 2")
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x81\xff\x00\x10table\x81", "UTF-8, UTF-16 with a byte order mark, or GB18030"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x81", "got a picture"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, reason: str) -> None:
    reading = register.read_register("r.csv", data)
    assert reading.rights == ()
    assert reason in reading.refusals[0].reason


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ('m2,mark,"a, b",', True),
        ('m2,mark,"say ""a""",', True),
        ('m2,mark,"two\nlines",', True),
        ("m2,mark,a,,,", True),  # empty cells beyond the header say nothing
        ("m2,mark,a,,,x", False),  # a cell without a column cannot be read
        ('m2,mark,"never closed,', False),
        ('m2,mark,"closed"badly,', False),
    ],
)
def test_quotation_marks_and_cells(row: str, kept: bool) -> None:
    data = (HEADER + f"m1,mark,a,\n{row}\nm3,mark,c,\n").encode()
    assert ids(data) == (["m1", "m2", "m3"] if kept else ["m1", "m3"])
    refusals = register.read_register("r.csv", data).refusals
    assert [r.line for r in refusals] == ([] if kept else [3])


def test_lines_are_counted_in_the_file_and_not_in_rows() -> None:
    data = (HEADER + '\nm1,mark,"a\nb",\n\nm2,mark,-,\n').encode()
    assert [r.line for r in register.read_register("r.csv", data).refusals] == [6]


def test_an_enormous_cell_costs_its_row_only() -> None:
    data = (HEADER + "m1,mark,a," + "x" * 3_000_000 + "\nm2,mark,b,\n").encode()
    assert ids(data) == ["m2"]


def test_too_many_columns_are_refused() -> None:
    header = ",".join(f"c{n}" for n in range(201))
    reading = register.read_register("r.csv", f"{header}\nx\n".encode())
    assert "200 columns" in reading.refusals[0].reason


def test_a_column_that_stands_twice_is_refused() -> None:
    reading = register.read_register("r.csv", b"right_id,kind,name,Name\nm1,mark,a,b\n")
    assert reading.rights == ()
    assert "'name'" in reading.refusals[0].reason


def test_many_open_quotation_marks_cost_little() -> None:
    lines = HEADER + 'm,mark,"open,\n' * 20_000 + "last,mark,a,\n"
    assert ids(lines.encode())[-1:] == ["last"]
