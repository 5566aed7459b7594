"""Features: marks of patents that the goods do not have (假冒专利).

专利法 (2020) art. 68; 专利法实施细则 (2023) art. 101: marking goods that have no patent, whose
patent ended or is another's, selling them, and calling an application a patent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from domain.common import Words
from domain.grounds import Ground, ground_on, words_of_ground
from domain.rights import PATENT_MARKING, Patent
from matchers.goods.reading import read_goods_of, readable
from matchers.goods.similarity import Degree, goods_of_right, similarity
from matchers.pair import Outcome, Pair
from matchers.patent_marks import MarkedNumber
from matchers.permission import bears_name_of_holder
from reference.patents import Called, Fault, Protection

_MISREAD = 0.7
"""Of a number that was read from a picture."""
_SOLD_OFF_DAYS = 365
"""After a patent's end, goods marked in its time are sold off; later they become unlikely."""
_MAKERS = ("生产企业", "生产厂家", "生产厂商", "生产商", "制造商", "厂家", "厂名", "manufacturer")
_FAULTS = {
    Fault.LENGTH: Words(zh="位数不符", en="it has a wrong number of digits"),
    Fault.KIND: Words(zh="种类号不存在", en="there is no such kind of patent"),
    Fault.YEAR: Words(zh="申请年份不可能", en="its year cannot be"),
    Fault.SEQUENCE: Words(zh="流水号为零", en="its sequence number is zero"),
    Fault.CHECK_DIGIT: Words(zh="校验位不符", en="its check digit is wrong"),
}
_KINDS = {
    Protection.INVENTION: Words(zh="发明专利", en="invention"),
    Protection.UTILITY_MODEL: Words(zh="实用新型专利", en="utility model"),
    Protection.DESIGN: Words(zh="外观设计专利", en="design"),
}


def patent_number_false(pair: Pair) -> Outcome | None:
    """The page gives a patent number that no patent can have.

    页面标注的专利号不可能存在（位数、种类号、年份或校验位不符）。
    """
    found = [
        (one, faults)
        for one in _granted(pair)
        if one.number.called is Called.PATENT and (faults := _faults(one, pair.today))
    ]
    if not found:
        return None
    one, faults = min(found, key=lambda both: both[0].is_read_from_picture)
    zh, en = (
        "、".join(_FAULTS[fault].zh for fault in faults),
        ", ".join(_FAULTS[fault].en for fault in faults),
    )
    if one.is_read_from_picture:
        zh, en = f"{zh}；系图片识读，请对照原图", f"{en}; it was read from a picture, so compare it"
    return Outcome(
        score=_MISREAD if one.is_read_from_picture else 1.0,
        words=Words(
            zh=f"标注的专利号“{one.place.surface}”不可能存在：{zh}",
            en=f"No patent can have the number “{one.place.surface}”: {en}",
        ),
        where=one.place,
    )


def patent_expired(pair: Pair) -> Outcome | None:
    """The page gives the number of a patent whose term has ended.

    页面标注的专利已过保护期或已终止。
    """
    right = pair.right
    for one in _granted(pair):
        if one.number.called is not Called.PATENT or one.number.faults(pair.today):
            continue
        last = one.number.last_day
        by_register = right.kind is not PATENT_MARKING.kind and right.valid_to is not None
        if by_register:
            last = right.valid_to
        if last is None or last >= pair.today or one.number.protection is None:
            continue
        kind = _KINDS[one.number.protection]
        ended = (
            Words(zh=f"登记簿显示已于{last}终止", en=f"ended on {last} by the register")
            if by_register
            else Words(zh=f"保护期至迟于{last}届满", en=f"ran out by {last} at the latest")
        )
        return Outcome(
            score=1.0 if (pair.today - last).days > _SOLD_OFF_DAYS else 0.6,
            words=Words(
                zh=f"标注的{kind.zh}“{one.place.surface}”{ended.zh}"
                "；终止前已标注的产品可继续销售，需核实生产日期",
                en=f"The {kind.en} patent “{one.place.surface}” {ended.en}; goods marked before "
                "that may still be sold, so ask when they were made",
            ),
            where=one.place,
        )
    return None


