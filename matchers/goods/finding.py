"""Words of goods in one text, and how much each tells of what is sold.

Chinese names goods at the end of a phrase: 手机壳 is a case, 茶叶罐 a box. So words are matched
from the end of the text, longest first, and a word directly before goods of another class, or
before the end of an unknown compound (原料, 机), is taken for what modifies it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from opencc import OpenCC

from matchers.goods.tables import SOFT, Beside, Lexicon, lexicon
from matchers.names.folding import is_han

MAX_TEXT = 1_000
"""Code points of one text that are read; longer titles are descriptions."""
MODIFIER = 0.12
"""Of a word before the goods it modifies."""
IN_OPEN_COMPOUND = 0.6
"""Of a word with an unknown character after it."""
FITTED = 0.1
"""Of what the goods go with."""
GIFT = 0.2
"""Of what comes along."""

_LATIN = re.compile(r"[a-z][a-z0-9'+]*")
_FITS = re.compile(r"适用于|适配|兼容|通用于|配套|专为|可用于|适用|\b(?:for|fits?|compatible)\b")
_END_OF_FITS = re.compile(r"[，,。;；|/()（）\[\]【】!！\n]| [-–] |(?<![a-z0-9]) | (?![a-z0-9])")
_GIFT = re.compile(
    r"(?<![赠附配加])(?:赠送?|加送|附[赠送]?|内[附含]|送(?!礼))[^\s，,。]?$"
    r"|\b(?:with|plus|includ\w+|free)(?: (?:a|an|the))?(?: \w+){0,2} $"
)
_MAY_FIT = re.compile("适|兼容|通用于|配套|专为|可用于|for|fit|compatible")
_MAY_GIFT = re.compile("赠|送|附|内含|with|plus|includ|free")
"""What most texts hold nothing of, so that their words are not asked one by one."""
_POSSESSIVE = re.compile(r"'s?\b")
_LATIN_AFTER = re.compile(r"[ -]([a-z]+)")


class GoodsWord(NamedTuple):
    """A word that names goods, where it stands in a text."""

    start: int
    """Code points, from 0."""
    end: int
    surface: str
    """As written."""
    group: str
    """Similar group, or the class and 00 where the group is open."""
    weight: float
    """0..1.3; how much it tells of what is sold."""

    @property
    def nice_class(self) -> int:
        return int(self.group[:2])


def find_goods_words(text: str) -> tuple[GoodsWord, ...]:
    """Return the words of goods in a text, in their order."""
    text = text[:MAX_TEXT]
    folded = text.translate(FOLD)
    table = lexicon()
    found = _han_words(folded, table) + _latin_words(folded, table)
    found.sort()
    fits, gifts = _MAY_FIT.search(folded) is not None, _MAY_GIFT.search(folded) is not None
    words: list[GoodsWord] = []
    last: GoodsWord | None = None
    for at in range(len(found) - 1, -1, -1):
        start, end, group, tells = found[at]
        if last is not None and end > last.start:
            continue
        share = _share(folded, start, end, group, last, table)
        if fits and share and _is_fitted(folded, start, end):
            share *= FITTED
        if gifts and share and _GIFT.search(folded, max(0, start - 24), start):
            share *= GIFT
        if share:
            last = GoodsWord(start, end, text[start:end], group, round(tells * share, 3))
            words.append(last)
    return tuple(reversed(words))


def _share(
    folded: str, start: int, end: int, group: str, after: GoodsWord | None, table: Lexicon
) -> float:
    """Return what share of its weight a word keeps beside others; 0 if it is no word there."""
    if after is not None and _is_beside(folded, end, after.start):
        joined = end == after.start or folded[end - 1].isascii()
        if joined and after.group[:2] != group[:2] and after.weight > SOFT:
            return MODIFIER
    elif end < len(folded) and is_han(folded[end]):
        return _before_han(folded, end, end - start == 1, table)
    elif (latin := _LATIN_AFTER.match(folded, end)) and latin[1] in table.beside[Beside.MASKS]:
        return MODIFIER
    return 1.0


def _is_beside(folded: str, end: int, start: int) -> bool:
    """Tell whether nothing, or one space or hyphen, stands between an end and a start."""
    return end == start or (end + 1 == start and (folded[end] == "-" or folded[end].isspace()))


def _before_han(folded: str, end: int, is_ending: bool, table: Lexicon) -> float:
    """Return the share of a word with Han directly after it that names no goods."""
    for length in table.after_lengths.get(folded[end], ()):
        kind = table.after.get(folded[end : end + length])
        if kind is Beside.MASKS:
            return 0.0 if is_ending else MODIFIER
        if kind is not None:
            return 1.0
    return 0.0 if is_ending else IN_OPEN_COMPOUND


def _is_fitted(folded: str, start: int, end: int) -> bool:
    """Tell whether a word stands between 适用于, for … and the end of that phrase."""
    ends = [found.end() for found in _FITS.finditer(folded, max(0, start - 60), start)]
    return bool(ends) and not _END_OF_FITS.search(folded, ends[-1] + 1, start)


def _han_words(folded: str, table: Lexicon) -> list[tuple[int, int, str, float]]:
    """Match words from the end, longest first; (start, end, group, what it tells)."""
    found: list[tuple[int, int, str, float]] = []
    if folded.isascii():
        return found
    words, endings, last = table.words, table.endings, table.last_characters
    free = len(folded)
    for end in reversed([at for at, character in enumerate(folded, 1) if character in last]):
        if end > free:
            continue
        matched = 1 if folded[end - 1] in words else 0
        for length in endings.get(folded[end - 2 : end], ()):
            if length <= end and folded[end - length : end] in words:
                matched = length
                break
        if matched:
            free = end - matched
            group, tells = words[folded[free:end]]
            found.append((free, end, group, tells))
    return found


def _latin_words(folded: str, table: Lexicon) -> list[tuple[int, int, str, float]]:
    """Match phrases of up to three words from the end, longest first."""
    tokens = list(_LATIN.finditer(folded))
    found = []
    last = len(tokens)
    while last > 0:
        taken = 1
        end = tokens[last - 1].end()
        is_last = tokens[last - 1][0] in table.last_words
        for count in range(min(3, last), 0, -1) if is_last else ():
            start = tokens[last - count].start()
            entry = _phrase(folded[start:end], table)
            if entry is not None:
                found.append((start, end, *entry))
                taken = count
                break
        last -= taken
    return found


def _phrase(phrase: str, table: Lexicon) -> tuple[str, float] | None:
    """Look a phrase up as written, then with spaces for hyphens and without genitives."""
    forms = _forms(phrase)
    if "-" in phrase or "'" in phrase:
        forms += _forms(_POSSESSIVE.sub("", phrase.replace("-", " ")))
    return next((table.phrases[form] for form in forms if form in table.phrases), None)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as written and what it may be the plural of."""
    if word.endswith("es"):
        return word, word[:-1], word[:-2]
    return (word, word[:-1]) if word.endswith("s") else (word,)


class _Folding(dict[int, str]):
    """Code point ▶ the one character it is compared as: width, case and traditional undone."""

    _simplify = OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).casefold()
        folded = self._simplify(folded) if is_han(folded[:1] or "-") else folded
        self[code] = folded if len(folded) == 1 else character
        return self[code]


FOLD = _Folding()
