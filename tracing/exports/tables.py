"""Leads as CSV, and places as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator

from reference.divisions import full_name
from tracing.exports.points import Exported, Point

_COLUMNS = (
    "lead_id", "type", "state", "score",
    "a", "a_name", "a_address", "b", "b_name", "b_address", "reasons",
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
            )
        )


def write_geojson(export: Exported) -> Iterator[str]:
    """Write one feature a division with all points in it (RFC 7946).

    Features are unlocated (`geometry` null, section 3.2): no table of coordinates comes with the
    program. A map joins them to its own boundaries by `adcode`.
    """
    places: defaultdict[str, list[Point]] = defaultdict(list)
    for point in export.points:
        if point.adcode is not None:
            places[point.adcode].append(point)
    features = [
        {
            "type": "Feature",
            "id": adcode,
            "geometry": None,
            "properties": {
                "adcode": adcode,
                "name": full_name(adcode),
                "sellers": sum(point.kind == "seller" for point in found),
                "points": [
                    {"node": point.node, "kind": point.kind, "name": point.name} for point in found
                ],
            },
        }
        for adcode, found in sorted(places.items())
    ]
    yield json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    yield "\n"


def _row(cells: tuple[str, ...]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return target.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
