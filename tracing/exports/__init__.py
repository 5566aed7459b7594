"""Graphs of sellers and sources written for other programs: Aleph, Gephi, spreadsheets, maps.

A new format is one function here or in a file beside, and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.common import WrongUse
from tracing.exports.followthemoney import write_followthemoney
from tracing.exports.geojson import write_divisions
from tracing.exports.graph_files import write_gexf, write_graphml
from tracing.exports.points import Exported, Link, Point, make_export
from tracing.exports.tables import write_csv

FORMATS: Mapping[str, Callable[[Exported], Iterator[str]]] = {
    "ftm.jsonl": write_followthemoney,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": write_csv,
    "geojson": write_divisions,
}
"""Ending of a file's name ▶ what writes it, as pieces of UTF-8 text."""

MEDIA_TYPES: Mapping[str, str] = {
    "ftm.jsonl": "application/x-ndjson",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Exported",
    "Link",
    "Point",
    "format_of",
    "make_export",
]


def format_of(name: str) -> str:
    """Return the format that a file's name ends in.

    Raises: WrongUse.
    """
    for ending in FORMATS:
        if name.lower().endswith(f".{ending}"):
            return ending
    raise WrongUse(f"an export is named FILE.{{{','.join(FORMATS)}}}, not {name!r}")
