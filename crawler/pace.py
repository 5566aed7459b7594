"""Pace: never faster than asked, and a pause when the shop asks for one."""

from __future__ import annotations

import asyncio
import math
from datetime import datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from crawler.requests import RefusalReason, RequestRefused
from crawler.running import running

MAX_PAUSE_S = 120.0
"""A shop that asks for a longer pause is left alone for this run."""
FIRST_PAUSE_S = 2.0
"""Without a Retry-After; doubled with every repetition."""
_PAUSE_STATUSES = frozenset({429, 503})


def slow_down(crawler: Crawler, host: str, delay_s: float) -> None:
    """Leave at least so many seconds between two requests to a host.

    AutoThrottle has one least delay for all hosts: it is raised as well.
    """
    throttle = crawler.get_extension(AutoThrottle)
    if throttle is not None:
        throttle.mindelay = max(throttle.mindelay, delay_s)
        throttle.maxdelay = max(throttle.maxdelay, delay_s)
    downloader = crawler.engine.downloader
    settings = downloader.per_slot_settings.setdefault(host, {})
    settings["delay"] = max(delay_s, crawler.settings.getfloat("DOWNLOAD_DELAY"))
    slot = downloader.slots.get(host)
    if slot is not None:
        slot.delay = max(slot.delay, delay_s)


def read_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110 10.2.3), None without one.

    Both forms count: seconds, and a date. A date in the past is 0.
    """
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 10 else math.inf
    try:
        asked = parsedate_to_datetime(text)
    except ValueError:
        return None
    if asked.tzinfo is None:
        return None
    return max(0.0, (asked - now).total_seconds())


def refuse_waiting(crawler: Crawler) -> None:
    """Refuse the requests that wait for their turn at a host."""
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(RequestRefused(RefusalReason.STOPPED))


def asked_pause(request: Request, response: Response, now: datetime) -> float | None:
    """Return the seconds for which an answer asks to be left alone; None when it does not ask."""
    if response.status not in _PAUSE_STATUSES:
        return None
    tried: int = request.meta.get("retry_times", 0)
    asked = read_retry_after(response.headers.get("Retry-After"), now)
    return FIRST_PAUSE_S * 2**tried if asked is None else asked


class PatientRetryMiddleware(RetryMiddleware):
    """Downloader middleware: repeats what failed, and pauses a host that says it is too much."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._paused_until: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        """Wait out the pause of the request's host."""
        host = urlparse_cached(request).hostname or ""
        site = running(self.crawler).site
        while (left := self._paused_until.get(host, 0.0) - monotonic()) > 0 and not site.closed:
            # In short naps: the run may be stopped meanwhile.
            await asyncio.sleep(min(left, 1.0))
        if site.closed:
            raise RequestRefused(RefusalReason.STOPPED)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Repeat a failed request within bounds; the last answer goes on to the spider."""
        wait_s = asked_pause(request, response, running(self.crawler).sink.now())
        if wait_s is not None and not request.meta.get("dont_retry"):
            if wait_s > MAX_PAUSE_S:
                return response
            if request.meta.get("retry_times", 0) < self.max_retry_times:
                self._pause(urlparse_cached(request).hostname or "", wait_s)
        return super().process_response(request, response)

    def _pause(self, host: str, wait_s: float) -> None:
        until = monotonic() + wait_s
        self._paused_until[host] = max(self._paused_until.get(host, 0.0), until)
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None and slot.delay:
            # Requests that wait for their turn in the slot start after the pause.
            slot.lastseen = max(slot.lastseen, until - slot.delay)
