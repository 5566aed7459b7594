"""Rows of the register form, whatever file they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import register
from domain.money import Money
from domain.rights import (
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    RegisterEntry,
    RegisterStatus,
    RightKind,
)

MARK = {"right_id": "m1", "kind": "mark", "name": "云栖虎"}
YES_NO = ("yes", "是", "", "否", "perhaps")
GI = {"right_id": "g1", "kind": "gi", "name": "云溪湖大闸蟹", "area": "320500"}


def test_a_full_row_becomes_a_mark(make_csv: Callable[..., bytes]) -> None:
    data = make_csv(
        MARK
        | {
            "kind": "well_known_mark",
            "other_names": "YUNQIHU| 云栖虎 TIGER |YUNQIHU",
            "number": "80000002",
            "office": "cn",
            "nice_classes": "25|18",
            "vienna_codes": "3.1.4",
            "goods": "运动鞋|卫衣",
            "holder": "杭州云栖虎体育用品有限公司",
            "valid_from": "2018-03-21",
            "valid_to": "2038-03-20",
            "logos": "logos/a.png|logos\\b.png",
            "photos": "photos/a.jpg",
            "price_low": "299",
            "price_high": "899.50",
            "price_currency": "CNY",
            "price_unit": "双",
            "notes": "一标多类",
        }
    )
    reading = register.read_register("r.csv", data)
    assert reading.refusals == ()
    (right,) = reading.rights
    assert isinstance(right, Mark)
    assert right.kind is RightKind.WELL_KNOWN_MARK
    assert right.other_names == ("YUNQIHU", "云栖虎 TIGER")
    assert right.office == "CN"
    assert right.nice_classes == (18, 25)
    assert right.vienna_codes == ("3.1.4",)
    assert (right.valid_from, right.valid_to) == (date(2018, 3, 21), date(2038, 3, 20))
    assert right.logos == ("logos/a.png", "logos/b.png")
    assert right.price_band is not None
    assert right.price_band.low == Money(amount_minor=29900, currency="CNY")
    assert right.price_band.high == Money(amount_minor=89950, currency="CNY")
    assert right.price_band.unit == "双"


@pytest.mark.parametrize(
    ("kind", "extra", "expected"),
    [
        ("mark", {}, Mark),
        ("time_honoured_brand", {}, Mark),
        ("certification_mark", {}, Mark),
        # 商标法 art. 16: a certification mark with a protected area protects an indication
        ("certification_mark", {"area": "320500"}, GeographicalIndication),
        ("collective_mark", {"area": "苏州"}, GeographicalIndication),
        ("gi", {"area": "320500"}, GeographicalIndication),
        ("official_sign", {}, OfficialSign),
        ("special_sign", {}, OfficialSign),
        ("olympic_sign", {}, OfficialSign),
        ("invention_patent", {}, Patent),
        ("utility_model", {}, Patent),
        ("design", {}, Patent),
    ],
)
def test_kinds(
    make_csv: Callable[..., bytes], kind: str, extra: dict[str, str], expected: type
) -> None:
    reading = register.read_register("r.csv", make_csv(MARK | {"kind": kind} | extra))
    assert reading.refusals == ()
    assert [type(right) for right in reading.rights] == [expected]
    assert reading.rights[0].kind.value == kind


@pytest.mark.parametrize(
    ("number", "expected", "reason"),
    [
        ("ZL201010123456.8", "9", "a wrong digit"),
        ("zl 201010123456.8", "9", "in small letters"),
        ("2010101234568", None, "without ZL or point it may be another office's"),
        ("ZL2010101234568", "9", "without its point"),
        ("CN201010123456.8", "9", "as an application"),
        ("ZL201010123456.9", None, "the right digit"),
        ("ZL201010123456", None, "the digit left out"),
        ("EP1234567", None, "another office's"),
        ("", None, "no number"),
    ],
)
def test_the_check_digit_of_a_patent(
    make_csv: Callable[..., bytes], number: str, expected: str | None, reason: str
) -> None:
    row = MARK | {"kind": "invention_patent", "number": number}
    reading = register.read_register("r.csv", make_csv(row))
    assert [one.field for one in reading.refusals] == (["number"] if expected else []), reason
    assert all(f"check digit {expected} behind 2010" in one.reason for one in reading.refusals)
    assert len(reading.rights) == (0 if expected else 1)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (MARK | {"right_id": ""}, "right_id"),
        (MARK | {"right_id": "x" * 101}, "right_id"),
        (MARK | {"kind": "trademark"}, "kind"),
        (MARK | {"kind": ""}, "kind"),
        (MARK | {"name": ""}, "name"),
        (MARK | {"name": " -·- "}, "name"),
        (MARK | {"name": "😀"}, "name"),
        (MARK | {"name": "长" * 501}, "name"),
        (MARK | {"other_names": "ok|—"}, "other_names"),
        (MARK | {"office": "China"}, "office"),
        (MARK | {"nice_classes": "46"}, "nice_classes"),
        (MARK | {"nice_classes": "0"}, "nice_classes"),
        (MARK | {"nice_classes": "25.18"}, "nice_classes"),
        (MARK | {"nice_classes": "²"}, "nice_classes"),
        (MARK | {"vienna_codes": "3-1-4"}, "vienna_codes"),
        (MARK | {"valid_from": "01/02/2020"}, "valid_from"),
        (MARK | {"valid_from": "2020-02-30"}, "valid_from"),
        (MARK | {"valid_from": "202001"}, "valid_from"),
        (MARK | {"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, "valid_to"),
        (MARK | {"price_low": "12,50", "price_currency": "EUR"}, "price_low"),
        (MARK | {"price_low": "-1", "price_currency": "EUR"}, "price_low"),
        (MARK | {"price_low": "1e9", "price_currency": "EUR"}, "price_low"),
        (MARK | {"price_low": "12"}, "price_currency"),
        (MARK | {"price_low": "12", "price_currency": "yuan"}, "price_currency"),
        (MARK | {"price_low": "12", "price_high": "13"}, "price_currency"),  # Told once for both.
        (MARK | {"price_low": "12", "price_high": "11", "price_currency": "CNY"}, "price_high"),
        (MARK | {"logos": "../../etc/passwd"}, "logos"),
        (MARK | {"logos": "/etc/passwd"}, "logos"),
        (MARK | {"logos": "C:\\logo.png"}, "logos"),
        (MARK | {"logos": "\\\\server\\logo.png"}, "logos"),
        (MARK | {"photos": "https://shop.example/a.jpg"}, "photos"),
        (MARK | {"kind": "gi"}, "area"),
        (GI | {"season_from": "9-20"}, "season_from"),
        (GI | {"season_to": "02-30"}, "season_to"),
        (MARK | {"notes": "a\x00b"}, "notes"),
        (MARK | {"notes": "x" * 10_001}, "notes"),
    ],
)
def test_a_broken_row_is_refused_and_the_others_are_kept(
    make_csv: Callable[..., bytes], row: dict[str, str], field: str
) -> None:
    good = MARK | {"right_id": "good-1"}, MARK | {"right_id": "good-2"}
    reading = register.read_register("r.csv", make_csv(good[0], row, good[1]))
    assert [right.right_id for right in reading.rights] == ["good-1", "good-2"]
    (refusal,) = reading.refusals
    assert (refusal.file, refusal.line, refusal.field) == ("r.csv", 3, field)
    assert "expected" in refusal.reason
    assert len(refusal.reason) < 400


def test_every_fault_of_a_row_is_told(make_csv: Callable[..., bytes]) -> None:
    row = MARK | {"kind": "logo", "office": "xyz", "nice_classes": "99"}
    reading = register.read_register("r.csv", make_csv(row))
    assert {refusal.field for refusal in reading.refusals} == {"kind", "office", "nice_classes"}


def test_29_february_is_a_day_of_a_season(make_csv: Callable[..., bytes]) -> None:
    reading = register.read_register("r.csv", make_csv(GI | {"season_to": "02-29"}))
    assert reading.refusals == ()


def test_the_second_of_two_rows_with_one_id_is_refused(make_csv: Callable[..., bytes]) -> None:
    reading = register.read_register("r.csv", make_csv(MARK, MARK | {"name": "青鲤"}))
    assert [right.name for right in reading.rights] == ["云栖虎"]
    assert [(r.line, r.field) for r in reading.refusals] == [(3, "right_id")]
    assert "line 2" in reading.refusals[0].reason


@pytest.mark.parametrize(
    ("second", "refused", "why"),
    [
        ({"holder": "乙公司"}, True, "one number, two holders"),
        ({"holder": "乙公司", "office": "US"}, False, "numbers of two offices"),
        ({"holder": "甲 公司。"}, False, "the same holder, written otherwise"),
        ({"holder": ""}, False, "no holder is named"),
        ({"holder": "乙公司", "number": "80000002"}, False, "two numbers"),
        ({"holder": "乙公司", "kind": "design"}, False, "patents are numbered apart"),
    ],
)
def test_a_number_of_an_office_has_one_holder(
    make_csv: Callable[..., bytes], second: dict[str, str], refused: bool, why: str
) -> None:
    first = MARK | {"number": "80000001", "office": "CN", "holder": "甲公司"}
    data = make_csv(first, first | {"right_id": "m2"} | second)
    reading = register.read_register("r.csv", data)
    found = [(one.line, one.field) for one in reading.refusals]
    assert found == ([(3, "number")] if refused else []), why
    assert all("line 2" in one.reason for one in reading.refusals)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"status": "申请中"}, RegisterStatus.APPLIED),
        ({"status": "未注册"}, RegisterStatus.APPLIED),
        ({"status": "Pending"}, RegisterStatus.APPLIED),
        ({"status": "已注册"}, RegisterStatus.REGISTERED),
        ({"status": "LIVE"}, RegisterStatus.REGISTERED),
        ({"status": "已注销"}, RegisterStatus.ENDED),
        ({"状态": "申请中"}, RegisterStatus.APPLIED),
        ({"法律状态": "失效"}, RegisterStatus.ENDED),
        ({"status": "", "legal_status": "pending"}, RegisterStatus.APPLIED),
        ({"status": "不详", "filed_on": "2026-01-02"}, RegisterStatus.NOT_STATED),
        ({"filed_on": "2026-01-02"}, RegisterStatus.NOT_STATED),  # filed is not registered
    ],
)
def test_a_status_is_read_as_people_write_it(
    make_csv: Callable[..., bytes], cells: dict[str, str], status: RegisterStatus
) -> None:
    reading = register.read_register("r.csv", make_csv(MARK | cells))
    assert reading.refusals == ()
    entry = reading.rights[0].entry
    assert entry is not None
    assert entry.status is status


def test_a_row_without_a_status_has_no_entry(make_csv: Callable[..., bytes]) -> None:
    reading = register.read_register("r.csv", make_csv(MARK | {"status": "-"}))
    assert (reading.rights[0].entry, reading.refusals) == (None, ())


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("320500", ()),
        ("3205|苏州市", ()),
        ("江苏省苏州市昆山市", ()),
        ("阳澄湖镇", ()),  # a town by its full name
        ("苏卅市", ("'苏卅市' (is 苏州市",)),
        ("999999", ("'999999'",)),
        ("昆山|云溪湖|320583000000", ("'云溪湖'", "'320583000000'")),
    ],
)
def test_places_that_no_table_knows_are_told_and_the_row_is_kept(
    make_csv: Callable[..., bytes], area: str, told: tuple[str, ...]
) -> None:
    reading = register.read_register("r.csv", make_csv(GI | {"area": area}))
    (right,) = reading.rights
    assert isinstance(right, GeographicalIndication)
    assert right.area == tuple(area.split("|"))
    assert [(one.line, one.field) for one in reading.refusals] == [(2, "area")] * len(told)
    for one, part in zip(reading.refusals, told, strict=True):
        assert part in one.reason
        assert "the row is kept" in one.reason


def test_a_list_of_users_is_complete_where_the_register_says_so(
    make_csv: Callable[..., bytes],
) -> None:
    rows = [GI | {"right_id": f"g{at}", "users_complete": said} for at, said in enumerate(YES_NO)]
    reading = register.read_register("r.csv", make_csv(*rows, MARK))
    said = [one.users_complete for one in reading.rights if isinstance(one, GeographicalIndication)]
    assert said == [True, True, False, False]
    assert [(one.line, one.field) for one in reading.refusals] == [(6, "users_complete")]


def test_every_fault_of_dates_and_prices_is_told(make_csv: Callable[..., bytes]) -> None:
    row = MARK | {
        "valid_from": "1.2.2020",
        "valid_to": "soon",
        "filed_on": "?",
        "status": "maybe",
        "price_low": "a",
        "price_high": "b",
        "price_currency": "CNY",
    }
    reading = register.read_register("r.csv", make_csv(row))
    assert [one.field for one in reading.refusals] == [
        *("valid_from", "valid_to", "price_low", "price_high", "status", "filed_on")
    ]


TITLES = "2026年商标台账,,\n\n填报单位：某局,,填报日期：2026-11-22\n"


@pytest.mark.parametrize("above", ["", TITLES, "\n\n" + TITLES, "name,,\n"])
def test_a_title_may_stand_above_the_header(above: str) -> None:
    data = f"{above}right_id,kind,name\nm1,mark,云栖虎\nm2,logo,青鲤\n".encode()
    reading = register.read_register("r.csv", data)
    assert [right.name for right in reading.rights] == ["云栖虎"]
    lines = above.count("\n")
    assert [(one.line, one.field) for one in reading.refusals] == [(lines + 3, "kind")]


def test_a_header_in_other_words_is_told_with_its_line() -> None:
    reading = register.read_register("r.csv", "\n权利,种类,叫法\nm1,mark,x\n".encode())
    assert reading.rights == ()
    told = reading.refusals[-1]
    assert told.line == 2
    assert "'right_id', 'kind', 'name'" in told.reason


def test_a_row_may_tell_what_became_of_its_entry(make_csv: Callable[..., bytes]) -> None:
    rows = (
        MARK | {"status": "applied", "filed_on": "2026-01-02"},
        MARK | {"right_id": "m2", "status": "perhaps"},
    )
    reading = register.read_register("r.csv", make_csv(*rows))
    assert reading.rights[0].entry == RegisterEntry(
        status=RegisterStatus.APPLIED, filed_on=date(2026, 1, 2)
    )
    assert [(one.line, one.field) for one in reading.refusals] == [(3, "status")]


def test_cells_without_a_place_are_named_and_the_row_is_kept(
    make_csv: Callable[..., bytes],
) -> None:
    reading = register.read_register("r.csv", make_csv(MARK | {"area": "320500"}))
    assert len(reading.rights) == 1
    assert [(r.line, r.field) for r in reading.refusals] == [(2, "area")]
    assert "kept" in reading.refusals[0].reason


def test_unknown_columns_are_named_once(make_csv: Callable[..., bytes]) -> None:
    rows = MARK | {"colour": "red"}, MARK | {"right_id": "m2"}
    reading = register.read_register("r.csv", make_csv(*rows))
    assert len(reading.rights) == 2
    (refusal,) = reading.refusals
    assert refusal.line is None
    assert "'colour'" in refusal.reason


def test_missing_columns_are_named(make_csv: Callable[..., bytes]) -> None:
    reading = register.read_register("r.csv", make_csv({"right_id": "m1", "name": "x"}))
    assert reading.rights == ()
    assert "'kind'" in reading.refusals[0].reason


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"right_id,kind,name\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it_is_refused_in_words(data: bytes) -> None:
    reading = register.read_register("r.csv", data)
    assert reading.rights == ()
    assert len(reading.refusals) == 1


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for prefix in (b"", b"right_id,kind,name\nm1,mark,x\n", b"PK\x03\x04", b"\xff\xfe"):
        reading = register.read_register("r", prefix + data)
        assert reading.rights or reading.refusals


def test_every_format_has_its_own_name() -> None:
    names = [form.name for form in register.FORMATS]
    assert len(names) == len(set(names))
