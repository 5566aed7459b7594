"""Clues of sellers and records, the leads between them, networks of sellers, trails to the source.

Pure: values in, values out. A new tracing source is one file in `sources/` and one line in
`SOURCES`.
"""

from tracing.clues import clues_of_record, find_clues
from tracing.sources import SOURCES, RecordsReading, Source, read_records

__all__ = [
    "SOURCES",
    "RecordsReading",
    "Source",
    "clues_of_record",
    "find_clues",
    "read_records",
]
