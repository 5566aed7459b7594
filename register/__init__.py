"""Official register bytes become Rights, and spreadsheets of licensees become Authorisations.

A reader never raises for what a file holds: whatever cannot be used becomes a `Refusal` with the
line, the field and the reason, and every good row is kept.
"""

from __future__ import annotations

from register.authorisations import AuthorisationsReading, authorisations_of
from register.formats import Format, RegisterReading
from register.rows import rights_of
from register.spreadsheets import read_table

__all__ = [
    "FORMATS",
    "AuthorisationsReading",
    "Format",
    "RegisterReading",
    "read_authorisations",
    "read_register",
]


def _read_rows(name: str, data: bytes) -> RegisterReading:
    return rights_of(name, read_table(name, data))


FORMATS: tuple[Format, ...] = (
    # The last entry takes whatever no other recognises, and refuses it in words if it must.
    Format(name="table", recognises=lambda name, data: True, read=_read_rows),
)
"""Register formats in the order they are tried. A new one: one file in this room, one line here."""


def read_register(name: str, data: bytes) -> RegisterReading:
    """Read a register file of any known format; the bytes decide which, not the file's name.

    A right_id that stands twice in one file is refused the second time.
    """
    for form in FORMATS:
        if form.recognises(name, data):
            return form.read(name, data)
    raise AssertionError("the last format recognises everything")


def read_authorisations(name: str, data: bytes) -> AuthorisationsReading:
    """Read a CSV or XLSX file of authorisations (columns in INTERFACES.md)."""
    return authorisations_of(name, read_table(name, data))
