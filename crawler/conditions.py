"""Conditional requests: a page that is preserved already is asked for only if it changed."""

from __future__ import annotations

from scrapy import Request

from crawler.requests import visit_of
from domain.pages import Page
from domain.revisits import Validators, read_validators

NOT_MODIFIED = 304


class Conditions:
    """Downloader middleware: sends the validators of a visit (RFC 9110 section 13), to the address
    that gave them only. A redirect to another page must not be answered by "not modified".
    """

    def process_request(self, request: Request) -> None:
        """Make a request conditional, or take away what a redirect took over."""
        visit = visit_of(request)
        validators = None if visit is None else visit.validators
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if validators is None or request.url != validators.url or request.method != "GET":
            return
        if validators.etag is not None:
            request.headers["If-None-Match"] = validators.etag.encode("latin-1")
        if validators.last_modified is not None:
            request.headers["If-Modified-Since"] = validators.last_modified


def validators_of(page: Page) -> Validators | None:
    """Return by what a page that was read can be asked for the next time; None for one that says
    nothing without being rendered: what its scripts fetched has validators of its own.
    """
    if page.status != 200 or page.rendered is not None:
        return None
    return read_validators(
        page.url, etag=page.etag, last_modified=page.last_modified, at=page.fetched_at
    )
