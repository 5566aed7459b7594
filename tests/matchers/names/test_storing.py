"""An index saved and opened finds what it found before; other bytes are refused."""

from __future__ import annotations

import io
import mmap
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from domain.common import RefusedInput, RightId
from domain.rights import Mark, RightKind
from matchers.names import NamesIndex, find_names, index_names, open_index, prints_of, save_index

MARKS = tuple(
    Mark(right_id=RightId(f"r{at}"), kind=RightKind.MARK, name=name)
    for at, name in enumerate(["云栖虎", "NORVIK", "小米 Pro", "虎", "Pan Gallego", "云栖虎"])
)
TEXTS = ["云七虎卫衣", "N0RVIK yunqihu", "小米 Pro", "Pan Galelgo", "云栖虎", ""]


def saved(index: NamesIndex) -> bytes:
    file = io.BytesIO()
    save_index(index, file)
    return file.getvalue()


def test_an_index_opened_from_a_mapped_file_is_the_one_saved(tmp_path: Path) -> None:
    index = index_names(MARKS)
    path = tmp_path / "names"
    path.write_bytes(saved(index))
    with path.open("rb") as file:
        opened = open_index(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)), "x")
    assert [find_names(text, opened) for text in TEXTS] == [
        find_names(text, index) for text in TEXTS
    ]
    assert all(find_names(text, opened) for text in TEXTS[:-1])
    assert opened.not_searched == index.not_searched == (("r3", "虎"),)


_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from matchers.names import find_names, open_index
index = open_index(Path(sys.argv[1]).read_bytes(), "x")
print([hit.right_id for text in sys.argv[2:] for hit in find_names(text, index)])
"""


def test_an_index_opened_by_another_process_finds_look_alikes_too(tmp_path: Path) -> None:
    marks = [
        Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)
        for name in ("康师傅", "耐克", "大白兔")
    ]
    path = tmp_path / "names"
    path.write_bytes(saved(index_names(marks)))
    texts = ("康帅傅方便面", "奈克运动鞋", "大白免奶糖")
    command = [sys.executable, "-c", _IN_ANOTHER_PROCESS, str(path), *texts]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.split() == ["['康师傅',", "'耐克',", "'大白兔']"]


def test_the_prints_of_rights_tell_which_of_them_changed() -> None:
    changed = [replace(MARKS[0], name="云栖豹"), replace(MARKS[1], other_names=("NORVIK Pro",))]
    before, after = prints_of(MARKS), prints_of([*changed, *MARKS[2:]])
    assert [int(at) for at in (before != after).nonzero()[0]] == [0, 1]
    assert (before == prints_of([replace(mark, holder="X") for mark in MARKS])).all()
    assert len(set(before.tolist())) == len(MARKS)
    assert len(prints_of(())) == 0


def test_an_index_without_names_is_saved_and_opened() -> None:
    assert find_names("云栖虎", open_index(saved(index_names(())), "x")) == ()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda data: b"", "an index of names"),
        (lambda data: b"PK" + data, "an index of names"),
        (lambda data: data[:20], "a header"),
        (lambda data: data[:40], "a header"),
        (lambda data: data[:-200] + b"\xff" * 200, "the bytes that were written"),
        (lambda data: data.replace(b'"version": "', b'"version": "0'), "a header"),
        (lambda data: data[:-500], "bytes"),
    ],
)
def test_other_bytes_are_refused(spoil, expected: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RefusedInput, match=expected):
        open_index(spoil(saved(index_names(MARKS))), "names.index")
