"""Reasons for refusals in the language of the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

import register
from casework.references import load_references
from domain.common import Refusal, RightId, digest
from domain.rights import Mark, RightKind
from tests.workbooks import SheetOf, make_workbook
from tracing import FileFacts, read_records
from web.languages import translations_of
from web.refusals import reason_of

CHINESE = translations_of("zh").gettext


def in_chinese(reason: str) -> str:
    return reason_of(Refusal(file="r.csv", reason=reason), CHINESE)


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        (
            "expected a date not before valid_from 2026-01-01, got '2025-01-01'",
            "起始日（valid_from）2026-01-01的日期，实为'2025-01-01'",
        ),
        ("expected 4 cells as in the header, got 2", "4"),
        ("expected each right once, got it on line 12 already", "12"),
        ("unknown columns left out: 'colour'; the rows are kept", "'colour'"),
        ("expected an ISO 4217 code, got 'YUAN'", "ISO 4217"),
        ("expected 1 to 100 characters, got nothing", "100"),
    ],
)
def test_values_stand_in_the_chinese_sentence(reason: str, chinese: str) -> None:
    told = in_chinese(reason)
    assert chinese in told
    assert "expected" not in told
    assert "%(" not in told


PICTURES = {
    "empty.png": b"",
    "text.jpg": b"hello" * 100,
    "phone.heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(300),
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09",
    "sizeless.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>',
    "other.svg": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
}


def test_what_is_wrong_with_a_picture_is_told_in_chinese(tmp_path: Path) -> None:
    for name, data in PICTURES.items():
        (tmp_path / name).write_bytes(data)
    names = (*PICTURES, "nowhere.png")
    right = Mark(right_id=RightId("R1"), kind=RightKind.MARK, name="青鲤", logos=names)
    loaded, refusals = load_references(right, tmp_path / "register.csv")
    assert not loaded
    assert len(refusals) == len(names)
    for name, refusal in zip(names, refusals, strict=True):
        told = reason_of(refusal, CHINESE)
        assert told.endswith(f"（权利R1的图片'{name}'）")
        assert not re.search(r"expected|[a-z]{2,} [a-z]{2,}", told), told
        assert reason_of(refusal, str) == refusal.reason


def test_what_is_not_known_stands_as_it_is() -> None:
    assert in_chinese("the disk is full") == "the disk is full"
    assert "such a thing" in in_chinese("expected such a thing, got 5%")


def test_english_stays_as_it_was_written() -> None:
    header = "right_id,kind,name,office,valid_from,valid_to,status,area,price_low,uscc\n"
    rows = ",logo,··,China,x,y,z,,1,\nm,gi,a,CN,2026-02-01,2026-01-01,,湖,1,\nm,mark,b\n"
    reading = register.read_register("r.csv", (header + rows).encode())
    assert len(reading.refusals) > 8
    for one in reading.refusals:
        assert reason_of(one, str) == one.reason
        assert reason_of(one, CHINESE) != one.reason


def in_excel(*rows: list[object]) -> bytes:
    return make_workbook(SheetOf(rows=[list(row) for row in rows]))


WRONG_FILES = (
    (b"", "空文件"),
    (b"%PDF-1.7\n1 0 obj", "PDF文件"),
    (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
    (b"Rar!\x1a\x07\x00" + bytes(99), "压缩包"),
    ("\ufeff<html><p>请先登录</p>".encode(), "网页中含有表格"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML格式"),
    (b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le"), "完整的.xls工作簿"),
    (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
    (b"PK\x03\x04broken", "已损坏"),
    (b"PK\x05\x06" + bytes(18), "压缩包"),
    ("店铺".encode("utf-16-le") * 50, "另存为UTF-8"),
    (in_excel(["订单号", "店铺名称"], [2603000000000000123, "甲店"]), "末几位"),
    (in_excel(["只有一句话"]), "表头"),
    ("店铺ID,联系电话\n".encode(), "表头下"),
    ("店铺ID,联系电话,店铺ID\ns1,13800138000,s2\n".encode(), "含义待确认"),
    ("甲,乙\n1,2\n".encode(), "已知资料类型"),
)


@pytest.mark.parametrize(("data", "words"), WRONG_FILES)
def test_a_wrong_file_of_records_is_named_in_chinese_alone(data: bytes, words: str) -> None:
    facts = FileFacts(
        name="r", source="r", retrieved_at=datetime.now(UTC), sha256=digest(data), zone=UTC
    )
    refused = [one for one in read_records(BytesIO(data), facts) if isinstance(one, Refusal)]
    assert refused
    for one in refused:
        told = reason_of(one, CHINESE)
        assert words in told
        # What the file itself holds may stand in brackets.
        assert not re.search(
            r"[a-z]{2,} [a-z]{2,}", re.sub(r"（[^）]*such as[^）]*）", "", told)
        ), told
