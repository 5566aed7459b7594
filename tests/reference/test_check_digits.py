"""Check digits, against numbers whose digit was worked out by hand or stands in the standard."""

from __future__ import annotations

import pytest

from reference.check_digits import patent_check_digit, registration_is_valid, s10_is_valid


@pytest.mark.parametrize(
    ("number", "valid", "why"),
    [
        ("EE473124829CN", True, "8·4+6·7+4·3+2·1+3·2+5·4+9·8+7·2=200, 200 mod 11=2, 11-2=9"),
        ("EE473124828CN", False, "another check digit"),
        ("RR000000005CN", True, "sum 0 gives 11, which S10 writes as 5"),
        ("RR000000080CN", True, "sum 56 gives 10, which S10 writes as 0"),
        ("ee473124829cn", False, "upper case only; folding is the caller's"),
        ("EE47312482CN", False, "a digit short"),
        ("EE４７３１２４８２９CN", False, "full-width digits"),
    ],
)
def test_s10(number: str, valid: bool, why: str) -> None:
    assert s10_is_valid(number) is valid, why


@pytest.mark.parametrize(
    ("number", "valid", "why"),
    [
        ("330106000000013", True, "right check digit by ISO 7064 MOD 11,10"),
        ("330106000000031", False, "two digits changed places"),
        ("33010600000001", False, "fourteen digits"),
        ("3301060000000011", False, "sixteen digits"),
    ],
)
def test_registration(number: str, valid: bool, why: str) -> None:
    assert registration_is_valid(number) is valid, why


def test_one_registration_check_digit_in_ten_is_right() -> None:
    right = [digit for digit in range(10) if registration_is_valid(f"33010600000001{digit}")]
    assert len(right) == 1


@pytest.mark.parametrize(
    ("number", "digit", "why"),
    [
        ("201710601862", "3", "4+4+35+6+48+2+24+24+10=157, 157 mod 11=3"),
        ("95115608", "X", "18+15+4+5+30+42+72=186, 186 mod 11=10"),
        ("00000000", "0", "nothing to add"),
    ],
)
def test_patents(number: str, digit: str, why: str) -> None:
    assert patent_check_digit(number) == digit, why
