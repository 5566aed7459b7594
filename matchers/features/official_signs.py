"""Features: official signs that pictures show beside a geographical indication.

CNIPA announcement no. 354 (2020): only listed users may bear the special sign, with their social
credit code at the place meant for it; the signs before it are used no more since 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.common import Words
from domain.matches import PictureHow, PicturePlace, TextPlace
from domain.pictures import Picture
from domain.rights import GeographicalIndication
from matchers.pair import Outcome, Pair
from matchers.pictures.seals import find_code
from matchers.pictures.signs import SIGNS, Sign, SignNature, fold_words, likeness

_OF_INDICATIONS = tuple(
    sign for sign in SIGNS if sign.name in ("gi", "gi_product_until_2020", "agricultural_gi")
)


def official_sign_shown(pair: Pair) -> Outcome | None:
    """A picture shows the official sign for indications, and not with a listed user's code.

    图片中出现地理标志专用标志，且未见用标企业的信用代码。
    """
    if not isinstance(pair.right, GeographicalIndication) or not pair.authorisations:
        return None
    listed = {one.uscc for one in pair.authorisations if one.uscc}
    best: Outcome | None = None
    for number, picture in enumerate(pair.sighting.pictures):
        shown = _find_seal(pair, picture) or _find_words(number, picture)
        if shown is None or (shown.code is not None and shown.code in listed):
            continue
        # Who resells a listed user's goods shows them with its sign: only a code is certain.
        score = 0.5 if shown.code is None else 1.0
        if best is None or score > best.score:
            words = _words(shown.sign, shown.code)
            best = Outcome(score=score, words=words, where=shown.where)
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A sign for indications in a picture, with the credit code that stands there."""

    sign: Sign
    code: str | None
    where: TextPlace | PicturePlace


def _find_seal(pair: Pair, picture: Picture) -> _Shown | None:
    """Return the surest sign that was seen in a picture, with its region."""
    if picture.sha256 is None:
        return None
    names = {sign.name: sign for sign in _OF_INDICATIONS}
    seen = pair.listing.signs.get(picture.sha256, ())
    seal = next((one for one in seen if one.sign in names), None)
    if seal is None:
        return None
    box = seal.box
    return _Shown(
        sign=names[seal.sign],
        code=seal.uscc or find_code((picture.text or "").split("\n")),
        where=PicturePlace(
            sha256=picture.sha256,
            box=(box.x, box.y, box.width, box.height),
            how=PictureHow.SEAL,
            reference=None,
        ),
    )


def _find_words(number: int, picture: Picture) -> _Shown | None:
    """Return the first sign that is named among the words of a picture."""
    start, lines = 0, (picture.text or "").split("\n")
    for line in lines:
        folded = fold_words(line)
        sign = next((one for one in _OF_INDICATIONS if likeness(one, folded)), None)
        if sign is not None:
            where = TextPlace(
                field=f"pictures[{number}].text",
                start=start,
                end=start + len(line),
                surface=line,
                how=None,
            )
            return _Shown(sign=sign, code=find_code(lines), where=where)
        start += len(line) + 1
    return None


def _words(sign: Sign, code: str | None) -> Words:
    zh, en = f"图片中出现{sign.words.zh}", f"A picture shows the {sign.words.en}"
    if sign.nature is SignNature.FORMER_SIGN:
        zh, en = zh + "（旧标志，现已停用）", en + ", no longer in use"
    if code is None:
        return Words(
            zh=zh + "，未见用标企业的统一社会信用代码",
            en=en + " without the credit code of a listed user",
        )
    return Words(
        zh=zh + f"，所标统一社会信用代码{code}不在用标企业名单内",
        en=en + f" with the credit code {code}, which is no listed user's",
    )
