"""Runs the three shops by hand: `python -m examples.marketplace --port 8001`."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from examples.marketplace import truth
from examples.marketplace.catalogue import build_world
from examples.marketplace.inputs import write_inputs
from examples.marketplace.server import serve


def main() -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m examples.marketplace", description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="of the first shop; 0 for any")
    parser.add_argument("--inputs", type=Path, help="folder to write register and records to")
    parser.add_argument("--write-truth", action="store_true", help="write truth.json, then stop")
    chosen = parser.parse_args()
    if chosen.write_truth:
        truth.FILE.write_text(truth.truth_text(build_world()), encoding="utf-8")
        return 0
    with serve(chosen.port) as marketplace:
        for name, url in marketplace.base_urls.items():
            sys.stdout.write(f"shop {name}: {url}/\n")
        if chosen.inputs:
            write_inputs(chosen.inputs, marketplace.platforms)
            sys.stdout.write(f"register, authorisations, records and truth: {chosen.inputs}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
