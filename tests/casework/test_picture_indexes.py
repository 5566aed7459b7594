"""Indexes of reference pictures are made once, mapped by whoever asks, and made anew when bad."""

from __future__ import annotations

import logging
import mmap
import multiprocessing
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from casework.descriptions import ENDING
from casework.picture_indexes import FEWEST_SAVED, KEPT, open_pictures
from domain.common import RightId, SuyuanError, digest
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.copies import find_copies
from matchers.pictures.decode import decode_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.logos import find_logos
from matchers.pictures.look_index import LookIndex
from matchers.pictures.prints import take_print
from tests.casework.spoiling import WAYS, spoil

SIDE = 64


def draw(seed: int) -> bytes:
    """Draw a mark of a few shapes: another seed, another mark."""
    random = np.random.default_rng(seed)
    picture = np.full((SIDE, SIDE, 3), 255, np.uint8)
    for _ in range(6):
        corners = random.integers(4, SIDE - 4, (3, 2)).astype(np.int32)
        cv2.fillPoly(picture, [corners], random.integers(0, 180, 3).tolist())
    return bytes(cv2.imencode(".png", picture)[1])


BYTES = {digest(data): data for data in map(draw, range(FEWEST_SAVED + 12))}


def refer(number: int, role: ReferenceRole = ReferenceRole.LOGO) -> ReferencePicture:
    sha256 = list(BYTES)[number]
    return ReferencePicture(
        right_id=RightId(f"R{number}"),
        role=role,
        name=f"{number}.png",
        sha256=sha256,
        media_type="image/png",
        phash="0" * 16,
    )


REGISTER = tuple(refer(number) for number in range(FEWEST_SAVED + 2))
ALL = tuple(refer(number) for number in range(len(BYTES)))


def bytes_of(reference: ReferencePicture) -> bytes:
    return BYTES[reference.sha256]


