"""What Taobao's pages and its API share."""

from __future__ import annotations

from urllib.parse import quote

NAME = "taobao"


def url_of(key: str) -> str:
    return f"https://item.taobao.com/item.htm?id={quote(key, safe='')}"
