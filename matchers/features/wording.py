"""Features: words by which a page itself admits that the goods are no originals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.common import Words
from domain.matches import TextPlace
from domain.rights import PATENT_MARKING
from matchers.pair import FoundName, Outcome, Pair, SeenListing
from reference.folding import fold, fold_text

_GAP = r"[\s*·•._\-~+|/]{0,2}"
"""Signs put between the characters of a word so that filters miss it."""
_NO_MATERIAL = "(?![真古皮木石铜玉生瓷麻绸貂獭羊麂丝棉宋明清])"
"""仿真, 仿古, 仿皮 and the like tell a make or a material."""


def _spaced(*words: str) -> str:
    """Return a pattern for Chinese words, with signs between their characters or not."""
    return "|".join(_GAP.join(word) for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """A way to say it, how surely it says so, and words around it that mean something else."""

    pattern: re.Pattern[str]
    score: float
    not_before: re.Pattern[str] | None = None
    """Looked for in the twelve characters before."""
    not_after: re.Pattern[str] | None = None
    """Looked for in the twelve characters after."""
    not_beside: re.Pattern[str] | None = None
    """Looked for anywhere in the field."""


_WORDINGS = (
    _Wording(
        pattern=re.compile(
            rf"(?:{_spaced('高仿', '精仿', '超仿', '顶仿', '精品仿')}|[ag]仿){_NO_MATERIAL}"
            rf"|{_spaced('仿版', '仿品', '仿牌', '仿货', '山寨')}|高fang|纯原(?:级|品质|货|单)"
        ),
        score=1.0,
    ),
    _Wording(
        pattern=re.compile(
            rf"(?<![a-z0-9])(?:超{_GAP})?a{_GAP}货|超{_GAP}a(?=级|版|品|质|包|鞋|表)"
        ),
        score=1.0,
        # Jade of grade A is natural jade (GB/T 23885 names it so in trade).
        not_beside=re.compile(r"翡翠|玉|翠|和田|琥珀|蜜蜡|老坑"),
    ),
    _Wording(
        pattern=re.compile(
            r"(?:顶级|高端|精品|1[:比]1|一比一|原版|纯原|超级|专柜|品质|真标)\s?复刻"
        ),
        score=1.0,
    ),
    _Wording(
        pattern=re.compile(r"(?<![\d:.])1\s?[:比]\s?1(?![\d:.])|一比一"),
        score=0.8,
        not_before=re.compile(r"比例|配比|调配|混合|稀释|[兑掺]|画幅|屏幕|尺寸|实物|模型|拍摄"),
        not_after=re.compile(
            r"^\s?(?:的?比例|混合|稀释|调|配|[兑掺]|还原|客服|定制|服务|教学|辅导|咨询|实拍|建模|模型|画)"
        ),
    ),
    _Wording(
        pattern=re.compile(
            r"\b(?:knock-?offs?|mirror (?:quality|copy)|super copy|(?:1:1 )?replicas?"
            r"|aaa\+* ?(?:quality|grade|copy|replica)|counterfeits?"
            r"|fakes?(?= (?:designer|brand)))\b"
        ),
        score=1.0,
        # A replica jersey or helmet is the maker's own word for what supporters wear.
        not_after=re.compile(r"^\s?(?:jersey|shirt|helmet|ball|kit|football|uniform)"),
        not_before=re.compile(r"(?:official|licen[sc]ed)\s$"),
    ),
    _Wording(pattern=re.compile(r"\b(?:dupes?|look-?alikes?)\b"), score=0.7),
    _Wording(
        # Makers call their own reissues so too, and surplus of an order may be genuine.
        pattern=re.compile(_spaced("复刻", "原单", "尾单", "尾货单", "平替", "平价替代")),
        score=0.6,
        not_before=re.compile(r"(?:官方|经典|致敬|限量)$|提供$"),
        not_after=re.compile(r"^(?:[号据]|编号|经典)"),
    ),
)
_CUES = re.compile(
    rf"仿|寨|fang|纯原|a{_GAP}货|超{_GAP}a|刻|1\s?[:比]\s?1|一比一|原{_GAP}单|尾{_GAP}货?{_GAP}单|替"
    r"|knock|mirror|copy|replica|aaa|counterfeit|fake|dupe|alike"
)
"""One of these stands in every such wording. Each begins with a character, so that a text without
any of these characters is passed over at once."""
CUES_OF_ADMISSIONS = re.compile(rf"{_CUES.pattern}|同款|inspired by|similar to")
"""What `admits_imitation` finds holds one of these."""
_DENIED = re.compile(
    r"(?:非|不是|不卖|不做|绝不|绝非|拒绝|杜绝|防|防止|警惕|抵制|打击|告别|远离|严禁|假一|举报"
    r"|\bno|\bnot|\bwithout|\bnever|\bavoid|\bbeware of)"
    r"[\s:,，、]{0,2}(?:任何|买到|购买|一切|an? )?$"
)
_DENIED_AFTER = re.compile(r"^\s?(?:勿扰|勿问|必究|零容忍|假一|退散|绕道|不卖|没有)")
_REACH = 12
_SAME_AS = re.compile(r"^\s?同款")
_SAME = re.compile(r"(?:^|[\s,，。;；|/【\[])同款[\s:：]?$")
_INSPIRED_ANYWHERE = re.compile(r"inspired by|similar to", re.IGNORECASE)
_INSPIRED = re.compile(r"\b(?:inspired by|similar to)[^.;!\n]{0,20}$", re.IGNORECASE)


def admits_imitation(pair: Pair) -> Outcome | None:
    """The page's own wording admits an imitation.

    页面用语自认仿冒（高仿、复刻、1:1、原单等）。
    """
    if pair.right.kind is PATENT_MARKING.kind:
        return None  # what is imitated there is no goods
    found = max(
        (*_admissions(pair.listing), *_compared(pair)), key=lambda one: one[0], default=None
    )
    if found is None:
        return None
    score, place = found
    return Outcome(
        score=score,
        words=Words(
            zh=f"页面用语“{place.surface}”自认并非正品",
            en=f"The wording “{place.surface}” admits that the goods are not the original",
        ),
        where=place,
    )


@lru_cache(maxsize=4)
def _admissions(listing: SeenListing) -> tuple[tuple[float, TextPlace], ...]:
    """Return what a listing admits; it is asked for each of its rights."""
    if not _CUES.search(listing.folded):
        return ()
    return tuple(
        (
            score,
            TextPlace(field=field, start=start, end=end, surface=text[start:end], how=None),
        )
        for field, text in listing.texts
        if not field.startswith("seller.")
        for score, start, end in _admissions_in(text)
    )


def _admissions_in(text: str) -> tuple[tuple[float, int, int], ...]:
    """Return score, start and end of admissions."""
    if not _CUES.search(fold_text(text)):
        return ()
    folded = fold(text)
    found = []
    for wording in _WORDINGS:
        if wording.not_beside is not None and wording.not_beside.search(folded.text):
            continue
        for match in wording.pattern.finditer(folded.text):
            if _is_meant(wording, folded.text, match):
                start, end = folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1
                found.append((wording.score, start, end))
    return tuple(found)


def _is_meant(wording: _Wording, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    if _DENIED.search(before) or _DENIED_AFTER.search(after):
        return False
    if wording.not_before is not None and wording.not_before.search(before):
        return False
    return wording.not_after is None or not wording.not_after.search(after)


def _compared(pair: Pair) -> Iterator[tuple[float, TextPlace]]:
    """Find the name beside what makes it a model only: 某某同款, inspired by …

    Anything else is 同款 too: what a celebrity wears, what suits father and son.
    """
    for name in pair.names:
        if not _compares(name.text):
            continue
        before, after = name.text[: name.hit.start], name.text[name.hit.end :]
        end = name.hit.end
        if match := _SAME_AS.match(after):
            yield 0.6, _stretch(name, name.hit.start, end + match.end())
        elif match := _SAME.search(before[-_REACH:]):
            yield 0.6, _stretch(name, name.hit.start - len(match[0].lstrip(" ,，。;；|/【[")), end)
        elif match := _INSPIRED.search(before[-40:]):
            yield 0.7, _stretch(name, name.hit.start - len(match[0]), end)


@lru_cache(maxsize=256)
def _compares(text: str) -> bool:
    """Tell at once whether a text holds any such wording; most hold none."""
    return "同款" in text or _INSPIRED_ANYWHERE.search(text) is not None


def _stretch(name: FoundName, start: int, end: int) -> TextPlace:
    return TextPlace(field=name.field, start=start, end=end, surface=name.text[start:end], how=None)
