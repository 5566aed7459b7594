"""Starts a crawl in a process of its own and tells how it goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from crawler.jobs import CrawlJob, CrawlResult, Progress, read_progress, read_result, write_job
from domain.common import SuyuanError, WrongUse

_ROOT = Path(__file__).resolve().parent.parent
_STOP_TIMEOUT_S = 30.0
_TOLD_BYTES = 2_000


class CrawlFailed(SuyuanError):
    """The process of a crawl ended without a result."""


def run_job(job: CrawlJob, *, on_line: Callable[[Progress], None] | None = None) -> CrawlResult:
    """Carry out a job and return how it ended; `on_line` is called after each page.

    An interruption (KeyboardInterrupt) lets the crawl close its run before it goes on.

    Raises: WrongUse for a job that makes no sense; CrawlFailed with the last words of the
    process when it ended without a result.
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
            process.wait()
        finally:
            _stop(process)
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
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin as stdin:
            stdin.write(write_job(job))
    except BrokenPipeError:
        return None
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


def _stop(process: subprocess.Popen[str]) -> None:
    if process.stdout is not None:
        process.stdout.close()
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _TOLD_BYTES))
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
