"""The form of a mapping: what each column of a table of records means."""

from __future__ import annotations

from domain.common import WrongUse
from domain.forms.fields import Fields, without_empty
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import RecordKind


def mapping_to_json(mapping: ColumnMapping) -> dict[str, object]:
    """Write a mapping as a JSON object."""
    columns = [
        {"heading": heading, "meaning": meaning.value}
        for heading, meaning in zip(mapping.headings, mapping.meanings, strict=True)
    ]
    return without_empty(
        {
            "name": mapping.name,
            "kind": mapping.kind.value,
            "platform": mapping.platform,
            "columns": columns,
        }
    )


def mapping_from_json(value: object, *, where: str) -> ColumnMapping:
    """Read a mapping; what else stands beside a column (why it was proposed) is left.

    Raises: RefusedInput naming the field, what was expected and what was got.
    """
    outer = Fields(value, where)
    columns = outer.members("columns")
    try:
        return ColumnMapping(
            name=outer.required_text("name").strip(),
            kind=outer.required_choice("kind", RecordKind),
            headings=tuple(column.text("heading") or "" for column in columns),
            meanings=tuple(column.required_choice("meaning", Meaning) for column in columns),
            platform=outer.text("platform"),
        )
    except WrongUse as fault:
        raise outer.refuse("columns", str(fault), len(columns)) from None
