"""The collection log: every request, with what robots.txt said of it and what came back."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.answers import rendered_of
from crawler.conditions import NOT_MODIFIED
from crawler.requests import ANSWERED_AT, BY_API, FOUND_ON, LOGGED, ROBOTS, TAKEN_OVER, asked_of
from crawler.running import running
from domain.common import digest
from domain.runs import RequestEntry

MAX_ASKED = 2_000
"""Characters of what was asked in a request's body, as the log keeps them."""
MAX_HEADER = 2_000
"""Characters of a header that the log keeps."""


class CollectionLog:
    """Downloader middleware, next to the network: redirects and repetitions are logged as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CollectionLog:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Forget what a redirect or repetition took over from the request before it."""
        request.meta[LOGGED] = False

    async def process_response(self, request: Request, response: Response) -> Response:
        """Log an answer, except one that an earlier run logged."""
        if TAKEN_OVER in response.flags:
            request.meta[LOGGED] = True
            return response
        await self._log(request, response, self._remark(request, response))
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Log a request that was held back or got no answer."""
        await self._log(request, None, describe(exception))

    async def _log(self, request: Request, response: Response | None, note: str) -> None:
        request.meta[LOGGED] = True
        await log_request(self._crawler, request, response, note)

    def _remark(self, request: Request, response: Response) -> str:
        remarks = []
        if response.status == NOT_MODIFIED:
            remarks.append("not modified since it was preserved")
        if request.method != "GET":
            asked = request.body.decode("utf-8", "replace")[:MAX_ASKED]
            remarks.append(f"{request.method} {asked}".strip())
        if request.meta.get(BY_API):
            remarks.append("asked with the operator's keys, which are left out")
        if request.meta.get(ROBOTS) == "refused":
            reason = self._crawler.settings.get("SUYUAN_ROBOTS_OVERRIDE")
            remarks.append(f"robots.txt set aside by the operator: {reason}")
        return "; ".join(remarks)


async def log_request(
    crawler: Crawler, request: Request, response: Response | None, note: str
) -> None:
    """Append one request to the collection log."""
    crawl = running(crawler)
    body = _body_of(request, response)
    now = crawl.sink.now()
    if response is not None:
        request.meta[ANSWERED_AT] = now
    await crawl.sink.log_request(
        RequestEntry(
            run_id=crawl.run_id,
            url=request.url,
            at=now,
            robots=request.meta.get(ROBOTS, "not_asked"),
            status=None if response is None else response.status,
            bytes_count=len(body or b""),
            sha256=None if body is None else digest(body),
            note=note,
            asked=asked_of(request),
            content_type=_header(response, "Content-Type"),
            location=_header(response, "Location") if _is_redirect(response) else None,
            found_on=request.meta.get(FOUND_ON),
        )
    )


def _body_of(request: Request, response: Response | None) -> bytes | None:
    """Return a body as it is preserved; "not modified" has none (RFC 9110 15.4.5)."""
    if response is None or response.status == NOT_MODIFIED:
        return None
    # A page that a browser rendered is kept as UTF-8, whatever its own coding is.
    return rendered_of(response) if request.meta.get("playwright") else response.body


def _is_redirect(response: Response | None) -> bool:
    return response is not None and 300 <= response.status < 400


def _header(response: Response | None, name: str) -> str | None:
    value = None if response is None else response.headers.get(name)
    return None if value is None else value.decode("latin-1")[:MAX_HEADER]


def describe(exception: BaseException) -> str:
    """Say in a few words why a request has no answer."""
    return f"{type(exception).__name__}: {exception}"[:300]
