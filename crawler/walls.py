"""What a run does when a platform puts up a wall: the platform is paused until a person resumes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from casework import platforms
from casework.context import Context
from crawler.running import RunningCrawl
from crawler.sinks import BY
from domain.pages import Page
from domain.platforms import PAUSED_BY, PauseReason
from domain.runs import BROKEN_OFF, OutcomeKind

SHORTEST_LAPSE = timedelta(hours=1)
"""How long a platform that asks for a slower pace, and not for how long, is left alone."""
_MET = {
    PauseReason.LOGIN: "the platform asked for a log-in",
    PauseReason.BLOCKED: "the platform showed a slider, a captcha or a refusal",
    PauseReason.RATE_LIMITED: "the platform went on asking for a slower pace",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """What made a run leave its platform alone."""

    trouble: OutcomeKind
    page: Page | None
    """That showed it, preserved; None when there was no answer."""


async def pause_platform(crawl: RunningCrawl, wall: Wall) -> str | None:
    """Pause the platform of a run, and count the run as broken off: the same job goes on from it.

    Returns what stands in the run's outcomes; None for a trouble that passes by itself, and for
    a crawl into a file, which others know nothing of.
    """
    reason = PAUSED_BY.get(wall.trouble)
    context = crawl.sink.context
    if reason is None or context is None:
        return None
    crawl.counts[BROKEN_OFF] = 1
    await asyncio.to_thread(_pause, context, crawl, wall, reason)
    return f"the platform is paused: suyuan platforms show {crawl.platform}"


def _pause(context: Context, crawl: RunningCrawl, wall: Wall, reason: PauseReason) -> None:
    page = wall.page
    answered = "" if page is None else f" ({page.url}, HTTP {page.status})"
    lapse = None
    if reason is PauseReason.RATE_LIMITED:
        lapse = max(SHORTEST_LAPSE, timedelta(seconds=crawl.turns.longest_asked_s))
    platforms.pause(
        context,
        crawl.platform,
        reason,
        by=BY,
        why=_MET[reason] + answered,
        lapse=lapse,
        run_id=crawl.run_id,
        page=None if page is None else (page.url, page.sha256),
    )
