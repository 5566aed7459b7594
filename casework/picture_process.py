"""What a process that looks at pictures takes of the machine: one thread, and memory it keeps.

Left to itself, numpy's algebra wakes a thread a core for each of thousands of small products, and
these spin for longer than they work: a look at a picture took a quarter more processor time. And
the C library gives every large array back to the system, which hands out the next one page by
page: another eighth.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import cv2
from threadpoolctl import threadpool_limits

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of glibc's `mallopt`."""
_KEPT_ARRAY, _KEPT_IN_ALL = 32 << 20, 256 << 20
"""Bytes of an array, and of free memory, up to which it is kept: those of a common picture are
smaller, and what a huge one takes goes back. Older glibc takes no larger number for an array."""


def begin_picture_process() -> None:
    """Keep this process to one thread, and let it keep memory: for those of which each core has
    one."""
    cv2.setNumThreads(1)
    threadpool_limits(1)
    keep_memory()


def keep_memory() -> None:
    """Let this process keep the memory of arrays for the next ones, to its end.

    Without glibc's `mallopt`, as with other libraries, all stays as it was.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        # The second alone would do harm: glibc then raises its small threshold of arrays no more.
        if library.mallopt(_MMAP_THRESHOLD, _KEPT_ARRAY):
            library.mallopt(_TRIM_THRESHOLD, _KEPT_IN_ALL)


@contextmanager
def algebra_in_one_thread() -> Iterator[None]:
    """Keep matrix products to one thread for a while; pictures are still decoded in several."""
    with threadpool_limits(1, user_api="blas"):
        yield
