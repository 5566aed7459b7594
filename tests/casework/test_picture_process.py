"""Memory of large arrays is kept for the next ones."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

TURNS, ARRAYS, MEGABYTES = 10, 12, 8
PAGES_OF_ALL = TURNS * ARRAYS * MEGABYTES * 256
FILL = f"""
import resource, sys
import numpy as np
from casework.picture_process import begin_picture_process
if sys.argv[1] == "kept":
    begin_picture_process()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range({TURNS}):
    several = [np.ones({MEGABYTES} << 20, np.uint8) for _ in range({ARRAYS})]
    del several
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
"""Several at a time, as the sizes in which keypoints are looked for: glibc by itself keeps one."""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that can be told")
def test_arrays_take_the_memory_of_those_before_them() -> None:
    """A page asked of the system is a fault."""
    kept, given_back = (_faults(how) for how in ("kept", "given back"))
    assert kept < PAGES_OF_ALL / TURNS * 2
    assert kept < given_back / 3


def _faults(how: str) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", FILL, how], check=True, stdout=subprocess.PIPE, text=True
    )
    return int(ran.stdout)
