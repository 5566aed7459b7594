"""Registered names in the words of a listing, as they are or disguised."""

from matchers.names.additions import AnyIndex, GrownIndex, add_names
from matchers.names.found import FoundNames, NameHit
from matchers.names.index import NamesIndex, index_names
from matchers.names.search import DEFAULT_THRESHOLD, find_names, find_names_in, search_texts
from matchers.names.storing import open_index, prints_of, save_index
from matchers.names.tables import digest_of_tables

__all__ = [
    "DEFAULT_THRESHOLD",
    "AnyIndex",
    "FoundNames",
    "GrownIndex",
    "NameHit",
    "NamesIndex",
    "add_names",
    "digest_of_tables",
    "find_names",
    "find_names_in",
    "index_names",
    "open_index",
    "prints_of",
    "save_index",
    "search_texts",
]
