"""HTML that a person saved: where from, when, and the pictures inside it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from crawler.reading.captures import EMBEDDED
from domain.common import digest
from tests.crawler.reading.captures.making import (
    PAGE,
    SAVED_AT,
    URL,
    pages_of,
    pictures_of,
    read,
    refusals_of,
)

SINGLE = (
    "<!DOCTYPE html> <html lang=zh-CN><!--\n Page saved with SingleFile \n"
    f" url: {URL} \n saved date: Sat Nov 21 2026 10:00:00 GMT+0800 (中国标准时间)\n--><head>"
)
SAVED_AS = f"<!DOCTYPE html>\n<!-- saved from url=({len(URL):04})https://shop.example/item/1 -->\n"


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        (SINGLE, datetime(2026, 11, 21, 2, tzinfo=UTC)),
        (SINGLE.replace("Sat Nov 21 2026", "Today"), SAVED_AT),
        (SINGLE.replace("\n saved date", " saved"), SAVED_AT),
        (SAVED_AS, SAVED_AT),
        ("\ufeff" + SAVED_AS.removeprefix("<!DOCTYPE html>"), SAVED_AT),
        (SAVED_AS.replace("\n", "\r\n"), SAVED_AT),
    ],
)
def test_a_page_says_where_it_came_from_and_when(head: str, moment: datetime) -> None:
    data = (head + PAGE).encode()
    (captured,) = pages_of(read("page.html", data))
    assert captured.page.url == URL
    assert captured.page.body == data
    assert captured.page.fetched_at == moment
    assert captured.without_pictures is None


def test_an_address_with_two_dashes_is_as_long_as_itself() -> None:
    url = URL + "?a=b--c"
    head = f"<!-- saved from url=({len(url):04}){url.replace('--', '%2D%2D')} -->"
    (captured,) = pages_of(read("page.htm", (head + PAGE).encode()))
    assert captured.page.url == url


def test_what_the_person_says_stands_above_the_page() -> None:
    (captured,) = pages_of(read("a.html", (SAVED_AS + PAGE).encode(), url="https://s.example/2"))
    assert captured.page.url == "https://s.example/2"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PAGE, "no comment"),
        ("<html><body>" + SAVED_AS + PAGE, "the page's own text comes first"),
        (SAVED_AS.replace("(00", "(99") + PAGE, "a length that is not the address's"),
        (
            SAVED_AS.replace("https://shop.example/item/1", "file:///etc/passwd/item1111") + PAGE,
            "file",
        ),
        ("", "nothing"),
        ("<!-- saved from url=(0014)about:internet -->" + PAGE, "no web address"),
    ],
)
def test_a_page_without_an_address_is_refused(data: str, why: str) -> None:
    parts = read("page.html", data.encode())
    assert len(refusals_of(parts)) == len(parts) == 1, why


def test_pictures_inside_the_page_get_names() -> None:
    picture = bytes(range(256)) * 20
    url = "data:image/png;base64," + base64.b64encode(picture).decode()
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    data = f'{SINGLE}<img src="{url}"><img src={url}><img src="{dot}"><p>19元</p>'.encode()
    (captured, kept) = read("page.html", data)
    (picture_part,) = pictures_of([kept])
    assert picture_part.url == EMBEDDED + digest(picture)
    assert picture_part.data == picture
    (page,) = pages_of([captured])
    assert page.page.body == data
    assert page.without_pictures is not None
    assert page.without_pictures.count(picture_part.url.encode()) == 2
    assert b"data:image" not in page.without_pictures
    assert "19元".encode() in page.without_pictures


@pytest.mark.parametrize(
    "data",
    [
        (SINGLE + 'src="data:image/png;base64,' + "A" * 5_001).encode(),
        (SINGLE + "data:image/png," + "%" * 100_000).encode(),
        (SINGLE + "data:image/" * 100_000).encode(),
        ("<!doctype " * 50_000 + SAVED_AS).encode(),
        ("<!--" * 100_000).encode(),
        (SAVED_AS + "\x00" * 100_000).encode(),
    ],
)
def test_hostile_pages_end_in_a_page_or_a_refusal(data: bytes) -> None:
    parts = read("page.html", data)
    assert len(pages_of(parts)) + len(refusals_of(parts)) == 1


def test_nothing_known_is_refused_by_name() -> None:
    (refusal,) = read("notes.txt", b"hello")
    assert str(refusal).startswith("notes.txt: expected a capture (HAR, MHTML, WARC, WACZ, HTML)")
