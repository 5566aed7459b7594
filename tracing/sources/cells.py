"""What a cell of a table says, read by what its column means.

Whoever fills in a table leaves traces: an apostrophe before a number, full-width digits, .0 behind
a phone, a dash for nothing. These are taken off. What has lost digits (1.38E+10) is refused, and
nothing is put where nothing stands.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from stdnum import iso6346

from domain.common import RefusedInput
from domain.forms.fields import write_time
from reference.folding import fold
from reference.platform_names import platform_named
from reference.written_dates import read_moment
from tracing.codes import read_uscc
from tracing.waybills import read_waybill

_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "未提供", "不详", "空"}
    | {"null", "none", "nil", "n/a", "na", "#n/a"}
)
"""What people and programs write for nothing, in small letters."""
_EXPONENT = re.compile(r"[+-]?\d(?:\.\d+)?e[+-]?\d{1,3}", re.IGNORECASE)
_FRACTION_OF_NOTHING = re.compile(r"(\d{5,})\.0+")
_BETWEEN_NUMBERS = re.compile(r"[|、,，;；/\n]+|\s{2,}")
_MASKED = re.compile(r"[\d+()\-\s]*[*＊•×xX]{2,}[\d*＊•×xX\-\s]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def plain(cell: str) -> str:
    """Return a cell's text without an apostrophe that only told a spreadsheet "this is text"."""
    text = cell.strip().strip("\ufeff\u200b").strip()
    if text.startswith(("'", "’", "‘")) and len(text) > 1:
        text = text[1:].lstrip()
    return "" if text.casefold() in _NOTHING else text


def is_masked(cell: str) -> bool:
    """Tell whether a number is shown in part only: 138****8000."""
    return _MASKED.fullmatch(cell) is not None


def number_text(cell: str, field: str) -> str:
    """Return a number as its digits: full-width ones made plain, a .0 of a spreadsheet taken off.

    Raises: RefusedInput for a number written by its exponent, whose last digits are lost.
    """
    text = cell.strip()
    folded = fold(text).text.strip()
    if _EXPONENT.fullmatch(folded.replace(" ", "")):
        expected = "all digits; format the column as text before it is saved"
        raise RefusedInput(expected=expected, got=repr(text[:40]), where=field)
    if whole := _FRACTION_OF_NOTHING.fullmatch(folded):
        return whole[1]
    return text if text.isascii() else folded.upper()


def numbers(cell: str, field: str) -> list[str]:
    """Cut a cell of several numbers (bars, commas, semicolons, slashes, line breaks) and read each.

    Raises: RefusedInput as `number_text`.
    """
    return list(dict.fromkeys(number_text(part, field) for part in parts(cell)))


def parts(cell: str) -> list[str]:
    """Cut a cell of several numbers, as they stand."""
    return [part.strip() for part in _BETWEEN_NUMBERS.split(cell) if plain(part)]


def several(cell: str) -> list[str]:
    """Cut a cell of several values at its vertical bars."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def uscc(cell: str, field: str) -> str:
    """Return a social credit code in upper case.

    Raises: RefusedInput when the code's form or check digit is wrong (GB 32100-2015).
    """
    code = read_uscc(number_text(cell, field))
    if code is None:
        expected = "a social credit code of 18 characters with its check digit"
        raise RefusedInput(expected=expected, got=repr(cell[:40]), where=field)
    return code


def waybill(cell: str, field: str) -> str:
    """Return a waybill number as it stands.

    Raises: RefusedInput for what is none, or several.
    """
    number = number_text(cell, field)
    if read_waybill(number) is None:
        expected = "a waybill number of 8 to 30 letters and digits"
        raise RefusedInput(expected=expected, got=repr(cell[:40]), where=field)
    return number


def moment(cell: str, field: str, zone: tzinfo) -> str:
    """Return a date or time in UTC as the Record form writes it.

    Raises: RefusedInput as `read_moment`.
    """
    try:
        return write_time(read_moment(cell, zone))
    except RefusedInput as fault:
        raise RefusedInput(expected=fault.expected, got=fault.got, where=field) from None


def shop(cell: str, field: str) -> list[str]:
    """Return platform and seller key of `platform/seller_key`.

    Raises: RefusedInput for any other form.
    """
    platform, slash, seller_key = cell.partition("/")
    if not (platform.strip() and slash and seller_key.strip()):
        raise RefusedInput(expected="platform/seller_key", got=repr(cell[:40]), where=field)
    return [platform_named(platform), seller_key.strip()]


def tenants(cell: str, field: str) -> list[dict[str, object]]:
    """Return the tenants of `name;uscc;phone|name;…`.

    Raises: RefusedInput for a tenant without name and code, or with a wrong code.
    """
    return [_tenant(part, field) for part in several(cell)]


def _tenant(text: str, field: str) -> dict[str, object]:
    # A person who types the list may well use the full-width semicolon.
    name, _, rest = text.replace("；", ";").partition(";")
    code, _, phones = rest.partition(";")
    if not name.strip() and not code.strip():
        raise RefusedInput(expected="name;uscc;phone", got=repr(text[:40]), where=field)
    return {
        "name": name.strip() or None,
        "uscc": uscc(code.strip(), field) if code.strip() else None,
        "phones": [number_text(one, field) for one in phones.split(";") if one.strip()],
    }


def digests(cell: str, field: str) -> str:
    """Return SHA-256 digests separated by vertical bars.

    Raises: RefusedInput for anything else.
    """
    found = [part.lower() for part in parts(cell)]
    if wrong := [one for one in found if not _SHA256.fullmatch(one)]:
        expected = "SHA-256 digests of 64 hex digits"
        raise RefusedInput(expected=expected, got=repr(wrong[0][:40]), where=field)
    return "|".join(found)


def containers(cell: str, field: str) -> str:
    """Return container numbers separated by vertical bars.

    Raises: RefusedInput when a number's form or check digit is wrong (ISO 6346).
    """
    found = [re.sub(r"[\s-]", "", one).upper() for one in numbers(cell, field)]
    if wrong := [one for one in found if not iso6346.is_valid(one)]:
        expected = "container numbers of ISO 6346 with their check digit"
        raise RefusedInput(expected=expected, got=repr(wrong[0][:40]), where=field)
    return "|".join(found)
