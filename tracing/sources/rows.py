"""Rows of a table become Records by the meanings of its columns.

A column without a place in the Record form is kept as text: under its meaning's name where it has
one, else under its own heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from domain.common import Refusal, RefusedInput
from domain.forms import record_from_json
from domain.forms.fields import write_time
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import Record, RecordKind
from reference.platform_names import platform_named
from reference.tables import GridRow
from tracing.sources import cells
from tracing.sources.cells import number_text, numbers, plain, several
from tracing.sources.keys import KeysMet
from tracing.sources.source import FileFacts, TableSource

Cells = Mapping[Meaning, str]

_CODES: dict[Meaning, Callable[[str, str], object]] = {
    Meaning.USCC: cells.uscc,
    Meaning.PHONES: numbers,
    Meaning.EMAILS: lambda cell, field: several(cell),
    Meaning.TENANTS: cells.tenants,
    Meaning.TENANT_USCC: cells.uscc,
    Meaning.TENANT_PHONE: numbers,
    Meaning.WAYBILL: cells.waybill,
    Meaning.SENDER_PHONE: numbers,
    Meaning.SENDER_USCC: cells.uscc,
    Meaning.RECIPIENT_PHONE: numbers,
    Meaning.RECIPIENT_USCC: cells.uscc,
    Meaning.SHOP: cells.shop,
    Meaning.SELLER_KEY: number_text,
    Meaning.ORDER_NUMBER: number_text,
    Meaning.DECLARATION_NUMBER: number_text,
    Meaning.DOCUMENT_NUMBER: number_text,
    Meaning.COMPLAINT_NUMBER: number_text,
    Meaning.CONTAINER: cells.containers,
    Meaning.MEDIA: cells.digests,
}
"""How a cell of a meaning is read; the text stands as it is for what is not here."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DITTO = frozenset({"同上", "同前", "同上行", "〃", "″"})
_TOTALS = re.compile(r"(?:合\s*计|总\s*计|小\s*计|累计|total|sum)[:：]?", re.IGNORECASE)
_MOMENTS = frozenset({Meaning.RETRIEVED_AT, Meaning.SHIPPED_AT, Meaning.EVENT_AT})
_FIELDS = (
    Meaning.NAME,
    Meaning.USCC,
    Meaning.ADDRESS,
    Meaning.PHONES,
    Meaning.EMAILS,
    Meaning.LEGAL_REPRESENTATIVE,
    Meaning.WAYBILL,
    Meaning.CARRIER,
    Meaning.SHIPPED_AT,
)
"""Meanings that are fields of the Record form just so."""
_FURTHER = (
    Meaning.SHOP_NAME,
    Meaning.ORDER_NUMBER,
    Meaning.DECLARATION_NUMBER,
    Meaning.DOCUMENT_NUMBER,
    Meaning.GOODS,
    Meaning.HS_CODE,
    Meaning.CONTAINER,
    Meaning.SSCC,
    Meaning.GLN,
    Meaning.COMPLAINT_NUMBER,
    Meaning.EVENT,
    Meaning.EVENT_AT,
    Meaning.EVENT_PLACE,
    Meaning.SEALS,
    Meaning.MEDIA,
)
"""Meanings kept among the further fields of a Record."""
_PARTIES = {
    "sender": {
        "name": Meaning.SENDER_NAME,
        "phones": Meaning.SENDER_PHONE,
        "address": Meaning.SENDER_ADDRESS,
        "uscc": Meaning.SENDER_USCC,
    },
    "recipient": {
        "name": Meaning.RECIPIENT_NAME,
        "phones": Meaning.RECIPIENT_PHONE,
        "address": Meaning.RECIPIENT_ADDRESS,
        "uscc": Meaning.RECIPIENT_USCC,
    },
    "tenant": {
        "name": Meaning.TENANT_NAME,
        "phones": Meaning.TENANT_PHONE,
        "uscc": Meaning.TENANT_USCC,
    },
}


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        mapping: ColumnMapping,
        source: TableSource,
        facts: FileFacts,
        sheet: str | None,
        keys: KeysMet,
    ) -> None:
        self._mapping = mapping
        self._source = source
        self._facts = facts
        self._sheet = sheet
        self._columns = _columns_of(mapping)
        self._others = [
            (at, heading or f"column {at + 1}")
            for at, (heading, meaning) in enumerate(
                zip(mapping.headings, mapping.meanings, strict=True)
            )
            if meaning is Meaning.OTHER
        ]
        self._keys = keys
        self._above: tuple[str, ...] = ()

    def read(self, row: GridRow) -> Record | Refusal | None:
        """Return the record of a row, why there is none, or None for a row with nothing in it."""
        row = self._with_ditto(row)
        try:
            return self._record(row)
        except RefusedInput as fault:
            return self.refusal(fault, row.line)

    def refusal(self, fault: RefusedInput, line: int | None) -> Refusal:
        """Turn a refused member (": fields: sender: phone") into a refusal that names its path."""
        return refusal_of(fault, self._facts.name, line, sheet=self._sheet)

    def _record(self, row: GridRow) -> Record | None:
        if row.fault is not None:
            raise _refused(row.fault, "")
        width = len(self._mapping.headings)
        for at, fault in row.faults.items():
            if at >= width or self._mapping.meanings[at] is not Meaning.LEFT_OUT:
                raise _refused(fault, self._mapping.headings[at] if at < width else "")
        if any(row.cells[width:]) or (self._sheet is None and len(row.cells) < width):
            got = f"{len(row.cells)}"
            raise RefusedInput(expected=f"{width} cells as in the header", got=got, where="")
        if any(_CONTROL.search(cell) for cell in row.cells if not cell.isprintable()):
            raise RefusedInput(expected="text", got="a control character", where="")
        if _TOTALS.fullmatch(next((cell for cell in row.cells if cell), "")):
            raise RefusedInput(expected="a row of the table", got="its totals", where="")
        texts = self._texts(row)
        other = {
            heading: text
            for at, heading in self._others
            if at < len(row.cells) and (text := plain(row.cells[at]))
        }
        if not texts and not other:
            return None
        self._require(texts)
        fields = self._fields(texts)
        record = record_from_json(self._outer(texts, fields, row.line), where="")
        further = {
            meaning.value: str(fields[meaning.value])
            for meaning in _FURTHER
            if fields.get(meaning.value)
        }
        return replace(
            record,
            other={**further, **self._loose_ends(texts), **other},
            origin=self._facts.origin(row.line, self._sheet or None),
        )

    def _with_ditto(self, row: GridRow) -> GridRow:
        """Put the value above in the place of a ditto mark; below nothing it stays."""
        if not _DITTO.isdisjoint(row.cells):
            row = replace(
                row,
                cells=tuple(
                    self._above[at] if cell in _DITTO and at < len(self._above) else cell
                    for at, cell in enumerate(row.cells)
                ),
            )
        if row.cells:
            self._above = row.cells
        return row

    def _texts(self, row: GridRow) -> dict[Meaning, str]:
        texts: dict[Meaning, str] = {}
        for meaning, places in self._columns:
            found = [plain(row.cells[at]) for at in places if at < len(row.cells)]
            if text := "|".join(one for one in found if one):
                texts[meaning] = text
        return texts

    def _require(self, texts: Cells) -> None:
        said = texts.get(Meaning.KIND, self._mapping.kind.value)
        if said != self._mapping.kind.value:
            expected = f"{self._mapping.kind.value} in every row"
            raise RefusedInput(expected=expected, got=repr(said[:40]), where="kind")
        for meaning in self._source.required:
            if meaning not in texts:
                article = "an" if meaning.value[0] in "aeiou" else "a"
                name = meaning.value.replace("_", " ")
                raise RefusedInput(expected=f"{article} {name}", got="nothing", where=meaning.value)

    def _fields(self, texts: Cells) -> dict[str, object]:
        """Read every cell by its meaning; members by the names of the Record form."""
        read = {meaning: self._read(meaning, text) for meaning, text in texts.items()}
        fields: dict[str, object] = {
            meaning.value: read[meaning] for meaning in (*_FIELDS, *_FURTHER) if meaning in read
        }
        for name, members in _PARTIES.items():
            party = {
                member: read[meaning] for member, meaning in members.items() if meaning in read
            }
            if party:
                fields[name] = party
        rented = read.get(Meaning.TENANTS, [])
        tenant = fields.pop("tenant", None)
        if rented or tenant:
            fields["tenants"] = [*(rented if isinstance(rented, list) else ()), *_known(tenant)]
        platform = platform_named(texts.get(Meaning.PLATFORM) or self._mapping.platform or "")
        if Meaning.SHOP in read:
            fields["shop"] = read[Meaning.SHOP]
        elif platform and Meaning.SELLER_KEY in read:
            fields["shop"] = [platform, read[Meaning.SELLER_KEY]]
        if self._mapping.kind is RecordKind.EVENT and Meaning.EVENT_PLACE in read:
            fields.setdefault("address", read[Meaning.EVENT_PLACE])
        return fields

    def _read(self, meaning: Meaning, text: str) -> object:
        if meaning in _MOMENTS:
            return cells.moment(text, meaning.value, self._facts.zone)
        reader = _CODES.get(meaning)
        return text if reader is None else reader(text, meaning.value)

    def _loose_ends(self, texts: Cells) -> dict[str, str]:
        """Return what names a shop only together with what the row lacks."""
        if Meaning.SHOP in texts or (
            Meaning.SELLER_KEY in texts and (Meaning.PLATFORM in texts or self._mapping.platform)
        ):
            return {}
        loose = (Meaning.PLATFORM, Meaning.SELLER_KEY)
        return {meaning.value: texts[meaning] for meaning in loose if meaning in texts}

    def _outer(self, texts: Cells, fields: dict[str, object], line: int) -> dict[str, object]:
        source = texts.get(Meaning.SOURCE) or self._facts.source
        retrieved = texts.get(Meaning.RETRIEVED_AT)
        zone = self._facts.zone
        return {
            "source": source,
            "key": self._key(source, texts, fields, line),
            "retrieved_at": cells.moment(retrieved, "retrieved_at", zone)
            if retrieved
            else write_time(self._facts.retrieved_at),
            "kind": self._mapping.kind.value,
            "fields": {name: value for name, value in fields.items() if name not in _FURTHER_NAMES},
        }

    def _key(self, source: str, texts: Cells, fields: Mapping[str, object], line: int) -> str:
        if own := texts.get(Meaning.KEY):
            return self._keys.take(source, number_text(own, "key"), line)
        for meanings in self._source.keys:
            if all(meaning in texts for meaning in meanings):
                key = "@".join(str(fields[meaning.value]) for meaning in meanings)
                if self._source.shares_keys:
                    return self._keys.take_numbered(source, key, line)
                return self._keys.take(source, key, line)
        if self._source.is_keyed_by_row:
            sheet = f"{self._sheet}:" if self._sheet else ""
            return f"{self._facts.sha256[:12]}:{sheet}{line}"
        also = " or ".join(
            ["a key", *(" and ".join(one.value for one in keys) for keys in self._source.keys)]
        )
        raise RefusedInput(expected=also, got="nothing", where="key")


