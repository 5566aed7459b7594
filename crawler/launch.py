"""Starts a crawl in a process of its own and tells how it goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from crawler.jobs import CrawlJob, CrawlResult, Progress, read_progress, read_result, write_job
from domain.common import SuyuanError, WrongUse

_ROOT = Path(__file__).resolve().parent.parent
_STOP_TIMEOUT_S = 30.0
"""Well over the grace that the crawl gives itself."""
_TOLD_BYTES = 2_000


class CrawlFailed(SuyuanError):
    """The process of a crawl ended without a result."""


class CrawlInterrupted(KeyboardInterrupt):
    """The operator stopped a crawl."""

    def __init__(self, result: CrawlResult | None) -> None:
        super().__init__("the crawl was stopped")
        self.result = result
        """How the run was closed; None when it had not begun."""


def run_job(job: CrawlJob, *, on_line: Callable[[Progress], None] | None = None) -> CrawlResult:
    """Carry out a job and return how it ended; `on_line` is called after each page.

    The crawl lasts no longer than this process: when this one is gone, the crawl closes its run.

    Raises: WrongUse for a job that makes no sense; CrawlFailed with the last words of the
    process when it ended without a result; CrawlInterrupted, once the run is closed, after an
    interruption (a second one drops what is under way).
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            text=True,
            encoding="utf-8",
        )
        try:
            result = _converse(process, job, on_line)
        finally:
            _end(process)
        if result is None:
            raise CrawlFailed(f"the crawl of {job.target} broke off: {_last_words(errors)}")
    return result


def _environment() -> dict[str, str]:
    """Name the settings module, so that the crawl does not depend on the folder it starts in."""
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def _converse(
    process: subprocess.Popen[str], job: CrawlJob, on_line: Callable[[Progress], None] | None
) -> CrawlResult | None:
    try:
        if not _say(process, write_job(job)):
            return None
        return _listen(process, on_line)
    except KeyboardInterrupt as interruption:
        # A terminal told the crawl as well; it hears only once.
        _say(process, "stop")
        with _killing_after(process, _STOP_TIMEOUT_S):
            raise CrawlInterrupted(_listen(process, None)) from interruption


def _say(process: subprocess.Popen[str], line: str) -> bool:
    """Tell the crawl something; False when it has gone."""
    assert process.stdin is not None
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def _listen(
    process: subprocess.Popen[str], on_line: Callable[[Progress], None] | None
) -> CrawlResult | None:
    assert process.stdout is not None
    result = None
    for line in process.stdout:
        message = json.loads(line)
        if "progress" in message and on_line is not None:
            on_line(read_progress(message["progress"]))
        elif "result" in message:
            result = read_result(message["result"])
        elif "refused" in message:
            raise WrongUse(message["refused"])
    return result


def _end(process: subprocess.Popen[str]) -> None:
    """Leave nothing running: an open crawl stops when its standard input ends."""
    try:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_TIMEOUT_S)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextmanager
def _killing_after(process: subprocess.Popen[str], seconds: float) -> Iterator[None]:
    """Kill a process that is still there after some seconds, while it is waited for."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _last_words(errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _TOLD_BYTES))
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
