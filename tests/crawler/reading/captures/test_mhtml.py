"""MHTML: the parts between the boundaries."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime

import pytest

from tests.crawler.reading.captures.making import (
    PAGE,
    SAVED_AT,
    URL,
    mhtml,
    pages_of,
    pictures_of,
    read,
    refusals_of,
)

MAIN = f"Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Location: {URL}"
PICTURE = "Content-Type: image/png\r\nContent-Location: https://cdn.example/1.png"
PNG = b"\x89PNG\r\n\x1a\n--b--\r\n" + bytes(range(256))
WHOLE = mhtml(
    (MAIN, "quoted-printable", quopri.encodestring(PAGE.encode())),
    (PICTURE, "base64", base64.encodebytes(PNG)),
)


def test_page_and_pictures_come_with_the_moment_of_saving() -> None:
    parts = read("a.mhtml", WHOLE)
    (captured,), (picture,) = pages_of(parts), pictures_of(parts)
    assert captured.page.url == URL
    assert captured.page.body.decode().rstrip() == PAGE
    assert captured.page.fetched_at == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert (picture.url, picture.data) == ("https://cdn.example/1.png", PNG)
    assert not refusals_of(parts)


@pytest.mark.parametrize("coding", ["binary", "8bit", "BINARY"])
def test_bytes_may_stand_as_they_are(coding: str) -> None:
    (captured,) = pages_of(read("a.mht", mhtml((MAIN, coding, PAGE.encode()))))
    assert captured.page.body == PAGE.encode()


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("Date: Sat, 21 Nov 2026 10:00:00 +0800", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("Date: Sat, 21 Nov 2026 02:00:00 GMT", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("Date: soon", SAVED_AT),
        ("Date: Sat, 99 Nov 99999 02:00:00 GMT", SAVED_AT),
        ("X-Nothing: 1", SAVED_AT),
    ],
)
def test_the_date_is_read_or_the_files_own(header: str, moment: datetime) -> None:
    (captured,) = pages_of(read("a.mhtml", mhtml((MAIN, "8bit", PAGE.encode()), header=header)))
    assert captured.page.fetched_at == moment


def test_frames_are_no_documents() -> None:
    frame = "Content-Type: text/html\r\nContent-Location: https://ads.example/frame"
    nameless = "Content-Type: text/html\r\nContent-Location: cid:frame-2@mhtml.blink"
    parts = read(
        "a.mhtml",
        mhtml(*((head, "8bit", PAGE.encode()) for head in (MAIN, frame, nameless))),
    )
    assert [one.is_document for one in pages_of(parts)] == [True, False]


def test_an_old_file_without_the_address_in_front_begins_with_its_page() -> None:
    data = mhtml((MAIN, "8bit", PAGE.encode())).replace(b"Snapshot-Content-Location", b"X-Other")
    assert pages_of(read("a.mht", data))[0].is_document


@pytest.mark.parametrize("step", [13])
def test_every_cut_gives_the_parts_before_it(step: int) -> None:
    end_of_page = WHOLE.index(b"----b--", WHOLE.index(b"</html>"))
    for cut in range(0, len(WHOLE) - 4, step):
        parts = read("a.mhtml", WHOLE[:cut])
        assert len(pages_of(parts)) == (cut >= end_of_page + len(b"----b--"))
        assert refusals_of(parts), cut


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ((MAIN, "base64", b"x"), "base64"),
        ((MAIN, "uuencode", b"x"), "a known transfer encoding"),
        (("x" * 300_000, "8bit", b"x"), "a part with a header"),
    ],
)
def test_a_broken_part_is_named_and_the_others_kept(
    part: tuple[str, str, bytes], said: str
) -> None:
    parts = read("a.mhtml", mhtml((MAIN, "8bit", PAGE.encode()), part, (PICTURE, "8bit", PNG[:4])))
    assert len(pages_of(parts)) == len(pictures_of(parts)) == 1
    (refusal,) = refusals_of(parts)
    assert refusal.field == "part 2"
    assert said in refusal.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n" * 1_000_000,
        b"Content-Type: multipart/related\n\n",
        b'Content-Type: multipart/related; boundary=""\n\n',
        b'Content-Type: multipart/related; boundary="b"\n\n',
        b'Content-Type: multipart/related; boundary="\xe4"\n\n--\xe4\n\n',
        b"A: b\n" * 100_000,
        b"A: " + b"x" * 1_000_000,
        b"<html>",
        bytes(range(256)) * 100,
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    parts = read("a.mhtml", data)
    assert len(refusals_of(parts)) == len(parts) == 1


def test_very_many_boundaries_cost_little() -> None:
    parts = read("a.mhtml", mhtml()[:-4] + b"\r\n----b--" * 200_000)
    assert 1 <= len(parts) <= 1_001