def application_as_patent(pair: Pair) -> Outcome | None:
    """An application that is not granted is called a patent.

    将尚未授权的专利申请称为专利。
    """
    marking = pair.marking
    if marking is None:
        return None
    for one in marking.numbers:
        if one.number.called is Called.PUBLICATION:
            return Outcome(
                score=1.0,
                words=Words(
                    zh=f"“{one.place.surface}”系申请公布号，并非授权专利的专利号",
                    en=f"“{one.place.surface}” is the number of a published application, "
                    "not of a patent",
                ),
                where=one.place,
            )
    ground = ground_on(pair.right, pair.today)
    if marking.numbers and ground in (Ground.NOT_YET, Ground.APPLIED):
        one, day = marking.numbers[0], pair.right.valid_from
        return Outcome(
            score=1.0,
            words=Words(
                zh=f"“{one.place.surface}”的专利权自{day}起方才生效",
                en=f"The patent “{one.place.surface}” is in force only from {day}",
            )
            if day is not None
            else words_of_ground(pair.right, ground),
            where=one.place,
        )
    applied = [one.place for one in marking.numbers if one.number.called is Called.APPLICATION]
    applied += marking.applications
    granted = any(one.number.called is Called.PATENT for one in marking.numbers)
    if not applied or not marking.claims or granted:
        return None
    claim = marking.claims[0]
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"页面称“{claim.surface}”，但仅有专利申请（“{applied[0].surface}”），未见授权专利号",
            en=f"The page says “{claim.surface}”, but tells of an application only "
            f"(“{applied[0].surface}”) and gives no number of a patent",
        ),
        where=claim,
    )


def patent_of_another(pair: Pair) -> Outcome | None:
    """The page gives the number of a patent that the register holds for another party.

    页面标注的专利号在登记簿中属他人，且未见许可。
    """
    right = pair.right
    numbers = [one for one in _granted(pair) if one.number.called is Called.PATENT]
    if not _is_registered(pair) or not numbers or not right.holder or bears_name_of_holder(pair):
        return None
    maker = _maker(pair)
    if maker is not None and _fold(maker) == _fold(right.holder):
        return None
    one = numbers[0]
    # One with a wrong check digit was told to be nobody's; the register's own is this one.
    held = right.number if one.number.faults(pair.today) and right.number else one.place.surface
    said = Words(zh="未写明生产者", en="the page names no maker")
    if maker is not None:
        said = Words(zh=f"页面写明的生产者为{maker}", en=f"the page names the maker {maker}")
    return Outcome(
        # Who resells the holder's goods shows their number, and need not name the maker.
        score=0.4 if maker is None else 1.0,
        words=Words(
            zh=f"专利号“{held}”属{right.holder}，{said.zh}；需核实有无许可",
            en=f"The patent “{held}” is held by {right.holder}, and {said.en}; ask for a licence",
        ),
        where=one.place,
    )


def patent_on_other_goods(pair: Pair) -> Outcome | None:
    """The page gives the number of a patent for goods of another kind.

    页面标注的专利号属于另一类产品的专利。
    """
    right = pair.right
    numbers = _granted(pair)
    if not _is_registered(pair) or not numbers:
        return None
    found = similarity(read_goods_of(*readable(pair.sighting)), goods_of_right(right))
    if found is None or found.degree is not Degree.NONE:
        return None
    place = numbers[0].place
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"专利号“{place.surface}”属“{right.name}”专利，与所售商品不符",
            en=f"The patent “{place.surface}” is for “{right.name}”, not for goods such as these",
        ),
        where=place,
    )


def patent_claimed_bare(pair: Pair) -> Outcome | None:
    """The page says that the goods are patented and gives no number.

    页面宣称专利产品，但未标明专利号。
    """
    marking = pair.marking
    if marking is None or not marking.claims or marking.numbers or marking.applications:
        return None
    claim = marking.claims[0]
    return Outcome(
        score=0.5,
        words=Words(
            zh=f"页面宣称“{claim.surface}”，未标明专利号，可责令说明",
            en=f"The page says “{claim.surface}” and gives no number; ask for it",
        ),
        where=claim,
    )


def _faults(one: MarkedNumber, today: date) -> tuple[Fault, ...]:
    faults = one.number.faults(today)
    # In a picture a number often runs on in the next line, so a short one proves nothing.
    return () if one.is_read_from_picture and Fault.LENGTH in faults else faults


def _granted(pair: Pair) -> tuple[MarkedNumber, ...]:
    """Return the numbers that the page does not call applications."""
    numbers: Iterable[MarkedNumber] = pair.marking.numbers if pair.marking else ()
    return tuple(one for one in numbers if one.number.called is not Called.APPLICATION)


def _is_registered(pair: Pair) -> bool:
    return isinstance(pair.right, Patent) and pair.right.kind is not PATENT_MARKING.kind


def _maker(pair: Pair) -> str | None:
    """Return the maker that the attributes of the listing name."""
    for name, value in pair.sighting.attributes.items():
        if name.strip().casefold() in _MAKERS and value.strip():
            return value.strip()[:100]
    return None


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
