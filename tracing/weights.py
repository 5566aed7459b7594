"""How strongly each kind of agreement joins two nodes: a versioned table, frozen once released.

A lead's score is logistic(prior + sum of weights). A weight is the natural-log odds that an
agreement adds: ln(how often it is seen between one operator's ends ÷ between strangers').

The odds of LINKING_V1 are judgements, held against generated worlds (`benchmarks quality linking`).
Their reasons:

| kind | ln odds | because |
|---|---|---|
| USCC | 9.0 | given to one legal person; strangers share it only by a typing error or a forgery |
| company, licence, ICP, shop | 7.0 | registered once, but copied, and names recur |
| phone, WeChat, e-mail | 6.5 | personal, but agents and delivery firms lend theirs |
| QQ, address | 5.5 | QQ numbers are resold; strangers share office blocks and collection points |

| shop name, picture, text | 2.5–3.0 | own ones recur between an operator's shops, but are copied |

These hold for a value of one operator. How likely it is that, `tracing.linkage.hubs` learns from
the data; `weight_of` turns both into the odds that count. What one agreement alone gives between
two sellers that nobody else shares it with, in a field of the shop page (confidence 0.95):
phone 0.92, address 0.84, USCC 0.99.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from domain.tracing import ClueKind, LeadType
from tracing.linkage.hubs import KindBelief
from tracing.person_weights import PERSONS_V1, PersonWeights

FloatArray = NDArray[np.float64]

SELLER = "seller"
COMPANY = "company.own"
WAREHOUSE = "warehouse.own"
TENANT = "warehouse.tenant"
SHIPMENT = "shipment.own"
SENDER = "consignment.sender"
RECIPIENT = "consignment.recipient"
DELIVERY = "delivery.own"
CUSTOMS = "customs.own"
EVENT = "event.own"
GOODS_CAME = "event.received"
GOODS_LEFT = "event.sent"
# Sides of a join: a seller, or a party of a kind of record; the parties of all records of goods
# under way are alike. An event speaks of its place: goods came there, left it, or were seen there.


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRule:
    """One way in which two sides can agree."""

    left: str
    right: str
    type: LeadType
    weights: Mapping[ClueKind, float]
    """Natural-log odds of one agreement of each kind; other kinds say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """When two different values of a kind count as nearly the same."""

    kind: ClueKind
    alike_from: float
    """0..1: changes of a letter, a letter too many or few, neighbours exchanged ÷ length."""
    weight: float
    """Natural-log odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingAlgorithm:
    """Weights, guards and thresholds of one released version."""

    name: str
    prior: float
    """Natural-log odds that a pair which shares some value belongs together by that alone."""
    rules: tuple[JoinRule, ...]
    beliefs: Mapping[ClueKind, KindBelief]
    """How likely a value is one operator's, before any data, of each kind that joins sellers."""
    once: Mapping[ClueKind, ClueKind]
    """Kinds of which a pair's agreements count once, together with those of the kind named: who
    copies one picture copies several, and the text beside them."""
    close: tuple[Closeness, ...]
    """What is nearly the same between two sellers that share a value of one's own besides."""
    other_legal_person: float
    """For two sellers that show different social credit codes: most operators have one."""
    namesake: float
    """Instead, if they show one company's name: it is two companies of that name, and among a
    million sellers there are many."""
    hub_below: float
    """A value less likely one operator's than this joins no two sellers."""
    told_own: float
    """Natural-log odds of a value that a person said is one operator's: enough to weld all that
    show it, whatever `crowding` demands of a thousand shops."""
    crowding: float
    """Demanded for each e-fold of pairs between two groups that a join would weld, of which one
    shares a value."""
    platform_share: float
    """A value that more than this part of one platform's sellers show is the platform's own …"""
    platform_sellers: int
    """… once at least this many of its sellers are known."""
    star_from: int
    """Of more sellers than this that show a value each has a lead to the first of them alone, where
    that says what binds it to the others too."""
    record_limit: int
    """A value in more companies or warehouses than this joins none: registration agents. Nor does
    a container or pallet that more records name."""
    usual_customers: int
    """A sender of goods to as many recipients is as likely a carrier or a store for others as
    their supplier; of goods of one or two kinds, to four times as many."""
    forwarder: float
    """0..1 that a sender whose name is a carrier's or a store's supplies the goods itself."""
    contradiction: float
    """For a company that shares the seller's name but has another social credit code."""
    suggest_from: float
    """Leads below this score are not worth a person's time."""
    join_from: float
    """Leads from this score on join sellers into networks."""
    trail_from: float
    """Leads from this score on may be a step of a trail."""
    persons: PersonWeights

    @property
    def join_odds(self) -> float:
        """`join_from` as natural-log odds."""
        return math.log(self.join_from / (1 - self.join_from))


