"""Why rows of a file were refused, in the language of the page.

Refusals are written in English, "expected …, got …". What is expected is translated by the lists
below; what is not in them, and what was got, stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import chain, zip_longest

from domain.common import Refusal
from web.languages import mark

_FORM = re.compile(r"expected (?P<expected>.+?)(?:, got (?P<got>.*))?", re.DOTALL)
_EXPECTS = "expected "

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
    mark("%(count)s cells as in the header"),
    mark("1 to %(count)s characters"),
    mark("at most %(count)s characters"),
    mark("at most %(count)s rows"),
    mark("at most %(count)s bytes"),
    mark("at most %(count)s columns"),
    mark("text"),
    mark("a name with letters, Chinese characters or digits"),
    mark("the check digit %(digit)s behind %(digits)s"),
    mark("yes or no (是, 否)"),
    mark("a date as YYYY-MM-DD"),
    mark("a date not before valid_from %(day)s"),
    mark("a day of the year as MM-DD"),
    mark("Nice classes from 1 to 45, separated by |"),
    mark("Vienna codes such as 3.1.4, separated by |"),
    mark("a two-letter office code of WIPO ST.3 (CN, EM, US)"),
    mark("a decimal amount such as 199.00"),
    mark("an amount not below %(amount)s"),
    mark("the currency of the price (ISO 4217)"),
    mark("an ISO 4217 code"),
    mark("a path relative to the file, without .."),
    mark("the protected area of the indication"),
    mark("codes or names of divisions of China"),
    mark("each right once"),
    mark("one holder for each number of an office"),
    mark("the columns %(names)s in the header"),
    mark("a header row"),
    mark("every column once"),
    mark("rows below the header"),
    mark("a CSV, XLSX or XLS file"),
    mark("an XLSX workbook"),
    mark("one value a cell"),
    mark("one of party, uscc and seller_key to name who is authorised"),
    mark("the platform that the seller_key belongs to"),
    mark("each row once"),
    mark("pictures beside the file"),
    mark("a picture (%(forms)s)"),
    mark("a whole picture"),
    mark("a picture"),
    mark("at most %(count)s pixels"),
    mark("at most %(count)s pixels and %(side)s a side"),
    mark("a JPEG of at most %(count)s scans"),
    mark("at most %(count)s bytes of SVG"),
    mark("a whole SVG"),
    mark("an SVG drawing"),
    mark("a drawing with a view box or a width and a height"),
    mark("a drawing at most %(count)s times as long as wide"),
    mark("a drawing that can be rendered"),
    mark("elements <%(name)s>"),
    mark("a finite amount below 10^15"),
    mark("a platform as sightings name it (taobao, shop.example)"),
    mark("a whole list"),
    mark("18 characters with a right check character"),
    mark("one of %(choices)s"),
    mark("CSV, XLSX or XLS"),
    mark("a whole XLSX workbook"),
    mark("a whole .xls workbook"),
    mark("a table, and at most %(count)s, in a web page"),
    mark("at most %(count)s MiB of an old .xls"),
    mark("a row of headings among the first %(count)s"),
    mark("rows of a tracing source"),
    mark("text in UTF-8"),
    mark("text in UTF-8, UTF-16 with a byte order mark, or GB18030"),
    mark("at most %(count)s digits in a number"),
    mark("at most %(count)s characters in a cell"),
    mark("a CSV row"),
    mark("a number"),
    mark("a date"),
    mark("a value"),
    mark("a text"),
    mark("a year from %(first)s to %(last)s"),
    mark("each source and key once"),
    mark("each event once"),
    mark("a JSON object"),
    mark("JSON"),
    mark("a list of JSON objects"),
    mark("objects of 1 to %(count)s different members"),
    mark("a JSON document of at most %(count)s bytes"),
    mark("a line of at most %(count)s characters"),
    mark("an object"),
    mark("%(kind)s in every row"),
    mark("a time of ISO 8601"),
    mark("a time with a zone"),
    mark("a text that is not empty"),
    mark("%(count)s lower-case hex digits"),
    mark("a list of texts"),
    mark("an object of texts"),
    mark("a whole number"),
    mark("a decimal number as text"),
)
_GOT: tuple[str, ...] = (
    mark("nothing"),
    mark("none"),
    mark("a control character"),
    mark("damaged bytes"),
    mark("its totals"),
    mark("a hidden one, which was not read"),
    mark("it on line %(line)s already"),
    mark("%(count)s characters"),
    mark("none named %(names)s"),
    mark("none that can be read"),
    mark("no bytes"),
    mark("a HEIC file"),
    mark("%(count)s bytes of something else"),
    mark("several times as many"),
    mark("a damaged one (%(kind)s)"),
    mark("neither"),
    mark("other XML"),
    mark("nothing to draw"),
    mark("one that takes over %(seconds)s s"),
    mark("one that asks for too much, or is damaged"),
    mark("%(count)s broken rows: nobody was removed"),
    mark("twice: %(names)s"),
    mark("an empty file"),
    mark("an archive that is none; unpack it and bring the tables in it one by one"),
    mark("an archive without one"),
    mark("an archive; unpack it and bring the tables in it one by one"),
    mark("a PDF document; ask for the table itself as XLSX or CSV"),
    mark("a picture; ask for the table itself as XLSX or CSV"),
    mark("a text document; ask for the table itself as XLSX or CSV"),
    mark("a spreadsheet in XML; open it with a spreadsheet program and save it as .xlsx"),
    mark("a spreadsheet locked by a password; save it without one"),
    mark("more; save it as .xlsx"),
    mark("a broken one (%(kind)s)"),
    mark("more"),
    mark("more: the spreadsheet has lost the last ones; enter them again in a column of text"),
    mark("bytes that are neither; save the file as UTF-8"),
    mark("bytes that read as no Chinese in GB18030 (%(why)s); save the file as UTF-8"),
    mark("bytes that are not UTF-16 though their mark says so; save the file as UTF-8"),
    mark("one that cannot be cut into cells (%(why)s)"),
    mark("a number of none"),
    mark("the number %(number)s"),
    mark("the spreadsheet error %(error)s"),
    mark("it again"),
    mark("it on an earlier line already"),
    mark("another value"),
    mark("%(size)s; send it as JSON Lines or CSV"),
    mark("columns of no known kind of record: %(names)s"),
    mark("unsure ones: %(names)s"),
    mark("merged cells; unmerge them and fill each"),
    mark("%(number)s on line %(line)s already for another holder"),
    mark("%(number)s, which another holder has as %(right)s"),
    mark(
        "%(place)s (is %(like)s meant?); the row is kept, but nothing counts as outside this area"
    ),
    mark("%(place)s; the row is kept, but nothing counts as outside this area"),
)
_WHOLE: tuple[str, ...] = (
    mark("unknown columns left out: %(names)s; the rows are kept"),
    mark("has no meaning for a %(kind)s; left out, the row is kept"),
    mark("the register has no right %(right)s"),
)
"""Reasons that are no “expected …, got …”."""
_BOTH = mark("expected %(expected)s, got %(got)s")
_ALONE = mark("expected %(expected)s")
_PICTURE = mark("%(got)s in %(picture)s of %(right)s")
"""What was got instead of a picture that a row of a register names."""
_VALUE = re.compile(r"%\((\w+)\)s")


def reason_of(refusal: Refusal, translate: Callable[[str], str]) -> str:
    """Return why a row was refused; `translate` gives the sentence of the page's language."""
    whole = _translated(refusal.reason, _WHOLE, translate)
    if whole is not None:
        return whole
    if refusal.reason.startswith(_EXPECTS):
        # Asked of the whole first: some sentences hold “, got” themselves.
        expected = _translated(refusal.reason.removeprefix(_EXPECTS), _EXPECTED, translate)
        if expected is not None:
            return translate(_ALONE) % {"expected": expected}
    found = _FORM.fullmatch(refusal.reason)
    if found is None:
        return refusal.reason
    expected = _translated(found["expected"], _EXPECTED, translate) or found["expected"]
    if not found["got"]:
        return translate(_ALONE) % {"expected": expected}
    return translate(_BOTH) % {"expected": expected, "got": _got(found["got"], translate)}


def _got(got: str, translate: Callable[[str], str]) -> str:
    """Return what was got, and in which picture of which right where it says so."""
    known = _translated(got, _GOT, translate)
    picture = None if known else _pattern(_PICTURE).fullmatch(got)
    if picture is None:
        return known or got
    return translate(_PICTURE) % {
        **picture.groupdict(),
        "got": _got(picture["got"], translate),
    }


def _translated(text: str, known: tuple[str, ...], translate: Callable[[str], str]) -> str | None:
    """Return a sentence that is known, with its values, in the other language."""
    for sentence in known:
        found = _pattern(sentence).fullmatch(text)
        if found is not None:
            return translate(sentence) % found.groupdict()
    return None


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what finds the values in a sentence."""
    parts = _VALUE.split(sentence)
    words, names = map(re.escape, parts[::2]), parts[1::2]
    values = (f"(?P<{name}>(?:(?!, got ).)+)" for name in names)
    return re.compile("".join(chain.from_iterable(zip_longest(words, values, fillvalue=""))), re.S)
