"""Megabytes a second of importing a register as large as the USPTO's annual files, and memory."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.process_memory import PeakMemory
from casework.settings import load_settings

MEGABYTES = 500
MOST_MEMORY_MB = 300
_SERIAL = re.compile(rb"(<serial-number>)\d+(</serial-number>)")
_START, _END = b"<trademark-applications-daily>\n", b"</trademark-applications-daily>\n"


def run(folder: Path) -> None:
    """Import one file twice: when all of it is new, and when nothing changed."""
    sample = folder / "formats" / "uspto" / "daily-na-98763166.xml"
    if not sample.exists():
        print(f"no USPTO sample under {folder}: nothing measured")
        return
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "large.xml"
        entries = write_large(path, sample.read_bytes().strip(), MEGABYTES * 1_000_000)
        size_mb = path.stat().st_size / 1_000_000
        print(f"TRTDXFAP file of {size_mb:.0f} MB, {entries} entries; goal: {MOST_MEMORY_MB} MB")
        print(f"{'import':>12} {'s':>7} {'MB/s':>7} {'entries/s':>10} {'peak MB':>8}")
        for title in ("all new", "unchanged"):
            started = time.perf_counter()
            with PeakMemory() as peak:
                told = import_register(path, Path(made) / "home")
            took_s = time.perf_counter() - started
            print(f"{title:>12} {took_s:7.0f} {size_mb / took_s:7.1f}", end="")
            print(f" {entries / took_s:10.0f} {peak.megabytes:8.0f}   {told}")


def write_large(path: Path, entry: bytes, size: int) -> int:
    """Repeat an entry under new serial numbers up to a size; return how many there are."""
    entries = 0
    with path.open("wb") as file:
        file.write(_START)
        while file.tell() < size:
            entries += 1
            file.write(_SERIAL.sub(rb"\g<1>%08d\g<2>" % entries, entry) + b"\n")
        file.write(_END)
    return entries


def import_register(path: Path, home: Path) -> str:
    """Run the command as a person would; return its line of counts."""
    settings = load_settings({"SUYUAN_HOME": str(home)})
    command = [sys.executable, "-m", "cli.main", "import", "register", str(path)]
    done = subprocess.run(
        command,
        env={"SUYUAN_HOME": str(settings.folder), "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return next(line for line in done.stderr.splitlines() if " added, " in line)
