"""Platforms: paused where they put up a wall, resumed by a person, and what was learnt of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from casework.access import require
from casework.context import Context
from domain.common import NotFound, RunId, Sha256, WrongUse
from domain.expectations import LATEST_RUNS, Expectation, expectations_of
from domain.platforms import (
    PauseReason,
    PlatformEvent,
    PlatformEventKind,
    PlatformPaused,
    Standing,
    standing_of,
)
from domain.rendering import RenderingNeed
from domain.runs import Run, SpiderName
from domain.turns import Turns
from domain.users import Role, User
from storage import Unit, evidence, platforms, runs, turns

LONGEST_REASON = 2000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSummary:
    """One line of the list of platforms."""

    standing: Standing
    last_run: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformView:
    """All that is known of one platform."""

    standing: Standing
    history: tuple[PlatformEvent, ...]
    """Newest first."""
    needs: tuple[RenderingNeed, ...]
    turns: Turns | None
    """None when it was never asked at a pace."""
    last_run: Run | None
    expectations: tuple[Expectation, ...]
    """For the job of the last run."""


def pause(
    context: Context,
    platform: str,
    reason: PauseReason,
    *,
    by: str,
    why: str,
    lapse: timedelta | None = None,
    run_id: RunId | None = None,
    page: tuple[str, Sha256] | None = None,
) -> PlatformEvent:
    """Pause a platform for every spider; of several that meet a wall the first one counts.

    `lapse`: after which the pause ends by itself. `page`: address and digest of the page that
    showed the wall.
    """
    now = context.clock()
    with context.database.write() as unit:
        history = platforms.history_of(unit, platform)
        standing = standing_of(platform, history, now)
        if standing.pause is not None:
            return standing.pause
        event = PlatformEvent(
            platform=platform,
            sequence=len(history) + 1,
            kind=PlatformEventKind.PAUSED,
            at=now,
            by=by,
            why=why[:LONGEST_REASON],
            reason=reason,
            until=None if lapse is None else now + lapse,
            run_id=run_id,
            page_url=None if page is None else page[0],
            page_sha256=None if page is None else page[1],
        )
        if not platforms.add_event(unit, event):
            return platforms.history_of(unit, platform)[-1]
        # Spiders that are under way are refused their next turn.
        seconds = turns.NEVER if lapse is None else lapse.total_seconds()
        turns.hold(unit, platform, seconds, now=now.timestamp())
    return event


def pause_by_hand(context: Context, user: User, platform: str, *, why: str) -> PlatformEvent:
    """Pause a platform for a person's reason.

    Raises: NotAllowed, WrongUse.
    """
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    words = _checked(why)
    return pause(context, platform, PauseReason.BY_HAND, by=user.user_name, why=words)


def resume(context: Context, user: User, platform: str, *, why: str) -> PlatformEvent:
    """End a pause for a person's reason; the next crawl goes on where the last one stopped.

    Raises: NotAllowed; WrongUse when the platform is not paused, or without a reason.
    """
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    words = _checked(why)
    with context.database.write() as unit:
        event = _next_event(context, unit, platform, PlatformEventKind.RESUMED, user, words)
        if standing_of(platform, platforms.history_of(unit, platform), event.at).pause is None:
            raise WrongUse(f"{platform} is not paused")
        _add(unit, event)
        turns.release(unit, platform)
    return event


def set_robots_aside(context: Context, user: User, platform: str, *, why: str) -> PlatformEvent:
    """Set a platform's robots.txt aside until further notice; the reason stands in the log.

    Raises: NotAllowed, WrongUse.
    """
    require(user, Role.OPERATOR)
    words = _checked(why)
    with context.database.write() as unit:
        kind = PlatformEventKind.ROBOTS_SET_ASIDE
        event = _next_event(context, unit, platform, kind, user, words)
        _add(unit, event)
    return event


def obey_robots(context: Context, user: User, platform: str, *, why: str) -> PlatformEvent:
    """Obey a platform's robots.txt again.

    Raises: NotAllowed; WrongUse when it is obeyed already, or without a reason.
    """
    require(user, Role.OPERATOR)
    words = _checked(why)
    with context.database.write() as unit:
        kind = PlatformEventKind.ROBOTS_OBEYED
        event = _next_event(context, unit, platform, kind, user, words)
        history = platforms.history_of(unit, platform)
        if standing_of(platform, history, event.at).robots_override is None:
            raise WrongUse(f"robots.txt of {platform} is obeyed already")
        _add(unit, event)
    return event


def standing(context: Context, platform: str) -> Standing:
    """Return how matters stand with a platform now."""
    with context.database.read() as unit:
        return standing_of(platform, platforms.history_of(unit, platform), context.clock())


def require_active(context: Context, platform: str) -> None:
    """Raise PlatformPaused, with the way to resume, when a platform is paused."""
    found = standing(context, platform).pause
    if found is not None:
        raise PlatformPaused(_refusal(found))


def paused_platforms(context: Context) -> tuple[PlatformEvent, ...]:
    """Return the pauses in force, the latest first."""
    now = context.clock()
    with context.database.read() as unit:
        histories = platforms.all_histories(unit)
    found = (standing_of(name, history, now).pause for name, history in histories.items())
    return tuple(
        sorted((one for one in found if one is not None), key=lambda e: e.at, reverse=True)
    )


def list_platforms(context: Context) -> tuple[PlatformSummary, ...]:
    """Return every platform that was crawled or has a history: the paused ones first."""
    now = context.clock()
    with context.database.read() as unit:
        histories = platforms.all_histories(unit)
        latest = runs.latest_run_of_each(unit)
        names = platforms.known_platforms(unit)
    found = [
        PlatformSummary(
            standing=standing_of(name, histories.get(name, ()), now), last_run=latest.get(name)
        )
        for name in names
    ]
    return tuple(sorted(found, key=lambda one: one.standing.pause is None))


def show_platform(context: Context, platform: str) -> PlatformView:
    """Return all that is known of a platform.

    Raises: NotFound when it was never crawled and has no history.
    """
    now = context.clock()
    with context.database.read() as unit:
        history = platforms.history_of(unit, platform)
        last_run = runs.latest_run_of_each(unit, platform).get(platform)
        if last_run is None and not history:
            raise NotFound(f"there is no platform {platform}")
        expected: tuple[Expectation, ...] = ()
        if last_run is not None:
            earlier = (last_run, *earlier_runs(unit, last_run))
            expected = expectations_of(earlier, last_run.queries)
        return PlatformView(
            standing=standing_of(platform, history, now),
            history=tuple(reversed(history)),
            needs=platforms.needs_of(unit, platform),
            turns=turns.find_turns(unit, platform),
            last_run=last_run,
            expectations=expected,
        )


def wall_page(context: Context, platform: str, sequence: int) -> tuple[bytes, bool]:
    """Return the preserved page that showed the wall of a pause, and whether it is HTML.

    Raises: NotFound; StorageFault when the bytes have changed.
    """
    with context.database.read() as unit:
        history = platforms.history_of(unit, platform)
        pages = [one.page_sha256 for one in history if one.sequence == sequence]
        pieces = evidence.evidence_of_digest(unit, pages[0]) if pages and pages[0] else ()
    if pages and pages[0]:
        is_html = any("html" in piece.media_type for piece in pieces)
        return context.blobs.get(pages[0]), is_html
    raise NotFound(f"no page was preserved for event {sequence} of {platform}")


def earlier_runs(unit: Unit, run: Run) -> tuple[Run, ...]:
    """Return the runs of the same spider and target that expectations are learnt from, latest
    first; the clean ones among them are told apart there.
    """
    if run.spider is SpiderName.CAPTURE:
        # How much lacks a capture has nothing to do with how much did last time.
        return ()
    return runs.runs_before(unit, run, 4 * LATEST_RUNS)


def needs_of(context: Context, platform: str) -> tuple[RenderingNeed, ...]:
    """Return what is known of the kinds of a platform's pages."""
    with context.database.read() as unit:
        return platforms.needs_of(unit, platform)


