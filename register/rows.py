"""One row of the register form becomes one Right; CSV and XLSX share it.

Columns and their meaning: INTERFACES.md, "Register file".
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, TypedDict

from domain.common import Refusal, RightId
from domain.money import Money
from domain.rights import (
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    PriceBand,
    RegisterEntry,
    RegisterStatus,
    Right,
    RightKind,
    claim_of,
    is_same_holder,
)
from register.cells import (
    read_classes,
    read_id,
    read_kind,
    read_list,
    read_name,
    read_office,
    read_patent_number,
    read_paths,
    read_price,
    read_season,
    read_status,
    read_vienna,
    read_written_date,
    read_yes,
)
from register.checking import RowReader
from register.formats import Reading, RegisterRow
from register.spreadsheets import read_table
from register.tables import MAX_BYTES, Table, notes_on_columns

STATUS_COLUMNS = ("status", "legal_status", "状态", "法律状态", "商标状态", "注册状态")
"""Names of the column of the status: to overlook it would make a right of an application."""
_OF_INDICATIONS = ("area", "product", "standard", "season_from", "season_to", "users_complete")
COLUMNS = frozenset(
    {
        *("right_id", "kind", "name", "other_names", "number", "office", "nice_classes"),
        *("vienna_codes", "goods", "holder", "valid_from", "valid_to", "logos", "photos"),
        *("filed_on", *STATUS_COLUMNS, *_OF_INDICATIONS),
        *("price_low", "price_high", "price_currency", "price_unit", "notes"),
    }
)
REQUIRED = ("right_id", "kind", "name")
_MARK_KINDS_OF_INDICATIONS = {RightKind.CERTIFICATION_MARK, RightKind.COLLECTIVE_MARK}
_MARKS = {RightKind.MARK, RightKind.WELL_KNOWN_MARK, RightKind.TIME_HONOURED_BRAND}
_SIGNS = {RightKind.OFFICIAL_SIGN, RightKind.SPECIAL_SIGN, RightKind.OLYMPIC_SIGN}


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
    """Read a CSV, XLSX or XLS file in the register form."""
    return rights_of(name, read_table(name, file.read(MAX_BYTES + 1), REQUIRED))


def rights_of(name: str, table: Table) -> Reading:
    """Read every row of a table; a row with any fault is refused, each fault with its reason."""
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    yield from (*table.refusals, *notes)
    seen = _Seen()
    for number, row in enumerate(table.rows if readable else (), start=1):
        reader = _RightReader(name, row)
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

    def accept(self, right: Right, reader: RowReader) -> bool:
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


class _RightReader(RowReader):
    """Reads one row of the register form."""

    def read(self) -> Right | None:
        """Return the row's Right; None when any cell was refused."""
        kind = self.checked(read_kind, "kind", RightKind.MARK)
        right = self._make(kind, self._common(kind))
        if self.refusals:
            return None
        self._note_left_out(right)
        if isinstance(right, GeographicalIndication):
            self.note_unknown_places(right.area)
        return right

    def _common(self, kind: RightKind) -> _Common:
        checked, cell = self.checked, self.cell
        other_names = read_list(cell("other_names"))
        for other in other_names:
            self.tried(lambda other=other: read_name("other_names", other), "")  # type: ignore[misc]
        valid_from, valid_to = self.period()
        return _Common(
            right_id=RightId(checked(read_id, "right_id", "")),
            kind=kind,
            name=checked(read_name, "name", ""),
            other_names=other_names,
            number=cell("number") or None,
            office=checked(read_office, "office", None),
            nice_classes=checked(read_classes, "nice_classes", ()),
            goods=read_list(cell("goods")),
            holder=cell("holder") or None,
            valid_from=valid_from,
            valid_to=valid_to,
            logos=checked(read_paths, "logos", ()),
            photos=checked(read_paths, "photos", ()),
            price_band=self._price_band(),
            notes=cell("notes") or None,
            entry=self._entry(),
        )

    def _entry(self) -> RegisterEntry | None:
        column = next((one for one in STATUS_COLUMNS if self.cell(one)), "status")
        status = self.checked(read_status, column, None)
        filed = self.checked(read_written_date, "filed_on", None)
        if status is None and filed is None:
            return None
        text = self.cell(column)
        return RegisterEntry(
            status=status or RegisterStatus.NOT_STATED,
            status_text=text if status is not None and text != status.value else None,
            filed_on=filed,
        )

    def _price_band(self) -> PriceBand | None:
        def read(column: str, text: str) -> Money | None:
            return read_price(column, text, self.cell("price_currency"))

        low = self.checked(read, "price_low", None)
        high = self.checked(read, "price_high", None)
        if low is not None and high is not None and low.amount_minor > high.amount_minor:
            self.refuse(
                "price_high", f"expected an amount not below {low}, got {self.cell('price_high')!r}"
            )
        if low is None and high is None:
            return None
        return PriceBand(low=low, high=high, unit=self.cell("price_unit") or None)

    def _make(self, kind: RightKind, common: _Common) -> Right:
        area = read_list(self.cell("area"))
        if kind is RightKind.GI and not area:
            self.refuse("area", "expected the protected area of the indication, got nothing")
        # 商标法 art. 16: an indication may be protected as a certification or collective mark.
        if kind is RightKind.GI or (area and kind in _MARK_KINDS_OF_INDICATIONS):
            return GeographicalIndication(
                **common,
                area=area,
                product=self.cell("product") or None,
                standard=self.cell("standard") or None,
                season_from=self.checked(read_season, "season_from", None),
                season_to=self.checked(read_season, "season_to", None),
                users_complete=self.checked(read_yes, "users_complete", False),
            )
        if kind in _SIGNS:
            return OfficialSign(**common)
        if kind in _MARKS | _MARK_KINDS_OF_INDICATIONS:
            return Mark(**common, vienna_codes=self.checked(read_vienna, "vienna_codes", ()))
        self.checked(read_patent_number, "number", None)
        return Patent(**common)

    def _note_left_out(self, right: Right) -> None:
        """Name the cells for which this kind of right has no place."""
        unfit: tuple[str, ...] = () if isinstance(right, Mark) else ("vienna_codes",)
        if not isinstance(right, GeographicalIndication):
            unfit += _OF_INDICATIONS
        for column in unfit:
            if self.cell(column):
                self.refuse(
                    column, f"has no meaning for a {right.kind.value}; left out, the row is kept"
                )
