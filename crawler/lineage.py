"""Which page led to which: the trail from the first address asked to a listing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.requests import FOUND_ON, asked_of


class Lineage:
    """Spider middleware: notes at each request whose answer named its address.

    The collection log keeps it, so that a sealed package can show how an exhibit was come by.
    """

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what a page led to."""
        asked = asked_of(response.request) if response.request is not None else None
        async for one in result:
            if isinstance(one, Request) and asked is not None:
                one.meta[FOUND_ON] = asked
            yield one
