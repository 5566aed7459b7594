"""A meaning proposed for each column of a table, and how sure that is.

Nothing unsure is ever taken over by itself: a person confirms it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from domain.common import Words
from domain.mappings import MAY_REPEAT, ColumnMapping, Meaning
from domain.tracing import RecordKind
from reference.tables import GridRow
from tracing.sources.cells import is_masked, plain
from tracing.sources.headings import Table
from tracing.sources.meanings import (
    FORM_OF,
    FORMS,
    MEANING_OF_FORM,
    has_form,
    is_set_aside,
    meaning_of_heading,
)
from tracing.sources.source import TableSource

SAMPLED_ROWS = 200
SHOWN_ROWS = 5
_SURE = 0.9
_MOST = 0.8
"""Share of the values of a column from which on they speak for a meaning by themselves."""
_HALF = 0.5
"""Share below which they speak against what the heading says."""

_OF_PARCELS = frozenset({Meaning.EVENT, Meaning.EVENT_AT, Meaning.EVENT_PLACE})
_OWN_NAMES = frozenset({"event_at", "event_place"})

_BY_NAME = Words(zh="标准列名", en="the column's standard name")
_BY_BOTH = Words(zh="表头与内容一致", en="heading and values agree")
_BY_HEADING = Words(zh="据表头判断", en="told by the heading")
_BY_VALUES = Words(zh="仅据内容判断，请核对", en="told by the values alone: please check")
_AT_ODDS = Words(
    zh="表头与内容不符，请核对", en="the values are not what the heading says: please check"
)
_REPEATED = Words(zh="表头重复，请核对", en="the heading stands twice: please check")
_TAKEN = Words(zh="另一列已作此含义，本列按原文保留", en="another column means this: kept as text")
_NEW = Words(zh="此前文件没有的列，请核对", en="no column of the file before: please check")
_KEPT = Words(zh="无对应字段，按原文保留", en="no field for this: kept as text")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProposal:
    """What one column is taken for."""

    heading: str
    meaning: Meaning
    confidence: float
    """0..1; of a column kept as text, that it has no other meaning."""
    why: Words
    samples: tuple[str, ...]
    """The first values that are not empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProposal:
    """What a table and its columns are taken for."""

    sheet: str | None
    columns: tuple[ColumnProposal, ...]
    kind: RecordKind | None
    """None when the columns speak for no kind of record."""
    known: ColumnMapping | None = None
    """The mapping that was confirmed for these headings."""
    like: ColumnMapping | None = None
    """One that was confirmed for most of them; what it says was taken over, not confirmed."""

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    @property
    def is_sure(self) -> bool:
        """Whether the table may be read without asking a person."""
        if self.known is not None:
            return True
        if self.like is not None:
            return False
        return self.kind is not None and all(column.confidence >= _SURE for column in self.columns)

    @property
    def unsure(self) -> tuple[ColumnProposal, ...]:
        """The columns that a person must look at."""
        return tuple(column for column in self.columns if column.confidence < _SURE)

    def mapping(self, name: str) -> ColumnMapping | None:
        """Return the confirmed mapping, else the proposed one under a name; None without a kind."""
        if self.known is not None or self.kind is None:
            return self.known
        return ColumnMapping(
            name=name,
            kind=self.kind,
            headings=self.headings,
            meanings=tuple(column.meaning for column in self.columns),
        )


def propose(
    table: Table, sources: Sequence[TableSource], known: ColumnMapping | None
) -> TableProposal:
    """Propose what a table's columns mean, by headings and by the first 200 rows.

    Raises: RefusedInput where these rows cannot be read.
    """
    rows = [row for row in islice(table.rows(), SAMPLED_ROWS) if row.fault is None]
    columns: list[ColumnProposal] = []
    taken: set[Meaning] = set()
    for at, heading in enumerate(table.headings):
        values = _values(rows, at)
        column = _column(heading, values, is_repeated=at in table.repeated)
        if column.meaning in taken and column.meaning not in MAY_REPEAT:
            unsure = column.confidence if column.why is _BY_VALUES else _SURE
            column = _proposed(heading, values, Meaning.OTHER, unsure, _TAKEN)
        taken.add(column.meaning)
        columns.append(column)
    if Meaning.WAYBILL not in taken:
        # What happens to parcels; of a company it is another status, of a case another event.
        columns = [
            replace(one, meaning=Meaning.OTHER, confidence=_SURE, why=_KEPT)
            if one.meaning in _OF_PARCELS and one.heading.casefold() not in _OWN_NAMES
            else one
            for one in columns
        ]
        taken = {one.meaning for one in columns}
    kind = _kind_of(columns, rows) or _likely_kind(frozenset(taken), sources)
    return TableProposal(sheet=table.sheet, columns=tuple(columns), kind=kind, known=known)