def add_needs(context: Context, seen: Sequence[RenderingNeed]) -> None:
    """Add what a run saw of the need for a browser."""
    with context.database.write() as unit:
        platforms.add_needs(unit, seen)


def _refusal(found: PlatformEvent) -> str:
    until = "" if found.until is None else f", until {found.until:%Y-%m-%d %H:%M} UTC"
    reason = "" if found.reason is None else f" ({found.reason.value})"
    return (
        f"{found.platform} is paused since {found.at:%Y-%m-%d %H:%M} UTC{reason}{until}: "
        f"{found.why}. Once that is settled: "
        f"suyuan platforms resume {found.platform} --by USER --why …"
    )


def _next_event(
    context: Context, unit: Unit, platform: str, kind: PlatformEventKind, user: User, why: str
) -> PlatformEvent:
    return PlatformEvent(
        platform=platform,
        sequence=len(platforms.history_of(unit, platform)) + 1,
        kind=kind,
        at=context.clock(),
        by=user.user_name,
        why=why,
    )


def _add(unit: Unit, event: PlatformEvent) -> None:
    if not platforms.add_event(unit, event):
        raise WrongUse(f"somebody else acted on {event.platform} just now: look again")


def _checked(why: str) -> str:
    words = why.strip()
    if not words or len(words) > LONGEST_REASON:
        raise WrongUse(f"this takes a reason of 1 to {LONGEST_REASON} characters")
    return words
