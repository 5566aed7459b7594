"""Every platform file against its recorded pages: tests/crawler/platforms/<name>/<case>/.

A case is a folder: `page.html` or `page.json` (the bytes), `about.json` (url, status, media_type,
fetched_at, kind) and `expected.json`: the Sighting form, or for a list {"listings": [Sighting
forms], "next": URL or null}, with "refused" where some of its cards are. A case of a page that
changed has no expected.json; its about.json says under "changed" which field the error must name.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms import PLATFORMS, Platform, find_platform
from domain.common import PageChanged, digest
from domain.forms import sighting_to_json
from domain.pages import Page, PageKind

FOLDER = Path(__file__).parent
WALLS = {PageKind.LOGIN, PageKind.BLOCKED}
PLATFORM_OF = {platform.name: platform for platform in PLATFORMS}
CASES = sorted(path.parent for path in FOLDER.glob("*/*/about.json"))


def about_of(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "about.json").read_text("utf-8"))
    return found


def page_of(case: Path) -> Page:
    about = about_of(case)
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


def read_whole(platform: Platform, page: Page) -> dict[str, Any]:
    """Read a page as far as its kind goes, in the form of expected.json."""
    sighting = platform.read(page)
    if sighting.kind is not PageKind.SEARCH:
        return sighting_to_json(sighting)
    assert platform.read_list is not None
    found = platform.read_list(page)
    whole: dict[str, Any] = {
        "listings": [sighting_to_json(listing) for listing in found.sightings],
        "next": found.next.url if found.next else None,
    }
    if found.refusals:
        whole["refused"] = [f"{one.line}: {one.field}: {one.reason}" for one in found.refusals]
    return whole


def names(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


@pytest.mark.parametrize("case", CASES, ids=names)
def test_reads_a_recorded_page(case: Path) -> None:
    about, platform, page = about_of(case), PLATFORM_OF[case.parent.name], page_of(case)
    if platform.hosts:
        assert find_platform(page.url) is platform
    if field := about.get("changed"):
        with pytest.raises(PageChanged) as raised:
            read_whole(platform, page)
        assert field in raised.value.where
        return
    assert platform.read(page).kind == about["kind"]
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert read_whole(platform, page) == expected


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_platform_has_cases_of_every_kind(platform: Platform) -> None:
    cases = [about_of(case) for case in CASES if case.parent.name == platform.name]
    kinds = {PageKind(about["kind"]) for about in cases if "changed" not in about}
    changed = {PageKind(about["kind"]) for about in cases if "changed" in about}
    assert {PageKind.SEARCH, PageKind.LISTING} <= kinds
    if platform.hosts:  # a shop system's seller is the shop itself
        assert PageKind.SELLER in kinds
        assert kinds & WALLS
    assert {PageKind.SEARCH, PageKind.LISTING} <= changed