_LEGAL = KindBelief(own=8.0, slope=1.0, by_cohesion=False, copied=False)
# Codes of legal persons: a company may run hundreds of shops (店群), and they are all its own. What
# a platform shows of itself in all its shops is told by their share, not by their number.
_FILED = KindBelief(own=8.0, slope=2.0, by_cohesion=False, copied=False)
# Filings of web sites: those of a builder of shops stand in thousands of strangers'.
_NAMED = KindBelief(own=7.0, slope=2.0, by_cohesion=True, copied=False)
_PERSONAL = KindBelief(own=3.5, slope=1.5, by_cohesion=True, copied=False)
_PLACE = KindBelief(own=3.0, slope=1.5, by_cohesion=True, copied=False)
_COPIED = KindBelief(own=1.5, slope=1.5, by_cohesion=True, copied=True)

_SUPPLY = (
    JoinRule(
        left=SELLER,
        right=RECIPIENT,
        type=LeadType.RECEIVED,
        # Sellers have parcels sent to them as everybody has: a number alone is little.
        weights={
            ClueKind.USCC: 9.0,
            ClueKind.COMPANY: 7.0,
            ClueKind.PHONE: 4.5,
            ClueKind.ADDRESS: 4.5,
        },
    ),
    JoinRule(left=SELLER, right=DELIVERY, type=LeadType.RECEIVED, weights={ClueKind.SHOP: 9.0}),
    JoinRule(
        left=COMPANY,
        right=RECIPIENT,
        type=LeadType.RECEIVED,
        weights={
            ClueKind.USCC: 9.0,
            ClueKind.GLN: 8.0,
            ClueKind.COMPANY: 7.0,
            ClueKind.PHONE: 4.5,
            ClueKind.ADDRESS: 4.0,
        },
    ),
    JoinRule(
        left=WAREHOUSE,
        right=RECIPIENT,
        type=LeadType.RECEIVED,
        weights={ClueKind.GLN: 8.0, ClueKind.ADDRESS: 6.0, ClueKind.PHONE: 5.0},
    ),
    *(
        JoinRule(left=left, right=right, type=lead_type, weights={ClueKind.GLN: 8.0} | places)
        for left, right, lead_type, places in (
            (COMPANY, GOODS_CAME, LeadType.RECEIVED, {}),
            (WAREHOUSE, GOODS_CAME, LeadType.RECEIVED, {ClueKind.ADDRESS: 6.0}),
            (GOODS_LEFT, COMPANY, LeadType.SHIPPED, {}),
            (GOODS_LEFT, WAREHOUSE, LeadType.SHIPPED, {ClueKind.ADDRESS: 6.0}),
        )
    ),
    *(
        JoinRule(
            left=left,
            right=right,
            type=LeadType.SAME_GOODS,
            # A pallet's number is given once; containers travel for years, with other goods.
            weights={ClueKind.SSCC: 8.0, ClueKind.WAYBILL: 7.0, ClueKind.CONTAINER: 5.0},
        )
        for left, right in (
            *((GOODS_CAME, earlier) for earlier in (GOODS_LEFT, EVENT, SHIPMENT, CUSTOMS)),
            *((SHIPMENT, earlier) for earlier in (GOODS_LEFT, EVENT, DELIVERY, CUSTOMS)),
            *((DELIVERY, earlier) for earlier in (GOODS_LEFT, EVENT, CUSTOMS)),
        )
    ),
)

