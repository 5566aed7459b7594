"""Numbers of Chinese patents as they stand in texts, and what such a number tells by itself.

Form and check digit: ZC 0006-2003, in force since October 2003 (year, kind, seven digits of
sequence, point, check digit), and the form before it (two digits of the year, kind, five digits).
A granted patent bears the number of its application behind the letters ZL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reference.check_digits import patent_check_digit


class Called(StrEnum):
    """What a text calls a number."""

    PATENT = "patent"
    """ZL, 专利号: the number of a granted patent."""
    APPLICATION = "application"
    """申请号, or CN before the form of an application: a step that protects nothing yet."""
    PUBLICATION = "publication"
    """A published application (CN … A) that the text calls a patent."""


class Protection(StrEnum):
    """What a patent protects, by its kind digit."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


class Fault(StrEnum):
    """Why no patent can have a number."""

    LENGTH = "length"
    KIND = "kind"
    YEAR = "year"
    """No application can have been filed that year, or not in that form."""
    SEQUENCE = "sequence"
    CHECK_DIGIT = "check_digit"


_KINDS = {
    "1": Protection.INVENTION,
    "2": Protection.UTILITY_MODEL,
    "3": Protection.DESIGN,
    "8": Protection.INVENTION,  # filed under the PCT
    "9": Protection.UTILITY_MODEL,
}
_LONG, _SHORT = 12, 8
_FIRST_YEAR, _LONG_SINCE = 1985, 2003
_SHORT_YEARS = range(_FIRST_YEAR, _LONG_SINCE + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentNumber:
    """A number in a text, right or wrong."""

    start: int
    """In the folded text, of ZL or CN where it stands there, else of the first digit."""
    end: int
    called: Called
    digits: str
    """Before the check digit; 12, or 8 before October 2003; any other length is a fault."""
    check: str | None
    """0 to 9 or X; None where the text leaves it out."""

    def __str__(self) -> str:
        head = "CN" if self.called is Called.PUBLICATION else "ZL"
        head = "" if self.called is Called.APPLICATION else head
        return head + self.digits + (f".{self.check}" if self.check else "")

    @property
    def year(self) -> int | None:
        """Of the application; None where the number is too short or long to tell."""
        if len(self.digits) == _LONG:
            return int(self.digits[:4])
        if len(self.digits) != _SHORT:
            return None
        return int(self.digits[:2]) + (2000 if self.digits[0] == "0" else 1900)

    @property
    def protection(self) -> Protection | None:
        """By the kind digit; None where there is no such kind."""
        at = {_LONG: 4, _SHORT: 2}.get(len(self.digits))
        return None if at is None else _KINDS.get(self.digits[at])

    @property
    def last_day(self) -> date | None:
        """The last day on which a patent of this number can be in force, by its term.

        专利法 (2020) art. 42: 20 years from filing for inventions, 10 for utility models, 15 for
        designs filed from June 2021 and 10 for earlier ones. The number tells the year of filing
        alone, so the last day of that year is taken. An extension of an invention (art. 42 para.
        2 and 3) shows in the register only.
        """
        if self.year is None or self.protection is None:
            return None
        years = {Protection.INVENTION: 20, Protection.UTILITY_MODEL: 10, Protection.DESIGN: 15}
        term = years[self.protection]
        if self.protection is Protection.DESIGN and self.year <= 2020:
            term = 10
        return date(self.year + term, 12, 31)

    def faults(self, today: date) -> tuple[Fault, ...]:
        """Tell why no patent can have this number; a check digit left out is no fault."""
        if self.year is None:
            return (Fault.LENGTH,)
        long = len(self.digits) == _LONG
        first, last = (_LONG_SINCE, today.year) if long else (_FIRST_YEAR, _LONG_SINCE)
        found = []
        if self.protection is None:
            found.append(Fault.KIND)
        if not first <= self.year <= last:
            found.append(Fault.YEAR)
        if not self.digits[5 if long else 3 :].strip("0"):
            found.append(Fault.SEQUENCE)
        if self.check is not None and patent_check_digit(self.digits) != self.check:
            found.append(Fault.CHECK_DIGIT)
        return tuple(found)


# 专利证书号 counts certificates; 申请(专利)号 says no more than 申请号.
_CUE = re.compile(
    r"(?P<applied>(?:专利)?申请\(?(?:专利)?\)?号码?|application (?:no\.?|number))"
    r"|(?P<called>专利(?:编?号码?|权号|(?= ?[0-9]{12}\.[0-9x](?![0-9a-z]))))"
    r"|(?P<english>\bpatent (?:no\.?|number|#))"
    r"|(?P<zl>(?<![a-z0-9])z ?l(?=[ .:·_-]{0,3}[0-9]))"
    r"|(?P<cn>(?<![a-z0-9])cn(?= ?[0-9]))"
)
_BETWEEN = re.compile(r"[\s:=(\[【/,.·第为是\"'-]{0,6}(?:(?P<head>zl|cn)[ .:·_-]{0,3})?")
_CHECK = r"(?:(?: ?[.·。] ?)?(?P<check>[0-9x]))?(?![0-9a-z*])"
_FORMS = (
    re.compile(rf"(?P<digits>[0-9]{{4}} ?[0-9] ?[0-9]{{7}}){_CHECK}"),
    re.compile(rf"(?P<digits>[0-9]{{2}} ?[0-9] ?[0-9]{{5}}){_CHECK}"),
)
_OTHER_FORM = re.compile(r"(?P<digits>[0-9]{5,20})(?:\.(?P<check>[0-9x]))?(?![0-9a-z*.])")
_PUBLISHED = re.compile(
    r"(?P<digits>[0-9]{7}|[0-9]{9}) ?(?P<stage>[a-z])[0-9]?(?P<check>)(?![0-9a-z])"
)
_FOREIGN = re.compile(
    r"(?:美国|日本|韩国|欧洲|欧盟|德国|法国|英国|台湾|香港|澳门|国际|国外|外国|俄罗斯|加拿大|澳大利亚|pct|us|eu)"
    r"(?:发明|实用新型|外观设计|外观|设计)?$"
)
_TOPIC = re.compile(r"专利|patent")
_NEAR = 20


def find_patent_numbers(text: str) -> Iterator[PatentNumber]:
    """Find the numbers that a folded text (`reference.folding`) gives for patents, in order.

    A number needs a cue (ZL, 专利号, 申请号, patent no., CN), since bare digits may be anything.
    One of a wrong length counts only behind 专利号, or behind ZL where the text speaks of patents:
    ZL also begins names of models. Numbers of other countries, masked ones and publications of
    granted patents are passed over.
    """
    done = 0
    for cue in _CUE.finditer(text):
        if cue.start() < done or _FOREIGN.search(text[max(0, cue.start() - 10) : cue.start()]):
            continue
        number = _read(text, cue)
        if number is not None:
            done = number.end
            yield number


def _read(text: str, cue: re.Match[str]) -> PatentNumber | None:
    """Read the number behind a cue."""
    between = _BETWEEN.match(text, cue.end())
    at = between.end() if between else cue.end()
    head = between["head"] if between else None
    start = between.start("head") if between and head else at
    if cue.lastgroup in ("zl", "cn"):
        start, head = cue.start(), cue.lastgroup
    called = Called.APPLICATION if cue.lastgroup in ("applied", "cn") else Called.PATENT
    published = _PUBLISHED.match(text, at) if head == "cn" else None
    if published is not None:
        wrong = called is Called.PATENT and published["stage"] == "a"
        return _number(start, published, Called.PUBLICATION) if wrong else None
    found = next(filter(None, (form.match(text, at) for form in _FORMS)), None)
    if found is None and called is Called.PATENT and head != "cn" and cue.lastgroup != "english":
        found = _OTHER_FORM.match(text, at)
    if found is None:
        return None
    number = _number(start, found, called)
    return number if cue.lastgroup != "zl" or _means_patent(text, number) else None


def _number(start: int, match: re.Match[str], called: Called) -> PatentNumber:
    check = match["check"]
    return PatentNumber(
        start=start,
        end=match.end(),
        called=called,
        digits=match["digits"].replace(" ", ""),
        check=check.upper() if check else None,
    )


def _means_patent(text: str, number: PatentNumber) -> bool:
    """Tell whether ZL stands for a patent, not for a model: by form, or by the words around."""
    if number.check is not None:
        if len(number.digits) == _LONG:
            return True
        right = patent_check_digit(number.digits) == number.check
        if right and number.protection is not None and number.year in _SHORT_YEARS:
            return True
    return _TOPIC.search(text[max(0, number.start - _NEAR) : number.end + _NEAR]) is not None