def liken(proposal: TableProposal, mappings: Iterable[ColumnMapping]) -> TableProposal:
    """Take meanings over from the confirmed mapping that shares most of the headings.

    A platform's next file often has one column more, or less. Half of all headings of both must be
    the same; a person still confirms the whole. A table whose mapping is known stays as it is.
    """
    if proposal.known is not None:
        return proposal
    own = Counter(proposal.headings)
    nearest, most = None, 0.0
    for mapping in mappings:
        theirs = Counter(mapping.headings)
        share = (own & theirs).total() / (own | theirs).total()
        if share > most:
            nearest, most = mapping, share
    if nearest is None or most < _HALF:
        return proposal
    meanings = dict(zip(nearest.headings, nearest.meanings, strict=True))
    why = Words(zh=f"与已确认的“{nearest.name}”相同", en=f"as confirmed for {nearest.name}")
    taken = {meanings[one] for one in proposal.headings if one in meanings}
    columns = []
    for column in proposal.columns:
        if column.heading in meanings:
            column = replace(column, meaning=meanings[column.heading], confidence=0.95, why=why)
        elif column.meaning in taken and column.meaning not in MAY_REPEAT:
            column = replace(column, meaning=Meaning.OTHER, confidence=0.3, why=_NEW)
        else:
            column = replace(column, confidence=min(column.confidence, 0.5), why=_NEW)
        columns.append(column)
    return replace(proposal, columns=tuple(columns), kind=nearest.kind, like=nearest)


def _values(rows: Sequence[GridRow], at: int) -> list[str]:
    cells = (plain(row.cells[at]) for row in rows if at < len(row.cells) and at not in row.faults)
    return [cell for cell in cells if cell]


def _column(heading: str, values: Sequence[str], *, is_repeated: bool) -> ColumnProposal:
    meaning = meaning_of_heading(heading)
    if is_repeated:
        again = meaning_of_heading(heading.rpartition(" (")[0])
        repeats = again in MAY_REPEAT if again else True
        meaning = again if again and repeats else None
        if not repeats:
            return _proposed(heading, values, Meaning.OTHER, 0.3, _REPEATED)
    if meaning is not None and heading.casefold() == meaning.value:
        return _proposed(heading, values, meaning, 1.0, _BY_NAME)
    if meaning is not None:
        form = FORM_OF.get(meaning)
        # Platforms and carriers mask the numbers of customers: that says nothing against a heading.
        whole = [value for value in values if not is_masked(value)]
        if form is None or not whole:
            return _proposed(heading, values, meaning, _SURE, _BY_HEADING)
        if _share(form, whole) >= _HALF:
            return _proposed(heading, values, meaning, 0.97, _BY_BOTH)
        return _proposed(heading, values, meaning, 0.4, _AT_ODDS)
    if is_set_aside(heading):
        return _proposed(heading, values, Meaning.OTHER, _SURE, _KEPT)
    form = next((form for form in FORMS if values and _share(form, values) >= _MOST), "")
    if form in MEANING_OF_FORM:
        return _proposed(heading, values, MEANING_OF_FORM[form], 0.6, _BY_VALUES)
    return _proposed(heading, values, Meaning.OTHER, _SURE, _KEPT)


def _share(form: str, values: Sequence[str]) -> float:
    return sum(has_form(form, value) for value in values) / len(values)


def _proposed(
    heading: str, values: Sequence[str], meaning: Meaning, confidence: float, why: Words
) -> ColumnProposal:
    return ColumnProposal(
        heading=heading,
        meaning=meaning,
        confidence=confidence,
        why=why,
        samples=tuple(value[:80] for value in values[:SHOWN_ROWS]),
    )


def _kind_of(columns: Sequence[ColumnProposal], rows: Sequence[GridRow]) -> RecordKind | None:
    """Return the kind that the first row names in a column of kinds."""
    for at, column in enumerate(columns):
        values = _values(rows, at) if column.meaning is Meaning.KIND else []
        named = [kind for kind in RecordKind if values and kind.value == values[0]]
        if named:
            return named[0]
    return None


def _likely_kind(meanings: frozenset[Meaning], sources: Sequence[TableSource]) -> RecordKind | None:
    return next((source.kind for source in sources if source.recognises(meanings)), None)
