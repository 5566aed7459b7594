"""Files named on a command line are read up to a limit, whatever they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casework.files import read_file
from domain.common import WrongUse


@pytest.mark.parametrize("size", [0, 99, 100])
def test_a_file_up_to_the_limit_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    assert read_file(path, largest=100) == b"x" * size


def test_a_larger_file_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 101)
    with pytest.raises(WrongUse, match="at most 100 bytes, got 101"):
        read_file(path, largest=100)


def test_a_device_without_an_end_is_refused() -> None:
    with pytest.raises(WrongUse, match="at most 100 bytes, got more"):
        read_file(Path("/dev/zero"), largest=100)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"told")
    os.close(write)
    try:
        assert read_file(Path(f"/dev/fd/{read}"), largest=100) == b"told"
    finally:
        os.close(read)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        read_file(tmp_path)
