"""Sellers, records and what joins them, as pages write and link them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from casework.naming import node_of_hop, node_of_place
from domain.common import Words
from domain.mappings import Meaning
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Hop, LeadReason, RecordRef, node_text
from reference.divisions import division, full_name
from tracing.jurisdiction import KnownPlace, PlaceRole
from tracing.words import place_of
from web.labels import label_of
from web.languages import mark

_WITHOUT_TEXT = frozenset({ClueKind.PICTURE, ClueKind.TEXT})
"""Their values are digests, which tell a person nothing."""
_MEANINGS = {meaning.value: meaning for meaning in Meaning}
_PARTIES = {
    f"{party}.{member}": f"{one}_{of_column}"
    for party, one in (("sender", "sender"), ("recipient", "recipient"), ("tenants", "tenant"))
    for member, of_column in (
        ("name", "name"),
        ("phones", "phone"),
        ("phone", "phone"),
        ("address", "address"),
        ("uscc", "uscc"),
    )
}
_OTHER_NAMES = {
    "company": mark("Company"),
    "licence": mark("Licence number"),
    "icp": mark("ICP filing"),
    "return_address": mark("Return address"),
    "about": mark("What the shop says of itself"),
}
_PLACED = re.compile(r"(\d{6})(?=\D)")


def seller_path(ref: SellerRef) -> str:
    """Return the path of a seller's page; keys may hold any character."""
    return "/sellers?" + urlencode({"platform": ref.platform, "key": ref.seller_key})


def record_path(ref: RecordRef) -> str:
    """Return the path of a record's page."""
    return "/records/show?" + urlencode({"source": ref.source, "key": ref.key})


def hop_node(hop: Hop) -> str:
    """Write the node of a station as `node_text` does; a listing as it is."""
    node = node_of_hop(hop)
    return f"listing:{hop.key}" if node is None else node_text(node)


def place_node(place: KnownPlace) -> str:
    """Write the seller or record that gives an address as `node_text` does."""
    return node_text(node_of_place(place))


def same_places(places: Iterable[KnownPlace]) -> list[list[KnownPlace]]:
    """Put places of one role and text together, in the order in which they are first named."""
    together: dict[tuple[PlaceRole, str], list[KnownPlace]] = {}
    for place in places:
        together.setdefault((place.role, place.text), []).append(place)
    return list(together.values())


def shared_value(reason: LeadReason) -> str:
    """Return the value that two ends share as a person reads it; empty for pictures and texts."""
    if reason.clue_kind in _WITHOUT_TEXT:
        return ""
    if reason.clue_kind is ClueKind.ADDRESS:
        return " / ".join(map(_address, reason.value.split(" / ")))
    return reason.value


def lookup_path(clue: Clue) -> str:
    """Return the path that looks a clue's value up."""
    return "/lookup?" + urlencode({"q": clue.surface or clue.value})


def found_in(path: str) -> Words:
    """Say where a clue was found."""
    return place_of(path)


def field_name(path: str) -> str | None:
    """Return the sentence that names a field (`sender.phones`, `legal_representative`) or the kind
    of a clue; None for a column that was kept as text."""
    if path in _OTHER_NAMES:
        return _OTHER_NAMES[path]
    meant = _MEANINGS.get(_PARTIES.get(path, path))
    if meant is not None:
        return label_of(meant)
    kind = next((kind for kind in ClueKind if kind.value == path), None)
    return label_of(kind) if kind else None


def _address(joined: str) -> str:
    """Name the division whose code stands before an address that was brought to one writing."""
    placed = _PLACED.match(joined)
    if placed is None or division(placed[1]) is None:
        return joined
    return full_name(placed[1]) + joined[6:]
