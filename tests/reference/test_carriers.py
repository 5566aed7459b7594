"""Which carrier a waybill number may be of, the likeliest first."""

from __future__ import annotations

import pytest

from reference.carriers import CARRIERS, carriers_of

FIRST = [
    ("SF1402938475610", "顺丰速运", "its letters"),
    ("YT7493028475610", "圆通速递", "its letters"),
    ("JT5230948576104", "极兔速递", "its letters; the firm it took over comes second"),
    ("JDVB20394857610", "京东物流", "its letters"),
    ("DPK202938475610", "德邦快递", "its letters"),
    ("75849302847561", "中通快递", "fourteen digits from 75"),
    ("777029384756104", "申通快递", "77 opens its numbers of the last years"),
    ("462029384756104", "韵达快递", "fifteen digits from 46"),
    ("9820293847561", "中国邮政", "thirteen digits from 98"),
    ("EE473124829CN", "中国邮政", "UPU S10 with a right check digit, taken in in China"),
    ("RR473124829DE", "UPU DE", "S10 of another country's post"),
    ("1Z999AA10123456784", "UPS", "its form and check digit"),
]
AMONG_THREE = [
    ("432029384756104", "中通快递", "韵达 and 中通 share fifteen digits from 43"),
    ("203948576104", "中通快运", "twelve digits: old numbers of 顺丰 look the same"),
    ("302938475610", "安能物流", "twelve digits from 30"),
    ("152938475610", "顺丰速运", "twelve digits from 1: few of its old numbers open so"),
    ("272938475610", "中通快递", "twelve digits from 21 to 29"),
    ("W912345678", "圆通速递", "a letter and ten in all, its old form"),
    ("D12938475610", "圆通速递", "a letter and a digit, twelve in all"),
    ("JDVA11408814483-1-1-", "京东物流", "the first of one box, as its label has it"),
    ("DPK20293847561012", "德邦快递", "with the number of the box"),
    ("4302938475610", "邮政快递包裹", "thirteen digits from 43"),
]
NONE = [
    ("EE473124828CN", "a wrong check digit"),
    ("1Z999AA10123456785", "a wrong check digit"),
    ("12345", "too short"),
    ("ABCDEFGH", "no digits"),
    ("１２３４５６７８９０１２", "not folded"),
]


@pytest.mark.parametrize(("number", "carrier", "why"), FIRST)
def test_a_carrier_of_its_own_form_comes_first(number: str, carrier: str, why: str) -> None:
    assert carriers_of(number)[0].name == carrier, why


@pytest.mark.parametrize(("number", "carrier", "why"), AMONG_THREE)
def test_of_shared_forms_the_carrier_is_among_three(number: str, carrier: str, why: str) -> None:
    assert carrier in [guess.name for guess in carriers_of(number)[:3]], why


@pytest.mark.parametrize(("number", "why"), NONE)
def test_what_is_no_waybill_has_no_carrier(number: str, why: str) -> None:
    assert carriers_of(number) == (), why


def test_bare_digits_leave_room_for_carriers_that_are_not_known() -> None:
    guesses = carriers_of("203948576104")
    assert len(guesses) >= 3
    assert 0.5 < sum(guess.likelihood for guess in guesses) < 1
    assert [g.likelihood for g in guesses] == sorted((g.likelihood for g in guesses), reverse=True)


def test_an_alias_names_one_carrier() -> None:
    aliases = [alias for carrier in CARRIERS for alias in carrier.aliases]
    assert len(aliases) == len(set(aliases))
