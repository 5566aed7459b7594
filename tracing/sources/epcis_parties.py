"""Who sent and who was to get the goods of an EPCIS event, and what master data call them.

Of the parties that CBV 2.0 (7.4) knows the owner is taken before the possessor: a carrier possesses
what it does not supply. Names and addresses come from the master data in a document's header (CBV
2.0, 10.1), by the very identifier that the event gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.common import RefusedInput
from domain.forms.fields import Fields
from tracing.gs1 import gln_of

Named = Mapping[str, Mapping[str, str]]
"""Identifier ▶ name and address, as far as the header gives them."""

_KINDS = ("owning_party", "possessing_party")
_NAMES = frozenset({"name", "organizationname", "partyname", "site"})
_ADDRESSES = ("state", "province", "city", "streetaddressone", "streetaddresstwo", "address")
"""Written one after the other, as Chinese addresses are."""
_MOST_ELEMENTS = 100_000


def names_of(document: object, where: str) -> Named:
    """Return what the master data of a document call its places and parties.

    What follows an element that is not as CBV has it names nothing; the events are read all the
    same.
    """
    found: dict[str, Mapping[str, str]] = {}
    try:
        header = Fields(document, where).member("epcisHeader")
        master = header.member("epcisMasterData") if header else None
        for vocabulary in master.members("vocabularyList") if master else ():
            for element in vocabulary.members("vocabularyElementList")[:_MOST_ELEMENTS]:
                if named := _named(element):
                    found[element.required_text("id")] = named
    except RefusedInput:
        return found
    return found


def _named(element: Fields) -> dict[str, str]:
    said: dict[str, str] = {}
    for one in element.members("attributes"):
        value = one.raw("attribute")
        if isinstance(value, str) and value.strip():
            name = one.required_text("id").rpartition("#")[2].rpartition(":")[2].casefold()
            said.setdefault(name, value.strip())
    # A site is often just the number of the place.
    name = next((said[one] for one in sorted(_NAMES & said.keys()) if not said[one].isdigit()), "")
    address = "".join(said[one] for one in _ADDRESSES if one in said)
    return {key: text for key, text in (("name", name), ("address", address)) if text}


def parties_of(event: Fields, named: Named) -> dict[str, dict[str, str]]:
    """Return sender and recipient as members of the Record form; a party nobody knows is left out.

    Raises: RefusedInput for an entry without type or identifier.
    """
    found: dict[str, dict[str, str]] = {}
    for role, list_name, member in (
        ("sender", "sourceList", "source"),
        ("recipient", "destinationList", "destination"),
    ):
        by_kind: dict[str, str] = {}
        for entry in event.members(list_name):
            kind = entry.required_text("type").rpartition(":")[2].rpartition("-")[2]
            by_kind.setdefault(kind, entry.required_text(member))
        identifier = next((by_kind[kind] for kind in _KINDS if kind in by_kind), None)
        if identifier is not None:
            party = dict(named.get(identifier, {}))
            if gln := gln_of(identifier):
                party["gln"] = gln
            if party:
                found[role] = party
    return found
