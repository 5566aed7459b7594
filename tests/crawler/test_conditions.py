"""Validators go to the address that gave them, and are kept of pages that say all themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scrapy import Request

from crawler.conditions import Conditions, validators_of
from crawler.requests import VISIT, Role, Visit
from domain.common import digest
from domain.listings import ListingRef
from domain.pages import Page
from domain.revisits import Validators
from tests.conftest import START

URL = "https://shop.example/item/1"
DATE = "Sun, 01 Nov 2026 00:00:00 GMT"
BOTH = Validators(url=URL, etag='W/"é"', last_modified=DATE)


def send(url: str = URL, validators: Validators | None = BOTH, method: str = "GET") -> Request:
    """Pass a request that took over the headers of another one, as a redirect's does."""
    listing = ListingRef(platform="shop.example", listing_key="1")
    visit = Visit(role=Role.LISTING, listing=listing, validators=validators)
    older = {"If-None-Match": '"older"', "If-Modified-Since": "older"}
    request = Request(url, method=method, headers=older, meta={VISIT: visit})
    Conditions().process_request(request)
    return request


def test_both_validators_are_sent_as_they_came() -> None:
    headers = send().headers
    assert headers["If-None-Match"] == 'W/"é"'.encode("latin-1")
    assert headers["If-Modified-Since"] == DATE.encode()


def test_only_what_the_shop_gave_is_sent() -> None:
    headers = send(validators=replace(BOTH, etag=None)).headers
    assert "If-None-Match" not in headers
    assert "If-Modified-Since" in headers
    assert "If-Modified-Since" not in send(validators=replace(BOTH, last_modified=None)).headers


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (send("https://shop.example/front"), "another address: a redirect led there"),
        (send("https://other.example/item/1"), "another host"),
        (send(method="POST"), "what a form is answered has no validators"),
        (send(validators=None), "none are known"),
    ],
)
def test_no_other_request_is_conditional(request_: Request, why: str) -> None:
    assert not {b"If-None-Match", b"If-Modified-Since"} & set(request_.headers), why


def test_a_request_without_a_visit_is_left_alone() -> None:
    request = Request("https://shop.example/robots.txt")
    Conditions().process_request(request)
    assert dict(request.headers) == {}


PAGE = Page(
    requested_url="https://shop.example/moved",
    url=URL,
    status=200,
    fetched_at=START,
    body=b"",
    sha256=digest(b""),
    etag='"1"',
    last_modified=DATE,
)


def test_validators_hold_for_the_address_that_answered() -> None:
    assert validators_of(PAGE) == Validators(url=URL, etag='"1"', last_modified=DATE)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (replace(PAGE, rendered=b"<html>"), "what its scripts fetched may change without it"),
        (replace(PAGE, status=404), "no listing"),
        (replace(PAGE, etag=None, last_modified=None), "the shop gave none"),
    ],
)
def test_no_validators_are_kept(page: Page, why: str) -> None:
    assert validators_of(page) is None, why
