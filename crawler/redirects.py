"""Redirects as a hostile shop writes them: to what is no address, or no address of the web."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import NotSupported
from scrapy.http import Response


class Redirects(RedirectMiddleware):
    """Downloader middleware: follows a Location; one that cannot be followed loses that page."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the request that follows, or an answer that is no redirect.

        Raises: NotSupported; IgnoreRequest after too many redirects.
        """
        try:
            return super().process_response(request, response)
        except ValueError as error:
            # Scrapy makes the request before it looks at the scheme: javascript:, http://[.
            raise NotSupported(f"redirected to no address of the web: {error}") from error


class QuickRefresh(MetaRefreshMiddleware):
    """Downloader middleware: follows a quick refresh; with a senseless one a page is a page."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the request that follows, or the page. Raises: IgnoreRequest."""
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
