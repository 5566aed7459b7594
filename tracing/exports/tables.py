"""Leads as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tracing.exports.points import Exported

_COLUMNS = (
    "lead_id", "type", "state", "score",
    "a", "a_name", "a_address", "b", "b_name", "b_address", "reasons",
    "a_company", "b_company",
)  # fmt: skip
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(export: Exported) -> Iterator[str]:
    """Write one row a lead, with a byte order mark, which Excel needs for Chinese."""
    points = {point.node: point for point in export.points}
    yield "\ufeff" + _row(_COLUMNS)
    for link in export.links:
        a, b = points[link.a], points[link.b]
        yield _row(
            (
                link.lead_id,
                link.type,
                link.state,
                f"{link.score:.4f}",
                *(link.a, a.name, a.address or ""),
                *(link.b, b.name, b.address or ""),
                "; ".join(link.reasons),
                *(a.company or "", b.company or ""),
            )
        )


def _row(cells: tuple[str, ...]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return target.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
