"""Starts and ends the shop: a database of its own, filled, then served on loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).parents[3]
POPULATE_TIMEOUT_S = 240
FIRST_ANSWER_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One page of the shop that offers a product, as the shop's database has it."""

    url: str
    """Absolute path."""
    title: str
    upc: str
    price: Decimal
    """Major units."""
    currency: str
    imitates: str | None
    """right_id of the mark that it imitates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A running shop."""

    base_url: str
    products: tuple[Product, ...]


@contextmanager
def run_shop(folder: Path, postgresql_url: str, *, port: int = 0) -> Iterator[Shop]:
    """Fill a new database on a PostgreSQL server and serve the shop from it; ends with the block.

    `folder` takes pictures and search index. Port 0 is any free one.

    Raises: OSError when the port is taken.
    """
    name = f"oscar_{uuid.uuid4().hex}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.shops.oscar.settings",
        "SHOP_FOLDER": str(folder),
        "SHOP_DATABASE": make_conninfo(postgresql_url, dbname=name),
    }
    with socket.create_server(("127.0.0.1", port)) as listener:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "tests.shops.oscar.populate"],
                cwd=ROOT, env=environment, check=True, timeout=POPULATE_TIMEOUT_S,
            )  # fmt: skip
            with _served(environment, listener) as base_url:
                yield Shop(base_url=base_url, products=_read_products(folder / "products.json"))
        finally:
            with psycopg.connect(postgresql_url, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _served(environment: dict[str, str], listener: socket.socket) -> Iterator[str]:
    """Serve the shop by gunicorn on a socket that already listens."""
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    command = [
        sys.executable, "-W", "ignore", "-m", "gunicorn", "tests.shops.oscar.wsgi",
        "--bind", f"fd://{listener.fileno()}", "--workers", "2", "--threads", "4",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=(listener.fileno(),))
    # From here on the socket is the server's: when it ends, a visitor is refused, not kept waiting.
    listener.close()
    try:
        # The socket queues what comes before the workers are up: one request waits for them.
        with urllib.request.urlopen(base_url, timeout=FIRST_ANSWER_TIMEOUT_S) as answer:
            answer.read()
        yield base_url
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _read_products(file: Path) -> tuple[Product, ...]:
    return tuple(
        Product(**{**line, "price": Decimal(line["price"])})
        for line in json.loads(file.read_text(encoding="utf-8"))
    )
