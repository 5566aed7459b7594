"""Licensees and listed users: who may use which Right, where and when."""

from __future__ import annotations

from dataclasses import dataclass

from stdnum.cn import uscc as uscc_number
from stdnum.exceptions import ValidationError

from domain.common import Refusal, RightId
from domain.rights import Authorisation
from register.cells import FieldRefused, read_id, read_period, refuse
from register.tables import Row, Table, notes_on_columns

COLUMNS = frozenset(
    ("right_id", "party", "uscc", "platform", "seller_key", "area", "valid_from", "valid_to")
)
REQUIRED = ("right_id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationsReading:
    """What one file of authorisations held, in file order, and what was refused."""

    authorisations: tuple[Authorisation, ...]
    refusals: tuple[Refusal, ...]
    lines: tuple[int, ...] = ()
    """Of each authorisation, the 1-based line or row where it (first) stands."""


def authorisations_of(name: str, table: Table) -> AuthorisationsReading:
    """Read every row of a table; a row that stands twice counts once."""
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    refusals = [*table.refusals, *notes]
    found: dict[Authorisation, int] = {}
    for row in table.rows if readable else ():
        try:
            found.setdefault(_read(row), row.line)
        except FieldRefused as error:
            reason = f"expected {error.expected}, got {error.got}"
            refusals.append(Refusal(file=name, line=row.line, field=error.where, reason=reason))
    if readable and not table.rows and not table.refusals:
        refusals.append(Refusal(file=name, reason="expected rows below the header, got none"))
    return AuthorisationsReading(
        authorisations=tuple(found), refusals=tuple(refusals), lines=tuple(found.values())
    )


def _read(row: Row) -> Authorisation:
    cells = row.cells
    right_id = read_id("right_id", cells["right_id"])
    party, uscc = cells.get("party") or None, cells.get("uscc") or None
    platform, seller_key = cells.get("platform") or None, cells.get("seller_key") or None
    if uscc is not None:
        uscc = _read_uscc(uscc)
    if party is None and uscc is None and seller_key is None:
        raise refuse("party", "one of party, uscc and seller_key to name who is authorised", "")
    if seller_key is not None and platform is None:
        # The same key names different people on two platforms.
        raise refuse("platform", "the platform that the seller_key belongs to", "")
    valid_from, valid_to = read_period((cells.get("valid_from", ""), cells.get("valid_to", "")))
    return Authorisation(
        right_id=RightId(right_id),
        party=party,
        uscc=uscc,
        platform=platform,
        seller_key=seller_key,
        area=cells.get("area") or None,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _read_uscc(text: str) -> str:
    """Return a 统一社会信用代码 with a right check character (GB 32100-2015)."""
    try:
        return str(uscc_number.validate(text))
    except ValidationError:
        raise refuse("uscc", "18 characters with a right check character", text) from None
