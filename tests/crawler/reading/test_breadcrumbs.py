"""Breadcrumbs of plain HTML."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page

CASES = [
    (("Home", "Bags", "Handbags"), ("Bags", "Handbags"), "the front page is no category"),
    (("首页", "茶叶"), ("茶叶",), "in Chinese"),
    (("Home", "Home", "Kitchen"), ("Home", "Kitchen"), "a department of that name"),
    (("Bags", "Home"), ("Bags", "Home"), "not at the beginning"),
    (("Home", "Shoes", "Sandals"), ("Shoes",), "the listing itself is none"),
    (("Home",), (), "nothing but the front page"),
]


@pytest.mark.parametrize(("crumbs", "expected", "why"), CASES)
def test_breadcrumb(
    crumbs: tuple[str, ...], expected: tuple[str, ...], why: str, make_page: Callable[..., Page]
) -> None:
    links = "".join(f'<li><a href="/c/{n}/">{crumb}</a></li>' for n, crumb in enumerate(crumbs))
    body = (
        f'<ol class="breadcrumb">{links}</ol><h1>Sandals</h1>'
        "<p class='price'>£57.20</p><button>Add to basket</button>"
    )
    assert read_page(make_page(body)).category == expected, why
