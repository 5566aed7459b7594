"""A register as an officer keeps it, in Chinese headings and words."""

from __future__ import annotations

from datetime import date

import pytest

import register
from domain.rights import Mark, RightKind
from register.cells import FieldRefused, read_classes, read_kind, read_office, read_written_date
from register.wordings import columns_of

TABLE = """权利编号,权利类型,商标名称,注册号,登记机关,商标类别,权利人,有效期自,有效期至,备注,谁填的
m1,驰名商标,云栖虎,12345678,中国,第25类、第18类,杭州云栖虎体育用品有限公司,2018年3月21日,2038/3/20,重点,张
g1,地理标志,阳山水蜜桃,,国家知识产权局,,,2004-09-01,长期,,李
"""


def test_a_table_in_chinese_is_read() -> None:
    reading = register.read_register("权利.csv", TABLE.encode())
    (mark,) = (right for right in reading.rights if isinstance(right, Mark))
    assert (mark.kind, mark.name, mark.number) == (RightKind.WELL_KNOWN_MARK, "云栖虎", "12345678")
    assert (mark.office, mark.nice_classes) == ("CN", (18, 25))
    assert (mark.valid_from, mark.valid_to) == (date(2018, 3, 21), date(2038, 3, 20))
    reasons = [(refusal.line, refusal.field) for refusal in reading.refusals]
    assert reasons == [(None, None), (3, "area")], "an unknown column, an indication without area"


@pytest.mark.parametrize(
    ("headings", "columns", "why"),
    [
        (("名称", "注册号"), ("name", "number"), "headings of the form"),
        (("商标名称", "名称"), ("name", "名称"), "the first of two that mean the same"),
        (("名称", "name"), ("名称", "name"), "the form's own name goes before"),
        (("Name", "店铺ID"), ("name", "seller_key"), "in any case"),
    ],
)
def test_what_headings_mean(headings: tuple[str, ...], columns: tuple[str, ...], why: str) -> None:
    assert columns_of(headings) == columns, why


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2020-01-02", date(2020, 1, 2)),
        ("2020年1月2日", date(2020, 1, 2)),
        ("2020/1/2", date(2020, 1, 2)),
        ("2020.1.2", date(2020, 1, 2)),
        ("20200102", date(2020, 1, 2)),
        ("长期", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text: str, meant: date | None) -> None:
    assert read_written_date("valid_to", text) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3/4/2024", "nobody knows which is the month"),
        ("2020-02-30", "no day of the calendar"),
        ("45000", "a serial number, or any other"),
        ("2020-01-02T12:30:00", "a time of day"),
        ("待定", "no date"),
    ],
)
def test_what_is_no_date(text: str, why: str) -> None:
    with pytest.raises(FieldRefused, match="YYYY-MM-DD"):
        pytest.fail(f"{why}: {read_written_date('valid_to', text)}")


def test_a_term_begins_on_a_day() -> None:
    with pytest.raises(FieldRefused):
        read_written_date("valid_from", "长期")


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("25", (25,)),
        ("第25类", (25,)),
        ("35、25", (25, 35)),
        ("25,18", (18, 25)),
        ("05|25", (5, 25)),
        ("class 9", (9,)),
    ],
)
def test_classes(text: str, classes: tuple[int, ...]) -> None:
    assert read_classes("nice_classes", text) == classes


@pytest.mark.parametrize("text", ["46", "0", "第类", "2507", "二十五"])
def test_what_is_no_class(text: str) -> None:
    with pytest.raises(FieldRefused, match="from 1 to 45"):
        read_classes("nice_classes", text)


def test_kinds_and_offices() -> None:
    assert read_kind("kind", "实用新型专利") is RightKind.UTILITY_MODEL
    assert read_kind("kind", "gi") is RightKind.GI
    assert read_office("office", "cnipa") == "CN"
    assert read_office("office", "em") == "EM"
    with pytest.raises(FieldRefused):
        read_office("office", "江苏省")
