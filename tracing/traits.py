"""What shops have in common without naming anybody: their names, pictures and texts of goods.

Too weak to be shown as clues, they support the links that clues make.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from domain.listings import Sighting
from domain.tracing import Clue, ClueKind
from reference.folding import fold
from tracing.clues import MAX_PARTS
from tracing.codes import is_company_name

_ENDING = re.compile(
    r"(?:官方|品牌|的|工厂|厂家|旗舰|专营|专卖|直营|直销|折扣|特卖|精品|优选|严选|百货|生活|小)*"
    r"(?:店铺|店|馆|铺|小铺|优选|严选|特卖|商城|铺子|屋|坊|企业店)?$"
)
_LEAST_TEXT = 40
"""Letters of a description under which two may be alike by chance."""


def find_traits(sighting: Sighting) -> Iterator[Clue]:
    """Find the distinctive name of the shop, the digests of pictures and of the description."""
    seller = sighting.seller
    if seller is None:
        return
    if seller.name and (name := shop_core(seller.name)):
        yield _trait(sighting, ClueKind.SHOP_NAME, name, seller.name[:200], "seller.name")
    for picture in sighting.pictures[:MAX_PARTS]:
        if picture.sha256:
            path = f"pictures.{picture.sha256}"
            yield _trait(sighting, ClueKind.PICTURE, picture.sha256, picture.sha256, path)
    # Disguised contacts stand on lines of their own; the longest line is the text of the goods.
    lines = (sighting.description or "").splitlines()[:200]
    text, line = max(((_letters(line), line) for line in lines), key=_length, default=("", ""))
    if len(text) >= _LEAST_TEXT:
        digest = hashlib.sha256(text.encode()).hexdigest()
        written = " ".join(line.split())[:200]
        yield _trait(sighting, ClueKind.TEXT, digest, written, "description")


def _letters(line: str) -> str:
    return re.sub(r"[\W_]", "", line)


def _length(text_and_line: tuple[str, str]) -> int:
    return len(text_and_line[0])


def shop_core(name: str) -> str:
    """Return the distinctive part of a shop's name; empty for a company's name or a short rest."""
    if is_company_name(name):
        return ""
    folded = _letters(fold(name[:200]).text)
    core = _ENDING.sub("", folded)
    return core if len(core) >= 2 else ""


def _trait(sighting: Sighting, kind: ClueKind, value: str, surface: str, found_in: str) -> Clue:
    assert sighting.seller is not None
    return Clue(
        owner=sighting.seller.ref,
        kind=kind,
        value=value,
        surface=surface,
        found_in=found_in,
        confidence=1.0,
    )
