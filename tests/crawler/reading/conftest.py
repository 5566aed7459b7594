"""Pages for the readers, made of a few lines of HTML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from domain.common import digest
from domain.pages import Page

FETCHED_AT = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def make_page() -> Callable[..., Page]:
    """Make a page of HTML (text or bytes) at a URL."""

    def make(
        body: str | bytes,
        url: str = "https://shop.example/item/1",
        *,
        status: int = 200,
        charset: str | None = None,
        media_type: str = "text/html",
        rendered: bytes | None = None,
    ) -> Page:
        data = body.encode() if isinstance(body, str) else body
        return Page(
            requested_url=url,
            url=url,
            status=status,
            fetched_at=FETCHED_AT,
            media_type=media_type,
            charset=charset,
            body=data,
            rendered=rendered,
            sha256=digest(data),
        )

    return make
