"""What every unit of work is given: settings, database, blobs, clock. Data only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from casework.kept_pairs import use_kept_pairs
from casework.settings import Settings
from domain.common import StorageFault
from storage import BlobStore, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The things that web, cli and crawler all open and hand on."""

    settings: Settings
    database: Database
    blobs: BlobStore
    clock: Callable[[], datetime]
    """The only source of the present time; gives UTC."""


@contextmanager
def together(context: Context) -> Iterator[None]:
    """Make one unit of work of those inside: the bytes they put and the rows they write.

    Bytes are forced to the disk before the rows that name them are committed.
    """
    with context.database.together(), context.blobs.together():
        yield


def open_context(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> Context:
    """Open what the settings name, bringing an older or empty database to this version.

    Raises: StorageFault when the folder or the database cannot be used.
    """
    try:
        settings.blobs_folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StorageFault(f"{settings.folder} cannot be used: {fault.strerror}") from fault
    use_kept_pairs(settings)
    database = Database(settings.database_url)
    database.migrate()
    return Context(
        settings=settings,
        database=database,
        blobs=BlobStore(settings.blobs_folder),
        clock=clock or (lambda: datetime.now(UTC)),
    )
