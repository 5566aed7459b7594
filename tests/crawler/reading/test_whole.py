"""Reading a page whole says what the single readers say, from one parse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.reading import find_links, needs_rendering, read_page, read_whole, says_nothing
from domain.pages import Page

CASES = sorted((Path(__file__).parent / "pages").iterdir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_whole_reading_is_the_sum_of_the_single_ones(
    folder: Path, make_page: Callable[..., Page]
) -> None:
    page = make_page((folder / "page.html").read_bytes())
    reading = read_whole(page)
    assert reading.sighting == read_page(page)
    assert reading.links == find_links(page)
    assert reading.needs_rendering == needs_rendering(page, reading.sighting)
    assert reading.says_nothing == (says_nothing(page) and not reading.links.listings)


def test_a_sighting_that_a_file_read_is_kept(make_page: Callable[..., Page]) -> None:
    page = make_page("<h1>没有找到相关商品</h1><a href='/category/2'>茶</a>")
    known = replace(read_page(page), platform="好店", title="茶")
    reading = read_whole(page, sighting=known)
    assert reading.sighting is known
    assert reading.links.categories == ("https://shop.example/category/2",)
    assert reading.says_nothing


def test_a_page_that_leads_to_listings_found_something(make_page: Callable[..., Page]) -> None:
    page = make_page("<h1>没有找到相关商品</h1><a href='/item/2'>茶</a>")
    reading = read_whole(page)
    assert reading.links.listings == ("https://shop.example/item/2",)
    assert not reading.says_nothing
