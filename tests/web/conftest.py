"""The desk over a small stored world."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from domain.common import FlagId
from domain.flags import flag_id_of
from tests.conftest import Clock
from tests.web.seeding import Desk, add_people, drawing, open_desk, seed
from tests.web.world import LISTINGS, NOW
from web.app import create_app


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stored world."""
    folder = tmp_path_factory.mktemp("desk")
    seed(folder)
    return folder


@pytest.fixture
def desk(seeded: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk over a copy of the world, nobody logged in, in English."""
    shutil.copytree(seeded, tmp_path / "desk")
    yield from _open(tmp_path / "desk")


@pytest.fixture
def empty_desk(seeded: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk with people and nothing else."""
    context = open_desk(tmp_path / "desk", Clock(NOW))
    add_people(context)
    context.database.close()
    yield from _open(tmp_path / "desk")


@pytest.fixture(scope="session")
def waiting_ids() -> list[FlagId]:
    """The flags that wait, the highest score first."""
    return [flag_id_of(one.ref, right_id) for one, right_id, *_ in LISTINGS]


def _open(folder: Path) -> Iterator[Desk]:
    clock = Clock(NOW)
    context = open_desk(folder, clock)
    with TestClient(
        create_app(context), base_url="http://127.0.0.1", headers={"accept-language": "en"}
    ) as client:
        yield Desk(context=context, client=client, clock=clock)
    context.database.close()


@pytest.fixture(scope="session")
def drawn_logo() -> bytes:
    """A PNG that can be read."""
    return drawing("LUMETTA", "#7a2048")
