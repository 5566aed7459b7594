"""What a request without an answer means for the run."""

from __future__ import annotations

import gzip
import zlib
from http import HTTPStatus

import brotli
import playwright.async_api as browser
from backports import zstd
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
)

from crawler.api_access import TokenFailed
from crawler.requests import RefusalReason, RequestRefused
from domain.common import MissingTool
from domain.runs import OutcomeKind

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (DownloadTimeoutError, "timed_out"),
    (CannotResolveHostError, "host_not_found"),
    (DownloadConnectionRefusedError, "connection_refused"),
    (ResponseDataLossError, "cut_short"),
    (DownloadFailedError, "connection_failed"),
    # An answer that is not packed as its Content-Encoding says.
    (gzip.BadGzipFile, "bad_packing"),
    (zlib.error, "bad_packing"),
    (brotli.error, "bad_packing"),
    (zstd.ZstdError, "bad_packing"),
)

_REFUSED = {
    RefusalReason.ROBOTS_UNREACHABLE: OutcomeKind.SHOP_DOWN,
    RefusalReason.HELD: OutcomeKind.RATE_LIMITED,
}


def reason_of(exception: BaseException, request: Request) -> str | None:
    """Return the reason under which a failure is counted; None when the fault is ours."""
    if isinstance(exception, RequestRefused):
        return exception.reason.value
    if isinstance(exception, DownloadCancelledError):
        return "too_large"
    if isinstance(exception, IgnoreRequest):
        # Scrapy raises the bare class for two things only: too many redirects, and an answer
        # that unpacks to more than it may.
        return "redirect_loop" if request.meta.get("redirect_times") else "too_large"
    if isinstance(exception, NotSupported):
        return "not_http"
    if isinstance(exception, MissingTool | browser.Error):
        return "not_rendered"
    if isinstance(exception, TokenFailed):
        return "no_token"
    for kind, reason in _REASONS:
        if isinstance(exception, kind):
            return reason
    return None


def is_ours(exception: BaseException, request: Request) -> bool:
    """Tell whether a failure is a fault of our own."""
    return reason_of(exception, request) is None


def trouble_of(exception: BaseException) -> OutcomeKind | None:
    """Return what a failure says of the shop; None when it says nothing."""
    if isinstance(exception, RequestRefused):
        return _REFUSED.get(exception.reason)
    if isinstance(exception, TokenFailed):
        is_limit = exception.status == HTTPStatus.TOO_MANY_REQUESTS
        return OutcomeKind.RATE_LIMITED if is_limit else OutcomeKind.SHOP_DOWN
    if isinstance(exception, tuple(kind for kind, _ in _REASONS)):
        return OutcomeKind.SHOP_DOWN
    return None
