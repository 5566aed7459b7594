"""Clues joined by value: which nodes agree on what, and the leads that this adds up to.

One pass over values (a hash join): the cost grows with the clues, and with the square of the
sellers of one value only up to its hub limit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

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
    RecordRef,
    lead_id_of,
    node_text,
)
from tracing.addresses import address_key
from tracing.clues import party_of
from tracing.weights import (
    COMPANY,
    SELLER,
    SENDER,
    TENANT,
    WAREHOUSE,
    JoinRule,
    LinkingAlgorithm,
    score_of,
    weigh,
)
from tracing.words import CONTRADICTION, agreement_words

Key = tuple[ClueKind, str]
Pair = tuple[Node, Node, LeadType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A value that so many sellers show that it says nothing of who they are."""

    kind: ClueKind
    value: str
    sellers: int
    limit: int
    """The number of sellers from which on the value welds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueTable:
    """Clues by what they are joined by, then by side (`tracing.weights`), sorted by owner."""

    entries: Mapping[Key, Mapping[str, Sequence[Clue]]]
    usccs: Mapping[Node, frozenset[str]]
    """The social credit codes of sellers and of companies themselves."""
    sellers_of_platform: Mapping[str, int]


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
            side = f"{records[owner].kind.value}.{party_of(clue)}"
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
    platforms: defaultdict[str, int] = defaultdict(int)
    for ref in sellers:
        platforms[ref.platform] += 1
    return ClueTable(
        entries=table,
        usccs={node: frozenset(codes) for node, codes in usccs.items()},
        sellers_of_platform=platforms,
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


def find_hubs(table: ClueTable, algorithm: LinkingAlgorithm) -> dict[Key, Hub]:
    """Find the values that too many sellers show, over all or on one platform."""
    hubs: dict[Key, Hub] = {}
    for key, by_side in table.entries.items():
        sellers = by_side.get(SELLER, ())
        limit = algorithm.hub_limits[key[0]]
        if len(sellers) > limit or (limit := _platform_limit(sellers, table, algorithm)):
            hubs[key] = Hub(kind=key[0], value=key[1], sellers=len(sellers), limit=limit)
    return hubs


def _platform_limit(sellers: Sequence[Clue], table: ClueTable, algorithm: LinkingAlgorithm) -> int:
    """Return the limit of a platform whose own value this is (its hotline, its filing), else 0."""
    counts: defaultdict[str, int] = defaultdict(int)
    for clue in sellers:
        if isinstance(clue.owner, SellerRef):
            counts[clue.owner.platform] += 1
    for platform, count in sorted(counts.items()):
        known = table.sellers_of_platform[platform]
        if known >= algorithm.platform_sellers and count > known * algorithm.platform_share:
            return int(known * algorithm.platform_share)
    return 0


def join(
    table: ClueTable,
    hubs: Mapping[Key, Hub],
    algorithm: LinkingAlgorithm,
    decided: Mapping[str, LeadState],
) -> tuple[Lead, ...]:
    """Return the leads worth showing, and every decided one that clues still speak for; sorted."""
    pairs: defaultdict[Pair, _Agreements] = defaultdict(_Agreements)
    rules = {(rule.left, rule.right): rule for rule in algorithm.rules}
    for key, by_side in table.entries.items():
        for left, right in product(by_side, by_side):
            rule = rules.get((left, right))
            if rule is not None and key[0] in rule.weights:
                _join_value(key, by_side, rule, key in hubs, algorithm, pairs)
    leads = []
    for (a, b, lead_type), agreements in pairs.items():
        reasons = _in_order(_with_contradiction(a, b, lead_type, agreements, table, algorithm))
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
    return tuple(sorted(leads, key=lead_order))


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
    sharers = len(left) if rule.left == rule.right else 2
    for one, other in _pairs_of(rule, kind, left, right):
        confidences = (one.confidence, other.confidence)
        weight = weigh(rule.weights[kind], confidences, sharers, algorithm.sharer_penalty)
        words = agreement_words((rule.left, rule.right), (one, other), kind, sharers)
        reason = LeadReason(clue_kind=kind, value=value, weight=weight, words=words)
        pairs[one.owner, other.owner, rule.type].add(key, reason)


def _pairs_of(
    rule: JoinRule, kind: ClueKind, left: Sequence[Clue], right: Sequence[Clue]
) -> Iterator[tuple[Clue, Clue]]:
    if rule.left != rule.right:
        yield from product(left, right)
        return
    for one, other in combinations(left, 2):
        # The filing at the foot of a page is the platform's; between platforms it is the seller's.
        same_platform = (
            isinstance(one.owner, SellerRef)
            and isinstance(other.owner, SellerRef)
            and one.owner.platform == other.owner.platform
        )
        if not (kind is ClueKind.ICP and same_platform):
            yield one, other


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


def _in_order(reasons: Iterable[LeadReason]) -> tuple[LeadReason, ...]:
    return tuple(
        sorted(reasons, key=lambda reason: (-reason.weight, reason.clue_kind, reason.value))
    )
