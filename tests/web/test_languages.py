"""The language of a request: the switch, then the browser, then Chinese."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from web.languages import language_of


@pytest.mark.parametrize(
    ("accept", "cookie", "language"),
    [
        (None, None, "zh"),
        ("", None, "zh"),
        ("en", None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", None, "en"),
        ("zh;q=0.3,en;q=0.7", None, "en"),  # by weight, not by order
        ("de-DE,de;q=0.9,en;q=0.2", None, "en"),  # ours among others
        ("fr,de", None, "zh"),  # none of ours
        ("en;q=0", None, "zh"),  # q=0: not wanted (RFC 9110)
        ("en;q=nan,zh;q=0.1", None, "zh"),
        ("en;q=1e999", None, "zh"),
        (";;;,,,=", None, "zh"),
        ("english", None, "zh"),  # no subtag match by prefix
        ("zh-CN", "en", "en"),  # the switch wins
        ("en", "zh", "zh"),
        ("en", "klingon", "en"),  # an unknown cookie is no choice
    ],
)
def test_language(accept: str | None, cookie: str | None, language: str) -> None:
    headers = []
    if accept is not None:
        headers.append((b"accept-language", accept.encode()))
    if cookie is not None:
        headers.append((b"cookie", f"suyuan_language={cookie}".encode()))
    assert language_of(Request({"type": "http", "headers": headers})) == language
