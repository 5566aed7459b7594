"""Files that people bring: good lines are kept, broken ones named, twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.context import Context
from casework.imports import import_sightings
from domain.common import WrongUse, digest
from domain.listings import ListingRef
from storage import evidence, listings
from tests.casework.conftest import draw_logo

GOOD = {
    "platform": "shop.example",
    "listing_key": "1",
    "url": "https://shop.example/1",
    "fetched_at": "2026-11-22T08:00:00Z",
    "title": "青鲤堂桃酥",
    "pictures": [{"file": "one.png"}],
}


@pytest.fixture
def sightings(tmp_path: Path) -> Path:
    (tmp_path / "one.png").write_bytes(draw_logo())
    lines = [
        json.dumps(GOOD).encode(),
        b"",  # an empty line is nothing
        b'{"platform": "shop.example"}',  # lacks its fields
        b"not json",
        b'{"platform": "\xff\xfe"}',  # no UTF-8
        b"[" * 100_000,  # nested without end
        json.dumps({**GOOD, "listing_key": "2", "pictures": [{"file": "../x.png"}]}).encode(),
        json.dumps({**GOOD, "listing_key": "3", "pictures": [{"file": "no.png"}]}).encode(),
    ]
    path = tmp_path / "sightings.jsonl"
    path.write_bytes(b"\n".join(lines))
    return path


def test_good_lines_are_kept_and_broken_ones_named(context: Context, sightings: Path) -> None:
    result = import_sightings(context, sightings)
    assert result.added == 3
    assert [refusal.line for refusal in result.refusals] == [3, 4, 5, 6, 7, 8]
    assert "a path below" in result.refusals[4].reason
    assert "No such file" in result.refusals[5].reason
    with context.database.read() as unit:
        kept = listings.latest_sighting(unit, ListingRef(platform="shop.example", listing_key="1"))
    assert kept is not None
    assert kept.pictures[0].sha256 == digest(draw_logo())
    assert kept.pictures[0].phash


def test_importing_twice_changes_nothing(context: Context, sightings: Path) -> None:
    import_sightings(context, sightings)
    again = import_sightings(context, sightings)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    with context.database.read() as unit:
        pieces = evidence.evidence_of_digest(unit, digest(sightings.read_bytes()))
    assert len(pieces) == 1


def test_a_file_of_another_form_is_wrong_use(context: Context, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>")
    with pytest.raises(WrongUse, match="JSON Lines"):
        import_sightings(context, path)
