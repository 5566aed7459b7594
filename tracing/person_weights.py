"""What it is worth that two companies have a legal representative of one name: a versioned table.

Names recur: five surnames are those of 30.8 % of people (公安部《二〇二〇年全国姓名报告》), and the
names that most people share have two characters. So a name alone leaves a pair below even odds, and
a common one leads on only within one district. The odds are judgements:

| legal representatives of one name | no place told | one district | two provinces |
|---|---|---|---|
| three characters, surname not common | .45 | .65 | .27 |
| three characters, common surname | .35 | .55 | not suggested |
| two characters, surname not common | .27 | .45 | not suggested |
| two characters, common surname | not suggested | .31 | not suggested |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

COMMON_SURNAMES = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗")
"""The twenty that most people bear (公安部, as above)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWeights:
    """Natural-log odds of what two companies share with the name, beside the prior."""

    names: Mapping[tuple[bool, bool], float]
    """By (of two characters, with a common surname)."""
    crowd: float
    """For each e-fold of companies beyond two that have a representative of the name."""
    district: float
    city: float
    elsewhere: float
    """For companies of two provinces."""
    contact: float
    """For a phone, an e-mail or an address that both register: an agent's, often, but not by
    chance beside one name."""
    trail_from: float
    """Leads from this score on are shown as a hop, which says how unsure it is."""


PERSONS_V1 = PersonWeights(
    names=MappingProxyType(
        {(False, False): 3.3, (False, True): 2.9, (True, False): 2.5, (True, True): 1.9}
    ),
    crowd=-0.5,
    district=0.8,
    city=0.4,
    elsewhere=-0.8,
    contact=2.5,
    trail_from=0.3,
)
