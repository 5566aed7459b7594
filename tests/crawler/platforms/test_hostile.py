"""Pages cut short, emptied or mixed up: a platform file answers or says PageChanged, no more."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms import PLATFORMS, ListPage
from domain.common import PageChanged, digest
from domain.pages import Page, PageKind

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/*/about.json"))
PLATFORM_OF = {platform.name: platform for platform in PLATFORMS}
WRONG: list[Any] = [None, True, -1, 10**30, "", "\ud800", "<b>", [], {}, [None], [[]], {"0": None}]


def page_of(case: Path) -> Page:
    about = json.loads((case / "about.json").read_text("utf-8"))
    (file,) = case.glob("page.*")
    body = file.read_bytes()
    return Page(
        requested_url=about["url"],
        url=about["url"],
        status=about["status"],
        fetched_at=datetime.fromisoformat(about["fetched_at"]),
        media_type=about["media_type"],
        body=body,
        sha256=digest(body),
    )


def assert_read_or_refused(case: Path, page: Page) -> None:
    """Read a page as a crawl does; what is answered is of this page, what is refused says where."""
    platform = PLATFORM_OF[case.parent.name]
    listed = ListPage(sightings=())
    try:
        sighting = platform.read(page)
        if sighting.kind is PageKind.SEARCH and platform.read_list is not None:
            listed = platform.read_list(page)
    except PageChanged as changed:
        refused = changed
    else:
        assert sighting.listing_key
        assert all(shown.kind is PageKind.LISTING for shown in listed.sightings)
        assert all(one.page_sha256 == page.sha256 for one in (sighting, *listed.sightings))
        return
    assert refused.expected
    assert refused.where


def is_plain_json(case: Path) -> bool:
    """Tell JSON from JSONP and other answers that only hold some."""
    return page_of(case).body.lstrip()[:1] == b"{"


def places_of(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the holder and key of every member of a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in list(pairs):
        yield value, key
        if isinstance(member, dict | list):
            yield from places_of(member)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_survives_pages_cut_short(case: Path) -> None:
    page = page_of(case)
    for part in range(8):
        assert_read_or_refused(case, replace(page, body=page.body[: len(page.body) * part // 8]))


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if is_plain_json(case)],
    ids=lambda case: f"{case.parent.name}/{case.name}",
)
def test_survives_wrong_values_anywhere(case: Path) -> None:
    page = page_of(case)
    value = json.loads(page.body)
    places = list(places_of(value))
    chance = random.Random(7)
    for _ in range(150):
        holder, key = chance.choice(places)
        kept = holder[key]
        holder[key] = chance.choice(WRONG)
        assert_read_or_refused(case, replace(page, body=json.dumps(value).encode()))
        holder[key] = kept
