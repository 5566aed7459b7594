"""Keys of GS1 in the writings of EPCIS: places and parties (GLN), pallets and parcels (SSCC).

Read are EPC URIs and GS1 Digital Links (GS1 Tag Data Standard, 6.3 and 10; GS1 Digital Link URI
Syntax), and the bare digits. The check digit is that of all GS1 keys: 3 and 1 by turns from the
right.
"""

from __future__ import annotations

import re

from stdnum import ean

_SPACES = re.compile(r"[\s\-]")


def gln_of(identifier: str) -> str | None:
    """Return the GLN that an EPC URI or GS1 Digital Link of a place or party spells out.

    In urn:epc:id:sgln:0614141.00777.0 company prefix and location have 12 digits together, the
    check digit follows from them; in …/414/0614141007778/254/0 it is written.
    """
    scheme, _, rest = identifier.partition("urn:epc:id:")
    if not scheme and rest.startswith(("sgln:", "pgln:")):
        digits = "".join(rest[5:].split(".")[:2])
        return _with_check_digit(digits, 12)
    for mark in ("/414/", "/417/"):
        digits = identifier.partition(mark)[2].partition("/")[0].partition("?")[0]
        if found := read_gln(digits):
            return found
    return None


def sscc_of(identifier: str) -> str | None:
    """Return the SSCC that an EPC URI or GS1 Digital Link of a pallet or parcel spells out.

    In urn:epc:id:sscc:0614141.1234567890 the first digit behind the point is the extension, which
    stands first in the number; in …/00/106141412345678908 it is written.
    """
    scheme, _, rest = identifier.partition("urn:epc:id:sscc:")
    if not scheme and rest:
        prefix, _, serial = rest.partition(".")
        return _with_check_digit(serial[:1] + prefix + serial[1:], 17)
    digits = identifier.partition("/00/")[2].partition("/")[0].partition("?")[0]
    return read_sscc(digits)


def read_gln(text: str) -> str | None:
    """Return thirteen digits with the right check digit, or None."""
    return _checked(text, 13)


def read_sscc(text: str) -> str | None:
    """Return eighteen digits with the right check digit, or None; a leading (00) is left off."""
    return _checked(text.removeprefix("(00)"), 18)


def _checked(text: str, length: int) -> str | None:
    digits = _SPACES.sub("", text[:40])
    if len(digits) != length or not digits.isdecimal():
        return None
    return digits if _with_check_digit(digits[:-1], length - 1) == digits else None


def _with_check_digit(digits: str, length: int) -> str | None:
    if len(digits) != length or not (digits.isascii() and digits.isdecimal()):
        return None
    # An all-zero number passes every check digit and names nobody.
    return digits + str(ean.calc_check_digit(digits)) if digits.strip("0") else None
