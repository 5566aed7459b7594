"""The leads, networks and trails linked from what sellers and records show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    Table,
    delete,
    insert,
    or_,
    select,
)

from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import (
    Clue,
    ClueKind,
    Lead,
    Network,
    Node,
    Trail,
    node_text,
)
from storage.schema import (
    Json,
    PlainText,
    Unit,
    from_json,
    in_parts,
    metadata,
    to_json,
)

Keyed = tuple[str, Clue]
"""A clue after the text by which it joins others."""
_TRAITS = (ClueKind.SHOP_NAME, ClueKind.PICTURE, ClueKind.TEXT)
"""Clues that are for linking alone: they name nobody."""

clues = Table(
    "clues",
    metadata,
    Column("clue_id", Integer, primary_key=True, comment="Row number"),
    Column("owner", PlainText, nullable=False, comment="seller:… or record:…"),
    Column("kind", PlainText, nullable=False, comment="phone, uscc, address …"),
    Column("value", PlainText, nullable=False, comment="Normalised"),
    Column("join_key", PlainText, nullable=False, comment="kind:value by which it joins others"),
    Column("content", Json, nullable=False, comment="The whole Clue"),
    comment="Identifying values as the last linking found them",
)
Index(None, clues.c.join_key)
Index(None, clues.c.owner)
Index(None, clues.c.kind, clues.c.value)

leads = Table(
    "leads",
    metadata,
    Column("lead_id", PlainText, primary_key=True, comment="Derived from both ends and the type"),
    Column("a", PlainText, nullable=False, comment="seller:… or record:…", index=True),
    Column("b", PlainText, nullable=False, comment="seller:… or record:…", index=True),
    Column("type", PlainText, nullable=False, comment="same_operator, registered_as …"),
    Column("score", Float, nullable=False, comment="0..1"),
    Column("content", Json, nullable=False, comment="The whole Lead with its reasons"),
    comment="Machine-made leads of the last linking",
)

network_members = Table(
    "network_members",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the seller"),
    Column("seller_key", PlainText, primary_key=True, comment="Of the seller"),
    Column(
        "network_id",
        PlainText,
        nullable=False,
        comment="Kept while it changes",
        index=True,
    ),
    comment="Networks of the last linking",
)

trails = Table(
    "trails",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the listing"),
    Column("content", Json, nullable=False, comment="The whole Trail"),
    comment="Trails of flagged listings as of the last linking",
)


def replace_linking(
    unit: Unit,
    *,
    new_clues: Iterable[Keyed],
    new_leads: Iterable[Lead],
    new_networks: Iterable[Network],
    new_trails: Iterable[Trail],
) -> None:
    """Put the results of a linking in the place of the last one's. People's decisions stay."""
    for table, rows in (
        (clues, map(_clue_row, new_clues)),
        (leads, map(_lead_row, new_leads)),
        (network_members, _member_rows(new_networks)),
        (trails, map(_trail_row, new_trails)),
    ):
        unit.execute(delete(table))
        _insert(unit, table, rows)


def replace_clues(unit: Unit, owners: Collection[Node], new: Iterable[Keyed]) -> None:
    """Put the clues of some nodes in the place of those they had."""
    for part in in_parts(map(node_text, owners)):
        unit.execute(delete(clues).where(clues.c.owner.in_(part)))
    _insert(unit, clues, map(_clue_row, new))


def replace_leads(unit: Unit, ends: Collection[Node], new: Iterable[Lead]) -> None:
    """Put the leads that have an end among some nodes in the place of those they had."""
    for part in in_parts(map(node_text, ends)):
        unit.execute(delete(leads).where(or_(leads.c.a.in_(part), leads.c.b.in_(part))))
    _insert(unit, leads, map(_lead_row, new))


def replace_networks(unit: Unit, old: Iterable[Network], new: Iterable[Network]) -> None:
    """Put networks in the place of others."""
    for part in in_parts(network.network_id for network in old):
        unit.execute(delete(network_members).where(network_members.c.network_id.in_(part)))
    _insert(unit, network_members, _member_rows(new))


def replace_trails(unit: Unit, of: Iterable[ListingRef], new: Iterable[Trail]) -> None:
    """Put trails in the place of those that some listings had."""
    for ref in of:
        unit.execute(
            delete(trails).where(
                trails.c.platform == ref.platform, trails.c.listing_key == ref.listing_key
            )
        )
    _insert(unit, trails, map(_trail_row, new))


def _insert(unit: Unit, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    if values := list(rows):
        unit.execute(insert(table), values)


def _clue_row(keyed: Keyed) -> dict[str, Any]:
    join_key, clue = keyed
    return {
        "owner": node_text(clue.owner),
        "kind": clue.kind.value,
        "value": clue.value,
        "join_key": join_key,
        "content": to_json(clue),
    }


def _lead_row(lead: Lead) -> dict[str, Any]:
    return {
        "lead_id": lead.lead_id,
        "a": node_text(lead.a),
        "b": node_text(lead.b),
        "type": lead.type.value,
        "score": lead.score,
        "content": to_json(lead),
    }


def _member_rows(networks: Iterable[Network]) -> Iterator[dict[str, Any]]:
    for network in networks:
        for member in network.members:
            yield {
                "platform": member.platform,
                "seller_key": member.seller_key,
                "network_id": network.network_id,
            }


def _trail_row(trail: Trail) -> dict[str, Any]:
    return {
        "platform": trail.listing.platform,
        "listing_key": trail.listing.listing_key,
        "content": to_json(trail),
    }


def clues_of_nodes(unit: Unit, owners: Iterable[str]) -> tuple[Clue, ...]:
    """Return all that linking knows of nodes, given as `node_text` writes them."""
    found: list[Clue] = []
    for part in in_parts(owners):
        rows = unit.execute(select(clues.c.content).where(clues.c.owner.in_(part))).scalars()
        found += (from_json(Clue, content) for content in rows)
    return tuple(found)


def clues_of_keys(unit: Unit, keys: Collection[str]) -> tuple[Clue, ...]:
    """Return the clues of some join keys, whoever shows them."""
    found: list[Clue] = []
    for part in in_parts(keys):
        rows = unit.execute(select(clues.c.content).where(clues.c.join_key.in_(part))).scalars()
        found += (from_json(Clue, content) for content in rows)
    return tuple(found)


def leads_of_nodes(unit: Unit, nodes: Iterable[Node]) -> tuple[Lead, ...]:
    """Return the leads with an end among these nodes, each once."""
    found: dict[str, Any] = {}
    for part in in_parts(map(node_text, nodes)):
        for column in (leads.c.a, leads.c.b):
            rows = unit.execute(select(leads.c.lead_id, leads.c.content).where(column.in_(part)))
            found.update((row.lead_id, row.content) for row in rows)
    return tuple(from_json(Lead, found[lead_id]) for lead_id in sorted(found))


def clues_of(unit: Unit, ref: SellerRef) -> tuple[Clue, ...]:
    """Return the clues found with a seller."""
    rows = unit.execute(
        select(clues.c.content)
        .where(clues.c.owner == node_text(ref), clues.c.kind.not_in(_TRAITS))
        .order_by(clues.c.clue_id)
    ).scalars()
    return tuple(from_json(Clue, content) for content in rows)


def leads_of(unit: Unit, ref: Node) -> tuple[Lead, ...]:
    """Return the leads of a seller or record, the strongest first."""
    node = node_text(ref)
    rows = unit.execute(
        select(leads.c.content)
        .where(or_(leads.c.a == node, leads.c.b == node))
        .order_by(leads.c.score.desc(), leads.c.lead_id)
    ).scalars()
    return tuple(from_json(Lead, content) for content in rows)


def all_leads(unit: Unit) -> Iterator[Lead]:
    """Go through every lead of the last linking."""
    rows = unit.execute(
        select(leads.c.content).order_by(leads.c.lead_id).execution_options(yield_per=500)
    ).scalars()
    for content in rows:
        yield from_json(Lead, content)


def find_lead(unit: Unit, lead_id: str) -> Lead | None:
    """Return one lead of the last linking, or None."""
    content = unit.execute(select(leads.c.content).where(leads.c.lead_id == lead_id)).scalar()
    return None if content is None else from_json(Lead, content)


def network_of(unit: Unit, ref: SellerRef) -> Network | None:
    """Return the network a seller is in, or None."""
    network_id = unit.execute(
        select(network_members.c.network_id).where(
            network_members.c.platform == ref.platform,
            network_members.c.seller_key == ref.seller_key,
        )
    ).scalar()
    if network_id is None:
        return None
    return Network(members=_members(unit, network_id), known_as=network_id)


def networks_of(unit: Unit, refs: Iterable[SellerRef]) -> tuple[Network, ...]:
    """Return the networks that sellers are in, each once."""
    found: dict[str, Network] = {}
    seen: set[SellerRef] = set()
    for ref in refs:
        if ref not in seen and (network := network_of(unit, ref)) is not None:
            found[network.network_id] = network
            seen.update(network.members)
    return tuple(found.values())


def all_networks(unit: Unit) -> tuple[Network, ...]:
    """Return every network of the last linking."""
    ids = unit.execute(
        select(network_members.c.network_id).distinct().order_by(network_members.c.network_id)
    ).scalars()
    return tuple(
        Network(members=_members(unit, network_id), known_as=network_id) for network_id in ids.all()
    )


def trail_of(unit: Unit, ref: ListingRef) -> Trail | None:
    """Return the trail of a listing, or None when it has none."""
    content = unit.execute(
        select(trails.c.content).where(
            trails.c.platform == ref.platform, trails.c.listing_key == ref.listing_key
        )
    ).scalar()
    return None if content is None else from_json(Trail, content)


def all_trails(unit: Unit) -> tuple[Trail, ...]:
    """Return every trail of the last linking."""
    rows = unit.execute(
        select(trails.c.content).order_by(trails.c.platform, trails.c.listing_key)
    ).scalars()
    return tuple(from_json(Trail, content) for content in rows)


def _members(unit: Unit, network_id: str) -> tuple[SellerRef, ...]:
    rows = unit.execute(
        select(network_members.c.platform, network_members.c.seller_key)
        .where(network_members.c.network_id == network_id)
        .order_by(network_members.c.platform, network_members.c.seller_key)
    )
    return tuple(SellerRef(platform=row.platform, seller_key=row.seller_key) for row in rows)
