"""Platforms: whether they may be asked now, and what was learnt of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import RunId, Sha256, SuyuanError, Words
from domain.runs import OutcomeKind


class PauseReason(StrEnum):
    """Why a platform is not asked for now."""

    LOGIN = "login"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    BY_HAND = "by_hand"


PAUSED_BY = {
    OutcomeKind.LOGIN_NEEDED: PauseReason.LOGIN,
    OutcomeKind.BLOCKED: PauseReason.BLOCKED,
    OutcomeKind.RATE_LIMITED: PauseReason.RATE_LIMITED,
}
"""The troubles that pause a platform once a run leaves it alone for one of them."""


class PlatformEventKind(StrEnum):
    """What may happen to a platform."""

    PAUSED = "paused"
    RESUMED = "resumed"
    ROBOTS_SET_ASIDE = "robots_set_aside"
    ROBOTS_OBEYED = "robots_obeyed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformEvent:
    """One line of a platform's history, which is only ever added to."""

    platform: str
    sequence: int
    """From 1 without gaps."""
    kind: PlatformEventKind
    at: datetime
    by: str
    """User name, or the program."""
    why: str
    """A person's reason, or in English what the crawl met."""
    reason: PauseReason | None = None
    """Of a pause."""
    until: datetime | None = None
    """When a pause lapses by itself; None when a person must resume."""
    run_id: RunId | None = None
    """The run that met the wall."""
    page_url: str | None = None
    """The page that showed it."""
    page_sha256: Sha256 | None = None
    """Of its preserved bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How matters stand with a platform at one moment."""

    platform: str
    pause: PlatformEvent | None = None
    """The pause in force; None when the platform may be asked."""
    robots_override: PlatformEvent | None = None
    """The order by which robots.txt is set aside; None when it is obeyed."""


class PlatformPaused(SuyuanError):
    """A platform is paused and is not asked."""


def standing_of(platform: str, history: Sequence[PlatformEvent], now: datetime) -> Standing:
    """Read a platform's standing from its history, oldest first."""
    pause: PlatformEvent | None = None
    override: PlatformEvent | None = None
    for event in history:
        match event.kind:
            case PlatformEventKind.PAUSED:
                pause = event
            case PlatformEventKind.RESUMED:
                pause = None
            case PlatformEventKind.ROBOTS_SET_ASIDE:
                override = event
            case PlatformEventKind.ROBOTS_OBEYED:
                override = None
    if pause is not None and pause.until is not None and pause.until <= now:
        pause = None
    return Standing(platform=platform, pause=pause, robots_override=override)


WHAT_HAPPENED = {
    PauseReason.LOGIN: Words(
        zh="平台要求登录后才能继续查看。",
        en="The platform asked for a log-in.",
    ),
    PauseReason.BLOCKED: Words(
        zh="平台出现滑块、验证码或拒绝访问页面。",
        en="The platform showed a slider, a captcha or a page that refuses access.",
    ),
    PauseReason.RATE_LIMITED: Words(
        zh="平台持续提示访问过于频繁。",
        en="The platform kept asking for a slower pace.",
    ),
    PauseReason.BY_HAND: Words(
        zh="已由人工暂停。",
        en="A person paused it.",
    ),
}
"""What a pause of each kind tells the person who reads of it."""

_ASK_THE_PLATFORM = Words(
    zh="依据《电子商务法》第二十五条，书面要求平台提供有关数据信息。",
    en="Ask the platform in writing for the data (E-Commerce Law art. 25).",
)
_OPEN_API = Words(
    zh="平台设有开放接口的，申请并使用开放接口。",
    en="Where the platform has an open API, apply for it and use it.",
)
_CAPTURE = Words(
    zh="由办案人员自行浏览，将浏览器存档（HAR、MHTML、网页另存）导入：suyuan import sightings 文件",
    en="Browse yourself and import what the browser saved (HAR, MHTML, saved pages): "
    "suyuan import sightings FILE",
)
_SLOWER = Words(
    zh="放慢采集节奏后恢复：suyuan crawl … --pace-s 秒数",
    en="Go on at a slower pace: suyuan crawl … --pace-s SECONDS",
)
LAWFUL_WAYS = {
    PauseReason.LOGIN: (_ASK_THE_PLATFORM, _OPEN_API, _CAPTURE),
    PauseReason.BLOCKED: (_SLOWER, _ASK_THE_PLATFORM, _OPEN_API, _CAPTURE),
    PauseReason.RATE_LIMITED: (_SLOWER, _OPEN_API, _ASK_THE_PLATFORM),
    PauseReason.BY_HAND: (),
}
"""What may lawfully be done then. Logging in and solving captchas are not automated."""
