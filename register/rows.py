"""One row of the register form becomes one Right; CSV and XLSX share it.

Columns and their meaning: INTERFACES.md, "Register file".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypedDict, TypeVar

from domain.common import Refusal, RightId
from domain.money import Money
from domain.rights import (
    GeographicalIndication,
    Mark,
    OfficialSign,
    Patent,
    PriceBand,
    Right,
    RightKind,
)
from register.cells import (
    FieldRefused,
    read_classes,
    read_id,
    read_kind,
    read_list,
    read_name,
    read_office,
    read_paths,
    read_period,
    read_price,
    read_season,
    read_vienna,
    refuse,
)
from register.formats import RegisterReading
from register.tables import Row, Table, notes_on_columns

COLUMNS = frozenset(
    {
        *("right_id", "kind", "name", "other_names", "number", "office", "nice_classes"),
        *("vienna_codes", "goods", "holder", "valid_from", "valid_to", "logos", "photos"),
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


def rights_of(name: str, table: Table) -> RegisterReading:
    """Read every row of a table; a row with any fault is refused, each fault with its reason."""
    notes, readable = notes_on_columns(name, table, known=COLUMNS, required=REQUIRED)
    refusals = [*table.refusals, *notes]
    rights: dict[RightId, Right] = {}
    first_lines: dict[RightId, int] = {}
    for row in table.rows if readable else ():
        reader = _RowReader(name, row)
        right = reader.read()
        if right is not None and right.right_id in rights:
            first = first_lines[right.right_id]
            reader.refuse("right_id", f"expected each right once, got it on line {first} already")
        elif right is not None:
            rights[right.right_id] = right
            first_lines[right.right_id] = row.line
        refusals.extend(reader.refusals)
    if readable and not table.rows and not table.refusals:
        refusals.append(Refusal(file=name, reason="expected rows below the header, got none"))
    return RegisterReading(rights=tuple(rights.values()), refusals=tuple(refusals))


class _RowReader:
    """Reads the cells of one row and gathers every fault, not only the first."""

    def __init__(self, file: str, row: Row) -> None:
        self._file = file
        self._row = row
        self.refusals: list[Refusal] = []

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
        )

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
