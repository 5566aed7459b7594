"""Which algorithm screens: those of this release, those learnt here, and people's choice."""

from __future__ import annotations

from dataclasses import dataclass

from casework.access import require
from casework.context import Context
from domain.algorithms import AlgorithmUse, Learned
from domain.common import NotFound, WrongUse
from domain.users import Role, User
from matchers.algorithms import ALGORITHMS, DEFAULT, Algorithm, weigh_anew
from storage import Unit, algorithms


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An algorithm that may be chosen."""

    name: str
    learned: Learned | None
    """None for one that came with this release."""
    in_use: bool
    use: AlgorithmUse | None
    """The last decision for it; None for one that nobody ever chose."""


def algorithm_in_use(unit: Unit) -> Algorithm:
    """Return the algorithm that a person chose last, or the default where nobody chose.

    Raises: WrongUse when it was learnt for features that this release no longer has.
    """
    decided = algorithms.uses(unit)
    return find_algorithm(unit, decided[-1].name) if decided else DEFAULT


def find_algorithm(unit: Unit, name: str) -> Algorithm:
    """Return an algorithm by name.

    Raises: NotFound; WrongUse when it was learnt for features that this release no longer has.
    """
    if name in ALGORITHMS:
        return ALGORITHMS[name]
    learned = algorithms.find_learned(unit, name)
    if learned is None:
        raise NotFound(f"there is no algorithm {name}")
    if learned.base not in ALGORITHMS:
        raise WrongUse(f"{name} was learnt for {learned.base}, which is not in this release")
    return weigh_anew(ALGORITHMS[learned.base], learned)


def list_algorithms(context: Context) -> tuple[Known, ...]:
    """Return the algorithms of this release and those learnt here, oldest first."""
    with context.database.read() as unit:
        learned = {one.name: one for one in algorithms.all_learned(unit)}
        decided = algorithms.uses(unit)
    last = {use.name: use for use in decided}
    current = decided[-1].name if decided else DEFAULT.name
    return tuple(
        Known(name=name, learned=learned.get(name), in_use=name == current, use=last.get(name))
        for name in (*ALGORITHMS, *learned)
    )


def use_algorithm(context: Context, user: User, name: str, reason: str) -> AlgorithmUse:
    """Let an algorithm screen from now on; flags that were raised keep the match that did it.

    Raises: WrongUse without a reason; NotFound; NotAllowed.
    """
    require(user, Role.OPERATOR)
    if not reason.strip():
        raise WrongUse("a reason is needed to change the algorithm; it is kept")
    use = AlgorithmUse(
        name=name,
        decided_by=user.user_name,
        decided_at=context.clock(),
        reason=reason.strip(),
    )
    with context.database.write() as unit:
        find_algorithm(unit, name)
        algorithms.add_use(unit, use)
    return use
