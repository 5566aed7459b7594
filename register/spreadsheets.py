"""Bytes of a CSV or XLSX file become one Table; the bytes decide which form they have."""

from __future__ import annotations

from register.csv_table import read_csv
from register.tables import MAX_BYTES, Table, refused_table
from register.xlsx_table import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read_table(name: str, data: bytes) -> Table:
    """Read rows under named columns; a file that is neither CSV nor XLSX is refused in words."""
    if not data.strip():
        return refused_table(name, "expected a CSV or XLSX file, got an empty file")
    if len(data) > MAX_BYTES:
        return refused_table(name, f"expected at most {MAX_BYTES} bytes, got {len(data)}")
    if data.startswith(_ZIP):
        return read_xlsx(name, data)
    if data.startswith(_OLE):
        return refused_table(
            name,
            "expected CSV or XLSX, got an old .xls or a spreadsheet locked by a password; "
            "save it as .xlsx without a password",
        )
    return read_csv(name, data)
