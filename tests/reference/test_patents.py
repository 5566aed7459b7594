"""Numbers of patents: what is read, what is wrong with it, and when its term ends."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.check_digits import patent_check_digit
from reference.folding import fold
from reference.patents import Called, Fault, PatentNumber, Protection, find_patent_numbers

TODAY = date(2026, 11, 22)


def find(text: str) -> list[PatentNumber]:
    return list(find_patent_numbers(fold(text).text))


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("专利号：ZL202010566088.9", ["ZL202010566088.9"], "plain"),
        ("ZL 2020 1 0566088 . 9", ["ZL202010566088.9"], "in groups"),
        ("ＺＬ９９１１３８６１．９", ["ZL99113861.9"], "full width, old form"),
        ("专利号（ZL201811564288X）", ["ZL201811564288.X"], "in brackets, check X, no point"),
        ("ZL202010566088.9 2024新款", ["ZL202010566088.9"], "a year behind"),
        ("专利号ZL202010566088 9折", ["ZL202010566088"], "no check digit but a discount"),
        ("ZL202010566088.9/ZL202322865413.3", ["ZL202010566088.9", "ZL202322865413.3"], "two"),
        ("专利申请号：202010566088.9", ["202010566088.9"], "an application"),
        ("申请(专利)号：CN202010566088.9", ["202010566088.9"], "as databases head it"),
        ("专利号:CN112345678A", ["CN112345678"], "a publication called a patent"),
        ("专利号：CN112345678B", [], "a publication of a patent"),
        ("公布号CN112345678A", [], "called what it is"),
        ("专利号：2020***88.9", [], "masked"),
        ("日本专利号：6123456", [], "of another country"),
        ("专利证书号：6123456", [], "of a certificate"),
        ("ZL2023100112", [], "a model"),
        ("ZL2023100112专利款", ["ZL2023100112"], "a wrong number: patents are spoken of"),
        ("AZL202010566088.9", [], "inside another code"),
        ("202010566088.9", [], "no cue"),
        ("ZL202010566088.9a", [], "the code goes on"),
    ],
)
def test_numbers(text: str, found: list[str], why: str) -> None:
    assert [str(number) for number in find(text)] == found, why


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("专利号202010566088.9", Called.PATENT),
        ("ZL202010566088.9", Called.PATENT),
        ("专利申请号202010566088.9", Called.APPLICATION),
        ("CN202010566088.9", Called.APPLICATION),
        ("专利号CN112345678A", Called.PUBLICATION),
    ],
)
def test_what_a_number_is_called(text: str, called: Called) -> None:
    assert [number.called for number in find(text)] == [called]


@pytest.mark.parametrize(
    ("number", "faults", "why"),
    [
        ("202010566088.9", (), "right"),
        ("202010566088", (), "a check digit left out is no fault"),
        ("99113861.9", (), "right, before October 2003"),
        ("202010566088.8", (Fault.CHECK_DIGIT,), "check digit"),
        ("202040566088", (Fault.KIND,), "no kind 4"),
        ("202710566088", (Fault.YEAR,), "next year"),
        ("200210566088", (Fault.YEAR,), "long form, 2002"),
        ("200310566088", (), "long form, 2003"),
        ("04113861", (Fault.YEAR,), "short form, 2004"),
        ("03113861", (), "short form, 2003"),
        ("84113861", (Fault.YEAR,), "before there were patents"),
        ("202010000000", (Fault.SEQUENCE,), "sequence zero"),
        ("20201056608", (Fault.LENGTH,), "eleven digits"),
    ],
)
def test_faults(number: str, faults: tuple[Fault, ...], why: str) -> None:
    (found,) = find(f"专利号ZL{number}")
    assert found.faults(TODAY) == faults, why


@pytest.mark.parametrize(
    ("digits", "protection", "last_day"),
    [
        ("202010566088", Protection.INVENTION, date(2040, 12, 31)),
        ("202080566088", Protection.INVENTION, date(2040, 12, 31)),
        ("202020566088", Protection.UTILITY_MODEL, date(2030, 12, 31)),
        ("202090566088", Protection.UTILITY_MODEL, date(2030, 12, 31)),
        ("202030566088", Protection.DESIGN, date(2030, 12, 31)),
        # Some of 2021 have ten years; the number does not tell which.
        ("202130566088", Protection.DESIGN, date(2036, 12, 31)),
        ("99113861", Protection.INVENTION, date(2019, 12, 31)),
        ("202050566088", None, None),
    ],
)
def test_terms(digits: str, protection: Protection | None, last_day: date | None) -> None:
    (found,) = find(f"专利号ZL{digits}")
    assert (found.protection, found.last_day) == (protection, last_day)


@given(
    year=st.integers(2003, 2026),
    kind=st.sampled_from("12389"),
    sequence=st.integers(1, 9_999_999),
    changed=st.integers(0, 11),
    by=st.integers(1, 9),
)
def test_a_changed_digit_is_noticed(
    year: int, kind: str, sequence: int, changed: int, by: int
) -> None:
    digits = f"{year}{kind}{sequence:07}"
    check = patent_check_digit(digits)
    (right,) = find(f"专利号：ZL{digits}.{check}")
    assert right.faults(TODAY) == ()
    other = digits[:changed] + str((int(digits[changed]) + by) % 10) + digits[changed + 1 :]
    (wrong,) = find(f"专利号：ZL{other}.{check}")
    assert Fault.CHECK_DIGIT in wrong.faults(TODAY)


@given(st.text(alphabet="专利申请号公布证书ZzLlCcNnｚ０1239.xX·*:： \n"))
def test_numbers_stand_where_they_say(text: str) -> None:
    folded = fold(text).text
    ends = 0
    for number in find_patent_numbers(folded):
        assert ends <= number.start < number.end <= len(folded)
        ends = number.end
        stands = re.sub(r"[^0-9x]", "", folded[number.start : number.end])
        assert stands == number.digits + (number.check or "").lower()
