"""XLSX workbooks written by hand, with what spreadsheet libraries would not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="170" formatCode="yyyy/m/d h:mm"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A cell as XML: its type, value, formula and style (1 date, 2 with the time)."""

    value: str | None = None
    kind: str = "n"
    formula: str | None = None
    style: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOf:
    """One sheet to write."""

    rows: Sequence[Sequence[object]]
    name: str = "Sheet1"
    state: str = "visible"
    merges: Sequence[str] = ()


def make_workbook(
    *sheets: SheetOf, is_1904: bool = False, parts: Mapping[str, str] | None = None
) -> bytes:
    """Write a workbook; `parts` replaces or adds parts by their path."""
    numbered = list(enumerate(sheets, start=1))
    written = {
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered),
                ("styles", "styles", "/xl/styles.xml"),
            ]
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>'
        + "".join(
            f'<sheet name={quoteattr(one.name)} sheetId="{n}" state="{one.state}" r:id="r{n}"/>'
            for n, one in numbered
        )
        + "</sheets></workbook>",
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(one) for n, one in numbered},
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in written.items():
            archive.writestr(path, text)
    return stream.getvalue()


def _relations(rows: Iterable[tuple[str, str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for name, kind, target in rows
        )
        + "</Relationships>"
    )


def _sheet(sheet: SheetOf) -> str:
    rows = "".join(
        f'<row r="{line}">'
        + "".join(_cell(at, line, value) for at, value in enumerate(row))
        + "</row>"
        for line, row in enumerate(sheet.rows, start=1)
    )
    merges = "".join(f'<mergeCell ref="{cells}"/>' for cells in sheet.merges)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        + (f"<mergeCells>{merges}</mergeCells>" if merges else "")
        + "</worksheet>"
    )


def _cell(at: int, line: int, value: object) -> str:
    place = f'r="{chr(65 + at)}{line}"'
    match value:
        case None:
            return ""
        case Raw():
            formula = f"<f>{value.formula}</f>" if value.formula is not None else ""
            stored = f"<v>{value.value}</v>" if value.value is not None else ""
            return f'<c {place} t="{value.kind}" s="{value.style}">{formula}{stored}</c>'
        case str():
            return f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c {place}><v>{value}</v></c>"
