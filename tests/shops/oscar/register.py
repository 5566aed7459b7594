"""The register file of the test, with the drawings and the photo that it names."""

from __future__ import annotations

from pathlib import Path

from tests.shops.oscar.catalogue import REGISTER
from tests.shops.oscar.drawing import as_jpeg, draw_logo, draw_product

PHOTO = "velnora-bag.jpg"


def write_register(folder: Path) -> Path:
    """Write register.csv with its pictures into a folder; returns the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("VELNORA", "KESTRO"):
        draw_logo(name).save(folder / f"{name.lower()}.png")
    (folder / PHOTO).write_bytes(as_jpeg(draw_product(PHOTO), quality=92))
    file = folder / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")
    return file
