"""Tables are made once and read from then on, wherever they could be kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matchers.keeping import keep, throw_away_older

TABLES = "digest-of-tables"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    (tmp_path / "engine").mkdir()
    return tmp_path


class Maker:
    """Counts how often a table had to be made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> dict[str, object]:
        self.made += 1
        return {"numbers": np.arange(1_000), "longest": 4}


@pytest.fixture
def maker() -> Maker:
    return Maker()


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.table"))


def is_whole(found: dict[str, object]) -> bool:
    return found["longest"] == 4 and np.array_equal(found["numbers"], np.arange(1_000))  # type: ignore[arg-type]


def test_a_table_is_made_once_and_kept_beside_the_sources(package: Path, maker: Maker) -> None:
    assert is_whole(keep(package, "one", TABLES, maker))
    assert is_whole(keep(package, "one", TABLES, maker))
    assert maker.made == 1
    (file,) = kept(package)
    assert file.parent == package / "engine" / "__pycache__"
    # Set-up may run as one user and the search as another.
    assert file.stat().st_mode & 0o044 == 0o044 & ~_mask()


def test_tables_of_other_names_and_of_other_sources_stand_apart(
    package: Path, maker: Maker
) -> None:
    for name, tables in [("one", TABLES), ("two", TABLES), ("one", "others")]:
        keep(package, name, tables, maker)
    assert maker.made == 3
    assert len(kept(package)) == 3


def test_it_is_kept_with_the_user_where_the_folder_is_closed(package: Path, maker: Maker) -> None:
    (package / "engine" / "__pycache__").write_text("no folder, so nobody writes into it")
    keep(package, "one", TABLES, maker)
    assert is_whole(keep(package, "one", TABLES, maker))
    assert maker.made == 1
    assert kept(package / "user")


def test_it_is_kept_nowhere_and_made_each_time(package: Path, maker: Maker) -> None:
    (package / "engine" / "__pycache__").write_text("")
    (package / "user").write_text("")
    assert is_whole(keep(package, "one", TABLES, maker))
    assert is_whole(keep(package, "one", TABLES, maker))
    assert maker.made == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:2],
        lambda data: data[:-1],
        lambda data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
        lambda data: b"something else altogether",
    ],
    ids=["empty", "check cut", "end cut", "one bit", "another file"],
)
def test_a_spoilt_table_is_made_anew_and_mended(
    package: Path, maker: Maker, spoil: Callable[[bytes], bytes]
) -> None:
    keep(package, "one", TABLES, maker)
    (file,) = kept(package)
    file.write_bytes(spoil(file.read_bytes()))
    assert is_whole(keep(package, "one", TABLES, maker))
    assert maker.made == 2
    assert is_whole(keep(package, "one", TABLES, maker))
    assert maker.made == 2


def test_tables_of_older_sources_are_thrown_away(package: Path, maker: Maker) -> None:
    keep(package, "one", TABLES, maker)
    (ours,) = kept(package)
    ours.with_name("one-0123456789abcdef-older.table").write_bytes(b"")
    throw_away_older(package)
    assert kept(package) == [ours]


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
