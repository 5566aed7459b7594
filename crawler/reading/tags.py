"""Codes of measuring, advertising and payment services in a page's source.

Whoever is paid, or reads the figures, runs the page: shops that share a code share somebody. The
codes of a marketplace's own pages are the marketplace's, so only shops of their own are asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LOOKED_AT = 1_000_000
"""Characters of a page; scripts stand in its head or at its end, and pages rarely are longer."""
MAX_TAGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service whose code stands in pages."""

    name: str
    near: str
    """A literal that is there wherever the code is: looked for first, since most pages lack it."""
    code: re.Pattern[str]
    """The code is its first group."""


def _service(name: str, near: str, code: str) -> Service:
    return Service(name=name, near=near, code=re.compile(code))


SERVICES: tuple[Service, ...] = (
    _service("baidu", "hm.baidu.com", r"hm\.baidu\.com/hm\.js\?([0-9a-f]{32})\b"),
    _service(
        "cnzz", "cnzz.com",
        r"cnzz\.com/\w{1,20}\.php\?(?:[\w=]{0,60}&)?(?:web_)?id=(\d{6,12})\b",
    ),
    _service("51la", "51.la", r"\b51\.la/(\d{6,12})\.js"),
    _service("51la", "LA.init", r"LA\.init\(\{\s{0,20}id:\s{0,5}[\"'](\w{8,24})[\"']"),
    # The number of the account, without that of the site under it.
    _service("google-analytics", "UA-", r"\b(UA-\d{4,10})-\d{1,3}\b"),
    _service("google-analytics", "gtag", r"[\"'=](G-[A-Z0-9]{8,12})\b"),
    _service("google-tag-manager", "GTM-", r"\b(GTM-[A-Z0-9]{4,9})\b"),
    _service("google-ads", "AW-", r"[\"'=](AW-\d{9,12})\b"),
    _service("adsense", "ca-pub-", r"\b(ca-pub-\d{16})\b"),
    _service("facebook", "fbq", r"fbq\(\s{0,5}[\"']init[\"']\s{0,5},\s{0,5}[\"'](\d{10,20})[\"']"),
    _service("tiktok", "ttq", r"ttq\.load\([\"']([A-Z0-9]{15,30})[\"']"),
    _service("yandex", "mc.yandex.", r"mc\.yandex\.\w{2,3}/watch/(\d{5,10})\b"),
    _service("clarity", "clarity", r"clarity\.ms/tag/(\w{8,14})\b"),
    _service("stripe", "pk_live_", r"\b(pk_live_[0-9A-Za-z]{16,120})\b"),
    _service(
        "paypal", "client-id=",
        r"paypal\.com/sdk/js\?(?:[\w=.%-]{1,80}&(?:amp;)?){0,8}client-id=([\w-]{40,100})\b",
    ),
)  # fmt: skip


def read_tags(source: str) -> tuple[str, ...]:
    """Return the codes in a page's source as service:code, each once, at most twenty."""
    looked_at = source[:_LOOKED_AT]
    found: dict[str, None] = {}
    for service in SERVICES:
        if service.near in looked_at:
            for match in service.code.finditer(looked_at):
                found.setdefault(f"{service.name}:{match[1]}")
                if len(found) >= MAX_TAGS:
                    return tuple(found)
    return tuple(found)
