"""Commands of the product as processes that tests stop and kill."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A process under test."""

    def __init__(self, *arguments: str, home: Path) -> None:
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.running = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=home,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "SCRAPY_SETTINGS_MODULE": "crawler.settings",
                "SUYUAN_HOME": str(home),
                "SUYUAN_DATABASE": "",
            },
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def write(self, line: str) -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(line + "\n")
        self.running.stdin.flush()

    def close_input(self) -> None:
        assert self.running.stdin is not None
        self.running.stdin.close()

    def end(self) -> tuple[int, str, str]:
        """Wait for the end; standard input stays as it is until then."""
        assert self.running.stdout is not None
        with self.running.stdout as output:
            printed = output.read()
        status = self.running.wait(60)
        self.close_input()
        with self._complaints as complaints:
            complaints.seek(0)
            return status, printed, complaints.read()

    def child(self) -> int:
        """Return a handle of the only child, by which its end can be awaited."""
        pid = self.running.pid
        [child] = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return os.pidfd_open(int(child))
