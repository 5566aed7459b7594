"""A small sealed package to take apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from evidence import Seal, seal

FILES = (
    ("notice.pdf", b"%PDF-1.7 notice"),
    ("evidence/001-page.html", "<p>青岚</p>".encode()),
    ("evidence/截图.png", b"\x89PNG\r\n\x1a\n" + bytes(range(64))),
    ("empty.txt", b""),
)
SEALED_AT = datetime(2026, 11, 22, 8, 0, 1, 999, tzinfo=UTC)


@pytest.fixture(name="package")
def make_package() -> bytes:
    return seal_small()[0]


@pytest.fixture(name="seal_package")
def give_seal_package() -> Callable[..., tuple[bytes, Seal]]:
    return seal_small


def seal_small(**changes: object) -> tuple[bytes, Seal]:
    """Seal the small package, with some arguments changed."""
    arguments: dict[str, object] = {
        "files": FILES,
        "info": {"Source-Organization": "青岚茶业有限公司", "External-Identifier": "n-1"},
        "sealed_at": SEALED_AT,
        "folder": "n-1",
    } | changes
    target = io.BytesIO()
    files = arguments.pop("files")
    sealed = seal(files, target, **arguments)  # type: ignore[arg-type]
    return target.getvalue(), sealed
