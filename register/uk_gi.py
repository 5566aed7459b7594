"""Geographical indications of the United Kingdom: the CSV of its register of GI products.

Quirks: columns begin with EA_; several names of one indication are parted by “ / ”; dates are
DD/MM/YYYY; an application has no date. No area is given but countries, so rules on origin stay
silent.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from domain.common import Refusal
from domain.rights import GeographicalIndication, RegisterEntry, RightKind
from register.cells import FieldRefused, read_date, refuse
from register.entries import GI_STATUSES, make_id, read_goods
from register.formats import Reading, RegisterRow
from register.gi_names import read_names
from register.spreadsheets import read_table
from register.tables import MAX_BYTES, Row, notes_on_columns

OFFICE = "GB"
COLUMNS = frozenset(
    {
        *("ea_filenumber", "ea_name", "ea_type", "ea_producttype", "ea_productcategory"),
        *("ea_country", "ea_status", "ea_dateregistration", "ea_legalinstrument"),
    }
)
REQUIRED = ("ea_filenumber", "ea_name", "ea_status")


def recognises(head: bytes) -> bool:
    """Tell by two columns of the header."""
    header = head.lstrip(b"\xef\xbb\xbf\r\n ").split(b"\n", 1)[0].lower()
    return b"ea_filenumber" in header and b"ea_name" in header


def read(name: str, file: BinaryIO, size: int) -> Reading:
    """Read each row."""
    table = read_table(name, file.read(MAX_BYTES + 1), REQUIRED)
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    yield from (*table.refusals, *notes)
    for number, row in enumerate(table.rows if readable else (), start=1):
        try:
            right = _read_row(row)
            yield RegisterRow(right=right, line=row.line, share=number / len(table.rows))
        except FieldRefused as error:
            reason = f"expected {error.expected}, got {error.got}"
            yield Refusal(file=name, line=row.line, field=error.where, reason=reason)


def _read_row(row: Row) -> GeographicalIndication:
    cells = row.cells
    status = GI_STATUSES.get(cells["ea_status"].casefold())
    if status is None:
        raise refuse("ea_status", "one of " + ", ".join(GI_STATUSES), cells["ea_status"])
    names = read_names("ea_name", cells["ea_name"].split(" / "))
    return GeographicalIndication(
        right_id=make_id(OFFICE, cells["ea_filenumber"]),
        kind=RightKind.GI,
        name=names[0],
        other_names=names[1:],
        number=cells["ea_filenumber"],
        office=OFFICE,
        goods=read_goods([cells.get("ea_productcategory", "")]),
        valid_from=_read_day(cells.get("ea_dateregistration", "")),
        notes=cells.get("ea_legalinstrument") or None,
        entry=RegisterEntry(
            status=status,
            status_text=cells["ea_status"],
            countries=tuple(
                part.strip() for part in cells.get("ea_country", "").split(",") if part.strip()
            ),
            product_type=cells.get("ea_producttype") or None,
        ),
    )


def _read_day(text: str) -> date | None:
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    return read_date("ea_dateregistration", f"{year}-{month}-{day}" if rest else text)
