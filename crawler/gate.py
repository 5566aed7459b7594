"""The gate that every request passes: platforms left alone, foreign hosts, addresses, limits."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import dnscache

from crawler.addresses import HostPort, host_port, is_public, read_address
from crawler.requests import RefusalReason, RequestRefused, Role, visit_of
from crawler.running import running

LOOKUP_TIMEOUT_S = 20.0


class Gate:
    """Downloader middleware. Redirects and robots.txt pass it like every other request."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass or hold it back.

        Raises: RequestRefused.
        """
        site = running(self._crawler).site
        if site.closed:
            raise RequestRefused(RefusalReason.STOPPED)
        place = host_port(request.url)
        if place is None:
            raise RequestRefused(RefusalReason.OFF_SITE, "no http address")
        visit = visit_of(request)
        if place not in site.permitted:
            await refuse_private(place)
        if visit is None or visit.role is Role.PICTURE:
            return
        may_move = visit.role in (Role.START, Role.PART)
        if not site.owns(place) and not (may_move and site.move_to(place)):
            raise RequestRefused(RefusalReason.OFF_SITE, f"{place} is not of this shop")
        is_repeat = "redirect_times" in request.meta or "retry_times" in request.meta
        if visit.role.is_page and not is_repeat:
            site.spend_page()


async def refuse_private(place: HostPort) -> None:
    """Look a host up, refuse addresses outside the public internet, and pin what was found.

    The downloader connects to the pinned address, so that a name cannot change its answer in
    between (DNS rebinding). A name that is not found is left for the downloader to report.

    Raises: RequestRefused.
    """
    refusal = RequestRefused(
        RefusalReason.PRIVATE_ADDRESS, f"{place} is not of the public internet"
    )
    literal = read_address(place.host)
    if literal is not None:
        if not is_public(literal):
            raise refusal
        return
    pinned = dnscache.get(place.host)
    if pinned is not None:
        if not is_public(ip_address(pinned)):
            raise refusal
        return
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOKUP_TIMEOUT_S):
            answers = await loop.getaddrinfo(place.host, place.port, family=socket.AF_INET)
    except (OSError, UnicodeError, TimeoutError):
        return
    addresses = [str(answer[4][0]) for answer in answers]
    if not addresses or not all(is_public(ip_address(address)) for address in addresses):
        raise refusal
    dnscache[place.host] = addresses[0]