def describe_nothing(reference: ReferencePicture) -> bytes:
    raise AssertionError(f"{reference.right_id} was described before")


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every picture of these tests is described, and no index is saved."""
    folder = tmp_path_factory.mktemp("described")
    for start in range(0, len(ALL), FEWEST_SAVED - 1):
        open_pictures(folder, ALL[start : start + FEWEST_SAVED - 1], bytes_of)
    assert files(folder) == []
    return folder


@pytest.fixture
def folder(described: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(described, tmp_path / "indexes"))


def open_kept(folder: Path | None, references: Sequence[ReferencePicture]) -> LookIndex:
    return open_pictures(folder, references, describe_nothing)


def files(folder: Path, ending: str = ".look") -> list[Path]:
    return sorted(folder.glob(f"*{ending}"))


def is_mapped(index: LookIndex) -> bool:
    base: object = index.logos.learned.vectors
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, memoryview) and isinstance(base.obj, mmap.mmap)


def found(index: LookIndex, number: int) -> list[PictureHit]:
    """Return what is found in a picture that shows a mark on a grey sheet."""
    sheet = np.full((200, 260, 3), 215, np.uint8)
    mark = cv2.imdecode(np.frombuffer(draw(number), np.uint8), cv2.IMREAD_COLOR)
    sheet[60:156, 90:186] = cv2.resize(np.asarray(mark, np.uint8), (96, 96))
    decoded = decode_picture(bytes(cv2.imencode(".png", sheet)[1]), "sheet")
    whole = decode_picture(draw(number), "whole")
    copies = find_copies(take_print(whole), index.copies)
    return [*find_logos(decoded, index.logos), *copies]


def rights_in(index: LookIndex, number: int) -> set[str]:
    return {hit.reference.right_id for hit in found(index, number)}


def test_a_saved_index_answers_as_one_that_is_not_saved(folder: Path) -> None:
    made = open_pictures(folder, REGISTER, bytes_of)
    (path,) = files(folder)
    before = path.stat().st_ino
    opened = open_kept(folder, REGISTER)
    small = open_kept(None, ()), open_pictures(None, REGISTER[:9], bytes_of)
    assert is_mapped(made)
    assert is_mapped(opened)
    assert not is_mapped(small[1])
    assert small[0].references == ()
    for number in (3, 40, FEWEST_SAVED):
        assert hits_of(found(opened, number)) == hits_of(found(made, number))
        assert f"R{number}" in rights_in(opened, number)
    assert path.stat().st_ino == before
    assert not list(folder.glob(".writing-*"))


def test_the_order_of_the_references_asks_for_no_other_index(folder: Path) -> None:
    open_kept(folder, REGISTER)
    again = open_kept(folder, [replace(one, name="renamed") for one in reversed(REGISTER)])
    assert len(files(folder)) == 1
    assert {hit.reference.name for hit in found(again, 7) if hit.score == 1} == {"renamed"}


def test_a_small_register_costs_no_index_and_is_described_once(tmp_path: Path) -> None:
    first = open_pictures(tmp_path, REGISTER[:3], bytes_of)
    again = open_kept(tmp_path, REGISTER[:3])
    assert files(tmp_path) == []
    assert hits_of(found(first, 1)) == hits_of(found(again, 1))
    assert "R1" in rights_in(again, 1)


def test_what_is_added_is_found_as_if_all_had_been_made_anew(folder: Path) -> None:
    open_kept(folder, REGISTER)
    (path,) = files(folder)
    more = (*REGISTER, *(refer(number) for number in range(len(REGISTER), len(REGISTER) + 5)))
    grown = open_kept(folder, more)
    assert files(folder) == [path]
    assert len(grown.logos.local) == len(more)
    path.unlink()
    anew = open_kept(folder, more)
    for number in (2, 50, len(REGISTER) + 1, len(REGISTER) + 4):
        assert hits_of(found(grown, number)) == hits_of(found(anew, number))
        assert f"R{number}" in rights_in(grown, number)


def hits_of(hits: Sequence[PictureHit]) -> list[tuple[object, ...]]:
    # Sums of products come in another order from run to run: the sixth digit of a score varies.
    return [(hit.reference, hit.how, hit.box, round(hit.score, 3)) for hit in hits]


def test_references_that_left_the_register_answer_nothing(folder: Path) -> None:
    open_kept(folder, REGISTER)
    index = open_kept(folder, REGISTER[4:])
    assert len(files(folder)) == 1
    assert "R9" in rights_in(index, 9)
    for number in range(4):
        assert f"R{number}" not in rights_in(index, number)
        assert "" not in rights_in(index, number)


def test_a_register_that_changed_much_is_indexed_anew(folder: Path) -> None:
    open_kept(folder, REGISTER)
    open_kept(folder, [replace(one, right_id=RightId(f"X{one.right_id}")) for one in REGISTER])
    assert len(files(folder)) == 2


def test_only_those_used_last_are_kept(folder: Path) -> None:
    registers = [
        [replace(one, right_id=RightId(f"{at} {one.right_id}")) for one in REGISTER]
        for at in range(KEPT + 1)
    ]
    left_over = folder / ".writing-long-ago"
    left_over.write_bytes(b"half")
    os.utime(left_over, (0, 0))
    other_version = folder / f"other{ENDING}"
    other_version.write_bytes(b"of another version")
    for register in registers:
        open_kept(folder, register)
    assert len(files(folder)) == KEPT
    assert not left_over.exists()
    assert not other_version.exists()


@pytest.mark.parametrize("spoilt", WAYS)
def test_a_damaged_index_is_made_anew_and_said(
    folder: Path, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    open_kept(folder, REGISTER)
    (path,) = files(folder)
    whole = spoil(path, spoilt)
    with caplog.at_level(logging.WARNING):
        index = open_kept(folder, REGISTER)
    assert "R9" in rights_in(index, 9)
    (line,) = caplog.messages
    assert "damaged and is made anew" in line
    assert path.stat().st_size == len(whole)


def test_damaged_descriptions_are_made_anew_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = open_pictures(tmp_path, REGISTER[:3], bytes_of)
    (path,) = files(tmp_path, ENDING)
    path.write_bytes(b"no descriptions" * 400)
    with caplog.at_level(logging.WARNING):
        again = open_pictures(tmp_path, REGISTER[:3], bytes_of)
    assert "damaged and are made anew" in caplog.text
    assert hits_of(found(again, 2)) == hits_of(found(first, 2))
    assert "R2" in rights_in(open_kept(tmp_path, REGISTER[:3]), 2)


def test_a_folder_that_takes_no_files_costs_the_time_of_describing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "indexes").write_text("a file stands here")
    index = open_pictures(tmp_path / "indexes", REGISTER[:2], bytes_of)
    assert "R1" in rights_in(index, 1)
    assert "not kept" in caplog.text


def test_pictures_that_are_lost_or_no_pictures_are_left_out_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost, broken = refer(5), refer(6)

    def some(reference: ReferencePicture) -> bytes:
        if reference == lost:
            raise SuyuanError("not among the blobs")
        return b"no picture" if reference == broken else bytes_of(reference)

    index = open_pictures(tmp_path, (*REGISTER[:2], lost, broken), some)
    assert set(index.references) == set(REGISTER[:2])
    assert len(caplog.messages) == 2
    healed = open_pictures(tmp_path, (*REGISTER[:2], lost, broken), bytes_of)
    assert set(healed.references) == {*REGISTER[:2], lost}  # The same bytes stay no picture.


def test_progress_is_told_until_all_are_described(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    twice = (*REGISTER[:4], replace(REGISTER[0], right_id=RightId("another right, same bytes")))
    open_pictures(tmp_path, twice, bytes_of, on_progress=lambda *done: told.append(done))
    assert told[-1] == (4, 4)
    told.clear()
    open_pictures(tmp_path, twice, bytes_of, on_progress=lambda *done: told.append(done))
    assert told == []


def test_a_harmless_picture_is_no_logo(tmp_path: Path) -> None:
    index = open_pictures(tmp_path, [refer(5, ReferenceRole.HARMLESS), refer(6)], bytes_of)
    assert [hit.how.value for hit in found(index, 5) if hit.reference.right_id == "R5"] == ["copy"]


def test_processes_describe_as_one_does(tmp_path: Path, described: Path) -> None:
    index = open_pictures(tmp_path, REGISTER, bytes_of, workers=2)
    assert len(files(tmp_path)) == 1
    assert (tmp_path / files(described, ENDING)[0].name).exists()
    assert hits_of(found(index, 8)) == hits_of(found(open_kept(described, REGISTER), 8))


def _open_and_find(folder: Path) -> set[str]:
    return rights_in(open_pictures(folder, REGISTER, bytes_of), 9)


def test_processes_that_begin_at_once_all_end_well(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        answers = pool.map(_open_and_find, [folder] * 4, chunksize=1)
    assert all("R9" in answer for answer in answers)
    assert len(files(folder)) == 1
    assert not list(folder.glob(".writing-*"))
