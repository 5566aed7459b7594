"""What the features of goods must and must not see."""

from __future__ import annotations

from typing import Any

from domain.rights import RightKind
from tests.matchers.features.cases import hit, miss

GI: dict[str, Any] = {"gi": True}
CLOTHES: dict[str, Any] = {"nice_classes": (25,)}
WELL_KNOWN = CLOTHES | {"kind": RightKind.WELL_KNOWN_MARK, "office": "CN"}
NO_OFFICE = CLOTHES | {"kind": RightKind.WELL_KNOWN_MARK}
BEYOND = "well_known_beyond_goods"
SHOES: dict[str, Any] = {"nice_classes": (25,), "goods": ("鞋", "2507")}
CASES = (
    hit("same_goods", "of the class registered as a whole", "云栖虎 卫衣", right=CLOTHES),
    hit("same_goods", "named as in the register", "云栖虎 运动鞋", right={"goods": ("运动鞋",)}),
    hit("same_goods", "the group named by its code", "云栖虎 男靴 马丁靴", right=SHOES),
    hit("same_goods", "sold beside them", "云栖虎 卫衣", right=SHOES),
    miss("same_goods", "an indication's name says its product", "云溪湖大闸蟹 鲜活螃蟹", right=GI),
    miss("same_goods", "another kind", "云栖虎 绿茶 茶叶", right=CLOTHES),
    miss("same_goods", "goods not known", "云栖虎 特价", right=CLOTHES),
    miss("same_goods", "the register names no goods", "云栖虎 卫衣"),
    hit("other_goods", "tea under a mark for clothes", "云栖虎 绿茶", right=CLOTHES),
    hit("other_goods", "a case is no clothes", "云栖虎 手机壳", right=CLOTHES),
    hit(
        "other_goods",
        "an indication in a class of its own",
        "云溪湖大闸蟹 台灯 护眼灯",
        right=GI | {"nice_classes": (12,), "product": None},
    ),
    hit(
        "other_goods",
        "the product of an indication tells its class",
        "香槟 玻璃杯",
        right=GI | {"name": "香槟", "product": "葡萄酒"},
    ),
    hit(
        "other_goods",
        "a mark well known abroad alone does not reach further here",
        "云栖虎 绿茶",
        right=CLOTHES | {"kind": RightKind.WELL_KNOWN_MARK, "office": "US"},
    ),
    hit(
        "other_goods",
        "a mark that is a word for other goods is not read as goods",
        "小米 羽绒服 外套",
        right={"name": "小米", "nice_classes": (30,)},
    ),
    hit(
        "other_goods",
        "an everyday word, of a well-known mark too, is a word of its own there",
        "红富士苹果 新鲜水果",
        right={"name": "苹果", "nice_classes": (9,), "kind": RightKind.WELL_KNOWN_MARK},
    ),
    miss("other_goods", "an indication beside its product", "云溪湖大闸蟹 台灯", right=GI),
    miss("other_goods", "the same goods", "云栖虎 卫衣", right=CLOTHES),
    miss("other_goods", "goods sold beside them", "云栖虎 双肩包", right=CLOTHES),
    miss("other_goods", "goods not known", "云栖虎 特价", right=CLOTHES),
    miss(
        "other_goods",
        "retail with the goods it sells",
        "云栖虎 卫衣",
        right={"nice_classes": (35,)},
    ),
    miss(
        "other_goods",
        "spectacles moved from class 9 to 10",
        "云栖虎 太阳镜",
        right={"nice_classes": (10,)},
    ),
    miss(
        "other_goods",
        "a well-known mark reaches further",
        "云栖虎 绿茶",
        right=WELL_KNOWN,
    ),
    hit(BEYOND, "of other goods", "云栖虎 绿茶", right=WELL_KNOWN, surface="绿茶"),
    hit(BEYOND, "imitated", "云七虎 绿茶", right=WELL_KNOWN),
    hit(BEYOND, "of no named office, which may be China's", "云栖虎 绿茶", right=NO_OFFICE),
    miss(BEYOND, "of its own goods: art. 57", "云栖虎 卫衣", right=WELL_KNOWN),
    miss(BEYOND, "goods not known", "云栖虎 特价", right=WELL_KNOWN),
    miss(BEYOND, "not recorded as well-known", "云栖虎 绿茶", right=CLOTHES),
    miss(
        BEYOND,
        "a time-honoured brand is no well-known mark for that",
        "云栖虎 绿茶",
        right=CLOTHES | {"kind": RightKind.TIME_HONOURED_BRAND},
    ),
    miss(BEYOND, "registered abroad alone", "云栖虎 绿茶", right=WELL_KNOWN | {"office": "US"}),
    miss(
        BEYOND,
        "an everyday word there",
        "红富士苹果 新鲜水果",
        right={"name": "苹果", "nice_classes": (9,), "kind": RightKind.WELL_KNOWN_MARK},
    ),
)
