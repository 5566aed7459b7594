"""Codes of measuring and payment services that shops of one keeper share."""

from __future__ import annotations

import pytest

from crawler.reading.tags import MAX_TAGS, read_tags

BAIDU = "0123456789abcdef0123456789abcdef"
FOUND = [
    (f'hm.src="https://hm.baidu.com/hm.js?{BAIDU}";', f"baidu:{BAIDU}", "Baidu Tongji"),
    ('src="//s4.cnzz.com/z_stat.php?id=1280000123&web_id=1280000123"', "cnzz:1280000123", "CNZZ"),
    ('LA.init({id:"Jx8YtR2QpLm3", ck:"x"})', "51la:Jx8YtR2QpLm3", "51.LA"),
    ("ga('create', 'UA-12345678-2', 'auto')", "google-analytics:UA-12345678", "site left off"),
    ("gtag('config', 'G-AB12CD34EF')", "google-analytics:G-AB12CD34EF", "Analytics 4"),
    ("'/gtm.js?id=GTM-AB12'", "google-tag-manager:GTM-AB12", "GTM"),
    ("fbq('init', '123456789012345');", "facebook:123456789012345", "Meta pixel"),
    ("Stripe('pk_live_51HabcdefghijklmnopQRST')", "stripe:pk_live_51HabcdefghijklmnopQRST", ""),
]  # fmt: skip
NOT_FOUND = [
    ("pk_test_51HabcdefghijklmnopQRST", "a key for trials"),
    ("https://hm.baidu.com/hm.js?short", "no code"),
    ("item UA-boat G-STRING1 in red", "words of a shop"),
    ("", "an empty page"),
]


@pytest.mark.parametrize(("source", "tag", "why"), FOUND)
def test_codes_that_are_found(source: str, tag: str, why: str) -> None:
    assert read_tags(f"<html><script>{source}</script></html>") == (tag,), why


@pytest.mark.parametrize(("source", "why"), NOT_FOUND)
def test_what_is_no_code(source: str, why: str) -> None:
    assert read_tags(source) == (), why


def test_a_page_of_endless_codes_is_read_up_to_a_bound() -> None:
    source = " ".join(f"'GTM-{number:06d}'" for number in range(10_000))
    assert len(read_tags(source)) == MAX_TAGS
