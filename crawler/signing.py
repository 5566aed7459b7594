"""Signs what goes to an open API, next to the wire: nothing before it sees keys or tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from scrapy import Request
from scrapy.http import Response

from crawler.addresses import host_port
from crawler.answers import page_of
from crawler.api_access import ApiAccess
from crawler.handler import PacedHandler
from crawler.platforms import Ask
from crawler.requests import BY_API, RefusalReason, RequestRefused
from crawler.running import RunningCrawl, running
from domain.pages import Page
from domain.runs import RequestEntry

_Send = Callable[[Request], Awaitable[Response]]
_LATENCY = "download_latency"


class SigningHandler(PacedHandler):
    """Download handler: the one for pages, and for the requests of an open API.

    The log, the evidence and a run that goes on know the request as it was before it was signed;
    the answer is theirs under that address.
    """

    async def download_request(self, request: Request) -> Response:
        """Send a request, signed where it asks an open API.

        Raises: RequestRefused for one that leads elsewhere; KeysRefused; TokenFailed.
        """
        crawl = running(self._crawler)
        send: _Send = super().download_request
        if not request.meta.get(BY_API) or crawl.access is None:
            return await send(request)
        if host_port(request.url) != crawl.access.place:
            raise RequestRefused(RefusalReason.OFF_SITE, "an API leads to another host")
        response = await _send_signed(crawl, crawl.access, request, send)
        if response.status == 401 and crawl.access.api.ask_token is not None:
            crawl.access.drop_token()
            response = await _send_signed(crawl, crawl.access, request, send)
        return response.replace(url=request.url, request=request)


async def _send_signed(
    crawl: RunningCrawl, access: ApiAccess, request: Request, send: _Send
) -> Response:
    async def get_token(ask: Ask) -> Page:
        response = await send(_request_of(ask, request))
        page = page_of(response, crawl.sink.now())
        await _log_token(crawl, page)
        return page

    ask = Ask(url=request.url, method=request.method, body=request.body)
    sent = _request_of(await access.sign(ask, crawl.sink.now(), get_token), request)
    response = await send(sent)
    # The pace is kept by it.
    request.meta[_LATENCY] = sent.meta.get(_LATENCY)
    return response


def _request_of(ask: Ask, like: Request) -> Request:
    request = like.replace(url=ask.url, method=ask.method, body=ask.body)
    for name, value in ask.headers.items():
        request.headers[name] = value
    return request


async def _log_token(crawl: RunningCrawl, page: Page) -> None:
    """Note that a token was asked for: neither it nor its digest is kept."""
    await crawl.sink.log_request(
        RequestEntry(
            run_id=crawl.run_id,
            url=page.url,
            at=page.fetched_at,
            robots="not_asked",
            status=page.status,
            bytes_count=len(page.body),
            sha256=None,
            note="asked for a token with the operator's keys; the answer is not kept",
        )
    )
