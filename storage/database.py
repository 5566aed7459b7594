"""Opening the database, its units of work, and its version."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from domain.common import StorageFault
from storage.schema import Unit

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 60_000


class Database:
    """SQLite or PostgreSQL behind one interface."""

    def __init__(self, url: str) -> None:
        """Open a database by its SQLAlchemy URL (`sqlite:///path`, `postgresql+psycopg://…`).

        Raises: StorageFault when the URL names no database that Suyuan knows.
        """
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise StorageFault(
                "the database URL must be sqlite:///PATH or postgresql+psycopg://…"
            ) from None
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise StorageFault(
                f"{parsed.get_backend_name()} is no database Suyuan knows: use sqlite or postgresql"
            )
        try:
            self._engine = create_engine(parsed, pool_pre_ping=parsed.drivername != "sqlite")
        except (NoSuchModuleError, ImportError) as fault:
            raise StorageFault(f"the database driver is missing: {fault}") from fault
        self._thread = threading.local()
        if self._engine.dialect.name == "sqlite":
            _prepare_sqlite(self._engine)

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """One unit of work: committed at the end, rolled back on any error.

        On SQLite the write lock is taken at the start, so that two units never both read and
        then both fail to write. Inside `together` it is a part of that unit.
        """
        if (joined := self._joined()) is not None:
            yield joined
            return
        with self._faults(), self._engine.begin() as unit:
            yield unit

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one unit of the units of work inside: committed, or rolled back, as one.

        Holds for this thread. Whoever catches an error of a unit inside must not go on: what
        that unit wrote before is rolled back only with all the others.
        """
        with self._faults(), self._engine.begin() as unit:
            self._thread.unit = unit
            try:
                yield
            finally:
                self._thread.unit = None

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent view for reading; never waits for writers.

        Inside `together` it shows what was written there, too.
        """
        if (joined := self._joined()) is not None:
            yield joined
            return
        with self._faults(), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            unit = connection.execution_options(suyuan_read_only=True)
            with unit.begin():
                yield unit

    def migrate(self) -> None:
        """Bring the schema to this version; a database that is there already is left as it is."""
        with self.write() as unit:
            if self._version(unit) != self._newest():
                config = self._config()
                config.attributes["connection"] = unit
                command.upgrade(config, "head")

    def check_version(self) -> None:
        """Raise StorageFault unless the schema is exactly of this version."""
        with self.read() as unit:
            version = self._version(unit)
        if version != self._newest():
            raise StorageFault(
                f"the database has schema version {version or 'none'}, "
                f"this program needs {self._newest()}"
            )

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _joined(self) -> Unit | None:
        return getattr(self._thread, "unit", None)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as fault:
            # The driver's sentence can hold row values; only its class is passed on.
            raise StorageFault(
                f"the database refused or could not be reached ({type(fault.orig).__name__})"
            ) from fault

    @staticmethod
    def _config() -> Config:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        return config

    def _newest(self) -> str | None:
        return ScriptDirectory.from_config(self._config()).get_current_head()

    @staticmethod
    def _version(unit: Unit) -> str | None:
        return MigrationContext.configure(unit).get_current_revision()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection, _record):  # type: ignore[no-untyped-def]
        # The driver's own BEGIN is turned off: it is deferred, and comes only at the first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("suyuan_read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
