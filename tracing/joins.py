"""Clues joined by value: which nodes agree on what, and the leads that this adds up to.

Between sellers the agreements are those of `tracing.bonds`. To records it is one pass over values
(a hash join), whose cost grows with the clues.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from domain.sellers import SellerRef
from domain.tracing import (
    Clue,
    ClueKind,
    Lead,
    LeadReason,
    LeadState,
    LeadType,
    Node,
    Record,
    RecordKind,
    RecordRef,
    lead_id_of,
    node_text,
)
from tracing.addresses import address_key
from tracing.bonds import (
    KINDS,
    NOTHING_TOLD,
    NUMBER,
    Bonds,
    Key,
    KnownValues,
    Told,
    bond,
    bond_part,
)
from tracing.clues import party_of
from tracing.seller_leads import SellerLeads
from tracing.weights import (
    COMPANY,
    SELLER,
    SENDER,
    TENANT,
    WAREHOUSE,
    JoinRule,
    LinkingAlgorithm,
    score_of,
)
from tracing.words import CONTRADICTION, agreement_words

Pair = tuple[Node, Node, LeadType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A value that so many sellers show that it says nothing of who they are."""

    kind: ClueKind
    value: str
    sellers: int
    ownership: float
    """0..1, the probability that it is one operator's all the same."""
    of_platform: bool
    """Whether most sellers of one platform show it: its own hotline, filing or company."""
    by_person: bool
    """Whether a person said so, whatever was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueTable:
    """Clues by what they are joined by, then by side (`tracing.weights`), sorted by owner."""

    entries: Mapping[Key, Mapping[str, Sequence[Clue]]]
    usccs: Mapping[Node, frozenset[str]]
    """The social credit codes of sellers and of companies themselves."""
    sellers: Sequence[SellerRef]
    """Sorted: their places are the rows of bonds."""


@dataclass(slots=True)
class _Agreements:
    """What was gathered for one pair; the heaviest agreement of each value counts."""

    reasons: dict[Key, LeadReason] = field(default_factory=dict)

    def add(self, key: Key, reason: LeadReason) -> None:
        known = self.reasons.get(key)
        if known is None or reason.weight > known.weight:
            self.reasons[key] = reason


_QQ_MAIL = re.compile(r"([1-9][0-9]{4,10})@qq\.com")


def join_key(clue: Clue) -> Key:
    """Return what clues must share to agree; a numeric @qq.com address is its QQ account."""
    if clue.kind is ClueKind.EMAIL and (account := _QQ_MAIL.fullmatch(clue.value)):
        return ClueKind.QQ, account[1]
    if clue.kind is ClueKind.ADDRESS:
        return clue.kind, address_key(clue.value)
    return clue.kind, clue.value


def _kind_of_side(record: Record) -> str:
    """A test purchase is a parcel that somebody watched: it joins as one."""
    is_parcel = record.kind is RecordKind.TEST_PURCHASE
    return RecordKind.SHIPMENT.value if is_parcel else record.kind.value


def key_text(clue: Clue) -> str:
    """Write the join key of a clue as `kind:value`."""
    kind, value = join_key(clue)
    return f"{kind}:{value}"


def lay_table(
    clues: Iterable[Clue], records: Mapping[RecordRef, Record], sellers: Collection[SellerRef]
) -> ClueTable:
    """Sort clues into a table; of one owner, side and value the surest clue is taken."""
    best: dict[tuple[Key, str, Node], Clue] = {}
    usccs: defaultdict[Node, set[str]] = defaultdict(set)
    for clue in clues:
        owner = clue.owner
        side = SELLER
        if isinstance(owner, RecordRef):
            side = f"{_kind_of_side(records[owner])}.{party_of(clue)}"
        if clue.kind is ClueKind.USCC and side in (SELLER, COMPANY):
            usccs[owner].add(clue.value)
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


def bind_sellers(
    table: ClueTable,
    algorithm: LinkingAlgorithm,
    known: KnownValues | None = None,
    told: Told = NOTHING_TOLD,
) -> Bonds:
    """Weigh what the sellers of a table share; `known` where they are a part of all."""
    rows = {node: row for row, node in enumerate(table.sellers)}
    names = sorted({ref.platform for ref in table.sellers})
    platforms = np.array([names.index(ref.platform) for ref in table.sellers], dtype=np.int32)
    entries = (
        (rows[clue.owner], NUMBER[key[0]], key[1], clue.confidence)
        for key in sorted(table.entries)
        if key[0] in algorithm.beliefs
        for clue in table.entries[key].get(SELLER, ())
        if isinstance(clue.owner, SellerRef)
    )
    if known is None:
        return bond(platforms, entries, algorithm, told=told)
    sizes = np.array([known.platforms.get(name, 0) for name in names], dtype=np.int64)
    sizes = np.maximum(sizes, np.bincount(platforms, minlength=len(names)))
    return bond_part(platforms, sizes, entries, known, algorithm, told)


def find_hubs(bonds: Bonds, algorithm: LinkingAlgorithm) -> dict[Key, Hub]:
    """List the values that too many sellers show, over all or on one platform."""
    holdings = bonds.holdings
    return {
        (KINDS[holdings.kinds[value]], holdings.texts[value]): Hub(
            kind=KINDS[holdings.kinds[value]],
            value=holdings.texts[value],
            sellers=int(holdings.counts[value]),
            ownership=float(bonds.owned[value]),
            of_platform=bool(bonds.limits[value]),
            by_person=bool(bonds.told[value]),
        )
        for value in np.flatnonzero(bonds.is_hub(algorithm)).tolist()
    }


def join(
    table: ClueTable,
    bonds: Bonds,
    hubs: Mapping[Key, Hub],
    algorithm: LinkingAlgorithm,
    decided: Mapping[str, LeadState],
) -> tuple[Lead, ...]:
    """Return the leads worth showing, and every decided one that clues still speak for; sorted."""
    leads = [
        *SellerLeads(table.sellers, table.entries, bonds, algorithm).leads(decided),
        *_leads_to_records(table, hubs, algorithm, decided),
    ]
    return tuple(sorted(leads, key=lead_order))


def _leads_to_records(
    table: ClueTable,
    hubs: Mapping[Key, Hub],
    algorithm: LinkingAlgorithm,
    decided: Mapping[str, LeadState],
) -> list[Lead]:
    pairs: defaultdict[Pair, _Agreements] = defaultdict(_Agreements)
    rules = {
        (rule.left, rule.right): rule
        for rule in algorithm.rules
        if rule.type is not LeadType.SAME_OPERATOR
    }
    for key, by_side in table.entries.items():
        for left, right in product(by_side, by_side):
            rule = rules.get((left, right))
            if rule is not None and key[0] in rule.weights:
                _join_value(key, by_side, rule, key in hubs, algorithm, pairs)
    leads = []
    for (a, b, lead_type), agreements in pairs.items():
        reasons = in_order(_with_contradiction(a, b, lead_type, agreements, table, algorithm))
        score = score_of((reason.weight for reason in reasons), algorithm.prior)
        state = decided.get(lead_id_of(a, b, lead_type)) if decided else None
        if score >= algorithm.suggest_from or state is not None:
            leads.append(
                Lead(
                    a=a,
                    b=b,
                    type=lead_type,
                    score=score,
                    reasons=reasons,
                    state=state or LeadState.SUGGESTED,
                )
            )
    return leads


def lead_order(lead: Lead) -> tuple[str, str, str]:
    """Sort leads by their ends."""
    return node_text(lead.a), node_text(lead.b), lead.type.value


def _join_value(
    key: Key,
    by_side: Mapping[str, Sequence[Clue]],
    rule: JoinRule,
    is_hub: bool,
    algorithm: LinkingAlgorithm,
    pairs: defaultdict[Pair, _Agreements],
) -> None:
    """Add the agreements of one value under one rule."""
    kind, value = key
    left, right = by_side[rule.left], by_side[rule.right]
    # A hub says nothing of who anybody is; that a parcel left a collection point stays true.
    if is_hub and (rule.left, rule.right) != (SENDER, WAREHOUSE):
        return
    # Sellers share a value up to its hub limit, and parcels of one sender may be many.
    settled = [side for side in (rule.left, rule.right) if side in (COMPANY, WAREHOUSE, TENANT)]
    if any(len(by_side[side]) > algorithm.record_limit for side in settled):
        return
    for one, other in product(left, right):
        weight = rule.weights[kind] * min(one.confidence, other.confidence)
        words = agreement_words((rule.left, rule.right), (one, other), kind, 2)
        reason = LeadReason(clue_kind=kind, value=value, weight=weight, words=words)
        pairs[one.owner, other.owner, rule.type].add(key, reason)


def _with_contradiction(
    a: Node,
    b: Node,
    lead_type: LeadType,
    agreements: _Agreements,
    table: ClueTable,
    algorithm: LinkingAlgorithm,
) -> list[LeadReason]:
    """Return the reasons; another social credit code speaks against a company of the same name."""
    reasons = list(agreements.reasons.values())
    shown, registered = table.usccs.get(a), table.usccs.get(b)
    if lead_type is LeadType.REGISTERED_AS and shown and registered and not shown & registered:
        reasons.append(
            LeadReason(
                clue_kind=ClueKind.USCC,
                value=min(registered),
                weight=algorithm.contradiction,
                words=CONTRADICTION,
            )
        )
    return reasons


def in_order(reasons: Iterable[LeadReason]) -> tuple[LeadReason, ...]:
    """Sort reasons by weight: the waterfall of a score."""
    return tuple(
        sorted(reasons, key=lambda reason: (-reason.weight, reason.clue_kind, reason.value))
    )
