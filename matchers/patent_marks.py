"""What a listing says of patents: numbers, applications, and the word without a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.common import RightId
from domain.listings import Sighting
from domain.matches import TextPlace
from domain.rights import Patent, Right
from reference.folding import Folded, fold
from reference.patents import PatentNumber, find_patent_numbers

MAX_NUMBERS = 50
"""Numbers of one listing that are looked at; a page with more lists a portfolio."""
PatentsIndex = dict[str, tuple[RightId, ...]]
"""Digits of a number before its check digit ▶ the registered patents that bear it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedNumber:
    """A patent's number in a listing."""

    number: PatentNumber
    place: TextPlace

    @property
    def is_read_from_picture(self) -> bool:
        """A recogniser read it, so a digit may be misread."""
        return self.place.field.startswith("pictures[")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentMarking:
    """What a listing says of patents."""

    numbers: tuple[MarkedNumber, ...] = ()
    applications: tuple[TextPlace, ...] = ()
    """Words that an application is under way."""
    claims: tuple[TextPlace, ...] = ()
    """Words that the goods are patented, without what says that they are not yet."""


_MAY_SPEAK = re.compile(r"专利|[zｚ] ?[lｌ][ .:：·_-]{0,3}[0-9０-９]|patent", re.IGNORECASE)
_CUES = re.compile(r"专利|z ?l[ .:·_-]{0,3}[0-9]|patent")
"""The same of folded texts."""
_APPLIED = re.compile(
    r"专利(?:正在|已|产品)?申请(?!号|人)|申请(?:了|过|中的)?(?:\d+项|多项|国家|中国|发明|实用新型|外观设计|外观){0,3}专利"
    r"|专利(?:申请)?(?:审查|公示|公开|受理|待批|待审)中?|尚未授权|patents?[ -]pending"
    r"|(?<=专利)(?:\(正?在?申请中?\)|,? ?(?:目前|现)?已?被?(?:国家知识产权局|国知局)?受理(?!号))"
)
_NOT_YET = re.compile(r"尚未授[权予]|还未授权|未授权")
_CLAIMED = re.compile(
    r"(?<![非无])(?:国家|中国)(?:级|授权)?(?:发明|实用新型|外观设计|外观|技术|双)?专利"
    r"(?!局|法|奖|申请|审|代理|复审|技术开发公司)(?:产品|商品|技术|设计|认证)?"
    r"|(?<![非无])专利(?:产品|商品|技术|设计|配方|工艺|结构|成分|认证|保护|授权|证书|正品|款)"
    r"(?!服务|申请|代理|代办|转让|框|墙|架|翻译|制作|检索|号|编号)"
    r"|(?:荣?获得?|取得|拥有|享有|持有|已授权|通过)(?:了|过)?(?:[0-9一二两三四五六七八九十多几数]{0,3}(?:项|个))?"
    r"(?:国家|中国|发明|实用新型|外观设计|外观|独家){0,3}专利(?!申请|代理)"
    r"|独家专利(?!代理|授权|许可)|\bpatented\b"
)
_ABOUT_PATENTS = re.compile(
    r"专利(?:代理|代办|转让|撰写|年费|检索|律师|法|加急|查询|布局|挖掘|证书框|墙|展示架|申请(?:服务|代理|加急|文件))"
)
"""What is on sale is a service or a book about patents."""


def index_patents(rights: Iterable[Right]) -> PatentsIndex:
    """Index registered patents by their numbers; one without a readable number is left out."""
    found: PatentsIndex = {}
    for right in rights:
        if isinstance(right, Patent) and right.number:
            digits = _digits_of(right.number)
            if digits is not None:
                found[digits] = (*found.get(digits, ()), right.right_id)
    return found


def read_marking(
    sighting: Sighting, texts: Sequence[tuple[str, str]], said: str
) -> PatentMarking | None:
    """Read what a listing says of patents; None where it says nothing.

    `texts`: field and text, as `matchers.pair.texts_of` yields them; `said`: all of them, folded.
    """
    if not (_CUES.search(said) or any(_named(field) for field, _ in texts)):
        return None
    numbers: list[MarkedNumber] = []
    applications: list[TextPlace] = []
    claims: list[TextPlace] = []
    speaking = [
        (field, named, text)
        for field, text in texts
        if not field.startswith("seller.")
        if (named := _named(field)) or _MAY_SPEAK.search(text)
    ]
    if not speaking or _ABOUT_PATENTS.search(fold(sighting.title or "").text):
        return None
    for field, named, text in speaking:
        folded = fold(text)
        numbers += _find_numbers(field, named, folded)
        found = tuple(_APPLIED.finditer(folded.text))
        applications += (_place(field, folded, one.start(), one.end()) for one in found)
        if not _NOT_YET.search(folded.text):
            claims += _find_claims(field, folded, found)
    if not (numbers or applications or claims):
        return None
    return PatentMarking(
        numbers=tuple(numbers[:MAX_NUMBERS]), applications=tuple(applications), claims=tuple(claims)
    )


def divide_marking(
    marking: PatentMarking, index: PatentsIndex
) -> tuple[dict[RightId, PatentMarking], PatentMarking | None]:
    """Part a listing's marking: numbers of registered patents by right, and what is left.

    Left over are numbers that no registered patent bears, and the words, unless a registered
    number bears them out. None where nothing is left.
    """
    own: dict[RightId, PatentMarking] = {}
    others = []
    for one in marking.numbers:
        right_ids = index.get(one.number.digits, ())
        for right_id in right_ids:
            before = own.get(right_id, PatentMarking())
            own[right_id] = replace(before, numbers=(*before.numbers, one))
        if not right_ids:
            others.append(one)
    if not own:
        return own, marking
    return own, PatentMarking(numbers=tuple(others)) if others else None


def _find_numbers(field: str, named: str, folded: Folded) -> Iterator[MarkedNumber]:
    """Find numbers in a field; the name of an attribute is read as if it stood before them."""
    shift = len(named)
    for number in find_patent_numbers(named + folded.text):
        if number.start >= shift:
            place = _place(field, folded, number.start - shift, number.end - shift)
            yield MarkedNumber(number=number, place=place)


def _find_claims(
    field: str, folded: Folded, applied: tuple[re.Match[str], ...]
) -> Iterator[TextPlace]:
    for claim in _CLAIMED.finditer(folded.text):
        if not any(one.start() < claim.end() and claim.start() < one.end() for one in applied):
            yield _place(field, folded, claim.start(), claim.end())


# Listings of one platform have the same attributes.
@lru_cache(maxsize=1_024)
def _named(field: str) -> str:
    """Return an attribute's name as a cue, where it speaks of patents."""
    name = fold(field.partition(".")[2][:40]).text if field.startswith("attributes.") else ""
    return f"{name}:" if "专利" in name or "申请号" in name else ""


def _place(field: str, folded: Folded, start: int, end: int) -> TextPlace:
    first, last = folded.offsets[start], folded.offsets[end - 1] + 1
    return TextPlace(
        field=field, start=first, end=last, surface=folded.original[first:last], how=None
    )


def _digits_of(number: str) -> str | None:
    """Return the digits before the check digit of a registered number, with or without ZL or CN."""
    found = next(find_patent_numbers("专利号:" + fold(number.strip()).text), None)
    return found.digits if found is not None and found.year is not None else None
