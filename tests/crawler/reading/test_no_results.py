"""Result pages that say that there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import says_nothing
from domain.pages import Page

CASES = [
    ("<p>抱歉，没有找到相关商品</p>", True, "the usual sentence"),
    ("<p>共 0 件</p>", True, "a count of none"),
    ("<p>找到 <strong>0</strong> 个结果。</p>", True, "the count stands in an element of its own"),
    ("<p>Found <strong>0</strong> results.</p>", True, "the same in English"),
    ("<p>Your search <em>lamp</em> did not match any products.</p>", True, "a sentence"),
    ("<p>No results</p>", True, "two words"),
    ("<p>Found <strong>10</strong> results.</p>", False, "ten end with 0"),
    ("<p>共 20 件</p>", False, "so do twenty"),
    ("<script>var t = 'No results';</script><p>Lamps</p>", False, "in a script, for another day"),
    ("<p>Lamps</p>", False, "says nothing of it"),
]


@pytest.mark.parametrize(("body", "expected", "why"), CASES)
def test_words_for_nothing(
    body: str, expected: bool, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(body, url="https://shop.example/search?q=lamp")
    assert says_nothing(page) is expected, why


def test_the_encoding_is_found_as_for_every_page(make_page: Callable[..., Page]) -> None:
    body = '<meta charset="gbk"><p>没有找到商品</p>'.encode("gbk")
    assert says_nothing(make_page(body, url="https://shop.example/search?q=lamp"))
