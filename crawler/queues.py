"""Requests that wait for their turn, packed: a shop's sitemaps may name 100,000 at once."""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import Any, NamedTuple, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler


class _Packed(NamedTuple):
    """What is particular to a plain GET: a fifth of the bytes of its Request."""

    url: str
    callback: Callable[..., Any]
    errback: Callable[..., Any]
    priority: int
    meta_names: tuple[str, ...]
    meta_values: tuple[Any, ...]


class PackedQueue:
    """Scrapy's memory queue (`SCHEDULER_MEMORY_QUEUE`): the last in is the first out.

    Requests that are no plain GETs of the spider's own wait as they are.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[_Packed | Request] = []
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Equal names of meta keys are kept once."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, key: str) -> Self:
        del key  # Names a file where a queue lies on the disk.
        return cls(crawler)

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, request: Request) -> None:
        self._waiting.append(self._pack(request))

    def pop(self) -> Request | None:
        return self._unpack(self._waiting.pop()) if self._waiting else None

    def peek(self) -> Request | None:
        return self._unpack(self._waiting[-1]) if self._waiting else None

    def close(self) -> None:
        """Nothing lies outside the memory."""

    def _pack(self, request: Request) -> _Packed | Request:
        callback = _function_of(request.callback, self._crawler.spider)
        errback = _function_of(request.errback, self._crawler.spider)
        given = request.body or request.headers or request.cookies or request.flags
        plain = request.method == "GET" and not given and not request.cb_kwargs
        if callback is None or errback is None or not plain or not request.dont_filter:
            return request
        names = tuple(request.meta)
        return _Packed(
            request.url,
            callback,
            errback,
            request.priority,
            self._names.setdefault(names, names),
            tuple(request.meta.values()),
        )

    def _unpack(self, waiting: _Packed | Request) -> Request:
        if isinstance(waiting, Request):
            return waiting
        spider = self._crawler.spider
        return Request(
            waiting.url,
            callback=MethodType(waiting.callback, spider),
            errback=MethodType(waiting.errback, spider),
            priority=waiting.priority,
            dont_filter=True,
            meta=dict(zip(waiting.meta_names, waiting.meta_values, strict=True)),
        )


def _function_of(method: object, spider: Spider | None) -> Callable[..., Any] | None:
    """Return the function of a method of the spider; None for anything else."""
    if isinstance(method, MethodType) and method.__self__ is spider:
        return method.__func__
    return None
