"""Every tracing source against its sample file, and files that are not what they claim to be.

A source in `SOURCES` needs a folder tests/tracing/sources/<name> with sample.*, expected.jsonl (the
Record form) and refused.txt (one refusal a line, at least one).
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import Refusal, digest
from domain.forms import record_to_json
from domain.tracing import Record
from tracing import SOURCES, FileFacts, read_records
from tracing.sources import Source

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CHINA = ZoneInfo("Asia/Shanghai")
FILE = digest(b"the file")
SAMPLES = Path(__file__).parent / "sources"


@dataclass(frozen=True)
class Reading:
    """What became of the rows of a file."""

    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]


def read(data: bytes, name: str = "file.csv") -> Reading:
    facts = FileFacts(name=name, source="given", retrieved_at=NOW, sha256=FILE, zone=CHINA)
    rows = list(read_records(io.BytesIO(data), facts))
    return Reading(
        records=tuple(row for row in rows if isinstance(row, Record)),
        refusals=tuple(row for row in rows if isinstance(row, Refusal)),
    )


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_sample_of_each_source(source: Source, encoding: str) -> None:
    folder = SAMPLES / source.name
    (sample,) = folder.glob("sample.*")
    data = sample.read_text("utf-8").encode(encoding)

    reading = read(data, sample.name)

    expected = (folder / "expected.jsonl").read_text("utf-8").splitlines()
    kept = [record_to_json(record) for record in reading.records]
    for record in kept:
        origin = record.pop("origin")
        assert origin["file"] == FILE  # type: ignore[index]
        assert origin["line"] >= 1  # type: ignore[index]
    assert kept == [json.loads(line) for line in expected]
    refused = (folder / "refused.txt").read_text("utf-8").splitlines()
    assert refused, "a source shows how it refuses a broken row"
    assert [str(refusal) for refusal in reading.refusals] == refused


@pytest.mark.parametrize(
    ("data", "reason", "why"),
    [
        (b"", "empty file", "nothing"),
        (b"\xef\xbb\xbf \r\n", "empty file", "a byte order mark and blanks"),
        (b"\xff\xfe\x00\xd8", "not UTF-16", "half a character behind a byte order mark"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture; ask for", "a picture"),
        (b"a,b\nx,y\n", "columns of known names", "columns of no source"),
        (b"1,2\n3,4\n", "a row of headings", "no headings"),
        (b"PK\x03\x04rest", "a whole XLSX workbook", "a broken spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "a whole .xls workbook", "a broken old spreadsheet"),
        (b'{"a": ', "expected JSON", "a broken document"),
        (b'{"type": "EPCISDocument"}', "a list of events", "a document without events"),
    ],
)
def test_whole_files_that_are_refused(data: bytes, reason: str, why: str) -> None:
    reading = read(data)
    assert reading.records == (), why
    assert [reason in refusal.reason for refusal in reading.refusals] == [True], why
    assert reading.refusals[0].line is None


HEAD = b"key,name,uscc\n"
GOOD = "C9,杭州青鲤商贸有限公司,91330106MA2AAAAA15\n".encode()


@pytest.mark.parametrize(
    ("broken", "line", "why"),
    [
        (b'C1,"open\n', 2, "a quotation mark that is never closed costs its own line"),
        (b"C1,a,,d\n", 2, "a cell too many"),
        (b"C1,a\n", 2, "a cell too few"),
        (b"C1,a\x00b,\n", 2, "a NUL"),
        (b"C1," + b"x" * 50_000 + b",\n", 2, "a cell beyond the limit"),
        (b"C1," + b"x" * 300_000 + b",\n", 2, "a cell beyond what the csv module takes"),
        (b",a,\n", 2, "no key and no social credit code"),
        (b"C1,,91330106MA2AAAAA15\n", 2, "no name"),
        (b'C1,"a"b,\n', 2, "text after a closing quotation mark"),
    ],
)
def test_a_broken_row_costs_that_row_alone(broken: bytes, line: int, why: str) -> None:
    reading = read(HEAD + broken + GOOD)
    assert [record.key for record in reading.records] == ["C9"], why
    assert [refusal.line for refusal in reading.refusals] == [line], why


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("f.csv", HEAD + "C1,青\u9ca4,\n".encode().replace(b"\xb2", b"\xff") + GOOD),
        ("f.jsonl", b'{"key": "Q1", "kind": "\xff"}\n{"key": "C9", "kind": "company"}\n'),
    ],
)
def test_a_damaged_byte_costs_its_row_and_not_the_script_of_the_file(
    name: str, data: bytes
) -> None:
    data += "# 说明\n".encode() if name == "f.jsonl" else b""
    reading = read(data, name)
    assert [record.key for record in reading.records] == ["C9"]
    assert "damaged" in reading.refusals[0].reason


def test_a_row_of_another_kind_is_refused() -> None:
    reading = read(b"key,kind,name,uscc\nC1,company,A,\nC2,warehouse,B,\n")
    assert [record.key for record in reading.records] == ["C1"]
    assert [str(refusal) for refusal in reading.refusals] == [
        "file.csv:3: kind: expected company in every row, got 'warehouse'"
    ]


def test_a_header_alone_is_no_table() -> None:
    assert "got none" in read(HEAD).refusals[0].reason


def test_a_column_twice_is_refused() -> None:
    reading = read(b"key,name,uscc,name\nC1,A,,B\n")
    assert reading.records == ()
    assert len(reading.refusals) == 1


def test_a_line_beyond_the_limit_costs_that_line_alone() -> None:
    long = b'{"key": "' + b"x" * 1_100_000 + b'"}\n'
    reading = read(long + b'{"key": "Q1", "kind": "complaint"}\n', "f.jsonl")
    assert [record.key for record in reading.records] == ["Q1"]
    assert [refusal.line for refusal in reading.refusals] == [1]


def test_nesting_beyond_sense_costs_that_line_alone() -> None:
    deep = b'{"a":' * 100_000 + b"\n"
    reading = read(deep + b'{"key": "Q1", "kind": "complaint"}\n', "f.jsonl")
    assert [record.key for record in reading.records] == ["Q1"]
    assert [refusal.line for refusal in reading.refusals] == [1]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for head in (b"", b"{", HEAD, b"waybill,key\n", b"tenants,key,address\n"):
        reading = read(head + data)
        assert reading.records or reading.refusals or data.isspace() or not data
