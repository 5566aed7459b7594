"""Threads of the libraries that look at pictures: one, where several pictures are looked at anyway.

Left to itself, numpy's algebra wakes a thread a core for each of thousands of small products, and
these spin for longer than they work: a look at a picture took a quarter more processor time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cv2
from threadpoolctl import threadpool_limits


def use_one_thread() -> None:
    """Keep this process to one thread: for those of which each core has one."""
    cv2.setNumThreads(1)
    threadpool_limits(1)


@contextmanager
def algebra_in_one_thread() -> Iterator[None]:
    """Keep matrix products to one thread for a while; pictures are still decoded in several."""
    with threadpool_limits(1, user_api="blas"):
        yield
