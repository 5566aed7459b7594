"""Clues sorted by what they are joined by, and by who shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.hubs import write_key
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Node, Record, RecordKind, RecordRef, node_text
from tracing.addresses import address_key
from tracing.bonds import Key
from tracing.clues import party_of
from tracing.consignments import CONSIGNMENTS, direction_of
from tracing.weights import COMPANY, RECIPIENT, SELLER, SHIPMENT, WAREHOUSE

NAMES_OF_FIRMS = frozenset({ClueKind.USCC, ClueKind.GLN, ClueKind.COMPANY})
"""Kinds by which a party of a consignment is named as a firm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueTable:
    """Clues by what they are joined by, then by side (`tracing.weights`), sorted by owner."""

    entries: Mapping[Key, Mapping[str, Sequence[Clue]]]
    usccs: Mapping[Node, frozenset[str]]
    """The social credit codes of sellers and of companies themselves, and of who takes goods."""
    for_firms: frozenset[Node]
    """Goods whose recipient is named as a firm."""
    stores: frozenset[Node]
    """Warehouses: what comes to the address comes to them, whoever it is for."""
    sellers: Sequence[SellerRef]
    """Sorted: their places are the rows of bonds."""


_QQ_MAIL = re.compile(r"([1-9][0-9]{4,10})@qq\.com")


def join_key(clue: Clue) -> Key:
    """Return what clues must share to agree; a numeric @qq.com address is its QQ account."""
    if clue.kind is ClueKind.EMAIL and (account := _QQ_MAIL.fullmatch(clue.value)):
        return ClueKind.QQ, account[1]
    if clue.kind is ClueKind.ADDRESS:
        return clue.kind, address_key(clue.value)
    return clue.kind, clue.value


def _side_of(clue: Clue, record: Record) -> str:
    """Return the side on which a clue of a record joins (`tracing.weights`).

    A test purchase is a parcel that somebody watched: it joins as one.
    """
    party = party_of(clue)
    if party in ("sender", "recipient") and record.kind in CONSIGNMENTS:
        return f"consignment.{party}"
    if record.kind is RecordKind.TEST_PURCHASE:
        return SHIPMENT
    if record.kind is RecordKind.EVENT:
        return f"event.{direction_of(record)}"
    return f"{record.kind.value}.{party}"


def key_text(clue: Clue) -> str:
    """Write the join key of a clue as `kind:value`."""
    return write_key(*join_key(clue))


def lay_table(
    clues: Iterable[Clue], records: Mapping[RecordRef, Record], sellers: Collection[SellerRef]
) -> ClueTable:
    """Sort clues into a table; of one owner, side and value the surest clue is taken."""
    best: dict[tuple[Key, str, Node], Clue] = {}
    usccs: defaultdict[Node, set[str]] = defaultdict(set)
    firms: set[Node] = set()
    stores: set[Node] = set()
    for clue in clues:
        owner = clue.owner
        side = SELLER
        if isinstance(owner, RecordRef):
            side = _side_of(clue, records[owner])
        if clue.kind is ClueKind.USCC and side in (SELLER, COMPANY, RECIPIENT):
            usccs[owner].add(clue.value)
        if side == RECIPIENT and clue.kind in NAMES_OF_FIRMS:
            firms.add(owner)
        if side == WAREHOUSE:
            stores.add(owner)
        identity = (join_key(clue), side, owner)
        known = best.get(identity)
        if known is None or _surer(clue, known):
            best[identity] = clue
    for ref in sellers:
        shop = _shop_clue(ref)
        best[join_key(shop), SELLER, ref] = shop
    table: defaultdict[Key, defaultdict[str, list[Clue]]] = defaultdict(lambda: defaultdict(list))
    for (key, side, _), clue in best.items():
        table[key][side].append(clue)
    for by_side in table.values():
        for entries in by_side.values():
            entries.sort(key=lambda clue: node_text(clue.owner))
    return ClueTable(
        entries=table,
        for_firms=frozenset(firms),
        stores=frozenset(stores),
        usccs={node: frozenset(codes) for node, codes in usccs.items()},
        sellers=sorted(sellers),
    )


def _surer(clue: Clue, known: Clue) -> bool:
    return (-clue.confidence, clue.found_in, clue.value) < (
        -known.confidence,
        known.found_in,
        known.value,
    )


def _shop_clue(ref: SellerRef) -> Clue:
    return Clue(
        owner=ref,
        kind=ClueKind.SHOP,
        value=str(ref),
        surface=str(ref),
        found_in="seller.seller_key",
        confidence=1.0,
    )
