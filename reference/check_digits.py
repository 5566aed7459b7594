"""Check digits of numbers that several rooms meet.

The 统一社会信用代码 (GB 32100-2015) is left to python-stdnum, which calls it `stdnum.cn.uscc`.
"""

from __future__ import annotations

import re

from stdnum import iso6346, luhn
from stdnum.iso7064 import mod_11_10

_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_REGISTRATION = re.compile(r"[0-9]{15}")


def s10_is_valid(number: str) -> bool:
    """Tell whether a postal item number has the form and check digit of UPU standard S10.

    Two letters of service, eight digits, the check digit, two letters of country; upper case.
    """
    if not _S10.fullmatch(number):
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(number[2:10], _S10_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    # S10 replaces the two results that are no digit: 10 by 0 and 11 by 5.
    return int(number[10]) == {10: 0, 11: 5}.get(check, check)


_UPS = re.compile(r"1Z[0-9A-Z]{15}[0-9]")


def ups_is_valid(number: str) -> bool:
    """Tell whether a number has the form and check digit of a UPS tracking number; upper case.

    1Z, fifteen digits or letters, the check digit: letters count (code - 63) modulo 10, every
    second place twice, and the sum with the check digit is a multiple of ten.
    """
    if not _UPS.fullmatch(number):
        return False
    values = [int(mark) if mark.isdigit() else (ord(mark) - 63) % 10 for mark in number[2:-1]]
    total = sum(value * (1 + at % 2) for at, value in enumerate(values))
    return -total % 10 == int(number[-1])


def container_is_valid(number: str) -> bool:
    """Tell whether a freight container number has its check digit (ISO 6346); upper case.

    Three letters of the owner, U, J or Z for the kind of equipment, six digits, the check digit.
    """
    return bool(iso6346.is_valid(number)) and number[3] in "UJZ"


def luhn_is_valid(number: str) -> bool:
    """Tell whether digits have the check digit of payment cards (ISO/IEC 7812-1)."""
    return number.isdecimal() and bool(luhn.is_valid(number))


def registration_is_valid(number: str) -> bool:
    """Tell whether a 15-digit business registration number (工商注册号) has its check digit.

    GS 15-2006: six digits of division, eight of sequence, one check digit by ISO 7064 MOD 11,10.
    The numbers are older than the 统一社会信用代码 and still stand on licences and shop pages.
    """
    return bool(_REGISTRATION.fullmatch(number)) and bool(mod_11_10.is_valid(number))


def patent_check_digit(number: str) -> str:
    """Return the check digit of a Chinese patent application: 0 to 9, or X for 10.

    `number`: the 12 digits before the point, or 8 of an application before October 2003. The sum
    of the digits times 2 to 9, then from 2 again, modulo 11 (ZC 0006-2003).
    """
    return "0123456789X"[sum(int(digit) * (2 + at % 8) for at, digit in enumerate(number)) % 11]
