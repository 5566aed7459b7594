"""Where what is made of sources is kept: compiled code, and tables. Its loss is only lost time.

It stands beside the sources, or with the user where those may not be written to, under names that
tell of what sources it was made: no other is ever read.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import numba
from numba.core.caching import (
    InTreeCacheLocator,
    UserProvidedCacheLocator,
    UserWideCacheLocator,
)

from domain import matches

_Made = TypeVar("_Made")
_TABLE = ".table"
_CHECK = 4
"""Bytes before a table by which damage is told."""
_IN_COMPILED_CODE = ("compiling.py", "plain_indices.py")
"""What decides, beside the sources of a package, how they are compiled."""

SPOILT = (
    pickle.PickleError, AttributeError, EOFError, ImportError, LookupError, OSError, RuntimeError,
    TypeError, ValueError,
)  # fmt: skip
"""What reading a kept file may end with when it is none any more."""


class _OfThisVersion:
    """Files whose names tell of what sources they were made: no others are ever read."""

    _py_file: str
    """Of the function."""

    def get_disambiguator(self) -> str:
        sources = digest_of_sources(Path(self._py_file).parent.parent)
        return f"{super().get_disambiguator()}-{sources}"  # type: ignore[misc]


class _Beside(_OfThisVersion, InTreeCacheLocator):  # type: ignore[misc]
    """The folder of the module: those who may not write there read it still."""

    @classmethod
    def from_function(cls, function: object, file: str) -> _Beside:
        return cls(function, file)


class _OfUser(_OfThisVersion, UserWideCacheLocator):  # type: ignore[misc]
    """A folder of the user's own, looked into without a trial of writing there."""

    @classmethod
    def from_function(cls, function: object, file: str) -> _OfUser:
        return cls(function, file)


class _Named(_OfThisVersion, UserProvidedCacheLocator):  # type: ignore[misc]
    """The folder that NUMBA_CACHE_DIR names."""

    @classmethod
    def from_function(cls, function: object, file: str) -> _Named:
        return cls(function, file)


def places() -> tuple[type, ...]:
    """Return the locators of the places, the one that is asked first at the beginning."""
    named = (_Named,) if numba.config.CACHE_DIR else ()
    return (*named, _Beside, _OfUser)


def keep(package: Path, name: str, tables: str, make: Callable[[], _Made]) -> _Made:
    """Return what was kept under a name, or make and keep it.

    `package`: the folder in which `engine` stands. `tables`: a digest of all that it is made of
    beside the sources of the package.
    """
    file = f"{name}-{digest_of_sources(package)}-{tables}{_TABLE}"
    for folder in _folders(package):
        with suppress(*SPOILT):
            data = memoryview((folder / file).read_bytes())
            if data[:_CHECK] == _check_of(data[_CHECK:]):
                kept: _Made = pickle.loads(data[_CHECK:])  # noqa: S301 as trusted as code beside it
                return kept
    made = make()
    for folder in _folders(package):
        with suppress(OSError):
            _write(folder / file, pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
            break
    return made


def _write(path: Path, data: bytes) -> None:
    """Write a file that others may read meanwhile: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{uuid4().hex}{_TABLE}")
    beside.write_bytes(_check_of(data) + data)
    beside.replace(path)


def _check_of(data: bytes | memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECK, "big")


def is_compiled(package: Path) -> bool:
    """Tell whether anything is kept that was compiled of a package: a search begins at once.

    `package`: the folder in which `engine` stands.
    """
    sources = digest_of_sources(package)
    return any(sources in path.name and path.suffix != _TABLE for path in _kept(package))


def throw_away_older(package: Path) -> None:
    """Delete what was made of other sources of a package, wherever that may be done."""
    sources = digest_of_sources(package)
    for path in _kept(package):
        if sources not in path.name:
            with suppress(OSError):
                path.unlink()


def _kept(package: Path) -> Iterator[Path]:
    for folder in _folders(package):
        yield from folder.glob("*.nb[ci]")
        yield from folder.glob(f"*{_TABLE}")


def _folders(package: Path) -> Iterator[Path]:
    module = str(package / "engine" / "__init__.py")
    for place in places():
        yield Path(place(_kept, module).get_cache_path())


@cache
def digest_of_sources(package: Path) -> str:
    """Return one digest, as 16 hex digits, of all that stands in compiled code of a package.

    Numba looks at the file of the outermost function alone. The others are part of it too, and the
    numbers that the plain rules give them.
    """
    digest = hashlib.sha256()
    ours = [Path(__file__).with_name(name) for name in _IN_COMPILED_CODE]
    for path in (Path(matches.__file__), *ours):
        digest.update(path.read_bytes())
    for path in sorted((*package.glob("*.py"), *package.glob("engine/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
