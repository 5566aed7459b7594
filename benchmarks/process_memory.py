"""Memory of the processes that this one starts, sampled while they run (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_EVERY_S = 0.2


class PeakMemory:
    """Measures, while it is open, the processes started meanwhile and their children."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        """Proportional set size of all of them together, at its highest: what several processes
        share counts once."""
        self._before = set(_descendants(os.getpid()))
        self._closed = threading.Event()
        self._sampling = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._sampling.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._sampling.join()

    def _sample(self) -> None:
        while not self._closed.wait(_EVERY_S):
            started = set(_descendants(os.getpid())) - self._before
            self.megabytes = max(self.megabytes, sum(map(_kilobytes, started)) / 1024)


def memory_now() -> tuple[float, float]:
    """Return the megabytes that this process takes now, and of them what lies in no file."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    told = {line.split(":")[0]: line for line in lines}
    return int(told["Pss"].split()[1]) / 1024, int(told["Anonymous"].split()[1]) / 1024


def _descendants(pid: int) -> Iterator[int]:
    # A process may end while it is looked at.
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _kilobytes(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
