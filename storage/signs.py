"""Official signs found in pictures, by digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Column, Float, Integer, Table, delete, select

from domain.common import Sha256
from domain.pictures import Box, ShownSign
from storage.schema import Json, PlainText, Unit, from_json, in_parts, metadata, save, to_json

picture_signs = Table(
    "picture_signs",
    metadata,
    Column("sha256", PlainText, primary_key=True, comment="Of the picture's bytes"),
    Column("number", Integer, primary_key=True, comment="From 0, the surest first"),
    Column("sign", PlainText, nullable=False, comment="Name of the sign: gi, organic …"),
    Column("score", Float, nullable=False, comment="0..1, likeness of the words read"),
    Column("box", Json, nullable=False, comment="Region in pixels of the original"),
    Column("uscc", PlainText, comment="Credit code of the user read beside it"),
    comment="Official signs found in pictures",
)


def save_signs(unit: Unit, sha256: Sha256, signs: Sequence[ShownSign]) -> None:
    """Keep the signs found in a picture in place of those found before."""
    unit.execute(delete(picture_signs).where(picture_signs.c.sha256 == sha256))
    for number, one in enumerate(signs):
        values = {
            "sha256": sha256,
            "number": number,
            "sign": one.sign,
            "score": one.score,
            "box": to_json(one.box),
            "uscc": one.uscc,
        }
        save(unit, picture_signs, values, replace=True)


def signs_of(unit: Unit, pictures: Collection[Sha256]) -> Mapping[Sha256, tuple[ShownSign, ...]]:
    """Return the signs found in some pictures, the surest first."""
    found: defaultdict[Sha256, list[ShownSign]] = defaultdict(list)
    for part in in_parts(pictures):
        rows = unit.execute(
            select(picture_signs)
            .where(picture_signs.c.sha256.in_(part))
            .order_by(picture_signs.c.sha256, picture_signs.c.number)
        )
        for row in rows:
            box = from_json(Box, row.box)
            sign = ShownSign(sign=row.sign, score=row.score, box=box, uscc=row.uscc)
            found[Sha256(row.sha256)].append(sign)
    return {sha256: tuple(many) for sha256, many in found.items()}
