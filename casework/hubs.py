"""Hubs: what linking takes for nobody's own, and what people say of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.access import require
from casework.contacts import CONTACTS, mask
from casework.context import Context
from casework.linking import link_touched
from casework.naming import Named, name_node
from domain.common import NotFound, Words, WrongUse
from domain.hubs import HubDecision, HubVerdict, SharedValue, read_key, write_key
from domain.tracing import ClueKind
from domain.users import Role, User
from storage import Unit, hubs, linkings
from tracing import LINKING_V1
from tracing.hub_words import words_of_shared

KINDS = tuple(kind for kind in ClueKind if kind in LINKING_V1.beliefs)
"""Kinds of value that join sellers."""
# A text may hold any contact.
_HIDDEN = CONTACTS | {ClueKind.TEXT}
MOST_SHOWN = 100
MOST_OWN = 300
"""Sellers of a value that can be told to be one operator's: each pair of them gets a lead."""
_MOST_SELLERS = 5
_LONGEST_REASON = 2_000


class Shown(StrEnum):
    """Which shared values are listed."""

    HUBS = "hubs"
    """What joins nobody."""
    TOLD = "told"
    """What people decided, either way."""
    ALL = "all"
    """Whatever two sellers show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRow:
    """A shared value as a person sees it."""

    shared: SharedValue
    value: str
    """Masked where the person may not see it."""
    surface: str | None
    """As one of the sellers shows it; None where the value is masked."""
    is_hub: bool
    """What counts in the end."""
    why: Words
    """What linking goes by, whatever people said."""
    decisions: tuple[HubDecision, ...]
    """Newest first."""
    sellers: tuple[Named, ...]
    """Some of those that show it."""
    may_be_own: bool
    """Whether few enough show it to be told one operator's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubList:
    """Shared values, those of the most sellers first."""

    rows: tuple[HubRow, ...]
    has_more: bool


def list_hubs(
    context: Context,
    user: User,
    *,
    shown: Shown = Shown.HUBS,
    kind: ClueKind | None = None,
    text: str = "",
) -> HubList:
    """List shared values; contact values are masked for operators, who cannot search for them.

    Raises: NotAllowed for a rights holder.
    """
    require(user, Role.INVESTIGATOR, Role.OPERATOR)
    sees_all = user.role is Role.INVESTIGATOR
    wanted = text.strip() if sees_all else ""
    with context.database.read() as unit:
        log = hubs.all_hub_decisions(unit)
        last = {write_key(one.kind, one.value): one.verdict for one in log}
        found = _found(unit, shown, last, kind, wanted)
        rows = tuple(_row(unit, one, last, log, sees_all) for one in found[:MOST_SHOWN])
    return HubList(rows=rows, has_more=len(found) > MOST_SHOWN)


def decide_hub(
    context: Context, user: User, kind: ClueKind, value: str, verdict: HubVerdict, reason: str
) -> bool:
    """Say that a shared value is a hub or one operator's own, or take that back; then link anew.

    Returns whether the networks show it already; else, for a value of many sellers, they do after
    the next linking of everything.

    Raises: NotAllowed, NotFound, WrongUse without a reason, or for what too many sellers show.
    """
    require(user, Role.INVESTIGATOR)
    words = reason.strip()
    if not words or len(words) > _LONGEST_REASON:
        raise WrongUse(f"a decision on a hub needs a reason of 1 to {_LONGEST_REASON} characters")
    key = write_key(kind, value)
    with context.database.write() as unit:
        told, found = (kind, value) in hubs.told(unit), hubs.find_shared(unit, (key,))
        if kind not in KINDS or not (told or found):
            raise NotFound(f"no two sellers show this {kind.value}")
        if verdict is HubVerdict.OWN and any(one.sellers > MOST_OWN for one in found):
            raise WrongUse(f"what more than {MOST_OWN} sellers show is not one operator's own")
        if verdict is HubVerdict.LEFT and not told:
            raise WrongUse("nobody decided on this value: there is nothing to take back")
        hubs.add_hub_decision(
            unit,
            HubDecision(
                kind=kind,
                value=value,
                verdict=verdict,
                by=user.user_name,
                at=context.clock(),
                reason=words,
            ),
        )
        linkings.touch(unit, hubs.owners_of_value(unit, key))
    return link_touched(context, else_all=False)


def _found(
    unit: Unit, shown: Shown, last: dict[str, HubVerdict], kind: ClueKind | None, text: str
) -> list[SharedValue]:
    """Find one more than is shown."""
    decided = [key for key, verdict in last.items() if verdict is not HubVerdict.LEFT]
    told = {key for key in decided if shown is not Shown.HUBS or last[key] is HubVerdict.HUB}
    there = hubs.find_shared(unit, told)
    gone = told - {write_key(one.kind, one.value) for one in there}
    found = [
        one
        for one in (*there, *map(_only_told, gone))
        if kind in (None, one.kind) and text in one.value
    ]
    if shown is not Shown.TOLD:
        found += hubs.list_shared(
            unit,
            only_hubs=shown is Shown.HUBS,
            without=decided,
            kind=kind,
            text=text,
            limit=MOST_SHOWN + 1,
        )
    return sorted(found, key=lambda one: (-one.sellers, one.kind.value, one.value))


def _only_told(key: str) -> SharedValue:
    kind, value = read_key(key)
    return SharedValue(
        kind=kind, value=value, sellers=0, owned=0.0, platform_limit=0, hub_since=None
    )


def _row(
    unit: Unit,
    shared: SharedValue,
    last: dict[str, HubVerdict],
    log: tuple[HubDecision, ...],
    sees_all: bool,
) -> HubRow:
    key = write_key(shared.kind, shared.value)
    verdict = last.get(key, HubVerdict.LEFT)
    is_found = shared.hub_since is not None
    clues = hubs.clues_of_sellers(unit, key, limit=4 * _MOST_SELLERS)
    owners = dict.fromkeys(one.owner for one in clues)
    is_masked = not sees_all and shared.kind in _HIDDEN
    return HubRow(
        shared=shared,
        value=mask(shared.value) if is_masked else shared.value,
        surface=clues[0].surface if clues and not is_masked else None,
        is_hub=is_found if verdict is HubVerdict.LEFT else verdict is HubVerdict.HUB,
        why=words_of_shared(shared),
        decisions=tuple(
            one for one in reversed(log) if (one.kind, one.value) == (shared.kind, shared.value)
        ),
        may_be_own=shared.sellers <= MOST_OWN,
        sellers=tuple(name_node(unit, one) for one in list(owners)[:_MOST_SELLERS]),
    )
