"""Features: what a seller claims to be to the holder."""

from __future__ import annotations

import re

from domain.common import Words
from domain.matches import TextPlace
from matchers.features.place_uses import stands_in_branch
from matchers.pair import Outcome, Pair
from matchers.permission import is_authorised
from matchers.wordings import wording

CLAIMS = wording(
    r"旗舰店?|专卖店?|专营店|官方|官网|直营|总代理|总经销|特约|授权|加盟|招商"
    r"|售后(服务|维修|中心|电话|网点)|客服(中心|热线|电话)|服务中心|营业厅|营业网点|(?<!连)网点"
    r"|[（(][^（()）]{2,12}店[）)]|[一二三四五六七八九十\d]+店$"
    r"|\b(official( store)?|flagship|authori[sz]ed (dealer|store|reseller))\b",
    cues="旗舰 专卖 专营 官方 官网 直营 代理 经销 特约 授权 加盟 招商 售后 客服 服务中心 营业 网点 "
    "店 official flagship author",
)
_DENIED = re.compile(r"(非|不是|未经|无|没有|not )$", re.IGNORECASE)


def claims_to_be_official(pair: Pair) -> Outcome | None:
    """The title claims a tie to the holder that the register does not show.

    标题自称专卖、官方、售后、网点等，但登记中无相应授权。
    """
    title = pair.sighting.title or ""
    found = _claim(title) if pair.titled else None
    if found is None or is_authorised(pair) or all(map(stands_in_branch, pair.titled)):
        return None
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"“{found[0]}”暗示与权利人有授权或从属关系，登记中无此授权",
            en=f"“{found[0]}” claims a tie to the holder; no authorisation is on record",
        ),
        where=TextPlace(
            field="title", start=found.start(), end=found.end(), surface=found[0], how=None
        ),
    )


def _claim(title: str) -> re.Match[str] | None:
    found = CLAIMS.search(title)
    return None if found is None or _DENIED.search(title[: found.start()]) else found
