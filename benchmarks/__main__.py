"""`python -m benchmarks bench|quality [PART…]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

PARTS = {
    "bench": {
        "names": "benchmarks.bench_names",
        "crawl": "benchmarks.bench_crawl",
        "screen": "benchmarks.bench_screen",
        "pictures": "benchmarks.bench_pictures",
        "registers": "benchmarks.bench_registers",
        "linking": "benchmarks.bench_linking",
        "records": "benchmarks.bench_records",
    },
    "quality": {
        "reading": "benchmarks.quality_reading",
        "clues": "benchmarks.quality_clues",
        "names": "benchmarks.quality_names",
        "goods": "benchmarks.quality_goods",
        "lawyers": "benchmarks.quality_lawyers",
        "calibration": "benchmarks.quality_calibration",
        "pictures": "benchmarks.quality_pictures",
        "patents": "benchmarks.quality_patents",
        "addresses": "benchmarks.quality_addresses",
        "registers": "benchmarks.quality_registers",
        "records": "benchmarks.quality_records",
        "circumstances": "benchmarks.quality_circumstances",
        "indications": "benchmarks.quality_indications",
        "linking": "benchmarks.quality_linking",
        "trail": "benchmarks.quality_trail",
    },
}
"""Kind ▶ part ▶ the module whose `run(data_folder)` prints its table."""
ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return where development data is looked for; it need not be there."""
    return Path(os.environ.get("SUYUAN_MEASURE_DATA") or ROOT.parent / "shared" / "data")


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in PARTS:
        print(f"usage: python -m benchmarks {'|'.join(PARTS)} [PART…]", file=sys.stderr)
        return 2
    parts = PARTS[arguments[0]]
    wanted = arguments[1:] or list(parts)
    if unknown := [name for name in wanted if name not in parts]:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(parts)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"\n== {name}")
        run: Callable[[Path], None] = import_module(parts[name]).run
        run(data_folder())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
