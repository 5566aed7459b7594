"""WARC and WACZ: records one after another, plain or packed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd

from crawler.reading.captures import codings, warc
from crawler.reading.captures.codings import undo_chunks, undo_codings
from domain.common import RefusedInput
from tests.crawler.reading.captures.making import (
    PAGE,
    URL,
    answer,
    packed,
    pages_of,
    pictures_of,
    read,
    record,
    refusals_of,
    wacz,
)

INFO = record("warcinfo", "", b"software: test\r\n")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (INFO + record(), "plain"),
        (packed(INFO, record()), "a gzip member a record"),
        (gzip.compress(INFO + record(), mtime=0), "one gzip member for all"),
        (packed(INFO, record()) + b"\0" * 512, "padded with zeros"),
        (
            wacz({"archive/data.warc.gz": packed(INFO, record()), "pages/pages.jsonl": b"{}"}),
            "WACZ",
        ),
        (record().replace(b"WARC/1.0", b"WARC/1.1"), "WARC 1.1"),
        (record(url=f"<{URL}>"), "an address as wget writes it"),
        (record(at="2026-11-21T02:00:00.000000000Z"), "nanoseconds of WARC 1.1"),
    ],
)
def test_a_page_is_found_in_every_packing(data: bytes, why: str) -> None:
    parts = read("a.bin", data)
    (captured,) = pages_of(parts)
    assert captured.page.url == URL, why
    assert captured.page.body == PAGE.encode()
    assert captured.page.fetched_at == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert captured.is_document
    assert not refusals_of(parts)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
        ("deflate", zlib.compress),
        ("Deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ],
)
def test_codings_are_undone(coding: str, pack: Callable[[bytes], bytes]) -> None:
    block = answer(pack(PAGE.encode()), {"Content-Encoding": coding})
    (captured,) = pages_of(read("a.warc", record(block=block)))
    assert captured.page.body == PAGE.encode()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_damage_and_bombs_of_every_coding_are_refused(
    coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstd.compress,
    }
    whole = packs[coding](bytes(range(256)) * 40)
    with pytest.raises(RefusedInput, match="whole"):
        undo_codings(whole[: len(whole) // 2], coding, "here")
    with pytest.raises(RefusedInput, match="whole"):
        undo_codings(b"\x00\x01 no such data", coding, "here")
    monkeypatch.setattr(codings, "MAX_BODY_BYTES", 1_000_000)
    with pytest.raises(RefusedInput, match="at most"):
        undo_codings(packs[coding](bytes(20_000_000)), coding, "here")


@pytest.mark.parametrize("coding", ["compress", "gzip,gzip,gzip,gzip", "x" * 1000])
def test_unknown_codings_are_refused(coding: str) -> None:
    with pytest.raises(RefusedInput):
        undo_codings(b"", coding, "here")


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (b"4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", b"Wikipedia", "chunks"),
        (b"4;name=value\r\nWiki\r\n0\r\nTrailer: x\r\n\r\n", b"Wiki", "extension and trailer"),
        (b"4\nWiki\n0\n\n", b"Wiki", "bare line feeds"),
        (b"<html>plain", b"<html>plain", "undone already, header kept"),
        (b"2026\nis a year", b"2026\nis a year", "text that begins with a number"),
        (b"", b"", "nothing"),
    ],
)
def test_chunks_are_undone(body: bytes, expected: bytes, why: str) -> None:
    assert undo_chunks(body, "here") == expected, why


@pytest.mark.parametrize(
    "body", [b"4\r\nWiki\r\n5\r\npe", b"4\r\nWiki\r\nzz\r\n", b"4\r\nWiki\r\n"]
)
def test_broken_chunks_are_refused(body: bytes) -> None:
    with pytest.raises(RefusedInput, match="chunks"):
        undo_chunks(body, "here")


def test_redirects_frames_pictures_and_resources() -> None:
    asked = "https://shop.example/short"
    picture = answer(b"\x89PNG", {"Content-Type": "image/png"})
    parts = read(
        "a.warc",
        record(url=asked, block=answer(b"", {"Location": "/item/1"}, status=302))
        + record("request", block=b"GET / HTTP/1.1\r\n\r\n")
        + record()
        + record(url=URL + "/frame", WARC_Resource_Type="iframe")
        + record(url=URL + ".png", block=picture)
        + record("revisit", block=b"HTTP/1.1 200 OK\r\n\r\n")
        + record("resource", URL + ".json", b"{}", Content_Type="application/json")
        + record("resource", "urn:pageinfo:" + URL, b"{}", Content_Type="application/json"),
    )
    assert [(one.page.url, one.is_document) for one in pages_of(parts)] == [
        (URL, True),
        (URL + "/frame", False),
        (URL + ".json", False),
    ]
    assert pages_of(parts)[0].page.requested_url == asked
    assert [one.url for one in pictures_of(parts)] == [URL + ".png"]
    assert not refusals_of(parts)


@pytest.mark.parametrize(
    "url",
    ["https://s.example/\0", "https://s.example/a b", "https://s.example:x/", "https://", "//x"],
)
def test_what_is_no_web_address_is_passed_by(url: str) -> None:
    assert read("a.warc", record(url=url)) == []


def test_a_media_type_that_is_none_counts_as_not_declared() -> None:
    block = answer(b"<!doctype html><p>", {"Content-Type": "text\0/html\0; charset=\0"})
    (captured,) = pages_of(read("a.warc", record(block=block)))
    assert (captured.page.media_type, captured.page.charset) == ("text/html", None)


def test_status_and_charset_are_those_of_the_answer() -> None:
    block = answer(b"no", {"Content-Type": "text/html; charset=GBK"}, status=403)
    (captured,) = pages_of(read("a.warc", record(block=block)))
    assert (captured.page.status, captured.page.charset) == (403, "gb18030")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (record(at="yesterday"), "WARC-Date"),
        (record(at="2026-11-21T02:00:00"), "WARC-Date"),
        (record(block=b"not http"), "an HTTP answer"),
        (record(WARC_Truncated="length"), "a whole answer"),
        (record(block=answer(b"xx", {"Content-Encoding": "gzip"})), "Content-Encoding"),
        (record(block=answer(b"xx", {"Content-Encoding": "rot13"})), "a known coding"),
    ],
)
def test_a_broken_record_is_named_and_the_others_kept(broken: bytes, said: str) -> None:
    parts = read("a.warc.gz", packed(record(), broken, record()))
    assert len(pages_of(parts)) == 2
    (refusal,) = refusals_of(parts)
    assert said in str(refusal)
    assert "record 2" in str(refusal)


def test_a_body_too_large_is_refused_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_MAX_BLOCK", 10_000)
    film = answer(bytes(50_000), {"Content-Type": "video/mp4"})
    parts = read("a.warc", record(block=answer(b"x" * 50_000)) + record(block=film) + record())
    assert len(pages_of(parts)) == 1
    assert len(refusals_of(parts)) == 1, "the film is of no use, and no loss"


@pytest.mark.parametrize("pack", [b"".join, lambda records: packed(*records)])
def test_every_cut_gives_the_records_before_it(pack: Callable[[list[bytes]], bytes]) -> None:
    # The last bytes of a record are its closing lines, or those and a checksum.
    closing = 24
    first, both = pack([record()]), pack([record(), record()])
    for cut in range(30, len(both) - closing, 7):
        if len(first) - closing <= cut <= len(first) + 2:
            continue
        parts = read("a.warc.gz", both[:cut])
        assert len(pages_of(parts)) == (cut > len(first)), cut
        assert len(refusals_of(parts)) == 1, cut


def test_a_changed_byte_in_a_packed_record_gives_no_page() -> None:
    whole = packed(record(), record(url=URL + "?large", block=answer(bytes(range(256)) * 5_000)))
    assert len(pages_of(read("a.warc.gz", whole))) == 2
    for place in (40, len(packed(record())) - 5, len(whole) // 2, len(whole) - 6):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        parts = read("a.warc.gz", changed)
        assert len(pages_of(parts)) == (place > len(packed(record()))), place
        assert refusals_of(parts)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 9999999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nshort",
        b"WARC/1.0\r\n" + b"x" * 1_000_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 200_000,
        record() + b"garbage that is no record\r\n" * 10,
        gzip.compress(b"no warc at all", mtime=0),
        gzip.compress(record(), mtime=0)[:-4] + b"\0\0\0\0",
        b"\x1f\x8b" + bytes(range(256)),
        bytes(range(256)) * 100,
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    assert len(refusals_of(read("a.warc.gz", data))) == 1


def test_a_bomb_ends_at_the_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc.Quota.__init__, "__kwdefaults__", {"left": 2_000_000})
    bomb = gzip.compress(record(block=answer(bytes(50_000_000), {"Content-Type": "video/mp4"})))
    (refusal,) = read("a.warc.gz", bomb)
    assert "when unpacked" in str(refusal)
    # Both members of a WACZ draw on one quota.
    half = gzip.compress(record(block=answer(bytes(1_500_000), {"Content-Type": "video/mp4"})))
    parts = read("a.wacz", wacz({"archive/1.warc.gz": half, "archive/2.warc.gz": half}))
    assert "archive/2.warc.gz" in str(parts[0])


def test_a_broken_member_of_a_wacz_leaves_the_others() -> None:
    members = {
        "archive/1.warc.gz": packed(record())[:-40],
        "archive/2.warc": record(),
        "archive/3.warc.gz": packed(record()),
    }
    parts = read("a.wacz", wacz(members))
    assert len(pages_of(parts)) == 2
    (refusal,) = refusals_of(parts)
    assert "archive/1.warc.gz" in str(refusal)


def test_an_archive_without_compression_and_one_with_are_read() -> None:
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", packing) as archive:
            archive.writestr("archive/1.warc", record(block=answer(bytes(5_000_000))))
        assert len(pages_of(read("a.wacz", file.getvalue()))) == 1


def test_hostile_archives_are_refused() -> None:
    whole = wacz({"archive/1.warc.gz": packed(record())})
    damaged = whole.replace(packed(record()), bytes(len(packed(record()))))
    directory = whole.rindex(b"PK\x05\x06") + 12
    claims = whole[:directory] + b"\xff\xff\xff\x7f" + whole[directory + 4 :]
    for data in (whole[:-30], whole[:40], damaged, claims, wacz({"word/document.xml": b""})):
        assert len(refusals_of(read("a.wacz", data))) == 1
