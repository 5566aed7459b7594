"""Registered names in the words of a listing, as they are or disguised."""

from matchers.names.index import NamesIndex, index_names
from matchers.names.search import DEFAULT_THRESHOLD, NameHit, find_names

__all__ = ["DEFAULT_THRESHOLD", "NameHit", "NamesIndex", "find_names", "index_names"]
