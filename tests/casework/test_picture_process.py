"""Memory of large arrays is kept for the next ones."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

ARRAYS, MEGABYTES = 40, 8
PAGES_OF_ALL = ARRAYS * MEGABYTES * 256
FILL = f"""
import resource, sys
import numpy as np
from casework.picture_process import begin_picture_process
if sys.argv[1] == "kept":
    begin_picture_process()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range({ARRAYS}):
    np.ones({MEGABYTES} << 20, np.uint8)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that can be told")
def test_arrays_take_the_memory_of_those_before_them() -> None:
    """A page asked of the system is a fault; large pages would make them fewer, never more."""
    kept, given_back = (_faults(how) for how in ("kept", "given back"))
    assert kept < PAGES_OF_ALL / 10
    assert kept < given_back


def _faults(how: str) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", FILL, how], check=True, stdout=subprocess.PIPE, text=True
    )
    return int(ran.stdout)
