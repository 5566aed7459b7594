"""Features: the name tells where a shop is, not whose goods it sells.

Buildings, streets and stations bear names that are marks too (商标法 art. 59 leaves place names to
everybody); a shop says in its address, or behind its own name, which branch it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.common import Words
from domain.matches import TextPlace
from matchers.goods.finding import find_goods_words
from matchers.pair import FoundName, Outcome, Pair

_BRANCH = re.compile(r"[（(【\[][^（()）【】\[\]]{2,24}[)）】\]]")
"""What stands in brackets behind a shop's name."""
_BRANCH_END = re.compile(
    r"(店|分店|门店|点|站|部|校区|中心|广场|大厦|路|街|城|馆|内|里|旁|边|层|楼)$"
)
_BUILDING = re.compile(
    r"(购物(广场|中心|公园)|广场|大厦|大楼|商厦|中心城|小区|社区|花园|家园|花苑|新村|新城|新区|写字楼|产业园"
    r"|科技园|工业园|创业园|物流园|园区|地铁站|高铁站|火车站|车站|码头|[东南西北中]?[路街]|大道|巷|胡同)"
    r"(?=[东南西北]?[店口号段上站楼层座区内旁侧]|分店|停车|物业|缴费|对面|附近|[\d(（)）]|$)"
)
"""Behind a name and before what is said of a place: they begin other words too (广场舞鞋)."""
_BESIDE = re.compile(
    r"(总部|总店|门店|店|酒店|大厦|广场)?(的?斜?对面|旁边?|隔壁|附近|楼[上下]|[一二三负]楼|门口|后门|前门|[东南西北]侧)"
)
_MAY_TELL = re.compile(r"[（(【\[]|[心厅场厦楼城区园苑村站头路街道巷同面旁壁近口门侧]")
"""One of these stands in every title that tells a place so."""
_KIND_OF_SHOP = re.compile(
    r"专[卖营柜]|[旗总分]舰?店|官方|授权|体验|维修|售后|服务|客服|中心|营业厅|手机|店"
)
_NO_NAME = re.compile(r"[\s·・\-—_|/]+")
_LEAST = 2


def named_as_place(pair: Pair) -> Outcome | None:
    """The name only tells where a shop is: in its address, or as its branch.

    名称仅说明店铺所在位置（楼宇、路名、分店），并非标示来源。
    """
    if not _may_tell(pair.sighting.title or ""):
        return None
    places = [_place_of(name) for name in pair.titled]
    if not places or not all(places):
        return None
    name, place = pair.titled[0], places[0]
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"“{place.surface if place else ''}”说明店铺位置，“{name.hit.surface}”并非标示来源",
            en=f"“{place.surface if place else ''}” tells where the shop is; "
            f"“{name.hit.surface}” is no sign of source there",
        ),
        where=place,
    )


def stands_in_branch(name: FoundName) -> bool:
    """Tell whether a name stands in the brackets in which a shop says which branch it is."""
    return _branch_of(name) is not None


def _place_of(name: FoundName) -> TextPlace | None:
    """Return the stretch that makes a plain name a place, None where it is none."""
    if not name.is_plain:
        return None
    start, end = name.hit.start, name.hit.end
    branch = _branch_of(name)
    if branch is not None:
        return branch
    beside = _BESIDE.match(name.text, end)
    if beside is not None:
        return _stretch(name, start, beside.end())
    building = _BUILDING.match(name.text, end)
    # 万象广场 alone is what the building is called by its holder; a shop in it says more.
    if building is None or not (
        _says_more(name.text[:start]) or _says_more(name.text[building.end() :])
    ):
        return None
    return _stretch(name, start, building.end())


def _branch_of(name: FoundName) -> TextPlace | None:
    for found in _branches(name.text):
        if not (found.start() < name.hit.start and name.hit.end < found.end()):
            continue
        if _BRANCH_END.search(found[0][1:-1]) and _is_named(name.text[: found.start()]):
            return _stretch(name, found.start(), found.end())
    return None


@lru_cache(maxsize=64)
def _may_tell(title: str) -> bool:
    return _MAY_TELL.search(title) is not None


@lru_cache(maxsize=64)
def _branches(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_BRANCH.finditer(text))


def _is_named(shop: str) -> bool:
    """Tell whether a shop bears a name, and is not only said to sell certain goods."""
    for word in reversed(find_goods_words(shop)):
        shop = shop[: word.start] + shop[word.end :]
    return _says_more(_KIND_OF_SHOP.sub("", shop))


def _says_more(text: str) -> bool:
    return len(_NO_NAME.sub("", text)) >= _LEAST


def _stretch(name: FoundName, start: int, end: int) -> TextPlace:
    return TextPlace(field=name.field, start=start, end=end, surface=name.text[start:end], how=None)
