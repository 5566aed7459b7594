"""Characters that copies put for each other: what judgements teach, and what is kept of it."""

from __future__ import annotations

from collections.abc import Collection

from casework.access import require
from casework.context import Context
from casework.kept_pairs import REMARK, kept_pairs
from casework.training import judged_matches, seller_of
from domain.common import StorageFault, WrongUse
from domain.flags import Verdict
from domain.matches import TextPlace
from domain.users import Role, User
from matchers.names.confusions import Confusion, JudgedName, in_order, learn_confusions
from storage import rights


def learnt_pairs(context: Context) -> tuple[Confusion, ...]:
    """Return the pairs of characters that the judgements so far teach."""
    judged: list[JudgedName] = []
    with context.database.read() as unit:
        matches = judged_matches(unit)
        known = rights.find_rights(unit, {one.match.right_id for one in matches})
    for one in matches:
        right = known[one.match.right_id]
        places = [found.where for found in one.match.findings]
        surfaces = {place.surface for place in places if isinstance(place, TextPlace) and place.how}
        judged += (
            JudgedName(
                names=(right.name, *right.other_names),
                surface=surface,
                seller=seller_of(one),
                infringing=one.verdict is Verdict.INFRINGING,
            )
            for surface in sorted(surfaces)
        )
    return learn_confusions(judged)


def keep_pairs(context: Context, user: User, chosen: Collection[str]) -> tuple[str, ...]:
    """Keep some of the pairs learnt; returns those that were not kept before.

    They count from the next start of each process on.

    Raises: WrongUse for a pair that judgements do not teach; NotAllowed; StorageFault.
    """
    require(user, Role.OPERATOR)
    learnt = {in_order(one.pair): one for one in learnt_pairs(context)}
    for pair in chosen:
        if in_order(pair) not in learnt:
            taught = ", ".join(one.pair for one in learnt.values()) or "none so far"
            raise WrongUse(f"{pair!r} is no pair that judgements teach: {taught}")
    path = context.settings.pairs_file
    kept = set(map(in_order, kept_pairs(context.settings)))
    new = [learnt[key] for key in dict.fromkeys(map(in_order, chosen)) if key not in kept]
    day = context.clock().date().isoformat()
    try:
        with path.open("a", encoding="utf-8") as file:
            for one in new:
                name, surface = one.seen[0]
                file.write(
                    f"{one.pair} {REMARK} {name} ▶ {surface}; {one.sellers} / {one.cleared}; "
                    f"{day} {user.user_name}\n"
                )
    except OSError as fault:
        raise StorageFault(f"{path} cannot be written: {fault.strerror}") from fault
    return tuple(one.pair for one in new)
