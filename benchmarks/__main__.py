"""`python -m benchmarks bench|quality [PART…]`: `pictures` is all of `pictures/…`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

PARTS = {
    "bench": {
        "names": "benchmarks.bench_names",
        "crawl": "benchmarks.bench_crawl",
        "screen": "benchmarks.bench_screen",
        "pictures/hashes": "benchmarks.bench_pictures:run_hashes",
        "pictures/stages": "benchmarks.bench_pictures:run_stages",
        "pictures/memory": "benchmarks.bench_pictures:run_memory",
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
        "pictures/marks": "benchmarks.quality_pictures:run_marks",
        "pictures/large": "benchmarks.quality_pictures:run_large",
        "pictures/brands": "benchmarks.quality_photos:run_brands",
        "pictures/copies": "benchmarks.quality_photos:run_copies",
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
"""Kind ▶ part ▶ the module whose `run(data_folder)`, or what stands behind the colon, prints it."""
ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return where development data is looked for; it need not be there."""
    return Path(os.environ.get("SUYUAN_MEASURE_DATA") or ROOT.parent / "shared" / "data")


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in PARTS:
        print(f"usage: python -m benchmarks {'|'.join(PARTS)} [PART…]", file=sys.stderr)
        return 2
    parts = PARTS[arguments[0]]
    asked = arguments[1:] or list(parts)
    wanted = {one: [part for part in parts if one in (part, part.split("/")[0])] for one in asked}
    if unknown := [one for one, named in wanted.items() if not named]:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(parts)}", file=sys.stderr)
        return 2
    for name in dict.fromkeys(part for named in wanted.values() for part in named):
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        module, _, function = parts[name].partition(":")
        run: Callable[[Path], None] = getattr(import_module(module), function or "run")
        run(data_folder())
        print(f"({name} took {time.monotonic() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
