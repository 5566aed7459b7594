"""Features: official signs that pictures show beside a geographical indication.

CNIPA announcement no. 354 (2020): only listed users may bear the special sign, with their social
credit code at the place meant for it; the signs before it are used no more since 2021.
"""

from __future__ import annotations

from domain.common import Words
from domain.matches import TextPlace
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
    for number, picture in enumerate(pair.sighting.pictures):
        text = picture.text or ""
        shown = _find_sign(text)
        code = find_code(text.split("\n"))
        if shown is None or (code is not None and code in listed):
            continue
        sign, line, start = shown
        return Outcome(
            # Who resells a listed user's goods shows them with its sign: only a code is certain.
            score=0.5 if code is None else 1.0,
            words=_words(sign, code),
            where=TextPlace(
                field=f"pictures[{number}].text",
                start=start,
                end=start + len(line),
                surface=line,
                how=None,
            ),
        )
    return None


def _find_sign(text: str) -> tuple[Sign, str, int] | None:
    """Return the first sign for indications among the words of a picture, its line and start."""
    start = 0
    for line in text.split("\n"):
        folded = fold_words(line)
        sign = next((one for one in _OF_INDICATIONS if likeness(one, folded)), None)
        if sign is not None:
            return sign, line, start
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
