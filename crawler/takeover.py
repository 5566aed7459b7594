"""Takes over what a run of the same job was answered before it was broken off."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from casework.runs import KeptAnswer
from crawler.answers import page_of
from crawler.platforms import is_json
from crawler.requests import ANSWERED_AT, BY_API, TAKEN_OVER, asked_of, visit_of
from crawler.running import running
from crawler.trouble import trouble_on
from domain.common import PageChanged

_MAX_REDIRECTS = 8
"""As many as a crawl follows."""


class Takeover:
    """Downloader middleware: answers from preserved bytes what need not be fetched again.

    Pages and redirects are taken over, at the time at which they were fetched; robots.txt and
    sitemaps are asked for again, and so are a page that told of a block or a login and the
    redirects that led to it. The gate and robots.txt judge the request as if it went out.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawl = running(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Takeover:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Answer a request that an earlier run was answered; None lets it go out."""
        # A redirect or repetition took it over from the request before it.
        request.meta[ANSWERED_AT] = None
        visit = visit_of(request)
        if visit is None or not visit.role.is_page:
            return None
        kept = await self._crawl.sink.kept_answer(asked_of(request))
        if kept is None:
            return None
        response = _respond(request, kept)
        if await self._ends_in_trouble(response, kept):
            return None
        request.meta[ANSWERED_AT] = kept.at
        self._crawl.counts["taken_over"] += kept.location is None
        return response

    async def _ends_in_trouble(self, response: Response, kept: KeptAnswer) -> bool:
        """Tell whether a kept answer, or the one that its redirects led to, is to be asked for
        anew. A login wall is mostly put up by a redirect, which is gone once the wall is down;
        one that led to nothing kept may have been such a one.
        """
        request = response.request
        for _ in range(_MAX_REDIRECTS):
            if kept.location is None or request is None:
                return await self._tells_of_trouble(response, kept)
            try:
                request = request.replace(url=urljoin(request.url, safe_url_string(kept.location)))
            except ValueError:
                return True
            further = await self._crawl.sink.kept_answer(asked_of(request))
            if further is None:
                return True
            kept, response = further, _respond(request, further)
        return True

    async def _tells_of_trouble(self, response: Response, kept: KeptAnswer) -> bool:
        page = page_of(response, kept.at)
        asked = response.request
        if asked is not None and asked.meta.get(BY_API) and self._crawl.access is not None:
            return self._crawl.access.tells_of_trouble(page)
        if is_json(page):
            return False
        try:
            reading = await self._crawl.readers.read_page(page, self._crawl.platform)
        except PageChanged:
            return False
        return trouble_on(page, reading.sighting) is not None


def _respond(request: Request, kept: KeptAnswer) -> Response:
    known = {"Content-Type": kept.content_type, "Location": kept.location}
    headers = Headers({name: value for name, value in known.items() if value is not None})
    kind = responsetypes.from_args(headers=headers, url=request.url, body=kept.body)
    response = kind(
        request.url,
        status=kept.status,
        headers=headers,
        body=kept.body,
        flags=[TAKEN_OVER],
        request=request,
    )
    assert isinstance(response, Response)
    return response
