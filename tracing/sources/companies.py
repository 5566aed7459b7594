"""Companies and 个体工商户, as CSV.

Columns: source, key, retrieved_at, kind, name, uscc, address, phones, emails,
legal_representative. Required: name, and key or uscc.
"""

from __future__ import annotations

from domain.common import RefusedInput
from domain.tracing import RecordKind
from tracing.sources.rows import Cells, checked_uscc, columns_of, read_rows, several
from tracing.sources.source import FileFacts, RecordsReading

_COLUMNS = frozenset({"name", "uscc", "address", "phones", "emails", "legal_representative"})


def recognises(head: str) -> bool:
    """Tell a table of companies by its `kind`, else by the columns name and uscc."""
    columns, kind = columns_of(head)
    return kind == "company" or (kind is None and {"name", "uscc"} <= columns)


def read(text: str, facts: FileFacts) -> RecordsReading:
    """Read a table of companies; a wrong social credit code refuses its row."""
    return read_rows(text, facts, kind=RecordKind.COMPANY, fields_of=_fields_of, natural_key="uscc")


def _fields_of(cells: Cells) -> tuple[dict[str, object], frozenset[str]]:
    if not cells.get("name"):
        raise RefusedInput(expected="a name", got="nothing", where="name")
    fields: dict[str, object] = {
        "name": cells["name"],
        "uscc": checked_uscc(cells.get("uscc", ""), "uscc"),
        "address": cells.get("address"),
        "phones": several(cells.get("phones", "")),
        "emails": several(cells.get("emails", "")),
        "legal_representative": cells.get("legal_representative"),
    }
    return fields, _COLUMNS
