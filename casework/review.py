"""Review: a person judges a flag."""

from __future__ import annotations

from casework.access import require
from casework.context import Context
from casework.flags import find_row
from domain.common import FlagId, WrongUse, derive_id
from domain.flags import Judgement, Verdict
from domain.users import Role, User
from storage import flags

LONGEST_REASON = 2000
"""Characters of a reason."""


def judge(
    context: Context, user: User, flag_id: FlagId, *, verdict: Verdict, reason: str
) -> Judgement:
    """Append a person's verdict with the reason.

    The last one counts, but a rights holder's never outweighs an investigator's.

    The same verdict with the same reason by the same person, given again, changes nothing.

    Raises: WrongUse without a reason; NotFound; NotAllowed.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise WrongUse(f"a judgement needs a reason of 1 to {LONGEST_REASON} characters")
    with context.database.write() as unit:
        find_row(unit, user, flag_id)
        earlier = flags.judgements_of(unit, flag_id)
        if earlier:
            last = earlier[-1]
            if (last.verdict, last.reason, last.judged_by) == (verdict, words, user.user_name):
                return last
        sequence = len(earlier) + 1
        judgement = Judgement(
            judgement_id=derive_id("judgement", flag_id, str(sequence)),
            flag_id=flag_id,
            verdict=verdict,
            reason=words,
            judged_by=user.user_name,
            judged_at=context.clock(),
            judged_as=user.role,
        )
        flags.add_judgement(unit, judgement)
    return judgement
