"""One row of the register form becomes one Right; CSV and XLSX share it.

Columns and their meaning: INTERFACES.md, "Register file".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO, TypedDict, TypeVar

from domain.common import Refusal, RightId
from domain.money import Money
from domain.rights import (
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    PriceBand,
    RegisterEntry,
    Right,
    RightKind,
    claim_of,
    is_same_holder,
)
from register.cells import (
    FieldRefused,
    read_classes,
    read_date,
    read_id,
    read_kind,
    read_list,
    read_name,
    read_office,
    read_patent_number,
    read_paths,
    read_period,
    read_price,
    read_season,
    read_status,
    read_vienna,
    refuse,
)
from register.formats import Reading, RegisterRow
from register.spreadsheets import read_table
from register.tables import MAX_BYTES, Row, Table, notes_on_columns

COLUMNS = frozenset(
    {
        *("right_id", "kind", "name", "other_names", "number", "office", "nice_classes"),
        *("vienna_codes", "goods", "holder", "valid_from", "valid_to", "logos", "photos"),
        *("status", "filed_on"),
        *("area", "product", "standard", "season_from", "season_to"),
        *("price_low", "price_high", "price_currency", "price_unit", "notes"),
    }
)
REQUIRED = ("right_id", "kind", "name")
_OF_INDICATIONS = ("area", "product", "standard", "season_from", "season_to")
_MARK_KINDS_OF_INDICATIONS = {RightKind.CERTIFICATION_MARK, RightKind.COLLECTIVE_MARK}
_MARKS = {RightKind.MARK, RightKind.WELL_KNOWN_MARK, RightKind.TIME_HONOURED_BRAND}
_SIGNS = {RightKind.OFFICIAL_SIGN, RightKind.SPECIAL_SIGN, RightKind.OLYMPIC_SIGN}

T = TypeVar("T")


class _Common(TypedDict):
    """The fields that every kind of Right has."""

    right_id: RightId
    kind: RightKind
    name: str
    other_names: tuple[str, ...]
    number: str | None
    office: str | None
    nice_classes: tuple[int, ...]
    goods: tuple[str, ...]
    holder: str | None
    valid_from: date | None
    valid_to: date | None
    logos: tuple[str, ...]
    photos: tuple[str, ...]
    price_band: PriceBand | None
    notes: str | None
    entry: RegisterEntry | None


def read_rows(name: str, file: BinaryIO, size: int) -> Reading:
    """Read a CSV or XLSX file in the register form."""
    return rights_of(name, read_table(name, file.read(MAX_BYTES + 1)))


def rights_of(name: str, table: Table) -> Reading:
    """Read every row of a table; a row with any fault is refused, each fault with its reason."""
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    yield from (*table.refusals, *notes)
    seen = _Seen()
    for number, row in enumerate(table.rows if readable else (), start=1):
        reader = _RowReader(name, row)
        right = reader.read()
        if right is not None and seen.accept(right, reader):
            share = number / len(table.rows)
            yield RegisterRow(right=right, line=row.line, share=share)
        yield from reader.refusals
    if readable and not table.rows and not table.refusals:
        yield Refusal(file=name, reason="expected rows below the header, got none")


class _Seen:
    """The rights of a file so far: none stands twice, no number has two holders."""

    def __init__(self) -> None:
        self._lines: dict[RightId, int] = {}
        self._holders: dict[tuple[str, str, str], tuple[str | None, int]] = {}

    def accept(self, right: Right, reader: _RowReader) -> bool:
        """Keep a right; one that contradicts an earlier row is refused, naming that row."""
        if right.right_id in self._lines:
            first = self._lines[right.right_id]
            reader.refuse("right_id", f"expected each right once, got it on line {first} already")
            return False
        claim = claim_of(right)
        holder, first = self._holders.get(claim, (None, 0)) if claim else (None, 0)
        if not is_same_holder(holder, right.holder):
            reader.refuse(
                "number",
                f"expected one holder for each number of an office, got {right.number} on line "
                f"{first} already for another holder",
            )
            return False
        if claim and right.holder:
            self._holders.setdefault(claim, (right.holder, reader.line))
        self._lines[right.right_id] = reader.line
        return True


class _RowReader:
    """Reads the cells of one row and gathers every fault, not only the first."""

    def __init__(self, file: str, row: Row) -> None:
        self._file = file
        self._row = row
        self.refusals: list[Refusal] = []

    @property
    def line(self) -> int:
        return self._row.line

    def refuse(self, field: str, reason: str) -> None:
        self.refusals.append(
            Refusal(file=self._file, line=self._row.line, field=field, reason=reason)
        )

    def read(self) -> Right | None:
        """Return the row's Right; None when any cell was refused."""
        kind = self._checked(lambda: read_kind("kind", self._cell("kind")), RightKind.MARK)
        right = self._make(kind, self._common(kind))
        if self.refusals:
            return None
        self._note_left_out(right)
        return right

    def _cell(self, column: str) -> str:
        return self._row.cells.get(column, "")

    def _checked(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except FieldRefused as error:
            self.refuse(error.where, f"expected {error.expected}, got {error.got}")
            return otherwise

    def _common(self, kind: RightKind) -> _Common:
        cell, checked = self._cell, self._checked
        other_names = read_list(cell("other_names"))
        for other in other_names:
            checked(lambda other=other: read_name("other_names", other), "")  # type: ignore[misc]
        no_period: tuple[date | None, date | None] = (None, None)
        valid_from, valid_to = checked(
            lambda: read_period((cell("valid_from"), cell("valid_to"))), no_period
        )
        return _Common(
            right_id=RightId(checked(lambda: read_id("right_id", cell("right_id")), "")),
            kind=kind,
            name=checked(lambda: read_name("name", cell("name")), ""),
            other_names=other_names,
            number=cell("number") or None,
            office=checked(lambda: read_office("office", cell("office")), None),
            nice_classes=checked(lambda: read_classes("nice_classes", cell("nice_classes")), ()),
            goods=read_list(cell("goods")),
            holder=cell("holder") or None,
            valid_from=valid_from,
            valid_to=valid_to,
            logos=checked(lambda: read_paths("logos", cell("logos")), ()),
            photos=checked(lambda: read_paths("photos", cell("photos")), ()),
            price_band=checked(self._price_band, None),
            notes=cell("notes") or None,
            entry=checked(self._entry, None),
        )

    def _entry(self) -> RegisterEntry | None:
        status, filed = self._cell("status"), read_date("filed_on", self._cell("filed_on"))
        if not status and filed is None:
            return None
        return RegisterEntry(status=read_status("status", status or "registered"), filed_on=filed)

    def _price_band(self) -> PriceBand | None:
        currency, unit = self._cell("price_currency"), self._cell("price_unit") or None
        low = read_price("price_low", self._cell("price_low"), currency)
        high = read_price("price_high", self._cell("price_high"), currency)
        if low is not None and high is not None and _is_above(low, high):
            raise refuse("price_high", f"an amount not below {low}", self._cell("price_high"))
        if low is None and high is None:
            return None
        return PriceBand(low=low, high=high, unit=unit)

    def _make(self, kind: RightKind, common: _Common) -> Right:
        area = read_list(self._cell("area"))
        if kind is RightKind.GI and not area:
            self.refuse("area", "expected the protected area of the indication, got nothing")
        # 商标法 art. 16: an indication may be protected as a certification or collective mark.
        if kind is RightKind.GI or (area and kind in _MARK_KINDS_OF_INDICATIONS):
            return GeographicalIndication(
                **common,
                area=area,
                product=self._cell("product") or None,
                standard=self._cell("standard") or None,
                season_from=self._season("season_from"),
                season_to=self._season("season_to"),
            )
        if kind in _SIGNS:
            return OfficialSign(**common)
        if kind in _MARKS | _MARK_KINDS_OF_INDICATIONS:
            no_codes: tuple[str, ...] = ()
            codes = self._checked(
                lambda: read_vienna("vienna_codes", self._cell("vienna_codes")), no_codes
            )
            return Mark(**common, vienna_codes=codes)
        self._checked(lambda: read_patent_number("number", common["number"]), None)
        return Patent(**common)

    def _season(self, column: str) -> str | None:
        return self._checked(lambda: read_season(column, self._cell(column)), None)

    def _note_left_out(self, right: Right) -> None:
        """Name the cells for which this kind of right has no place."""
        unfit: tuple[str, ...] = () if isinstance(right, Mark) else ("vienna_codes",)
        if not isinstance(right, GeographicalIndication):
            unfit += _OF_INDICATIONS
        for column in unfit:
            if self._cell(column):
                self.refuse(
                    column, f"has no meaning for a {right.kind.value}; left out, the row is kept"
                )


def _is_above(low: Money, high: Money) -> bool:
    return low.amount_minor > high.amount_minor
