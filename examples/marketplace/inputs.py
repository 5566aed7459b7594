"""The files a user imports: register, authorisations and records, with the shops' real names."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from examples.marketplace.catalogue import HERE

# In the committed tables a shop is written "shop-a": its port is known only when it runs.
_PLATFORM_COLUMNS = ("platform", "shop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Where the files were written."""

    register: Path
    """Beside it stand the logos and photos that it names."""
    authorisations: Path
    records: tuple[Path, ...]
    """Companies, warehouses, shipments, proofs of purchase."""
    truth: Path


def write_inputs(folder: Path, platforms: Mapping[str, str]) -> Inputs:
    """Write every file to import into a folder; `platforms` is shop ▶ host:port."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE / "register", folder, dirs_exist_ok=True)
    authorisations = folder / "authorisations.csv"
    _write_with_platforms(HERE / "register" / "authorisations.csv", authorisations, platforms)
    kinds = ("companies", "warehouses", "shipments", "deliveries")
    records = tuple(folder / f"{name}.csv" for name in kinds)
    for record in records:
        _write_with_platforms(HERE / "records" / record.name, record, platforms)
    truth = folder / "truth.json"
    shutil.copyfile(HERE / "truth.json", truth)
    return Inputs(
        register=folder / "register.csv",
        authorisations=authorisations,
        records=records,
        truth=truth,
    )


def _write_with_platforms(source: Path, target: Path, platforms: Mapping[str, str]) -> None:
    names = {f"shop-{shop}": platform for shop, platform in platforms.items()}
    with (
        source.open(encoding="utf-8", newline="") as read,
        target.open("w", encoding="utf-8", newline="") as written,
    ):
        rows = csv.DictReader(read)
        writer = csv.DictWriter(written, rows.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            for column in _PLATFORM_COLUMNS:
                if row.get(column):
                    shop, slash, rest = row[column].partition("/")
                    row[column] = f"{names[shop]}{slash}{rest}"
            writer.writerow(row)
