"""What was compiled is found again wherever it could be kept, and its loss is only lost time."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from matchers import keeping
from matchers.compiling import (
    compiled,
    eight_at_most,
    eight_bytes,
    eight_with,
    many_at_most,
    many_with,
)
from matchers.keeping import is_compiled, throw_away_older

SOURCE = """
def double(number):
    return number * 2
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Return a function that compiles the same source anew, as another process would."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    path = tmp_path / "engine" / "doubling.py"
    path.parent.mkdir()
    path.write_text(SOURCE)

    def load_anew() -> Any:
        spec = importlib.util.spec_from_file_location("doubling", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return compiled(module.double)

    return load_anew


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.nb[ci]"))


def was_loaded(function: Any) -> bool:
    return bool(function.stats.cache_hits)


def test_it_is_kept_beside_its_source(load: Callable[[], Any], tmp_path: Path) -> None:
    first = load()
    assert first(2) == 4
    assert not was_loaded(first)
    assert kept(tmp_path / "engine")
    assert not kept(tmp_path / "user")
    second = load()
    assert second(2) == 4
    assert was_loaded(second)


def test_it_is_kept_with_the_user_where_the_folder_is_closed(
    load: Callable[[], Any], tmp_path: Path
) -> None:
    (tmp_path / "engine" / "__pycache__").write_text("no folder, so nobody writes into it")
    assert load()(2) == 4
    assert kept(tmp_path / "user")
    again = load()
    assert again(2) == 4
    assert was_loaded(again)


def test_it_is_kept_nowhere_and_works(load: Callable[[], Any], tmp_path: Path) -> None:
    (tmp_path / "engine" / "__pycache__").write_text("")
    (tmp_path / "user").write_text("")
    assert load()(2) == 4


def test_the_folder_that_a_person_names_comes_first(
    load: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load()(2) == 4
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "named"))
    beside = load()
    assert beside(2) == 4
    assert was_loaded(beside)
    assert load()(2.5) == 5.0
    assert kept(tmp_path / "named")


@pytest.mark.parametrize("spoilt", [b"", b"\x80", b"no pickle at all", b"\x80\x04\x8c\x01v."])
@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_spoilt_files_are_compiled_anew(
    load: Callable[[], Any], tmp_path: Path, ending: str, spoilt: bytes
) -> None:
    assert load()(2) == 4
    for path in (tmp_path / "engine").rglob(f"*.{ending}"):
        path.write_bytes(spoilt)
    assert load()(2) == 4


def test_what_was_compiled_of_other_sources_is_neither_read_nor_kept(
    load: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "named"))
    assert load()(2) == 4
    present = kept(tmp_path / "named")
    with monkeypatch.context() as earlier:
        earlier.setattr(keeping, "digest_of_sources", lambda package: "0123456789abcdef")
        other = load()
        assert other(2) == 4
        assert not was_loaded(other)
    assert len(kept(tmp_path / "named")) == 2 * len(present)
    with monkeypatch.context() as other_sources:
        other_sources.setattr(keeping, "digest_of_sources", lambda package: "of no file")
        assert not is_compiled(tmp_path)
    assert is_compiled(tmp_path)
    throw_away_older(tmp_path)
    assert [path.name for path in kept(tmp_path / "named")] == [path.name for path in present]


@pytest.mark.parametrize("package", ["names", "pictures"])
def test_the_digest_is_of_every_module_whose_numbers_are_compiled(package: str) -> None:
    """Compiled code holds the constants that it was compiled with, whoever defines them."""
    folder = Path(keeping.__file__).parent / package / "engine"
    imported = {
        node.module
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    ours = {one for one in imported if one.partition(".")[0] in ("matchers", "domain")}
    rest = {one for one in ours if not one.startswith(f"matchers.{package}.")}
    assert rest <= {
        "domain",
        "domain.matches",
        "domain.common",
        "matchers.compiling",
        "matchers.keeping",
    }


@numba.njit
def at_most(values: object, first: int, limit: int) -> object:
    return eight_at_most(values, first, limit), many_at_most(values, first, limit)


@numba.njit
def with_bits(values: object, first: int, bits: int) -> object:
    return eight_with(values, first, bits), many_with(values, first, bits)


@numba.njit
def bytes_of(values: object, first: int) -> object:
    return eight_bytes(values, first)


def bits(answers: object) -> int:
    return sum(1 << at for at, one in enumerate(np.asarray(answers).tolist()) if one)


@pytest.mark.parametrize("kind", [np.int64, np.int16, np.uint8, np.uint16])
def test_eight_values_and_sixty_four_are_compared_at_once(kind: type) -> None:
    limits = np.iinfo(kind)
    draw = np.random.default_rng(1)
    values = draw.integers(limits.min, limits.max, 66, kind, endpoint=True)
    values[:4] = 3, 4, limits.max, limits.min
    for first in range(3):
        told = values[first : first + 64] <= 3
        assert at_most(values, first, kind(3)) == (bits(told[:8]), bits(told))
        told = values[first : first + 64] & 16 != 0
        assert with_bits(values, first, kind(16)) == (bits(told[:8]), bits(told))


def test_eight_bytes_are_one_number() -> None:
    values = np.arange(250, 260)
    assert bytes_of(values.astype(np.uint8), 1) == 0x0201_00FF_FEFD_FCFB
    assert bytes_of(values.astype(np.uint16), 1) == 0x00FE_00FD_00FC_00FB


@compiled
def add_one(number):  # type: ignore[no-untyped-def]
    return number + 1


@numba.njit
def count_to(last):  # type: ignore[no-untyped-def]
    counter = 0
    while counter < last:
        counter = add_one(counter)
    return counter


def test_what_is_called_with_a_literal_and_a_number_is_compiled_once() -> None:
    assert count_to(3) == 3
    assert len(add_one.signatures) == 1  # type: ignore[attr-defined]
