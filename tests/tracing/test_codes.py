"""Codes of registers, company names and waybills. Social credit codes are of invented companies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from domain.tracing import ClueKind
from reference.folding import fold
from tracing.codes import (
    find_companies,
    find_icps,
    find_licences,
    find_patents,
    find_usccs,
    is_company_name,
    normalise_company,
    read_licence,
    read_uscc,
)
from tracing.waybills import find_waybills, read_waybill

CODE = "91330106MA2AAAAA15"


def test_the_code_of_these_tests_has_its_check_digit() -> None:
    assert stdnum_uscc.calc_check_digit(CODE[:17]) == CODE[17]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"统一社会信用代码：{CODE}", "plain"),
        (CODE.lower(), "small letters"),
        ("９１３３０１０６ＭＡ２ＡＡＡＡＡ１５", "full width"),
        ("91 330106 MA2AAAAA1 5", "written in its groups"),
        ("9133-0106-MA2A-AAAA-15", "with hyphens"),
    ],
)
def test_usccs_that_are_found(text: str, why: str) -> None:
    assert [found.value for found in find_usccs(fold(text).text)] == [CODE], why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("91330106MA2AAAAA16", "wrong check digit"),
        ("91330106MA2AAAAA1", "seventeen characters"),
        (f"X{CODE}", "inside a longer code"),
        ("91330106MI2AAAAA15", "the letter I is not in the alphabet"),
        ("330106199001010039", "eighteen digits that begin as an identity card does"),
    ],
)
def test_usccs_that_are_not(text: str, why: str) -> None:
    assert list(find_usccs(fold(text).text)) == [], why


@given(st.text(alphabet=stdnum_uscc._alphabet, min_size=9, max_size=9))
def test_every_code_with_its_check_digit_is_found(rest: str) -> None:
    body = f"92440300{rest}"
    code = body + stdnum_uscc.calc_check_digit(body)
    assert read_uscc(code) == code
    assert [found.value for found in find_usccs(fold(f"代码{code}。").text)] == [code]


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("注册号：330106000000013", "330106000000013", "cue and check digit"),
        ("SC10633048200123", "SC10633048200123", "food production"),
        ("许可证编号 JY1 3301060012345", "JY13301060012345", "food sale, in two groups"),
        ("粤妆20160001", "粤妆20160001", "cosmetics production"),
    ],
)
def test_licences_that_are_found(text: str, value: str, why: str) -> None:
    assert [found.value for found in find_licences(fold(text).text)] == [value], why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("330106000000013", "fifteen digits without a cue may be a waybill"),
        ("注册号：330106000000014", "wrong check digit"),
        ("SC1063304820012", "a digit short"),
        ("国妆特字G20160001", "a filing of a product, not of a trader"),
    ],
)
def test_licences_that_are_not(text: str, why: str) -> None:
    assert list(find_licences(fold(text).text)) == [], why


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (CODE, (ClueKind.USCC, CODE)),
        ("330106000000013", (ClueKind.LICENCE, "330106000000013")),
        ("jy13301060012345", (ClueKind.LICENCE, "JY13301060012345")),
        ("HRB 123456", (ClueKind.LICENCE, "HRB123456")),
    ],
)
def test_licence_field(field: str, expected: tuple[ClueKind, str]) -> None:
    read = read_licence(field)
    assert read is not None
    assert read[:2] == expected


@pytest.mark.parametrize("field", ["", "见首页", "已公示", "<script>", "a" * 500])
def test_a_licence_field_without_a_number_is_none(field: str) -> None:
    assert read_licence(field) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("京ICP备12345678号-1", ["京ICP备12345678号"]),
        ("浙 icp 证 030173 号", ["浙ICP证030173号"]),
        ("ICP备12345678号", []),  # no province
        ("京ICP备123号", []),  # too short
    ],
)
def test_icps(text: str, values: list[str]) -> None:
    assert [found.value for found in find_icps(fold(text).text)] == values


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        (
            "经营者名称：荔城区兴旺鞋行（个体工商户）",
            "荔城区兴旺鞋行",
            "a small firm, behind the cue alone",
        ),
        ("企业名称：杭州青鲤商贸有限公司，成立于", "杭州青鲤商贸有限公司", "up to its ending"),
        (
            "经营者名称: 义乌市青口小张百货商行（个体工商户）",
            "义乌市青口小张百货商行",
            "sole trader",
        ),
        ("Company name: Green Carp Trading Co., Ltd.", "greencarptradingcoltd", "English"),
    ],
)
def test_companies_that_are_found(text: str, value: str, why: str) -> None:
    assert [found.value for found in find_companies(fold(text).text)] == [value], why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("生产商：杭州青鲤商贸有限公司", "an imitation names the genuine maker there"),
        ("与杭州青鲤商贸有限公司合作", "no cue"),
        ("企业名称：详见营业执照", "no name"),
    ],
)
def test_companies_that_are_not(text: str, why: str) -> None:
    assert list(find_companies(fold(text).text)) == [], why


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("杭州青鲤（上海）有限公司", "杭州青鲤(上海) 有限公司", True, "width of brackets, spaces"),
        ("义乌小张商行（个体工商户）", "义乌小张商行", True, "the ending of registers"),
        ("Carp Trading Co., Ltd.", "CARP TRADING CO LIMITED", True, "Ltd and Limited"),
        ("Carp Company Limited", "Carp Co., Ltd", True, "Company Limited and Co Ltd"),
        ("杭州青鲤商贸有限公司", "杭州青鲤贸易有限公司", False, "another word"),
    ],
)
def test_company_names_compare(one: str, other: str, same: bool, why: str) -> None:
    assert (normalise_company(one) == normalise_company(other)) is same, why


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("杭州青鲤商贸有限公司", True),
        ("义乌市青口小张百货商行（个体工商户）", True),
        ("Carp Trading Co., Ltd.", True),
        ("张三", False),
        ("青鲤官方旗舰店", False),
        ("", False),
    ],
)
def test_names_that_are_companies(name: str, expected: bool) -> None:
    assert is_company_name(name) is expected


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        ("顺丰SF1234567890123已发", ["SF1234567890123"], "form and cue"),
        ("JT0006968326954", ["JT0006968326954"], "the letters name the carrier"),
        ("运单号：462598779470531", ["462598779470531"], "digits after a cue"),
        ("EE473124829CN", ["EE473124829CN"], "S10 with its check digit"),
        ("EE473124828CN", [], "S10 without its check digit"),
        ("462598779470531", [], "digits without a cue"),
        ("单号：123", [], "no carrier has such a form"),
    ],
)
def test_waybills(text: str, values: list[str], why: str) -> None:
    found = {found.value for found in find_waybills(fold(text).text)}
    assert found == set(values), why


def test_waybill_field() -> None:
    assert read_waybill(" sf123 4567890123 ") == "SF1234567890123"
    assert read_waybill("无") is None
    assert read_waybill("1" * 200) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("专利号：ZL201710601862.3", [("ZL201710601862.3", 0.95)]),
        ("专利号ZL 2017 1 0601862.3 仿冒必究", [("ZL201710601862.3", 0.95)]),
        ("ＺＬ９５１１５６０８．Ｘ", [("ZL95115608.X", 0.95)]),
        ("zl2017106018623", [("ZL201710601862.3", 0.95)]),
        ("ZL201710601862.4", [("ZL201710601862.4", 0.4)]),  # invented or misread
        ("ZL20171060186", []),  # too short
        ("XZL201710601862.3", []),  # inside another code
        ("ZL201760601862.3", []),  # no such kind of patent
        ("型号ZL2017", []),
    ],
)
def test_patents(text: str, found: list[tuple[str, float]]) -> None:
    assert [(one.value, one.confidence) for one in find_patents(fold(text).text)] == found
