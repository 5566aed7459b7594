"""Why rows of a file were refused, in the language of the page.

Refusals are written in English, "expected …, got …". What is expected of records is translated by
the list below; what is not in it, and what was got, stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from domain.common import Refusal
from web.languages import mark

_FORM = re.compile(r"expected (?P<expected>.+?)(?:, got (?P<got>.*))?", re.DOTALL)
_ON_LINE = re.compile(r"it on line (\d+) already")
_CELLS = re.compile(r"(\d+) cells as in the header")

_EXPECTED: tuple[str, ...] = (
    mark("a social credit code of 18 characters with its check digit"),
    mark("a waybill number of 8 to 30 letters and digits"),
    mark("all digits; format the column as text before it is saved"),
    mark("a date such as 2024-03-05, 2024/3/5, 2024年3月5日 or 5-Mar-24"),
    mark("the year first: which is the day, which the month?"),
    mark("a day of the calendar and a time of the day"),
    mark("one value a cell, got cells merged across columns"),
    mark("a value, got a formula without a stored one; open and save the file"),
    mark("container numbers of ISO 6346 with their check digit"),
    mark("SHA-256 digests of 64 hex digits"),
    mark("platform/seller_key"),
    mark("name;uscc;phone"),
    mark("each key once"),
    mark("a key"),
    mark("a name"),
    mark("an address"),
    mark("a waybill"),
    mark("an event"),
    mark("a declaration number"),
    mark("rows below the headings"),
    mark("a sheet that is shown"),
    mark("columns of known names, or ones whose meaning a person confirmed"),
    mark("the five types of events of EPCIS 2.0"),
    mark("text in one encoding (UTF-8 or GB18030)"),
    mark("a closing quotation mark"),
    mark("a row of the table"),
)
_GOT: tuple[str, ...] = (
    mark("nothing"),
    mark("none"),
    mark("a control character"),
    mark("damaged bytes"),
    mark("its totals"),
    mark("a hidden one, which was not read"),
)
_BOTH = mark("expected %(expected)s, got %(got)s")
_ALONE = mark("expected %(expected)s")
_TWICE = mark("it on line %(line)s already")
_SO_MANY = mark("%(count)s cells as in the header")


def reason_of(refusal: Refusal, translate: Callable[[str], str]) -> str:
    """Return why a row was refused; `translate` gives the sentence of the page's language."""
    for whole in _EXPECTED:
        if refusal.reason == f"expected {whole}":
            return translate(_ALONE) % {"expected": translate(whole)}
    found = _FORM.fullmatch(refusal.reason)
    if found is None:
        return refusal.reason
    expected = _translated(found["expected"], _EXPECTED, translate)
    if counted := _CELLS.fullmatch(expected):
        expected = translate(_SO_MANY) % {"count": counted[1]}
    got = found["got"]
    if not got:
        return translate(_ALONE) % {"expected": expected}
    got = _translated(got, _GOT, translate)
    if line := _ON_LINE.fullmatch(got):
        got = translate(_TWICE) % {"line": line[1]}
    return translate(_BOTH) % {"expected": expected, "got": got}


def _translated(text: str, known: tuple[str, ...], translate: Callable[[str], str]) -> str:
    return translate(text) if text in known else text
