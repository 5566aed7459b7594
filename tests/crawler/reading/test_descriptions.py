"""The description: a block of its own, or what stands beside its heading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page

HEAD = "<h1>Cork-soled sandals</h1><p class='price'>£57.20</p>"
HEADING = "<div id='product_description'><h2>Product description</h2></div>"

CASES = [
    (
        "<div class='product-description'><p>Cork below.</p><p>Straps above.</p></div>",
        "Cork below. Straps above.",
        "a block of its own",
    ),
    (
        f"{HEADING}<div><p>Cork below.</p><p>Straps above.</p></div><div>Imprint</div>",
        "Cork below. Straps above.",
        "the next block, and no more",
    ),
    (
        f"{HEADING}<p><p>Cork below.</p><ul><li>Straps above</li></ul><div>Imprint</div>",
        "Cork below. Straps above",
        "an empty paragraph, then a run of text until a block",
    ),
    (f"{HEADING}<p>Cork below.<h2>Delivery</h2><p>In two days.", "Cork below.", "a new heading"),
]


@pytest.mark.parametrize(("body", "expected", "why"), CASES)
def test_description(body: str, expected: str, why: str, make_page: Callable[..., Page]) -> None:
    description = read_page(make_page(f"<div>{HEAD}{body}</div>")).description
    assert description is not None, why
    assert " ".join(description.split()) == expected, why
