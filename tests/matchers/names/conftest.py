"""The first search of a process loads what was compiled, which is none of a test's time."""

from __future__ import annotations

import pytest

from matchers.names.prepare import main


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    main()
