"""Real records of official registers: how many rights each file gives, and what is refused."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import register
from domain.common import Refusal
from domain.grounds import ground_on

DAY = date(2026, 11, 22)
FILES = ("uspto/*", "uspto_tsdr/*.xml", "uspto_tsdr/*.zip", "eAmbrosia*.json", "uk_gi*.csv")


def run(folder: Path) -> None:
    """Print a line for each sample: rights, refusals, what the rights are worth as grounds."""
    paths = [path for pattern in FILES for path in sorted((folder / "formats").glob(pattern))]
    if not paths:
        print(f"no samples of registers under {folder}: nothing measured")
        return
    print(f"{'file':>30} {'rights':>7} {'refused':>8}  as a ground on {DAY}")
    for path in paths:
        grounds: Counter[str] = Counter()
        refusals: list[Refusal] = []
        with path.open("rb") as file:
            for one in register.stream_register(path.name, file, path.stat().st_size):
                if isinstance(one, Refusal):
                    refusals.append(one)
                else:
                    grounds[ground_on(one.right, DAY).value] += 1
        told = ", ".join(f"{count} {ground}" for ground, count in sorted(grounds.items()))
        print(f"{path.name:>30} {grounds.total():7} {len(refusals):8}  {told}")
        for refusal in refusals[:5]:
            print(f"{'':>30} {refusal}")
