"""What is known of pictures by digest, and where each was seen."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Integer, Table, select

from domain.common import Sha256
from domain.pictures import Picture
from storage.schema import PlainText, Unit, metadata, save

pictures = Table(
    "pictures",
    metadata,
    Column("sha256", PlainText, primary_key=True, comment="Of the bytes"),
    Column("media_type", PlainText, nullable=False, comment="As decoded, not as claimed"),
    Column("width", Integer, nullable=False, comment="Pixels"),
    Column("height", Integer, nullable=False, comment="Pixels"),
    Column("phash", PlainText, nullable=False, comment="64-bit pHash, 16 hex digits"),
    comment="Pictures that could be decoded, worked once per digest",
)

picture_urls = Table(
    "picture_urls",
    metadata,
    Column("url", PlainText, primary_key=True, comment="Where the picture was fetched"),
    Column("sha256", PlainText, nullable=False, comment="Of the bytes got there last"),
    comment="Which bytes an address gave, so that no picture is fetched twice",
)


def save_picture(
    unit: Unit, *, sha256: Sha256, media_type: str, width: int, height: int, phash: str
) -> None:
    """Keep the facts of a decoded picture."""
    values = {
        "sha256": sha256,
        "media_type": media_type,
        "width": width,
        "height": height,
        "phash": phash,
    }
    save(unit, pictures, values, replace=True)


def save_picture_url(unit: Unit, url: str, sha256: Sha256) -> None:
    """Note which bytes an address gave."""
    save(unit, picture_urls, {"url": url, "sha256": sha256}, replace=True)


def find_picture_by_url(unit: Unit, url: str) -> Picture | None:
    """Return a picture fetched before from an address."""
    row = unit.execute(
        select(pictures.c.sha256, pictures.c.phash)
        .join(picture_urls, picture_urls.c.sha256 == pictures.c.sha256)
        .where(picture_urls.c.url == url)
    ).first()
    return None if row is None else Picture(url=url, sha256=Sha256(row.sha256), phash=row.phash)


def media_type_of(unit: Unit, sha256: Sha256) -> str | None:
    """Return the media type of a decoded picture, or None when the digest is no picture's."""
    return unit.execute(
        select(pictures.c.media_type).where(pictures.c.sha256 == sha256)
    ).scalar_one_or_none()


def sizes_of(unit: Unit, wanted: Collection[Sha256]) -> dict[Sha256, tuple[int, int]]:
    """Return width and height of decoded pictures."""
    columns = pictures.c
    many, found = list(wanted), {}
    for start in range(0, len(many), 500):
        rows = unit.execute(
            select(columns.sha256, columns.width, columns.height).where(
                columns.sha256.in_(many[start : start + 500])
            )
        )
        found.update({Sha256(row.sha256): (row.width, row.height) for row in rows})
    return found
