"""The JSON Lines forms of docs/interfaces.md: nouns ▶ JSON values and back.

A field that is not known is left out on writing and may be absent on reading. Reading is strict:
a field of the wrong type is refused by name, an unknown field is ignored (fields may be added).
"""

from domain.forms.collection import collection_lines, request_to_json, run_to_json
from domain.forms.mappings import mapping_from_json, mapping_to_json
from domain.forms.queries import standing_to_json
from domain.forms.records import record_from_json, record_to_json
from domain.forms.results import lead_to_json, match_to_json, network_lines, trail_to_json
from domain.forms.sightings import seller_from_json, sighting_from_json, sighting_to_json

__all__ = [
    "collection_lines",
    "lead_to_json",
    "mapping_from_json",
    "mapping_to_json",
    "match_to_json",
    "network_lines",
    "record_from_json",
    "record_to_json",
    "request_to_json",
    "run_to_json",
    "seller_from_json",
    "sighting_from_json",
    "sighting_to_json",
    "standing_to_json",
    "trail_to_json",
]
