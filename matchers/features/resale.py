"""Features: signs that genuine goods are sold on, in which the right is exhausted."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.common import Words
from domain.matches import TextPlace
from matchers.features.wording import admits_imitation
from matchers.pair import MAX_TEXT, FoundName, Outcome, Pair, SeenListing
from matchers.wordings import Wording, wording

SECOND_HAND = wording(
    r"(?<!非)(?<!不是)(?:二手(?![房车]贷|房|烟)|闲置|中古|旧货|转卖|个人转让|自用转)"
    r"|[789九八七]\s?\d?\s?成新|(?<!\d)9[059]新(?!款|品)"
    r"|(?<![a-z])(?:used(?! (?:in|for|to|as|by|with|on|at|up)\b)(?<!be used)(?<!daily used)"
    r"|pre-?owned|pre-?loved|second[- ]hand|refurbished)\b",
    cues="二手 闲置 中古 旧货 转卖 转让 用转 成新 0新 5新 9新 used owned loved hand refurb",
)
PROOF = wording(
    r"购[物买](?:小票|凭证|发票)|专柜小票"
    r"|(?:带|有|附|含|可开|可提供)(?:专柜|正规|机打)?(?:小票|发票)(?!打印|纸|夹|机)"
    r"|专柜(?:代购|验货|购入|直购)|(?:支持|可)(?:专柜|权威|第三方)?(?:验货|鉴定)"
    r"|(?:品牌|官方)?授权书|进货凭证|报关单|海关单"
    r"|\b(?:with (?:receipt|invoice)|receipt included|proof of purchase|original receipt"
    r"|authenticity (?:card|certificate)|certificate of authenticity)\b",
    cues="小票 凭证 发票 专柜 验货 鉴定 授权书 报关单 海关单 receipt invoice proof authenticity",
)
_DENIED = re.compile(r"(?:无|没有|不带|不提供|不支持|不开|without |no )$", re.IGNORECASE)


def second_hand(pair: Pair) -> Outcome | None:
    """The goods are sold second-hand; the right in them is exhausted.

    系二手转让，权利已用尽。
    """
    found = _find(pair.listing, SECOND_HAND)
    if found is None or not pair.names:
        return None
    word = found.surface.strip()
    return Outcome(
        score=1.0 if _is_open(pair) else 0.3,
        words=Words(
            zh=f"页面称系二手转让（“{word}”），正品转售不构成侵权",
            en=f"The page says second-hand (“{word}”); reselling genuine goods is lawful",
        ),
        where=found,
    )


def resale_with_proof(pair: Pair) -> Outcome | None:
    """The page offers proof of where the goods were bought.

    页面称可提供购货凭证（小票、发票、授权书等）。
    """
    found = _find(pair.listing, PROOF)
    # Whoever sells copies promises receipts too; only the papers themselves tell.
    if found is None or not pair.names or not _is_open(pair):
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"页面称“{found.surface}”，或系转售正品，可要求卖家出示",
            en=f"The page says “{found.surface}”, so the goods may be genuine; ask for the papers",
        ),
        where=found,
    )


def _is_open(pair: Pair) -> bool:
    """Tell whether nothing is hidden: an honest dealer disguises no name and admits no copy."""
    names: tuple[FoundName, ...] = pair.names
    return all(name.is_plain for name in names) and admits_imitation(pair) is None


@lru_cache(maxsize=8)
def _find(listing: SeenListing, wording: Wording) -> TextPlace | None:
    """Find words in title or description that are not denied."""
    for field in ("title", "description"):
        text: str = (getattr(listing.sighting, field) or "")[:MAX_TEXT]
        for match in wording.finditer(text):
            if not _DENIED.search(text[max(0, match.start() - 8) : match.start()]):
                return TextPlace(
                    field=field,
                    start=match.start(),
                    end=match.end(),
                    surface=match[0],
                    how=None,
                )
    return None
