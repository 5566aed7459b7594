"""Learning from judgements: a new version is trained, and compared before anyone uses it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.access import require
from casework.algorithms import algorithm_in_use, find_algorithm
from casework.context import Context
from domain.algorithms import Learned
from domain.common import FlagId, NotFound, RightId, WrongUse, digest_of
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.users import Role, User
from matchers.algorithms import ALGORITHMS, DEFAULT, Algorithm
from matchers.algorithms.measuring import JudgedPair, Measured, measure
from matchers.algorithms.training import learn
from storage import Unit, algorithms
from storage.algorithms import JudgedMatch

_HELD_BACK = 4
"""Of so many sellers the judgements on one are never learnt from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFlag:
    """A judged flag on which two algorithms differ."""

    flag_id: FlagId
    listing: ListingRef
    right_id: RightId
    verdict: Verdict
    old_score: float
    new_score: float
    flagged: bool
    """By the new one."""
    held_back: bool
    """The new one has not learnt from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two algorithms on the judgements that neither has learnt from."""

    old: str
    new: str
    held_back: int
    """Judged flags compared on."""
    sellers: int
    old_measured: Measured
    new_measured: Measured
    changed: tuple[ChangedFlag, ...]
    """Among all judged flags."""


def train(context: Context, user: User, base: str | None = None) -> Learned:
    """Learn weights of an algorithm's features from the judgements that count, and keep them.

    `base` is an algorithm of this release, the newest if not said. Judgements on a fixed quarter
    of the sellers are held back for `compare`. Nothing is switched.

    Raises: NotFound; WrongUse with too few judgements; NotAllowed.
    """
    require(user, Role.OPERATOR)
    weighed = ALGORITHMS.get(base or DEFAULT.name)
    if weighed is None:
        raise NotFound(f"this release has no algorithm {base}, only {', '.join(ALGORITHMS)}")
    with context.database.read() as unit:
        judged = judged_matches(unit)
    pairs = [_pair(one) for one in judged if not _is_held_back(one)]
    try:
        learned = learn(pairs, weighed, learned_at=context.clock(), learned_by=user.user_name)
    except WrongUse as few:
        held_back = len(judged) - len(pairs)
        raise WrongUse(f"{few}; {held_back} more are held back to compare by") from few
    with context.database.write() as unit:
        known = algorithms.all_learned(unit)
        number = 1 + sum(one.base == weighed.name for one in known)
        learned = replace(learned, name=f"{weighed.name}.{number}")
        algorithms.add_learned(unit, learned)
    return learned


def compare(context: Context, new: str, old: str | None = None) -> Comparison:
    """Compare an algorithm with another, or the one in use, on judgements held back.

    All judgements are on flags: what no algorithm ever flagged was never judged, so recall is
    only that of what was found before.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        after = find_algorithm(unit, new)
        before = find_algorithm(unit, old) if old else algorithm_in_use(unit)
        judged = judged_matches(unit)
    held_back = [one for one in judged if _is_held_back(one)]
    pairs = [_pair(one) for one in held_back]
    return Comparison(
        old=before.name,
        new=after.name,
        held_back=len(pairs),
        sellers=len({pair.seller for pair in pairs}),
        old_measured=measure(before, pairs),
        new_measured=measure(after, pairs),
        changed=tuple(filter(None, (_changed(one, before, after) for one in judged))),
    )


def judged_matches(unit: Unit) -> list[JudgedMatch]:
    """Return the judged flags; whom people could not decide about teaches nothing."""
    return [one for one in algorithms.judged_matches(unit) if one.verdict is not Verdict.UNSURE]


def _pair(one: JudgedMatch) -> JudgedPair:
    return JudgedPair(
        findings=one.match.findings,
        infringing=one.verdict is Verdict.INFRINGING,
        kind=one.kind,
        seller=seller_of(one),
    )


def seller_of(one: JudgedMatch) -> str:
    """Name the seller; a listing without one stands for itself."""
    return f"{one.listing.platform}/{one.seller_key or one.listing.listing_key}"


def _is_held_back(one: JudgedMatch) -> bool:
    return int(digest_of((seller_of(one),)), 16) % _HELD_BACK == 0


def _changed(one: JudgedMatch, old: Algorithm, new: Algorithm) -> ChangedFlag | None:
    before, after = old.score(one.match.findings), new.score(one.match.findings)
    flagged = after >= new.flag_from
    if (before >= old.flag_from) is flagged:
        return None
    return ChangedFlag(
        flag_id=one.flag_id,
        listing=one.listing,
        right_id=one.match.right_id,
        verdict=one.verdict,
        old_score=before,
        new_score=after,
        flagged=flagged,
        held_back=_is_held_back(one),
    )
