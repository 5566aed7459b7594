"""Authorisations: who may use which right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import register

USCC = "91110000600037341L"  # check character computed by GB 32100-2015
ROW = {"right_id": "m1", "party": "甲公司"}


def test_a_full_row(make_csv: Callable[..., bytes]) -> None:
    row = ROW | {
        "uscc": USCC,
        "platform": "shop.example",
        "seller_key": "s1",
        "area": "320500",
        "valid_from": "2024-01-01",
        "valid_to": "2024-12-31",
    }
    reading = register.read_authorisations("a.csv", make_csv(row))
    assert reading.refusals == ()
    (one,) = reading.authorisations
    assert (one.right_id, one.party, one.uscc) == ("m1", "甲公司", USCC)
    assert (one.platform, one.seller_key, one.area) == ("shop.example", "s1", "320500")
    assert (one.valid_from, one.valid_to) == (date(2024, 1, 1), date(2024, 12, 31))


def test_each_authorisation_tells_its_line(make_csv: Callable[..., bytes]) -> None:
    rows = (ROW, {"right_id": "m1"}, ROW | {"party": "乙公司"}, ROW, ROW | {"right_id": "m2"})
    reading = register.read_authorisations("a.csv", make_csv(*rows))
    assert [(one.right_id, one.party) for one in reading.authorisations] == [
        ("m1", "甲公司"),
        ("m1", "乙公司"),
        ("m2", "甲公司"),
    ]
    assert reading.lines == (2, 4, 6)
    # The second names nobody; the fourth stands twice and counts once.
    assert [one.line for one in reading.refusals] == [3, 5]
    assert "line 2 already" in reading.refusals[1].reason
    assert reading.broken == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"right_id": "", "party": "甲公司"}, "right_id"),
        ({"right_id": "m1"}, "party"),  # names nobody
        ({"right_id": "m1", "seller_key": "s1"}, "platform"),  # a key means nothing alone
        (ROW | {"uscc": USCC[:-1] + "M"}, "uscc"),  # wrong check character
        (ROW | {"uscc": "123"}, "uscc"),
        (ROW | {"platform": "淘宝网"}, "platform"),  # no sighting has this name
        (ROW | {"platform": "shop example"}, "platform"),
        (ROW | {"valid_from": "2025-01-01", "valid_to": "2024-01-01"}, "valid_to"),
        (ROW | {"valid_to": "soon"}, "valid_to"),
    ],
)
def test_a_broken_row_is_refused_and_the_others_are_kept(
    make_csv: Callable[..., bytes], row: dict[str, str], field: str
) -> None:
    reading = register.read_authorisations("a.csv", make_csv(ROW, row))
    assert len(reading.authorisations) == 1
    assert [(r.line, r.field) for r in reading.refusals] == [(3, field)]


def test_an_area_that_no_table_knows_is_told_and_the_row_is_kept(
    make_csv: Callable[..., bytes],
) -> None:
    reading = register.read_authorisations("a.csv", make_csv(ROW | {"area": "320500|苏卅市"}))
    assert (len(reading.authorisations), reading.broken) == (1, 0)
    assert [(one.line, one.field) for one in reading.refusals] == [(2, "area")]


def test_every_fault_of_a_row_is_told(make_csv: Callable[..., bytes]) -> None:
    row = {"right_id": "", "uscc": "1", "seller_key": "s", "valid_from": "x", "valid_to": "y"}
    reading = register.read_authorisations("a.csv", make_csv(row))
    assert {one.field for one in reading.refusals} == {
        *("right_id", "uscc", "platform", "valid_from", "valid_to")
    }
    assert {one.line for one in reading.refusals} == {2}


def test_a_title_may_stand_above_the_header() -> None:
    data = "授权经销商名单（2026年11月）\nright_id,party\nm1,甲公司\n".encode()
    reading = register.read_authorisations("a.csv", data)
    assert ([one.party for one in reading.authorisations], reading.lines) == (["甲公司"], (3,))


def test_spreadsheets_are_read_too(make_xlsx: Callable[..., bytes]) -> None:
    reading = register.read_authorisations(
        "a.xlsx", make_xlsx(ROW | {"valid_to": date(2030, 1, 1)})
    )
    assert reading.refusals == ()
    assert reading.authorisations[0].valid_to == date(2030, 1, 1)
