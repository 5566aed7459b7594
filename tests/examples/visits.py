"""How the tests visit a shop."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from examples.marketplace import Marketplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a shop answered to one GET; redirects are not followed."""

    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def visit(marketplace: Marketplace, shop: str, path: str) -> Visit:
    """Ask a shop for a path; once more when it answers 429."""
    answer = visit_once(marketplace, shop, path)
    return visit_once(marketplace, shop, path) if answer.status == 429 else answer


def visit_once(marketplace: Marketplace, shop: str, path: str) -> Visit:
    """Ask a shop for a path."""
    place = urlsplit(marketplace.base_urls[shop]).netloc
    connection = http.client.HTTPConnection(place, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Visit(
            status=answer.status,
            media_type=answer.getheader("Content-Type", ""),
            headers=dict(answer.getheaders()),
            body=answer.read(),
        )
    finally:
        connection.close()
