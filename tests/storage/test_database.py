"""The schema is what the migrations make, and units of work keep each other's rows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Table, insert, inspect, select, text, update

from domain.common import StorageFault
from storage import Database, metadata


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url)


def test_migrations_make_the_tables_that_the_code_declares(database: Database) -> None:
    with database.write() as unit:
        differences = compare_metadata(MigrationContext.configure(unit), metadata)
    assert differences == []


def test_every_table_and_column_is_explained() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if not column.comment
    ]
    silent += [table.name for table in metadata.tables.values() if not table.comment]
    assert silent == []


def test_comments_reach_postgresql(postgresql_url: str) -> None:
    database = Database(postgresql_url.replace("/postgres?", "/suyuan_template?"))
    with database.read() as unit:
        columns = inspect(unit).get_columns("flags")
    database.close()
    assert all(column["comment"] for column in columns)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()
    database.check_version()


def test_a_database_of_no_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="schema version none"):
        Database(f"sqlite:///{tmp_path / 'empty.db'}").check_version()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("no url at all", "sqlite:///PATH or postgresql"),
        ("mysql://host/db", "mysql is no database Suyuan knows"),
    ],
)
def test_an_address_of_no_known_database_is_refused(url: str, reason: str) -> None:
    with pytest.raises(StorageFault, match=reason):
        Database(url)


def test_a_unit_that_fails_leaves_nothing_behind(database: Database) -> None:
    def fail_after_writing() -> None:
        with database.write() as unit:
            unit.execute(insert(metadata.tables["picture_urls"]).values(url="u", sha256="s"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    with database.read() as unit:
        assert unit.execute(select(metadata.tables["picture_urls"])).first() is None


def test_concurrent_units_lose_no_write(database: Database) -> None:
    """Each unit reads, then writes what it read plus one: a lost update would show in the sum."""
    counter = Table("test_counter", MetaData(), Column("value", Integer))
    with database.write() as unit:
        counter.create(unit)
        unit.execute(insert(counter).values(value=0))
    units, threads_count = 25, 4
    barrier = threading.Barrier(threads_count)

    def work() -> None:
        barrier.wait()
        for _ in range(units):
            with database.write() as unit:
                value = unit.execute(select(counter.c.value).with_for_update()).scalar_one()
                unit.execute(update(counter).values(value=value + 1))

    threads = [threading.Thread(target=work) for _ in range(threads_count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as unit:
        assert unit.execute(select(counter.c.value)).scalar_one() == units * threads_count


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as writer:
        writer.execute(insert(metadata.tables["picture_urls"]).values(url="u", sha256="s"))
        with database.read() as reader:
            assert reader.execute(select(metadata.tables["picture_urls"])).first() is None


def test_a_fault_of_the_database_tells_no_row_values(database: Database) -> None:
    with pytest.raises(StorageFault) as fault, database.write() as unit:
        unit.execute(text("SELECT * FROM no_such_table WHERE phone = '13800138000'"))
    assert "13800138000" not in str(fault.value)


def write_url(database: Database, url: str) -> None:
    with database.write() as unit:
        unit.execute(insert(metadata.tables["picture_urls"]).values(url=url, sha256="s"))


def urls_in(database: Database) -> set[str]:
    with database.read() as unit:
        return set(unit.execute(select(metadata.tables["picture_urls"].c.url)).scalars())


def test_units_together_are_one(database: Database) -> None:
    with database.together():
        write_url(database, "a")
        write_url(database, "b")
        assert urls_in(database) == {"a", "b"}
    assert urls_in(database) == {"a", "b"}


def test_units_together_fail_together(database: Database) -> None:
    def write_and_fail() -> None:
        with database.together():
            write_url(database, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    write_url(database, "alone")
    assert urls_in(database) == {"alone"}


def test_another_thread_is_not_drawn_in(database: Database) -> None:
    seen: list[set[str]] = []
    with database.together():
        write_url(database, "a")
        reading = threading.Thread(target=lambda: seen.append(urls_in(database)))
        reading.start()
        reading.join()
    assert seen == [set()]
