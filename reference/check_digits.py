"""Check digits of numbers that several rooms meet.

The 统一社会信用代码 (GB 32100-2015) is left to python-stdnum, which calls it `stdnum.cn.uscc`.
"""

from __future__ import annotations

import re

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
