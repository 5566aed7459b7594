"""How strongly each kind of agreement joins two nodes: a versioned table, frozen once released.

A lead's score is logistic(prior + sum of weights). A weight is the natural-log odds that an
agreement adds: ln(how often it is seen between one operator's ends ÷ between strangers').

The odds of LINKING_V1 are judgements, not yet measurements. Their reasons:

| kind | ln odds | because |
|---|---|---|
| USCC | 9.0 | given to one legal person; strangers share it only by a typing error or a forgery |
| company, licence, ICP, shop | 7.0 | registered once, but copied, and names recur |
| phone, WeChat, e-mail | 6.5 | personal, but agents and delivery firms lend theirs |
| QQ, address | 5.5 | QQ numbers are resold; strangers share office blocks and collection points |

What one agreement alone gives between two sellers that nobody else shares it with, seen in a field
of the shop page (confidence 0.95): phone 0.94, address 0.85, USCC 0.995. A phone without a cue in
free text (0.75) gives 0.80. Shared by ten sellers these give 0.83, 0.65, 0.99 and 0.57.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.tracing import ClueKind, LeadType

SELLER = "seller"
COMPANY = "company.own"
WAREHOUSE = "warehouse.own"
TENANT = "warehouse.tenant"
SHIPMENT = "shipment.own"
SENDER = "shipment.sender"
# Sides of a join: a seller, or a party of a kind of record.


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRule:
    """One way in which two sides can agree."""

    left: str
    right: str
    type: LeadType
    weights: Mapping[ClueKind, float]
    """Natural-log odds of one agreement of each kind; other kinds say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingAlgorithm:
    """Weights, guards and thresholds of one released version."""

    name: str
    prior: float
    """Natural-log odds that a pair which shares some value belongs together by that alone."""
    rules: tuple[JoinRule, ...]
    sharer_penalty: float
    """Taken from a weight between sellers, times ln(sellers who share the value − 1)."""
    hub_limits: Mapping[ClueKind, int]
    """A value that more sellers than this share welds nothing. A legal person may run dozens of
    shops; a phone in a dozen is a hotline."""
    platform_share: float
    """A value that more than this part of one platform's sellers show is the platform's own …"""
    platform_sellers: int
    """… once at least this many of its sellers are known."""
    record_limit: int
    """A value in more companies or warehouses than this joins none: registration agents."""
    contradiction: float
    """For a company that shares the seller's name but has another social credit code."""
    suggest_from: float
    """Leads below this score are not worth a person's time."""
    join_from: float
    """Leads from this score on join sellers into networks."""
    trail_from: float
    """Leads from this score on may be a step of a trail."""


_STRANGERS_SHARE = 10

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
            weights={ClueKind.ADDRESS: 6.0, ClueKind.PHONE: 5.5},
        ),
    ),
    sharer_penalty=0.5,
    hub_limits=MappingProxyType(
        {
            **dict.fromkeys(ClueKind, _STRANGERS_SHARE),
            ClueKind.USCC: 50,
            ClueKind.COMPANY: 50,
            ClueKind.LICENCE: 50,
            ClueKind.ICP: 50,
        }
    ),
    platform_share=0.5,
    platform_sellers=20,
    record_limit=20,
    contradiction=-6.0,
    suggest_from=0.25,
    join_from=0.7,
    trail_from=0.6,
)


def score_of(weights: Iterable[float], prior: float) -> float:
    """Return the probability that log odds add up to, 0..1."""
    # fsum: the score must not depend on the order of the reasons.
    odds = max(-700.0, math.fsum((prior, *weights)))
    return 1 / (1 + math.exp(-odds))


def weigh(base: float, confidences: tuple[float, float], sharers: int, penalty: float) -> float:
    """Return the log odds of one agreement: less for unsure readings and for shared values.

    `sharers` counts the sellers that show the value, 2 when only this pair does.
    """
    return base * min(confidences) - penalty * math.log(max(1, sharers - 1))
