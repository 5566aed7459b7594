"""Licensees and listed users: who may use which Right, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.cn import uscc as uscc_number
from stdnum.exceptions import ValidationError

from domain.common import Refusal, RightId
from domain.rights import Authorisation
from register.cells import read_id, read_list, refuse
from register.checking import RowReader
from register.tables import Table, notes_on_columns

COLUMNS = frozenset(
    ("right_id", "party", "uscc", "platform", "seller_key", "area", "valid_from", "valid_to")
)
REQUIRED = ("right_id",)

_PLATFORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationsReading:
    """What one file of authorisations held, in file order, and what was refused."""

    authorisations: tuple[Authorisation, ...]
    refusals: tuple[Refusal, ...]
    lines: tuple[int, ...] = ()
    """Of each authorisation, the 1-based line or row where it (first) stands."""
    broken: int = 0
    """Rows that name nobody for certain, and were refused."""


def authorisations_of(name: str, table: Table) -> AuthorisationsReading:
    """Read every row of a table; a row that stands twice counts once, and that is told."""
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    refusals = [*table.refusals, *notes]
    found: dict[Authorisation, int] = {}
    broken = 0
    for row in table.rows if readable else ():
        reader = _AuthorisationReader(name, row)
        one = reader.read()
        if one in found:
            reader.refuse(None, f"expected each row once, got it on line {found[one]} already")
        elif one is not None:
            found[one] = row.line
        else:
            broken += 1
        refusals += reader.refusals
    if readable and not table.rows and not table.refusals:
        refusals.append(Refusal(file=name, reason="expected rows below the header, got none"))
    return AuthorisationsReading(
        authorisations=tuple(found),
        refusals=tuple(refusals),
        lines=tuple(found.values()),
        broken=broken,
    )


class _AuthorisationReader(RowReader):
    """Reads one row of the form of authorisations."""

    def read(self) -> Authorisation | None:
        """Return the row's Authorisation; None when any cell was refused."""
        cell = self.cell
        platform = self.checked(_read_platform, "platform", None)
        seller_key = cell("seller_key") or None
        if not (cell("party") or cell("uscc") or seller_key):
            self.refuse(
                "party",
                "expected one of party, uscc and seller_key to name who is authorised, got nothing",
            )
        if seller_key is not None and not cell("platform"):
            # The same key names different people on two platforms.
            self.refuse(
                "platform", "expected the platform that the seller_key belongs to, got nothing"
            )
        valid_from, valid_to = self.period()
        one = Authorisation(
            right_id=RightId(self.checked(read_id, "right_id", "")),
            party=cell("party") or None,
            uscc=self.checked(_read_uscc, "uscc", None),
            platform=platform,
            seller_key=seller_key,
            area=cell("area") or None,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        if self.refusals:
            return None
        self.note_unknown_places(read_list(cell("area")))
        return one


def _read_platform(field: str, text: str) -> str | None:
    """Return a platform by the name that sightings give it; None for an empty cell."""
    if text and not _PLATFORM.fullmatch(text):
        raise refuse(field, "a platform as sightings name it (taobao, shop.example)", text)
    return text or None


def _read_uscc(field: str, text: str) -> str | None:
    """Return a 统一社会信用代码 with a right check character (GB 32100-2015); None for none."""
    if not text:
        return None
    try:
        return str(uscc_number.validate(text))
    except ValidationError:
        raise refuse(field, "18 characters with a right check character", text) from None
