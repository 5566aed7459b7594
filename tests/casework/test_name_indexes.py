"""Indexes of names are saved once, mapped by whoever asks, and made anew when they are no good."""

from __future__ import annotations

import logging
import mmap
import multiprocessing
import os
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from casework.name_indexes import FEWEST_SAVED, KEPT, open_names
from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import AnyIndex, GrownIndex, NamesIndex, find_names
from tests.casework.spoiling import WAYS, spoil

_CHARACTERS = "云栖虎青鲤墨竹岚溪鹤松雁荷霜露茗砚舟"
REGISTER = tuple(
    Mark(right_id=RightId(f"R{at}"), kind=RightKind.MARK, name="".join(three))
    for at, three in enumerate(product(_CHARACTERS, repeat=3))
)[: FEWEST_SAVED + 100]
NAME = REGISTER[4_321].name


def found(index: AnyIndex, text: str = f"正品{NAME}卫衣") -> list[str]:
    return [hit.right_id for hit in find_names(text, index) if hit.score == 1]


def is_mapped(index: AnyIndex) -> bool:
    """Tell whether an index lies in the memory of a file, and not in that of this process."""
    base: object = (index.main if isinstance(index, GrownIndex) else index).texts.data
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, memoryview) and isinstance(base.obj, mmap.mmap)


def files(folder: Path, ending: str = ".index") -> list[Path]:
    return sorted(folder.glob(f"*{ending}"))


def test_an_index_is_saved_and_then_mapped(tmp_path: Path) -> None:
    folder = tmp_path / "indexes"
    made = open_names(folder, REGISTER)
    (path,) = files(folder)
    before = path.stat().st_ino
    opened = open_names(folder, REGISTER)
    assert not is_mapped(made)
    assert is_mapped(opened)
    assert found(opened) == found(made) == ["R4321"]
    assert path.stat().st_ino == before
    assert not list(folder.glob(".writing-*"))


def test_a_small_register_costs_no_file(tmp_path: Path) -> None:
    index = open_names(tmp_path / "indexes", REGISTER[:50])
    assert found(index, REGISTER[7].name) == ["R7"]
    assert not (tmp_path / "indexes").exists()


def test_what_a_right_says_beside_its_names_needs_no_other_index(tmp_path: Path) -> None:
    open_names(tmp_path, REGISTER)
    open_names(tmp_path, [replace(mark, holder="云栖") for mark in REGISTER])
    assert len(files(tmp_path)) == 1


def test_a_register_that_changed_a_little_uses_the_saved_index(tmp_path: Path) -> None:
    open_names(tmp_path, REGISTER)
    renamed = replace(REGISTER[10], name="NORVIK")
    new = Mark(right_id=RightId("new"), kind=RightKind.MARK, name="LUMERRA")
    index = open_names(tmp_path, (*REGISTER[:10], renamed, *REGISTER[12:], new))
    assert isinstance(index, GrownIndex)
    assert is_mapped(index)
    assert found(index, "NORVIK LUMERRA") == ["R10", "new"]
    assert found(index, REGISTER[10].name) == []
    assert found(index, REGISTER[11].name) == []
    assert found(index) == ["R4321"]
    assert len(files(tmp_path)) == 1


def test_a_register_that_changed_much_is_indexed_anew(tmp_path: Path) -> None:
    open_names(tmp_path, REGISTER)
    others = [replace(mark, right_id=RightId(f"X{mark.right_id}")) for mark in REGISTER[:200]]
    index = open_names(tmp_path, (*others, *REGISTER[200:]))
    assert isinstance(index, NamesIndex)
    assert found(index, REGISTER[5].name) == ["XR5"]
    assert len(files(tmp_path)) == 2


def test_only_those_used_last_are_kept(tmp_path: Path) -> None:
    registers = [
        tuple(replace(mark, right_id=RightId(f"{at} {mark.right_id}")) for mark in REGISTER)
        for at in range(KEPT + 1)
    ]
    left_over = tmp_path / ".writing-long-ago"
    left_over.write_bytes(b"half")
    os.utime(left_over, (0, 0))
    for at, register in enumerate(registers):
        open_names(tmp_path, register)
        if at == KEPT - 1:
            open_names(tmp_path, registers[0])  # Used again, so not the first to go.
    assert len(files(tmp_path)) == len(files(tmp_path, ".prints")) == KEPT
    assert is_mapped(open_names(tmp_path, registers[0]))
    assert not left_over.exists()


@pytest.mark.parametrize("spoilt", WAYS)
def test_a_damaged_file_is_made_anew_and_said(
    tmp_path: Path, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    open_names(tmp_path, REGISTER)
    (path,) = files(tmp_path)
    whole = spoil(path, spoilt)
    with caplog.at_level(logging.WARNING):
        assert found(open_names(tmp_path, REGISTER)) == ["R4321"]
    assert path.read_bytes() == whole
    (line,) = caplog.messages
    assert "damaged and is made anew" in line
    assert is_mapped(open_names(tmp_path, REGISTER))


def test_damaged_prints_cost_no_more_than_indexing(tmp_path: Path) -> None:
    open_names(tmp_path, REGISTER)
    (prints,) = files(tmp_path, ".prints")
    prints.chmod(0o640)
    prints.write_bytes(b"x" * 15)
    assert found(open_names(tmp_path, REGISTER[:-1])) == ["R4321"]


def test_a_folder_that_takes_no_files_costs_the_time_of_indexing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "indexes").write_text("a file stands here")
    assert found(open_names(tmp_path / "indexes", REGISTER)) == ["R4321"]
    assert "not saved" in caplog.text
    assert found(open_names(None, REGISTER)) == ["R4321"]


def _open_and_find(folder: Path) -> list[str]:
    return found(open_names(folder, REGISTER))


def test_processes_that_begin_at_once_all_end_well(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_open_and_find, [tmp_path] * 4, chunksize=1) == [["R4321"]] * 4
    assert len(files(tmp_path)) == 1
    assert not list(tmp_path.glob(".writing-*"))
