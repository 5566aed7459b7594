"""HAR: what the network panel saved, entry by entry."""

from __future__ import annotations

import base64
import gzip
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.common import digest
from tests.crawler.reading.captures.making import (
    PAGE,
    URL,
    entry,
    har,
    pages_of,
    pictures_of,
    read,
    refusals_of,
)


def test_a_page_comes_with_its_time_and_its_bytes() -> None:
    (captured,) = pages_of(read("a.har", har(entry())))
    assert captured.page.url == URL
    assert captured.page.body == PAGE.encode()
    assert captured.page.sha256 == digest(PAGE.encode())
    assert captured.page.charset == "utf-8"
    assert captured.page.fetched_at == datetime(2026, 11, 21, 2, 0, 0, 500_000, tzinfo=UTC)


def test_text_is_unicode_whatever_charset_the_page_had() -> None:
    (captured,) = pages_of(read("a.har", har(entry(kind="text/html; charset=gbk"))))
    assert captured.page.body.decode(captured.page.charset or "") == PAGE


def test_base64_keeps_the_bytes_and_the_charset() -> None:
    text = base64.b64encode(PAGE.encode("gbk")).decode()
    one = entry(text=text, encoding="base64", kind="text/html; charset=GBK")
    (captured,) = pages_of(read("a.har", har(one)))
    assert captured.page.body == PAGE.encode("gbk")
    assert captured.page.charset == "gb18030"


def test_packed_bytes_in_base64_are_unpacked() -> None:
    text = base64.b64encode(gzip.compress(PAGE.encode())).decode()
    (captured,) = pages_of(read("a.har", har(entry(text=text, encoding="base64"))))
    assert captured.page.body == PAGE.encode()


def test_a_redirect_tells_what_was_asked_for() -> None:
    asked = "https://shop.example/short"
    parts = read("a.har", har(entry(asked, None, status=302, leads_to="/item/1"), entry()))
    (captured,) = pages_of(parts)
    assert (captured.page.requested_url, captured.page.url) == (asked, URL)
    assert not refusals_of(parts)


def test_pictures_are_kept_by_their_address() -> None:
    one = entry(
        URL + ".png", base64.b64encode(b"\x89PNG").decode(), encoding="base64", kind="image/png"
    )
    (picture,) = pictures_of(read("a.har", har(one)))
    assert (picture.url, picture.data, picture.media_type) == (
        URL + ".png",
        b"\x89PNG",
        "image/png",
    )


@pytest.mark.parametrize(
    ("given", "is_document", "why"),
    [
        ({}, True, "nothing tells: an HTML page is a document"),
        ({"dest": "document"}, True, "the request says so"),
        (
            {"dest": "iframe", "_resourceType": "document"},
            False,
            "a frame, though Chromium says document",
        ),
        ({"_resourceType": "xhr"}, False, "a piece of HTML that a script asked for"),
        ({"kind": "application/json", "text": "{}"}, False, "data"),
        ({"kind": "application/vnd.api+json", "text": "{}"}, False, "data of a +json type"),
        ({"kind": "text/plain", "text": '{"a": 1}'}, False, "data under a wrong type"),
        ({"kind": "text/javascript", "text": 'mtopjsonp1({"api": 1})'}, False, "data in a call"),
        ({"kind": "", "text": "<!DOCTYPE html><p>"}, True, "HTML without a type"),
    ],
)
def test_documents_are_told_from_data(given: dict[str, Any], is_document: bool, why: str) -> None:
    (captured,) = pages_of(read("a.har", har(entry(**given))))
    assert captured.is_document is is_document, why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "text/javascript", "text": "var a = 1;"}, "a script"),
        ({"kind": "text/css"}, "a style sheet"),
        ({"kind": "font/woff2", "text": None}, "a font, left out without a word"),
        ({"kind": "video/mp4"}, "a film"),
        ({"kind": "image/svg+xml"}, "a drawing of the page's own"),
        ({"url": "data:text/html,x"}, "no web address"),
        ({"url": "chrome-extension://abc/page.html"}, "no web address"),
        ({"status": 0}, "no answer: blocked or cut off"),
    ],
)
def test_what_is_of_no_use_is_passed_by(given: dict[str, Any], why: str) -> None:
    assert read("a.har", har(entry(**given))) == [], why


def test_a_har_without_content_says_what_to_do() -> None:
    (refusal,) = read("a.har", har(entry(text=None), entry(text=None)))
    assert "2 answers without their text; save the HAR again with content" in str(refusal)


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"request": 1}, "log.entries[1]: request"),
        ({"startedDateTime": "yesterday"}, "log.entries[1]: startedDateTime"),
        ({"startedDateTime": "2026-11-22T08:00:00"}, "log.entries[1]: startedDateTime"),
        ([], "log.entries[1]"),
        (entry(text="é?", encoding="base64"), "log.entries[1]"),
    ],
)
def test_a_broken_entry_is_named_and_the_others_kept(broken: object, field: str) -> None:
    middle = {**entry(), **broken} if isinstance(broken, dict) else broken
    parts = read("a.har", har(entry(), middle, entry()))
    assert len(pages_of(parts)) == 2
    (refusal,) = refusals_of(parts)
    assert refusal.field == field


def test_every_cut_gives_what_stands_before_it() -> None:
    whole = har(entry(), entry(), entry())
    ends = [i for i in range(len(whole)) if whole[: i + 1].endswith(PAGE.encode()[-7:] + b'"}}}')]
    for cut in range(12, whole.rindex(b"]", 0, whole.rindex(b'"pages"')), 7):
        parts = read("a.har", whole[:cut])
        assert len(pages_of(parts)) == sum(1 for end in ends if end < cut)
        (refusal,) = refusals_of(parts)
        assert "HAR file" in refusal.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"log": {}}',
        b'{"log": {"entries": {}}}',
        b'{"log": {"entries": [' + b"[" * 100_000,
        b'{"log": {"entries": [' + b'{"a":' * 100_000,
        b'{"log": {"entries": ["' + b'\\"' * 200_000 + b"\\",
        b'{"log": {"entries": [' + b"]}" * 100_000,
        bytes(range(256)) * 100,
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    parts = read("a.har", data)
    assert not pages_of(parts)
    # An empty list of entries is whole: nothing was captured, and nothing is wrong.
    assert refusals_of(parts) or data.endswith(b"]}" * 100)


def test_too_many_broken_entries_end_the_reading() -> None:
    parts = read("a.har", har(*[{}] * 5_000))
    assert parts == [] or len(refusals_of(parts)) <= 1_001
    parts = read("a.har", har(*[[]] * 5_000))
    assert len(refusals_of(parts)) == 1_001
    assert "the rest was left unread" in refusals_of(parts)[-1].reason


def test_a_nest_inside_an_entry_is_refused_alone() -> None:
    data = har(entry(), "HERE", entry()).replace(
        b'"HERE"', b'{"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    )
    parts = read("a.har", data)
    assert len(pages_of(parts)) == 2
    assert [refusal.field for refusal in refusals_of(parts)] == ["log.entries[1]"]
