"""One pace a platform: before a request goes out it takes its turn, together with all other spiders
that share the database.
"""

from __future__ import annotations

import asyncio
from time import monotonic

from casework import turns as ledger
from casework.context import Context
from crawler.addresses import host_port
from crawler.requests import RefusalReason, RequestRefused
from crawler.site import Site

PATIENCE_S = 120.0
"""A platform that is held for longer is left alone for this run."""
LONGEST_HOLD_S = 86_400.0
"""What a shop may ask for; more is kept at this."""
_NAP_S = 1.0


class Turns:
    """The turns of one crawl. Without a pace, or without a database, there is none to wait for."""

    def __init__(self, context: Context | None, platform: str, site: Site, pace_s: float) -> None:
        self._context = context
        self._platform = platform
        self._site = site
        self._pace_s = pace_s
        self._crawl_delays: dict[str, float] = {}
        self.longest_asked_s = 0.0
        """The longest wait that the shop asked this run for."""

    @property
    def _is_paced(self) -> bool:
        return bool(self._pace_s or self._crawl_delays)

    async def take(self, url: str) -> None:
        """Wait for the turn of a request.

        Raises: RequestRefused when the run is stopped meanwhile, or the platform is held for
        longer than PATIENCE_S.
        """
        if self._context is None or not self._is_paced:
            return
        place = self._place_of(url)
        delay_s = self._crawl_delays.get(place)
        if not (self._pace_s or delay_s):
            return
        turn = await asyncio.to_thread(
            ledger.take_turn,
            self._context,
            place,
            pace_s=self._pace_s,
            crawl_delay_s=delay_s,
            patience_s=PATIENCE_S,
        )
        if turn is None:
            raise RequestRefused(RefusalReason.HELD, f"{place} is held: another crawl was refused")
        until = monotonic() + turn.wait_s
        while (left := until - monotonic()) > 0:
            # In short naps: the run may be stopped meanwhile.
            await asyncio.sleep(min(left, _NAP_S))
            if self._site.closed:
                raise RequestRefused(RefusalReason.STOPPED)

    async def spend(self, url: str, count: int) -> None:
        """Pay afterwards for what a browser asked at once to show a page."""
        if self._context is not None and self._is_paced and count:
            place = self._place_of(url)
            await asyncio.to_thread(ledger.spend_turns, self._context, place, count)

    async def hold(self, url: str, seconds: float) -> None:
        """Let every spider wait as the shop asked this one to."""
        seconds = min(seconds, LONGEST_HOLD_S)
        self.longest_asked_s = max(self.longest_asked_s, seconds)
        if self._context is not None and self._is_paced:
            await asyncio.to_thread(ledger.hold, self._context, self._place_of(url), seconds)

    def note_crawl_delay(self, url: str, delay_s: float) -> None:
        """Note what robots.txt asks for; 0 where it asks for nothing. Kept with the next turn."""
        place = self._place_of(url)
        if place == self._platform:
            # Of the several hosts of a platform the slowest counts.
            delay_s = max(delay_s, self._crawl_delays.get(place, 0.0))
        if delay_s or self._pace_s:
            self._crawl_delays[place] = delay_s

    def _place_of(self, url: str) -> str:
        """Return the platform for its own hosts, the host for others (where pictures lie)."""
        place = host_port(url)
        if place is None or self._site.owns(place):
            return self._platform
        return place.host