_FURTHER_NAMES = frozenset(meaning.value for meaning in _FURTHER)


def refusal_of(
    fault: RefusedInput, file: str, line: int | None, *, sheet: str | None = None
) -> Refusal:
    """Turn a refused member (": fields: sender: phone") into a refusal that names its path."""
    where = "" if fault.where == file else fault.where.removeprefix(f"{file}: ")
    field = where.strip(": ").replace(": ", ".")
    got = f", got {fault.got}" if fault.got else ""
    reason = f"expected {fault.expected}{got}"
    return Refusal(
        file=f"{file}[{sheet}]" if sheet else file, line=line, field=field or None, reason=reason
    )


def _columns_of(mapping: ColumnMapping) -> Sequence[tuple[Meaning, tuple[int, ...]]]:
    places: dict[Meaning, list[int]] = {}
    for at, meaning in enumerate(mapping.meanings):
        if meaning not in (Meaning.OTHER, Meaning.LEFT_OUT):
            places.setdefault(meaning, []).append(at)
    return tuple((meaning, tuple(columns)) for meaning, columns in places.items())


def _known(tenant: object) -> tuple[object, ...]:
    return (tenant,) if tenant else ()


def _refused(fault: str, field: str) -> RefusedInput:
    """Make the error of a fault that the table reader told in words ("expected …, got …")."""
    expected, _, got = fault.removeprefix("expected ").partition(", got ")
    return RefusedInput(expected=expected, got=got, where=field)


def rows_of(rows: Iterator[GridRow], reader: RowReader) -> Iterator[Record | Refusal]:
    """Read rows one after the other; the rest of a file that breaks off is one refusal."""
    try:
        for row in rows:
            read = reader.read(row)
            if read is not None:
                yield read
    except RefusedInput as fault:
        yield reader.refusal(fault, None)
