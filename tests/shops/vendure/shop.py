"""Installs the shop from its lock, once, starts it on loopback and ends it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from domain.common import digest

HERE = Path(__file__).parent
CACHE = Path(__file__).parents[3] / ".venv" / "shops"
"""Outside of what git knows; gone with the environment."""
INSTALL_TIMEOUT_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the shop's database says of one product."""

    key: str
    title: str
    currency: str
    prices: tuple[Decimal, ...]
    """Of each variant, tax included, major units."""
    skus: tuple[str, ...]
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A running shop; it has an API and no front."""

    base_url: str
    products: tuple[Product, ...]

    @property
    def api_url(self) -> str:
        return f"{self.base_url}shop-api"


def is_possible() -> bool:
    """Tell whether this machine has what the shop runs on."""
    return shutil.which("npm") is not None and shutil.which("node") is not None


@contextmanager
def run_shop(folder: Path) -> Iterator[Shop]:
    """Fill a new shop and serve it; ends with the block. `folder` takes database and pictures."""
    environment = {
        **os.environ,
        "NODE_PATH": str(_installed() / "node_modules"),
        "VENDURE_DISABLE_TELEMETRY": "true",
    }
    with (folder / "shop.log").open("wb") as log:
        server = subprocess.Popen(
            ["node", str(HERE / "server.js"), str(folder)],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            yield Shop(
                base_url=f"http://127.0.0.1:{_port_of(server, folder)}/",
                products=_read_products(folder / "products.json"),
            )
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            if server.stdout is not None:
                server.stdout.close()


def _installed() -> Path:
    """Return the folder of the installed packages; a new lock is installed beside the old one."""
    wanted = ("package.json", "package-lock.json", ".npmrc")
    mark = digest(b"".join((HERE / name).read_bytes() for name in wanted))[:12]
    folder = CACHE / f"vendure-{mark}"
    if folder.exists():
        return folder
    partial = CACHE / f"vendure-{mark}.{os.getpid()}"
    partial.mkdir(parents=True)
    try:
        for name in wanted:
            shutil.copy(HERE / name, partial)
        subprocess.run(
            ["npm", "ci", "--loglevel", "error"],
            cwd=partial, check=True, timeout=INSTALL_TIMEOUT_S,
        )  # fmt: skip
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _port_of(server: subprocess.Popen[str], folder: Path) -> int:
    """Wait until the shop answers; it says its port alone on a line, after what it may say else."""
    assert server.stdout is not None
    for line in server.stdout:
        if line.strip().isdecimal():
            return int(line)
    said = (folder / "shop.log").read_text("utf-8", "replace")
    raise AssertionError(f"the shop did not start: {said[-2_000:]}")


def _read_products(file: Path) -> tuple[Product, ...]:
    return tuple(
        Product(
            key=member["key"],
            title=member["title"],
            currency=member["currency"],
            prices=tuple(Decimal(price) / 100 for price in member["prices"]),
            skus=tuple(member["skus"]),
            pictures=member["pictures"],
        )
        for member in json.loads(file.read_text("utf-8"))
    )
