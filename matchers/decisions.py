"""What is decided about a scored pair: plain rules in order, the first that speaks decides.

A new rule is one function and one line in `RULES`. A rule names itself in the Finding that it
returns, so that a person reads why nothing was flagged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.common import Words
from domain.grounds import ground_on, words_of_ground
from domain.matches import Decision, Finding, Speaks
from matchers.goods.features import goods_ground
from matchers.indications.ground import nothing_against_seller
from matchers.pair import Pair
from matchers.permission import Standing, find_permission, is_holder, words_of_permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A pair, what the features found in it, and what that adds up to."""

    pair: Pair
    findings: tuple[Finding, ...]
    score: float
    flag_from: float
    """Score from which a pair is put before a person."""

    def holds(self, *names: str) -> bool:
        """Tell whether one of these features found something."""
        return any(finding.name in names for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision, and the finding that alone decides it."""

    decision: Decision
    reason: Finding | None = None


_FLAG = Ruling(decision=Decision.FLAG)
_BELOW = Ruling(decision=Decision.BELOW)


def decide(weighed: Weighed) -> Ruling:
    """Return what the first rule says that speaks."""
    for rule in RULES:
        ruling = rule(weighed)
        if ruling is not None:
            return ruling
    return _FLAG


def against(decision: Decision, name: str, words: Words) -> Ruling:
    """Return a ruling that no flag is raised, and why."""
    reason = Finding(name=name, score=1.0, speaks=Speaks.AGAINST, words=words)
    return Ruling(decision=decision, reason=reason)


def seller_authorised(weighed: Weighed) -> Ruling | None:
    """An authorisation of the register covers the seller here and today."""
    pair = weighed.pair
    permission = find_permission(pair.sighting, pair.authorisations, pair.today)
    if permission is None or permission.standing is not Standing.COVERED:
        return None
    return against(Decision.AUTHORISED, "seller_authorised", words_of_permission(permission))


def seller_is_holder(weighed: Weighed) -> Ruling | None:
    """The seller is the holder for certain."""
    if not is_holder(weighed.pair):
        return None
    return against(Decision.AUTHORISED, "seller_is_holder", words_of_permission(None))


def under_threshold(weighed: Weighed) -> Ruling | None:
    """The findings do not add up to the score from which a pair is put before a person."""
    return _BELOW if weighed.score < weighed.flag_from else None


def right_is_no_ground(weighed: Weighed) -> Ruling | None:
    """The right is not in force here and today."""
    pair = weighed.pair
    ground = ground_on(pair.right, pair.today, pair.market)
    # To mark a patent that is not in force is the offence itself (专利法实施细则 art. 101).
    if ground.serves or pair.marking is not None:
        return None
    return against(Decision.NO_GROUND, "right_is_no_ground", words_of_ground(pair.right, ground))


def indication_only_named(weighed: Weighed) -> Ruling | None:
    """An indication is named, and nothing speaks against the seller."""
    words = nothing_against_seller(weighed.pair, weighed.findings)
    return None if words is None else against(Decision.NO_GROUND, "indication_only_named", words)


def goods_dissimilar(weighed: Weighed) -> Ruling | None:
    """The mark's very name stands on goods that are for certain not similar to its own."""
    named = any(name.is_plain for name in weighed.pair.offered_as)
    if not named and weighed.score < weighed.flag_from:
        return None
    words = goods_ground(weighed.pair)
    return against(Decision.NO_GROUND, "goods_dissimilar", words) if words else None


RULES: tuple[Callable[[Weighed], Ruling | None], ...] = (
    # Who may use the right comes before everything else.
    seller_authorised,
    seller_is_holder,
    # Before the score, which other goods lower: a person reads why the same name is no ground.
    goods_dissimilar,
    under_threshold,
    # From here on the pair is worth a flag, but for what is said about the ground.
    right_is_no_ground,
    indication_only_named,
)
