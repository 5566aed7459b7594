"""Clues of sellers and records, the leads between them, networks of sellers, trails to the source.

Pure: values in, values out. A new tracing source is one file in `sources/` and one line in
`SOURCES`.
"""

from tracing.clue_notes import note_of_clue
from tracing.clues import clues_of_record, find_clues, picture_of
from tracing.joins import Hub
from tracing.linking import Linking, link
from tracing.sources import (
    SOURCES,
    FileFacts,
    Remembered,
    TableProposal,
    propose_mappings,
    read_records,
)
from tracing.weights import LINKING_V1, LinkingAlgorithm
from tracing.words import KIND_WORDS

__all__ = [
    "KIND_WORDS",
    "LINKING_V1",
    "SOURCES",
    "FileFacts",
    "Hub",
    "Linking",
    "LinkingAlgorithm",
    "Remembered",
    "TableProposal",
    "clues_of_record",
    "find_clues",
    "link",
    "note_of_clue",
    "picture_of",
    "propose_mappings",
    "read_records",
]
