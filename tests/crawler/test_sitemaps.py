"""Sitemaps, whole and broken."""

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from crawler.sitemaps import MAX_ENTRIES, MAX_SITEMAP_BYTES, SitemapReading, read_sitemap

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> bytes:
    locations = "".join(f"<url><loc> {url} </loc></url>" for url in urls)
    return f'<?xml version="1.0"?><urlset {NAMESPACE}>{locations}</urlset>'.encode()


def test_pages_are_read_plain_and_packed() -> None:
    expected = SitemapReading(pages=("http://a/1", "http://a/2"))
    body = urlset("http://a/1", "http://a/2")
    assert read_sitemap(body) == expected
    assert read_sitemap(gzip.compress(body)) == expected


def test_an_index_names_sitemaps() -> None:
    body = f"<sitemapindex {NAMESPACE}><sitemap><loc>http://a/s.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(body.encode()) == SitemapReading(sitemaps=("http://a/s.xml",))


def test_what_stands_before_a_break_counts() -> None:
    body = urlset("http://a/1", "http://a/2")[:-30]
    assert read_sitemap(body).pages[:1] == ("http://a/1",)


def test_what_is_no_sitemap_names_nothing() -> None:
    for body in (b"", b"<html><body>404</body></html>", b"\x1f\x8b\x08broken", b"\x00" * 99):
        assert read_sitemap(body) == SitemapReading()


def test_a_packed_bomb_is_not_unpacked() -> None:
    assert read_sitemap(gzip.compress(b" " * (MAX_SITEMAP_BYTES + 1))) == SitemapReading()


def test_entries_are_bounded() -> None:
    body = urlset(*(f"http://a/{n}" for n in range(MAX_ENTRIES + 10)))
    assert len(read_sitemap(body).pages) == MAX_ENTRIES


def test_entities_are_not_expanded() -> None:
    body = (
        b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]>'
        b"<urlset><url><loc>&x;</loc></url><url><loc>http://a/&y;</loc></url></urlset>"
    )
    assert all("yyyy" not in url and len(url) < 20 for url in read_sitemap(body).pages)


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_name_nothing(body: bytes) -> None:
    for sitemap in (body, b"<urlset>" + body):
        reading = read_sitemap(sitemap)
        assert not (reading.pages and reading.sitemaps), "a list or an index, never both"
        assert len(reading.pages) <= MAX_ENTRIES
        assert all(isinstance(url, str) and url for url in (*reading.pages, *reading.sitemaps))
