"""A generated world written to files and read again, so that who links it need not have made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from benchmarks.splink_ways import Columns
from domain.tracing import ClueKind
from tests.worlds import Shop, make_world
from tracing.addresses import address_key, normalise_address
from tracing.bonds import NUMBER
from tracing.codes import normalise_company, read_uscc
from tracing.linkage.holdings import Entry
from tracing.traits import shop_core

_KINDS = {
    "phone": ClueKind.PHONE, "wechat": ClueKind.WECHAT, "qq": ClueKind.QQ,
    "email": ClueKind.EMAIL, "address": ClueKind.ADDRESS, "company": ClueKind.COMPANY,
    "uscc": ClueKind.USCC, "shop_name": ClueKind.SHOP_NAME, "picture": ClueKind.PICTURE,
    "text": ClueKind.TEXT,
}  # fmt: skip
_AT_ONCE = 20_000
_ENTRIES = pa.schema(
    [("row", pa.int32()), ("kind", pa.uint8()), ("value", pa.string()), ("sure", pa.float32())]
)
_COLUMNS = pa.schema([(name, pa.string()) for name in _KINDS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sellers:
    """What is known of sellers beside the values they show."""

    platforms: NDArray[np.int32]
    operators: list[int]
    """The truth."""


def write_files(folder: Path, sellers: int, seed: int) -> None:
    """Write all values (entries), the first of each kind (columns) and the sellers of a world."""
    world = make_world(sellers=sellers, seed=seed)
    names: dict[str, int] = {}
    platforms = [names.setdefault(shop.ref.platform, len(names)) for shop in world.shops]
    operators = [shop.operator for shop in world.shops]
    np.savez(folder / "sellers.npz", platforms=platforms, operators=operators)
    with (
        parquet.ParquetWriter(folder / "entries.parquet", _ENTRIES) as entries,
        parquet.ParquetWriter(folder / "columns.parquet", _COLUMNS) as columns,
    ):
        for start in range(0, sellers, _AT_ONCE):
            shown = [list(_values(shop)) for shop in world.shops[start : start + _AT_ONCE]]
            rows = [
                {"row": row, "kind": NUMBER[_KINDS[name]], "value": value, "sure": sure}
                for row, values in enumerate(shown, start)
                for name, value, sure in values
            ]
            entries.write_table(pa.Table.from_pylist(rows, schema=_ENTRIES))
            firsts = [{name: value for name, value, _ in reversed(values)} for values in shown]
            columns.write_table(pa.Table.from_pylist(firsts, schema=_COLUMNS))


def read_sellers(folder: Path) -> Sellers:
    with np.load(folder / "sellers.npz") as arrays:
        return Sellers(
            platforms=arrays["platforms"].astype(np.int32), operators=arrays["operators"].tolist()
        )


def read_entries(folder: Path) -> Iterator[Entry]:
    """Give what `bond` reads, a part of the file at a time."""
    with parquet.ParquetFile(folder / "entries.parquet") as file:
        for part in file.iter_batches(batch_size=_AT_ONCE):
            yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def read_columns(folder: Path) -> Columns:
    table = parquet.read_table(folder / "columns.parquet")
    return {name: table.column(name) for name in table.column_names}


def _values(shop: Shop) -> Iterator[tuple[str, str, float]]:
    """Give what clues of the shop would say, without reading pages."""
    for shown in shop.shown:
        value: str | None = shown.value
        name = "address" if shown.kind == "return_address" else shown.kind
        if name == "address":
            value = normalise_address(shown.value)
            value = value and address_key(value)
        elif name == "company":
            value = normalise_company(shown.value)
        elif name == "uscc":
            value = read_uscc(shown.value)
        if value:
            yield name, value, 0.75 if shown.evaded else 0.95
    if core := shop_core(shop.name):
        yield "shop_name", core, 1.0
    for digest in shop.pictures:
        yield "picture", digest[:16], 1.0
    yield "text", shop.description[:16] + shop.description[-16:], 1.0
