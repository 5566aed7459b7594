"""Whether who sends goods supplies them: carriers, forwarders and stores for others only pass on.

A courier's depot or a bonded warehouse of 500 shops sends to everybody and supplies nobody. It is
told by its name, and by how many recipients its goods go to: the guard that keeps hubs from welding
sellers, for goods. A wholesaler too has many customers, but one or two kinds of goods, or invoices.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.common import Words
from domain.tracing import ClueKind, LeadReason, Node, Party, Record, RecordKind, RecordRef
from reference.carriers import CARRIERS
from tracing.bonds import Key
from tracing.clue_table import ClueTable
from tracing.consignments import CONSIGNMENTS
from tracing.kinds_of_goods import goods_of
from tracing.weights import RECIPIENT, SENDER, LinkingAlgorithm, score_of

_IDENTITY = (
    ClueKind.USCC,
    ClueKind.GLN,
    ClueKind.COMPANY,
    ClueKind.PHONE,
    ClueKind.ADDRESS,
)
"""Kinds by which parties of consignments are told from each other, the surest first."""
_FEW = 5
"""Customers of whom every trader has as many: they say nothing."""
_FEW_KINDS = 2
_MOSTLY = 0.8
_SPREAD = 4
_CERTAIN = 0.97
"""Likelihood of a supplier from which on nothing is said against it."""
_FORWARDERS = re.compile(
    r"快递|速递|速运|快运|物流|货运|运输|货代|货物代理|报关|保税|仓储|云仓|集运|转运|驿站|配送|邮政|"
    r"logistics|freight|forward|express|courier|warehous|fulfil|shipping|cargo",
    re.IGNORECASE,
)
_CARRIER_NAMES = tuple({carrier.name for carrier in CARRIERS} - {"UPS", "DHL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why the sender of a consignment may not supply what it sends."""

    likelihood: float
    """0..1 that it does."""
    key: Key
    """By which the sender is known."""
    words: Words


def is_forwarder(party: Party | None) -> bool:
    """Tell whether a party's name is that of a carrier, a forwarder or a store for others."""
    name = (party.name if party else None) or ""
    return bool(_FORWARDERS.search(name)) or any(one in name for one in _CARRIER_NAMES)


@dataclass(slots=True)
class _Trade:
    """What consignments tell of one sender."""

    customers: set[Key] = field(default_factory=set)
    kinds: Counter[frozenset[int]] = field(default_factory=Counter)
    """How often goods of which classes were sent, where a record tells."""
    sells: bool = False
    """An invoice, a contract or a customs declaration is in its name: carriers send no goods so."""

    @property
    def few_kinds(self) -> bool:
        told = self.kinds.total()
        most = sum(count for _, count in self.kinds.most_common(_FEW_KINDS))
        return told >= _FEW and most >= _MOSTLY * told


def find_doubts(
    table: ClueTable, records: Mapping[RecordRef, Record], algorithm: LinkingAlgorithm
) -> dict[Node, Doubt]:
    """Return the consignments whose sender may only pass goods on."""
    if not any(record.kind in CONSIGNMENTS for record in records.values()):
        return {}
    senders = keys_of_party(table, SENDER)
    recipients = keys_of_party(table, RECIPIENT)
    goods = [owner for owner in senders if owner in recipients and isinstance(owner, RecordRef)]
    trades: defaultdict[Key, _Trade] = defaultdict(_Trade)
    for owner in goods:
        record = records[owner]
        classes = goods_of(record).classes
        for key in _telling(senders[owner]):
            trade = trades[key]
            trade.customers.add(recipients[owner][0])
            trade.sells |= record.kind in (RecordKind.DELIVERY, RecordKind.CUSTOMS)
            if classes:
                trade.kinds[classes] += 1
    doubts: dict[Node, Doubt] = {}
    for owner in goods:
        keys = _telling(senders[owner])
        busiest = max(keys, key=lambda key: (len(trades[key].customers), key))
        sells = any(trades[key].sells for key in keys)
        doubt = _doubt(records[owner], busiest, trades[busiest], sells, algorithm)
        if doubt is not None:
            doubts[owner] = doubt
    return doubts


def keys_of_party(table: ClueTable, side: str) -> dict[Node, list[Key]]:
    """Return the keys of one party of each consignment, the surest kind first."""
    found: defaultdict[Node, list[Key]] = defaultdict(list)
    for key, by_side in table.entries.items():
        if key[0] in _IDENTITY:
            for clue in by_side.get(side, ()):
                found[clue.owner].append(key)
    for keys in found.values():
        keys.sort(key=lambda key: (_IDENTITY.index(key[0]), key[1]))
    return dict(found)


def _telling(keys: list[Key]) -> list[Key]:
    """Leave out the address where the sender is named otherwise: firms share buildings."""
    return [key for key in keys if key[0] is not ClueKind.ADDRESS] or keys


def _doubt(
    record: Record, key: Key, trade: _Trade, sells: bool, algorithm: LinkingAlgorithm
) -> Doubt | None:
    count = len(trade.customers)
    usual = algorithm.usual_customers * (_SPREAD if trade.few_kinds else 1)
    likelihood = 1 / (1 + (count / usual) ** 2) if count > _FEW and not sells else 1.0
    if is_forwarder(record.sender):
        words = Words(
            zh="发货人的名称是物流、仓储或货代企业的，可能只是代发，须查明委托人",
            en="The sender's name is a carrier's, a forwarder's or a store's: it may only pass the "
            "goods on; ask on whose behalf",
        )
        return Doubt(likelihood=likelihood * algorithm.forwarder, key=key, words=words)
    if likelihood > _CERTAIN:
        return None
    words = Words(
        zh=f"发货人在现有记录中向{count}家收货人发货，可能是承运、仓储或集货方，而非供货人",
        en=f"Records have this sender send to {count} recipients: it may carry, store or collect "
        "for others and supply nobody",
    )
    return Doubt(likelihood=likelihood, key=key, words=words)


def reason_of(doubt: Doubt, weights: Iterable[float], prior: float) -> LeadReason:
    """Return what takes a score down to that both hold: the goods came, and from a supplier."""
    came = score_of(weights, prior)
    both = came * doubt.likelihood
    kind, value = doubt.key
    weight = math.log(both / (1 - both)) - math.log(came / (1 - came)) if came < 1 else -1.0
    return LeadReason(clue_kind=kind, value=value, weight=weight, words=doubt.words)
