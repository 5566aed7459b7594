"""Packed requests come out as they went in."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
import scrapy
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.queues import PackedQueue
from crawler.requests import FOUND_ON, VISIT, Role, Visit

A_VISIT = Visit(role=Role.LISTING, query="耐克", rank=3)


class Spider(scrapy.Spider):
    """Has methods to be called back."""

    name = "of the test"

    def on_page(self, response: object) -> None: ...

    def on_failure(self, failure: object) -> None: ...


@pytest.fixture
def spider() -> Spider:
    crawler = get_crawler(Spider)
    crawler.spider = Spider()
    crawler.spider.crawler = crawler
    return crawler.spider


@pytest.fixture
def queue(spider: Spider) -> PackedQueue:
    return PackedQueue.from_crawler(spider.crawler, "0/0")


def told(request: Request) -> dict[str, Any]:
    return {name: getattr(request, name) for name in Request.attributes}


def visit(spider: Spider, url: str, **others: Any) -> Request:
    given: dict[str, Any] = {
        "callback": spider.on_page,
        "errback": spider.on_failure,
        "priority": 50,
        "dont_filter": True,
        "meta": {VISIT: A_VISIT, FOUND_ON: "0" * 64, "depth": 2},
    }
    return Request(url, **{**given, **others})


@pytest.mark.parametrize(
    "others",
    [
        pytest.param({}, id="a plain GET, packed"),
        pytest.param({"method": "POST", "body": b"q=1"}, id="with a body"),
        pytest.param({"headers": {"If-None-Match": '"a"'}}, id="with a header"),
        pytest.param({"cookies": {"a": "b"}}, id="with a cookie"),
        pytest.param({"cb_kwargs": {"a": 1}}, id="with arguments"),
        pytest.param({"flags": ["a"]}, id="with a flag"),
        pytest.param({"errback": None}, id="without an errback"),
        pytest.param({"callback": len}, id="with a callback of another"),
        pytest.param({"dont_filter": False}, id="to be filtered"),
        pytest.param({"meta": None}, id="without meta"),
    ],
)
def test_a_request_comes_out_as_it_went_in(
    spider: Spider, queue: PackedQueue, others: dict[str, Any]
) -> None:
    request = visit(spider, "http://shop.example/商品/1?a=b#c", **others)
    queue.push(request)
    for out in (queue.peek(), queue.pop()):
        assert out is not None
        assert told(out) == told(request)
    assert len(queue) == 0


def test_the_last_in_is_the_first_out(spider: Spider, queue: PackedQueue) -> None:
    for number in range(3):
        queue.push(visit(spider, f"http://shop.example/{number}"))
    assert len(queue) == 3
    popped = [queue.pop() for _ in range(3)]
    assert [one and one.url[-1] for one in popped] == ["2", "1", "0"]
    assert queue.pop() is None
    assert queue.peek() is None


def test_what_waits_is_small(spider: Spider, queue: PackedQueue) -> None:
    tracemalloc.start()
    for number in range(1000):
        queue.push(visit(spider, f"http://shop.example/item/{number}"))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / 1000 < 500
