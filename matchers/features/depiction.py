"""Features: what the pictures of a listing show of the right's reference pictures."""

from __future__ import annotations

from collections.abc import Collection

from domain.common import Words
from domain.matches import PictureHow
from domain.pictures import ReferenceRole
from matchers.pair import FoundPicture, Outcome, Pair

_OF_HOLDER = (ReferenceRole.LOGO, ReferenceRole.PHOTO)
_REGIONS = (PictureHow.LOCAL_FEATURES, PictureHow.REGION_HASH, PictureHow.LEARNED)
_WHOLE = 0.6
"""Share of either side from which a region fills the picture."""
_ROWS = (Words(zh="上", en="upper"), Words(zh="中", en="middle"), Words(zh="下", en="lower"))
_COLUMNS = (Words(zh="左", en="left"), Words(zh="中", en="centre"), Words(zh="右", en="right"))

_WORTH_OF_PHOTOS = 0.4
"""A registered photograph often shows more than the mark: two bottles look alike without one."""


def picture_copied(pair: Pair) -> Outcome | None:
    """A picture is a copy of one that the rights holder registered.

    图片与权利人登记的图片相同。
    """
    best = _best(pair, (PictureHow.COPY,), _OF_HOLDER)
    if best is None:
        return None
    hit, kind = best.hit, _kind_of(best)
    zh = en = ""
    if hit.distance_bits is not None:
        zh = f"（64位感知哈希相差{hit.distance_bits}位）"
        en = f" ({hit.distance_bits} of 64 bits of the perceptual hash differ)"
    at = _where(best)
    return Outcome(
        score=hit.score,
        words=Words(
            zh=f"{at.zh}与权利人登记的{kind.zh}“{hit.reference.name}”一致{zh}",
            en=f"{at.en} is the holder's registered {kind.en} “{hit.reference.name}”{en}",
        ),
        where=best.place,
    )


def fake_copied(pair: Pair) -> Outcome | None:
    """A picture is a copy of a known fake, or shows what a person confirmed as infringing.

    图片与已认定侵权的图片相同或含有其内容。
    """
    best = _best(pair, tuple(PictureHow), (ReferenceRole.FAKE,))
    if best is None:
        return None
    at = _where(best)
    return Outcome(
        score=best.hit.score,
        words=Words(
            zh=f"{at.zh}与此前认定侵权的图片“{best.hit.reference.name}”一致",
            en=f"{at.en} shows what was confirmed as infringing before: "
            f"“{best.hit.reference.name}”",
        ),
        where=best.place,
    )


def mark_in_picture(pair: Pair) -> Outcome | None:
    """The mark is seen in a picture, on the goods or beside them.

    商品图片中出现权利人的标志。
    """
    best = _best(pair, _REGIONS, (ReferenceRole.LOGO,)) or _best(pair, _REGIONS, _OF_HOLDER)
    if best is None:
        return None
    at, kind = _where(best), _kind_of(best)
    is_drawing = best.hit.reference.role is ReferenceRole.LOGO
    return Outcome(
        score=best.hit.score * (1.0 if is_drawing else _WORTH_OF_PHOTOS),
        words=Words(
            zh=f"{at.zh}出现权利人的标志（与登记的{kind.zh}“{best.hit.reference.name}”相符）",
            en=f"{at.en} shows the holder's mark (as on the {kind.en} “{best.hit.reference.name}”)",
        ),
        where=best.place,
    )


def _best(
    pair: Pair, hows: Collection[PictureHow], roles: Collection[ReferenceRole]
) -> FoundPicture | None:
    found = [
        one for one in pair.pictures if one.hit.how in hows and one.hit.reference.role in roles
    ]
    return max(found, key=lambda one: one.hit.score, default=None)


def _kind_of(found: FoundPicture) -> Words:
    if found.hit.reference.role is ReferenceRole.LOGO:
        return Words(zh="标志图样", en="drawing")
    return Words(zh="产品照片", en="photograph")


def _where(found: FoundPicture) -> Words:
    """Say which picture, and where in it: 第2张图片左下方."""
    zh, en = f"第{found.number + 1}张图片", f"Picture {found.number + 1}"
    box, size = found.hit.box, found.size
    if box is None or not size or min(size) < 1:
        return Words(zh=zh, en=en)
    if box.width > _WHOLE * size[0] and box.height > _WHOLE * size[1]:
        return Words(zh=zh, en=en)
    column = min(2, max(0, int(3 * (box.x + box.width / 2) / size[0])))
    row = min(2, max(0, int(3 * (box.y + box.height / 2) / size[1])))
    if (row, column) == (1, 1):
        return Words(zh=f"{zh}中央", en=f"{en}, in the middle,")
    # 左上 but 上方: the middle is named only where nothing else is.
    zh += f"{_COLUMNS[column].zh if column != 1 else ''}{_ROWS[row].zh if row != 1 else ''}"
    return Words(
        zh=f"{zh}方" if row != 1 else f"{zh}侧", en=f"{en}, {_ROWS[row].en} {_COLUMNS[column].en},"
    )
