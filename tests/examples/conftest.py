"""One running marketplace for all tests of the example."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from examples.marketplace import Marketplace, World, build_world, serve


@pytest.fixture(scope="session")
def world() -> World:
    return build_world()


@pytest.fixture(scope="session")
def marketplace() -> Iterator[Marketplace]:
    with serve() as running:
        yield running