LINKING_V1 = LinkingAlgorithm(
    name="linking_v1",
    prior=-3.5,
    rules=(
        JoinRule(
            left=SELLER,
            right=SELLER,
            type=LeadType.SAME_OPERATOR,
            weights={
                ClueKind.USCC: 9.0,
                ClueKind.COMPANY: 7.0,
                ClueKind.LICENCE: 7.0,
                ClueKind.ICP: 7.0,
                ClueKind.PHONE: 6.5,
                ClueKind.WECHAT: 6.5,
                ClueKind.EMAIL: 6.5,
                ClueKind.QQ: 5.5,
                ClueKind.ADDRESS: 5.5,
                ClueKind.WAYBILL: 5.0,
                ClueKind.BANK_ACCOUNT: 8.0,
                ClueKind.PAYMENT: 7.0,
                ClueKind.ACCOUNT: 6.0,
                ClueKind.TAG: 6.0,
                ClueKind.CONTAINER: 4.0,
                ClueKind.SHOP_NAME: 2.5,
                ClueKind.PICTURE: 3.0,
                ClueKind.TEXT: 3.0,
            },
        ),
        JoinRule(
            left=SELLER,
            right=COMPANY,
            type=LeadType.REGISTERED_AS,
            weights={
                ClueKind.USCC: 9.0,
                ClueKind.COMPANY: 7.0,
                # Small traders give an agent's phone and address to the register.
                ClueKind.PHONE: 4.0,
                ClueKind.EMAIL: 4.0,
                ClueKind.ADDRESS: 4.0,
            },
        ),
        JoinRule(
            left=SELLER,
            right=TENANT,
            type=LeadType.STORES_AT,
            weights={ClueKind.USCC: 9.0, ClueKind.COMPANY: 7.0, ClueKind.PHONE: 6.0},
        ),
        JoinRule(
            left=SELLER,
            right=WAREHOUSE,
            type=LeadType.STORES_AT,
            weights={ClueKind.ADDRESS: 6.0, ClueKind.PHONE: 4.5},
        ),
        JoinRule(
            left=SELLER,
            right=SHIPMENT,
            type=LeadType.SHIPPED,
            weights={ClueKind.SHOP: 9.0, ClueKind.WAYBILL: 7.0},
        ),
        JoinRule(
            left=SELLER,
            right=SENDER,
            type=LeadType.SHIPPED,
            weights={
                ClueKind.USCC: 8.0,
                ClueKind.COMPANY: 6.0,
                ClueKind.PHONE: 6.0,
                # Many firms send from one building: alone too little for a trail.
                ClueKind.ADDRESS: 4.0,
            },
        ),
        JoinRule(
            left=COMPANY,
            right=TENANT,
            type=LeadType.STORES_AT,
            weights={ClueKind.USCC: 9.0, ClueKind.COMPANY: 7.0, ClueKind.PHONE: 5.5},
        ),
        JoinRule(
            left=COMPANY,
            right=WAREHOUSE,
            type=LeadType.STORES_AT,
            weights={ClueKind.ADDRESS: 5.5},
        ),
        JoinRule(
            left=SENDER,
            right=COMPANY,
            type=LeadType.SHIPPED,
            weights={
                ClueKind.USCC: 9.0,
                ClueKind.COMPANY: 7.0,
                ClueKind.GLN: 8.0,
                ClueKind.PHONE: 5.5,
                ClueKind.ADDRESS: 4.0,
            },
        ),
        JoinRule(
            left=SENDER,
            right=TENANT,
            type=LeadType.SHIPPED,
            weights={ClueKind.USCC: 8.0, ClueKind.COMPANY: 6.0, ClueKind.PHONE: 5.5},
        ),
        JoinRule(
            left=SENDER,
            right=WAREHOUSE,
            type=LeadType.SHIPPED,
            weights={ClueKind.ADDRESS: 6.0, ClueKind.PHONE: 5.5, ClueKind.GLN: 8.0},
        ),
        *_SUPPLY,
    ),
    beliefs=MappingProxyType(
        {
            **dict.fromkeys((ClueKind.USCC, ClueKind.LICENCE), _LEGAL),
            ClueKind.ICP: _FILED,
            ClueKind.COMPANY: _NAMED,
            **dict.fromkeys((ClueKind.PHONE, ClueKind.WECHAT, ClueKind.EMAIL), _PERSONAL),
            ClueKind.QQ: _PERSONAL,
            **dict.fromkeys((ClueKind.ACCOUNT, ClueKind.PAYMENT, ClueKind.BANK_ACCOUNT), _PERSONAL),
            **dict.fromkeys((ClueKind.TAG, ClueKind.CONTAINER), _PERSONAL),
            ClueKind.ADDRESS: _PLACE,
            ClueKind.WAYBILL: _PERSONAL,
            **dict.fromkeys((ClueKind.SHOP_NAME, ClueKind.PICTURE, ClueKind.TEXT), _COPIED),
        }
    ),
    once=MappingProxyType(
        {
            ClueKind.SHOP_NAME: ClueKind.SHOP_NAME,
            ClueKind.PICTURE: ClueKind.PICTURE,
            ClueKind.TEXT: ClueKind.PICTURE,
        }
    ),
    close=(
        Closeness(kind=ClueKind.COMPANY, alike_from=0.85, weight=3.0),
        Closeness(kind=ClueKind.PHONE, alike_from=0.9, weight=2.0),
        Closeness(kind=ClueKind.ADDRESS, alike_from=0.85, weight=2.0),
        Closeness(kind=ClueKind.SHOP_NAME, alike_from=0.66, weight=1.5),
    ),
    other_legal_person=-1.5,
    namesake=-3.5,
    hub_below=0.2,
    told_own=15.0,
    crowding=0.75,
    platform_share=0.5,
    platform_sellers=20,
    star_from=50,
    record_limit=20,
    usual_customers=60,
    forwarder=0.3,
    contradiction=-6.0,
    suggest_from=0.25,
    join_from=0.7,
    trail_from=0.6,
    persons=PERSONS_V1,
)


def score_of(weights: Iterable[float], prior: float) -> float:
    """Return the probability that log odds add up to, 0..1."""
    # fsum: the score must not depend on the order of the reasons.
    odds = max(-700.0, math.fsum((prior, *weights)))
    return 1 / (1 + math.exp(-odds))


def weight_of(base: float, owned: FloatArray, algorithm: LinkingAlgorithm) -> FloatArray:
    """Return the log odds of an agreement on values that are one operator's with given likelihood.

    Two shops that share such a value belong together if it is one operator's, and otherwise are
    strangers like any. 0 for hubs.
    """
    together = owned * score_of((base,), algorithm.prior)
    together += (1 - owned) * score_of((), algorithm.prior)
    odds = np.log(together / (1 - together)) - algorithm.prior
    return np.where(owned < algorithm.hub_below, 0.0, odds)
