"""Files that people bring for tables and that are none, told by their first bytes.

Each is refused in words that say what to do: "no headings found" in a PDF helps nobody.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from domain.common import BrokenFile

_LOOKED_AT = 4_096
_ASK = "ask for the table itself as XLSX or CSV"
_PICTURE = f"a picture; {_ASK}"
_ARCHIVE = "an archive; unpack it and bring the tables in it one by one"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", f"a PDF document; {_ASK}"),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"{\\rtf", f"a text document; {_ASK}"),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
)
OLE = b"\xd0\xcf\x11\xe0"
"""How compound files ([MS-CFB]) begin: old workbooks, locked ones, and documents."""
_XML_SPREADSHEET = re.compile(rb"\s*<\?xml.{0,300}?(?:Excel\.Sheet|office:spreadsheet)", re.DOTALL)
_SAVE = "open it with a spreadsheet program and save it as .xlsx"
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "a spreadsheet locked by a password; save it without one"),
    ("WordDocument", f"a text document; {_ASK}"),
)
"""Names of streams in compound files, the most telling first."""


def refuse_other_forms(name: str, file: BinaryIO) -> None:
    """Refuse what is neither text nor may be a workbook; goes back to the start.

    Raises: BrokenFile.
    """
    file.seek(0)
    head = file.read(_LOOKED_AT)
    got = next((said for start, said in _SIGNATURES if head.startswith(start)), None)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(OLE):
        got = _in_compound_file(head, file)
    elif _XML_SPREADSHEET.match(text):
        got = f"a spreadsheet in XML; {_SAVE}"
    file.seek(0)
    if got is not None:
        raise BrokenFile(expected="CSV, XLSX or XLS", got=got, where=name)


def _in_compound_file(head: bytes, file: BinaryIO) -> str | None:
    """Say what else than a workbook a compound file holds, by the first of its directory."""
    names = head
    if len(head) >= 512:
        (shift,) = struct.unpack_from("<H", head, 30)
        (first,) = struct.unpack_from("<I", head, 48)
        if shift in (9, 12) and first < 2**22:
            file.seek((first + 1) << shift)
            names += file.read(_LOOKED_AT)
    found = (said for stream, said in _STREAMS if stream.encode("utf-16-le") in names)
    return next(found, None)
