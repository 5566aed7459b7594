"""References that are found in everything are switched off, and listed; what was asked is kept."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from casework.context import Context
from casework.picture_floors import (
    ENDING,
    Hub,
    LearntFloors,
    learn_floors,
    list_hubs,
    open_floors,
    save_floors,
)
from casework.picture_indexes import open_pictures
from casework.rights import import_register
from matchers.pictures.floors import apply_floors, is_another
from matchers.pictures.learned.networks import EMBEDDING
from matchers.pictures.logos import LogoIndex
from matchers.pictures.look_index import prints_of_references
from storage import rights
from tests.casework.test_picture_indexes import REGISTER, bytes_of, found, rights_in


@pytest.fixture
def index() -> LogoIndex:
    return open_pictures(None, REGISTER[:4], bytes_of).logos


@pytest.mark.parametrize(
    ("scores", "asked", "floor", "is_hub"),
    [
        ([0.4], 50, 0.45, False),  # once, and weakly
        ([0.4, 0.7, 0.5], 50, 0.75, False),
        ([0.99], 50, 0.95, False),  # a sure hit stays one
        ([0.4] * 4, 50, 2.0, True),
        ([0.4] * 4, 1_000, 0.45, False),  # four of a thousand
        ([0.4] * 10, 1_000, 2.0, True),
    ],
)
def test_floors_follow_wrong_answers(
    index: LogoIndex, scores: list[float], asked: int, floor: float, is_hub: bool
) -> None:
    hubs = apply_floors(index, {2: dict(enumerate(scores))}, asked)
    assert hubs.tolist() == [False, False, is_hub, False]
    assert index.floors.tolist() == pytest.approx([0, 0, floor, 0])


def test_pictures_that_are_alike_count_as_one() -> None:
    one, other = np.eye(EMBEDDING, dtype=np.float32)[:2]
    assert is_another(one, one[None][:0])
    assert is_another(one, other[None])
    assert not is_another(one, np.stack([other, one]))


def test_what_was_learnt_is_kept_and_a_broken_file_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    learnt = LearntFloors(asked={1, 2**63})
    learnt.wrong[2**63 + 5][1] = 0.5
    (tmp_path / f"other{ENDING}").write_text("of other networks")
    save_floors(tmp_path, learnt)
    (path,) = tmp_path.glob(f"*{ENDING}")
    assert open_floors(tmp_path) == learnt
    assert open_floors(None) == open_floors(tmp_path / "nowhere") == LearntFloors()
    assert caplog.messages == []
    path.chmod(0o640)
    for broken in (b"", b"{}", b'{"asked": 3}', b'{"asked": [1], "wrong": [[1]]}', b"\xff"):
        path.write_bytes(broken)
        with caplog.at_level(logging.WARNING):
            assert open_floors(tmp_path) == LearntFloors()
        assert "learnt anew" in caplog.messages[-1]


def test_drawings_are_asked_once(sqlite_context: Context, register_file: Path) -> None:
    import_register(sqlite_context, register_file)
    folder = sqlite_context.settings.indexes_folder
    assert learn_floors(sqlite_context, most=0) == ()
    assert open_floors(folder) == LearntFloors()
    learn_floors(sqlite_context)
    learnt = open_floors(folder)
    assert len(learnt.asked) == 1
    assert not any(learnt.wrong.values())  # A drawing shows its own mark.
    (path,) = folder.glob(f"*{ENDING}")
    before = path.stat().st_ino
    learn_floors(sqlite_context)
    assert path.stat().st_ino == before


def test_a_hub_answers_nothing_and_is_listed(sqlite_context: Context, register_file: Path) -> None:
    import_register(sqlite_context, register_file)
    with sqlite_context.database.read() as unit:
        (reference,) = rights.references_of(unit)
    (number,) = prints_of_references([reference]).tolist()
    learnt = LearntFloors(asked=set(range(20)))
    learnt.wrong[number] = dict.fromkeys(range(5), 0.5)
    assert list_hubs(sqlite_context) == ()
    save_floors(sqlite_context.settings.indexes_folder, learnt)
    assert list_hubs(sqlite_context) == (Hub(reference=reference, found_in=5, asked=20),)


def test_a_hub_is_found_no_more_and_others_are(index: LogoIndex) -> None:
    pictures = open_pictures(None, REGISTER[:4], bytes_of)
    assert "R2" in rights_in(pictures, 2)
    apply_floors(pictures.logos, {2: dict.fromkeys(range(5), 0.5)}, 20)
    assert {hit.how.value for hit in found(pictures, 2) if hit.reference == REGISTER[2]} == {"copy"}
    assert "R1" in rights_in(pictures, 1)
