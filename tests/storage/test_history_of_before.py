"""A database from before histories were kept has them afterwards, as far as it can know."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table

import storage
from domain.listings import Change, ListingRef
from storage import Database, Unit, changes, hubs, revisits
from storage.revisits import DueQuery

DAYS = [datetime(2026, 11, day, tzinfo=UTC) for day in range(1, 5)]


def move_to(unit: Unit, revision: str, *, up: bool) -> None:
    config = Config()
    config.set_main_option("script_location", f"{storage.__path__[0]}/migrations")
    config.attributes["connection"] = unit
    (command.upgrade if up else command.downgrade)(config, revision)


def insert(unit: Unit, name: str, **values: object) -> None:
    unit.execute(Table(name, MetaData(), autoload_with=unit).insert().values(**values))


def fill(unit: Unit, key: str, said: str, *, gone_at: datetime | None = None) -> None:
    """A listing that said one thing a day, each a letter."""
    listing = {"platform": "shop.example", "listing_key": key}
    for day, digest in zip(DAYS, said, strict=False):
        insert(
            unit,
            "sightings",
            **listing,
            sighting_id=key + digest + day.isoformat(),
            fetched_at=day,
            content_digest=digest,
            run_id="r1",
            content={},
        )
    insert(
        unit,
        "listings",
        **listing,
        url="u",
        first_seen_at=DAYS[0],
        last_seen_at=DAYS[len(said) - 1],
        gone_at=gone_at,
        content_digest=said[-1],
        sighting_id=key,
    )


def test_what_was_seen_before_becomes_the_history(database_url: str) -> None:
    database = Database(database_url)
    with database.write() as unit:
        move_to(unit, "0004", up=False)
        fill(unit, "1", "aba")
        fill(unit, "2", "c", gone_at=DAYS[3])
        move_to(unit, "head", up=True)
    with database.read() as unit:
        one, two = (
            changes.changes_of(unit, ListingRef(platform="shop.example", listing_key=key))
            for key in ("1", "2")
        )
        later = DAYS[3].replace(day=5)
        due = DueQuery(platform="shop.example", now=later, seen_once_by=DAYS[3])
        assert revisits.count_due(unit, due) == 2, "never planned: due"
    assert [(x.kind, x.at, x.previous_digest, x.content_digest) for x in one] == [
        (Change.NEW, DAYS[0], None, "a"),
        (Change.CHANGED, DAYS[1], "a", "b"),
        (Change.CHANGED, DAYS[2], "b", "a"),
    ]
    assert [(x.kind, x.at, x.run_id) for x in two] == [
        (Change.NEW, DAYS[0], "r1"),
        (Change.GONE, DAYS[3], None),
    ]
    database.close()


def test_hubs_found_before_are_listed_with_their_sellers(database_url: str) -> None:
    database = Database(database_url)
    with database.write() as unit:
        move_to(unit, "0015", up=False)
        for key, owned, limit in (("phone:1", 0.05, 0), ("phone:2", 0.9, 30), ("phone:3", 0.9, 0)):
            insert(unit, "shared_values", join_key=key, owned=owned, platform_limit=limit)
        for owner in ("seller:a/1", "seller:a/1", "seller:a/2", "record:src/1"):
            clue = {"owner": owner, "kind": "phone", "value": "1", "join_key": "phone:1"}
            insert(unit, "clues", **clue, content={})
        move_to(unit, "head", up=True)
        listed = hubs.list_shared(unit, only_hubs=True, limit=9)
    assert [(one.value, one.sellers) for one in listed] == [("1", 2), ("2", 0)]
    assert all(one.hub_since is not None and one.hub_since.tzinfo is not None for one in listed)
    database.close()
