"""Official register bytes become Rights, and spreadsheets of licensees become Authorisations.

A reader never raises for what a file holds: whatever cannot be used becomes a `Refusal` with the
line, the field and the reason, and every good row is kept.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from domain.common import BrokenFile, Refusal
from register import eambrosia, uk_gi, uspto, wipo_st66, wipo_st96
from register.archives import open_parts, refusal_of
from register.authorisations import REQUIRED, AuthorisationsReading, authorisations_of
from register.formats import HEAD_BYTES, Format, Reading, RegisterReading, RegisterRow, gather
from register.rows import read_rows
from register.spreadsheets import read_table
from register.tables import is_table

__all__ = [
    "FORMATS",
    "AuthorisationsReading",
    "Format",
    "Reading",
    "RegisterReading",
    "RegisterRow",
    "read_authorisations",
    "read_register",
    "stream_register",
]

FORMATS: tuple[Format, ...] = (
    Format(name="USPTO TRTDXFAP", recognises=uspto.recognises, read=uspto.read),
    Format(name="WIPO ST.66", recognises=wipo_st66.recognises, read=wipo_st66.read),
    Format(name="WIPO ST.96", recognises=wipo_st96.recognises, read=wipo_st96.read),
    Format(name="eAmbrosia", recognises=eambrosia.recognises, read=eambrosia.read),
    Format(name="UK GI register", recognises=uk_gi.recognises, read=uk_gi.read),
    # Whatever is neither XML nor JSON, to be refused in words if it must.
    Format(name="CSV, XLSX or XLS", recognises=is_table, read=read_rows),
)
"""Register formats in the order they are tried. A new one: one file in this room, one line here."""


def stream_register(name: str, file: BinaryIO, size: int) -> Reading:
    """Read a register file of any known form, plain or in a ZIP archive, as a stream.

    The bytes decide which form, not the file's name. An entry that stands twice in an official
    register is given twice, the later one being its later state; in a table it is refused.
    `size` is that of the file in bytes.
    """
    for part in open_parts(name, file, size):
        if isinstance(part, Refusal):
            yield part
            continue
        try:
            yield from _read_part(*part)
        except BrokenFile as error:
            yield refusal_of(error)


def read_register(name: str, data: bytes) -> RegisterReading:
    """Read a register file and hold all of it."""
    return gather(stream_register(name, io.BytesIO(data), max(1, len(data))))


def read_authorisations(name: str, data: bytes) -> AuthorisationsReading:
    """Read a CSV, XLSX or XLS file of authorisations (columns in INTERFACES.md)."""
    return authorisations_of(name, read_table(name, data, REQUIRED))


def _read_part(name: str, file: BinaryIO, size: int) -> Reading:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    for form in FORMATS:
        if form.recognises(head):
            yield from form.read(name, file, size)
            return
    known = ", ".join(form.name for form in FORMATS)
    yield Refusal(file=name, reason=f"expected one of {known}, got XML or JSON of another form")
