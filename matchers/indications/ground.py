"""The rule that an indication's name alone is no ground for a flag.

Most who name an indication sell the genuine product: whoever meets its conditions may name it
(商标法实施条例 2014 art. 4), and a place may always be stated truly (商标法 2019 art. 59). So a
flag needs a finding against the seller; without one the decision is that there is no ground, with
what the register lacks for an answer and what to check next. That the seller is on no list is none
where the page states an origin inside the area: whoever sells the goods of the place need not be.
"""

from __future__ import annotations

from domain.common import Words
from domain.matches import Finding, NameHow, Speaks, TextPlace
from domain.rights import GeographicalIndication
from matchers.indications.cutting import cuts_of
from matchers.indications.flat import simplify
from matchers.pair import Pair, indication_of

_NAMES_ONLY = frozenset(
    {
        "name_in_title",
        "name_in_description",
        "name_of_seller",
        "mark_in_picture",
        "indication_apart",
        "indication_translated",
        "indication_by_place",
        "indication_neighbour",
    }
)
"""Features that find the indication and say nothing against who names it."""
_LEAST = 0.5
"""Score under which a finding is a hint that is not enough by itself."""
_HIDING = (NameHow.SEPARATOR, NameHow.HOMOGLYPH, NameHow.LEET, NameHow.SOUND, NameHow.SHAPE)
"""Ways to write a name that hide it; shortened or lengthened it hides nothing here."""


def speaks_against_seller(finding: Finding, right: GeographicalIndication) -> bool:
    """Tell whether a finding on an indication says something against the seller."""
    if finding.speaks is not Speaks.FOR or finding.name in _NAMES_ONLY:
        return False
    if finding.name == "name_disguised":
        return isinstance(finding.where, TextPlace) and _hides(finding.where, right)
    return finding.score >= _LEAST


def nothing_against_seller(pair: Pair, findings: tuple[Finding, ...]) -> Words | None:
    """Say why a listing that names an indication gives no ground; None where there may be one."""
    right = indication_of(pair.right)
    if right is None:
        return None
    against = {finding.name for finding in findings if speaks_against_seller(finding, right)}
    if any(one.name == "origin_inside" and one.score >= _LEAST for one in findings):
        against.discard("seller_not_listed")
    if against:
        return None
    missing = [
        words
        for words, is_missing in (
            (Words(zh="完整的用标企业名单", en="a complete list of users"), not _lists_users(pair)),
            (Words(zh="保护地域", en="the protected area"), not right.area),
            (Words(zh="产品标准号", en="the standard"), not right.standard),
            (Words(zh="采收期", en="the season"), not right.season_from),
        )
        if is_missing
    ]
    zh = (
        "仅使用地理标志名称，未见对卖家不利的情形，暂无处置依据；"
        "下一步：核对产地证明、进货凭证和包装上的专用标志"
    )
    en = (
        "The indication is named and nothing speaks against the seller: no ground yet. Next, check "
        "proof of origin, purchase documents and the special sign on the package"
    )
    if any(finding.name == "origin_outside" for finding in findings):
        zh += "；发货地在保护地域外，可询问货源和发货仓"
        en += "; the goods are sent from outside the area: ask for their source and the warehouse"
    if missing:
        zh += f"；登记册缺{'、'.join(one.zh for one in missing)}，补全后可自动核对"
        en += f"; the register lacks {', '.join(one.en for one in missing)}"
    return Words(zh=zh, en=en)


def _lists_users(pair: Pair) -> bool:
    right = indication_of(pair.right)
    return bool(pair.authorisations) and right is not None and right.users_complete


def _hides(where: TextPlace, right: GeographicalIndication) -> bool:
    """Tell whether a disguise is one of the place: goods have many spellings (巴旦姆, 巴旦木)."""
    if where.how not in _HIDING:
        return False
    written = where.surface.translate(simplify())
    if all(len(word) > 1 for word in written.split()):
        written = "".join(written.split())  # words apart hide nothing: 赤水 金钗 石斛
    return not any(cut.bears_place and cut.place in written for cut in cuts_of(right))
