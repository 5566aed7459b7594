"""The only room with SQLAlchemy and blobs; called by casework alone.

A module a noun: its tables, with a comment on each column, and the functions that read and
write it. Every function takes the Unit of work it belongs to.
"""

from storage import (
    algorithms,
    captures,
    cases,
    changes,
    counts,
    evidence,
    flags,
    linkings,
    listings,
    looks,
    mappings,
    matches,
    matters,
    network_changes,
    pictures,
    platforms,
    purchases,
    queries,
    query_results,
    registers,
    revisits,
    rights,
    runs,
    screenings,
    sellers,
    tracing,
    turns,
    users,
)
from storage.blobs import BlobStore
from storage.database import Database
from storage.schema import Unit, metadata

__all__ = [
    "BlobStore",
    "Database",
    "Unit",
    "algorithms",
    "captures",
    "cases",
    "changes",
    "counts",
    "evidence",
    "flags",
    "linkings",
    "listings",
    "looks",
    "mappings",
    "matches",
    "matters",
    "metadata",
    "network_changes",
    "pictures",
    "platforms",
    "purchases",
    "queries",
    "query_results",
    "registers",
    "revisits",
    "rights",
    "runs",
    "screenings",
    "sellers",
    "tracing",
    "turns",
    "users",
]
