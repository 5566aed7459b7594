"""Features: the name tells something about the goods other than whose they are."""

from __future__ import annotations

import re

from domain.common import Words
from domain.matches import TextPlace
from matchers.features.wording import admits_imitation
from matchers.pair import FoundName, Outcome, Pair
from matchers.wordings import wording

FITS_BEFORE = wording(
    r"(适用于?|适配|兼容|通用于?|配套|专为|可用于"
    r"|\b(for( use with)?|fits?|compatible( with)?|suitable for|works with))"
    r"[\s:：]*(the |your )?[^。，,；;!！]{0,16}$",
    cues="适用 适配 兼容 通用 配套 专为 可用于 for fit compatible suitable works",
)
_FITS_AFTER = re.compile(r"^\s*[a-z0-9 -]{0,12}(适用(?!于)|通用|兼容|compatible\b)", re.IGNORECASE)
_DISCLAIMED_BEFORE = wording(
    r"(\bnot (made|produced|manufactured|sponsored|endorsed|authori[sz]ed) by"
    r"|\bnot (affiliated|associated|connected) with|\bunaffiliated with"
    r"|(?<![除无])非|并非|不是|不属于)\s*(the )?$",
    cues="not unaffiliated 非 不是 不属于",
)
_DISCLAIMED_AFTER = re.compile(r"^\s*(公司|品牌|官方)?\s*(无关|没有关系|无任何关[系联]|无关联)")
"""Behind the name: 本店与云栖虎无关."""
_COLOUR_AFTER = re.compile(r"系?色(?![拉素调差选环织])|[\s-]+colou?r(ed)?\b", re.IGNORECASE)
WORK = wording(
    # 终身维修 and 免费清洗 are promised with goods.
    r"(?<!终身)(?<!免费)(?<!提供)(?<!可)(?<!质保)(?<!售后)(?<!保修)(?<!支持)"
    r"(?:(?:上门|专业|高价|二手|奢侈品)?"
    r"(?:维修(?!工具|套|包|盒)|修理(?!工具)|清洗(?![机剂液器刷布枪头]|设备)|翻新|养护(?![剂液油霜])"
    r"|改色|换屏|换电池|回收|鉴定(?!证|书))"
    r"|教程|培训(?!桌|椅|光盘|教材|设备)|课程|教学视频|(?<!额度)(?<!信用)(?<!征信)(?<!贷款)(?<!风险)(?:测评|评测)|(?:使用|维修)手册|刷机|解锁服务)"
    r"|\b(?:repair service|repairs?(?! kit| parts?| tools?)|refurbishing service|tutorials?"
    r"|user manual|review of)\b",
    cues="维修 修理 清洗 翻新 养护 改色 换屏 换电池 回收 鉴定 教程 培训 课程 视频 测评 评测 手册 "
    "刷机 解锁 repair refurbishing tutorial manual review",
)
_NEAR = 10
"""Characters between the name and what is done to the goods."""


def made_to_fit(pair: Pair) -> Outcome | None:
    """The name only tells what the goods fit or go with.

    名称仅说明适配对象（适用于、兼容等）。
    """
    names = pair.offered_as or pair.names_in("description", "attributes")
    fitting = [_tells_what_it_fits(name) for name in names]
    if not any(fitting):
        return None
    # Who adds that the goods are not the holder's own says it once more, and takes nothing back.
    claimed = [
        (name, fits) for name, fits in zip(names, fitting, strict=True) if not _is_disclaimed(name)
    ]
    if not claimed or not all(fits for _, fits in claimed):
        return None
    name, _ = claimed[0]
    return Outcome(
        score=1.0 if name.is_plain else 0.5,
        words=Words(
            zh=f"“{name.hit.surface}”仅说明商品适用于何物，属正当使用",
            en=f"“{name.hit.surface}” only tells what the goods fit, which is lawful use",
        ),
        where=name.place,
    )


def named_as_colour(pair: Pair) -> Outcome | None:
    """The name only tells the colour of the goods.

    名称仅用于说明商品颜色（香槟色等）。
    """
    names = pair.offered_as
    if not names or not all(name.is_plain and _tells_colour(name) for name in names):
        return None
    name = names[0]
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"“{name.hit.surface}”仅用于说明颜色，并非标示来源",
            en=f"“{name.hit.surface}” tells the colour of the goods, not whose they are",
        ),
        where=name.place,
    )


def worked_upon(pair: Pair) -> Outcome | None:
    """What is offered is work on the named goods, or teaching and writing about them.

    所售系对该品牌商品的维修、清洗、回收、鉴定，或有关的教程、测评，名称用于说明对象。
    """
    for name in pair.titled:
        found = WORK.search(name.text, max(0, name.hit.start - _NEAR))
        if found is None or found.start() - name.hit.end > _NEAR:
            continue
        honest = name.is_plain and admits_imitation(pair) is None
        return Outcome(
            score=1.0 if honest else 0.3,
            words=Words(
                zh=f"“{found[0]}”系对该品牌商品所提供的服务或资料，名称用于说明对象",
                en=f"“{found[0]}”: the offer is a service or writing on the named goods, and the "
                "name tells on which",
            ),
            where=TextPlace(
                field=name.field,
                start=found.start(),
                end=found.end(),
                surface=found[0],
                how=None,
            ),
        )
    return None


def _tells_colour(name: FoundName) -> bool:
    return _COLOUR_AFTER.match(name.text, name.hit.end) is not None


def _is_disclaimed(name: FoundName) -> bool:
    before, after = name.text[: name.hit.start], name.text[name.hit.end :]
    if _DISCLAIMED_AFTER.search(after[:20]):
        return True
    return bool(
        _DISCLAIMED_BEFORE.may_stand_in(name.text)
        and _DISCLAIMED_BEFORE.pattern.search(before[-60:])
    )


def _tells_what_it_fits(name: FoundName) -> bool:
    if not FITS_BEFORE.may_stand_in(name.text):
        return False  # what is said after a name has the same cues
    before, after = name.text[: name.hit.start], name.text[name.hit.end :]
    return bool(FITS_BEFORE.search(before[-60:]) or _FITS_AFTER.search(after[:40]))
