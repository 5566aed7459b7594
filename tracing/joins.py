"""Clues joined by value: which nodes agree on what, and the leads that this adds up to.

Between sellers the agreements are those of `tracing.bonds`. To records it is one pass over values
(a hash join), whose cost grows with the clues.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from domain.common import Words
from domain.sellers import SellerRef
from domain.tracing import (
    Clue,
    ClueKind,
    Lead,
    LeadReason,
    LeadState,
    LeadType,
    Node,
    lead_id_of,
    node_text,
)
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
from tracing.clue_table import ClueTable
from tracing.persons import find_namesakes
from tracing.seller_leads import SellerLeads
from tracing.supply import Doubt, reason_of
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
from tracing.words import CONTRADICTION, OTHER_FIRM, OTHER_RECIPIENT, agreement_words

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


@dataclass(slots=True)
class _Agreements:
    """What was gathered for one pair; the heaviest agreement of each value counts."""

    reasons: dict[Key, LeadReason] = field(default_factory=dict)

    def add(self, key: Key, reason: LeadReason) -> None:
        known = self.reasons.get(key)
        if known is None or reason.weight > known.weight:
            self.reasons[key] = reason


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
    doubts: Mapping[Node, Doubt],
    algorithm: LinkingAlgorithm,
    decided: Mapping[str, LeadState],
) -> tuple[Lead, ...]:
    """Return the leads worth showing, and every decided one that clues still speak for; sorted."""
    leads = [
        *SellerLeads(table.sellers, table.entries, bonds, algorithm).leads(decided),
        *_leads_to_records(table, hubs, doubts, algorithm, decided),
        *find_namesakes(table, algorithm, decided),
    ]
    return tuple(sorted(leads, key=lead_order))


def _leads_to_records(
    table: ClueTable,
    hubs: Mapping[Key, Hub],
    doubts: Mapping[Node, Doubt],
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
        gathered = _with_contradiction(a, b, lead_type, agreements, table, algorithm)
        if lead_type is LeadType.RECEIVED and b in doubts:
            weights = [reason.weight for reason in gathered]
            gathered.append(reason_of(doubts[b], weights, algorithm.prior))
        reasons = in_order(gathered)
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
    if rule.type is LeadType.SAME_GOODS:
        settled = [rule.left, rule.right]
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
    """Return the reasons; another social credit code speaks against a company of the same name.

    Goods that another legal person is to get are not a company's because it sits in the house.
    """
    reasons = list(agreements.reasons.values())
    shown, registered = table.usccs.get(a), table.usccs.get(b)
    doubted: tuple[ClueKind, str, Words] | None = None
    if lead_type in (LeadType.REGISTERED_AS, LeadType.RECEIVED):
        if shown and registered and not shown & registered:
            same_name = lead_type is LeadType.REGISTERED_AS
            words = CONTRADICTION if same_name else OTHER_RECIPIENT
            doubted = ClueKind.USCC, min(registered), words
        elif b in table.for_firms and a not in table.stores and _is_place_alone(reasons):
            doubted = ClueKind.ADDRESS, reasons[0].value, OTHER_FIRM
    if doubted is None:
        return reasons
    kind, value, words = doubted
    against = LeadReason(clue_kind=kind, value=value, weight=algorithm.contradiction, words=words)
    return [*reasons, against]


def _is_place_alone(reasons: Iterable[LeadReason]) -> bool:
    return {reason.clue_kind for reason in reasons} == {ClueKind.ADDRESS}


def in_order(reasons: Iterable[LeadReason]) -> tuple[LeadReason, ...]:
    """Sort reasons by weight: the waterfall of a score."""
    return tuple(
        sorted(reasons, key=lambda reason: (-reason.weight, reason.clue_kind, reason.value))
    )
