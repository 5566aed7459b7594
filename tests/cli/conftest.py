"""Running commands as a shell would: arguments in; status, standard output and error out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import run


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Ran]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Run `suyuan …` with a home of its own."""
    monkeypatch.setenv("SUYUAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SUYUAN_LANGUAGE", "en")
    monkeypatch.delenv("SUYUAN_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: object) -> Ran:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        # The console wraps nothing, but a terminal's width must not matter to the tests.
        return Ran(status, captured.out, captured.err)

    return run_command
