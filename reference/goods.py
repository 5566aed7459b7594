"""Classes and similar groups (类似群) of goods and services.

Similar groups: 类似商品和服务区分表, NCL 11-2018; made by tools/make_similar_groups.py. Marks
stay in the class of the edition they were registered under, so goods that a later edition moved
count in both classes (`classes_of_group`). Short names of classes and related groups were typed
for this project, after the headings of NCL 13-2026.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from domain.common import Words

_MOVED = {"0921": 10}
"""Groups whose goods stand in another class since NCL 13-2026 (spectacles: 9 ▶ 10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarGroup:
    """Goods or services that count as similar to one another (类似群)."""

    code: str
    """Four digits, the first two the class."""
    name: str
    goods: tuple[str, ...]
    """Names of goods, Chinese; empty where the group is told by its name alone."""

    @property
    def nice_class(self) -> int:
        return int(self.code[:2])


@cache
def similar_groups() -> Mapping[str, SimilarGroup]:
    """Return code ▶ group, in the order of the codes."""
    packed = files("reference").joinpath("similar_groups.txt.xz").read_bytes()
    groups = {}
    for line in lzma.decompress(packed).decode().splitlines():
        if not line.startswith("#"):
            code, name, goods = line.split("\t")
            names = tuple(filter(None, goods.split("|")))
            groups[code] = SimilarGroup(code=code, name=name, goods=names)
    return MappingProxyType(groups)


def groups_of_class(number: int) -> tuple[SimilarGroup, ...]:
    """Return the similar groups of a class; empty for a number that is no class."""
    return tuple(group for group in similar_groups().values() if group.nice_class == number)


def groups_of(goods: str) -> tuple[str, ...]:
    """Return the codes of the groups that hold goods of just this name.

    Several where the name is listed in several (服装). How brackets are written does not matter.
    """
    return _by_goods().get(_plain(goods), ())


def classes_of_group(code: str) -> tuple[int, ...]:
    """Return the class of a group and, where a later edition moved its goods, that class too."""
    own = int(code[:2])
    return (own, _MOVED[code]) if code in _MOVED else (own,)


def related_to(code: str) -> frozenset[str]:
    """Return the groups commonly made or sold together with a group, without the group itself."""
    return _related().get(code, frozenset())


@cache
def _related() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in files("reference").joinpath("related_groups.txt").read_text("utf-8").splitlines():
        codes = {word for word in line.split() if word.isdigit()}
        for code in codes if not line.startswith("#") else ():
            found[code] |= codes - {code}
    return {code: frozenset(others) for code, others in found.items()}


@cache
def _by_goods() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in similar_groups().values():
        for name in group.goods:
            found[name].append(group.code)
    return {name: tuple(codes) for name, codes in found.items()}


def _plain(goods: str) -> str:
    return "".join(goods.split()).replace("(", "（").replace(")", "）")


_NAMES = (
    ("工业化学品", "chemicals for industry and farming"),
    ("颜料油漆", "paints and dyes"),
    ("日化用品", "cosmetics and cleaning preparations"),
    ("燃料油脂", "oils, fuels and candles"),
    ("医药卫生", "medicines and sanitary preparations"),
    ("金属材料", "metal goods"),
    ("机械设备", "machines"),
    ("手工器械", "hand tools and cutlery"),
    ("电子科学仪器", "electronics and scientific apparatus"),
    ("医疗器械", "medical apparatus"),
    ("灯具空调", "lighting, heating and cooking apparatus"),
    ("运载工具", "vehicles"),
    ("军火烟火", "firearms and fireworks"),
    ("珠宝钟表", "jewellery and watches"),
    ("乐器", "musical instruments"),
    ("办公文具", "paper, printed matter and stationery"),
    ("橡胶塑料制品", "rubber and plastics"),
    ("皮革箱包", "leather goods and bags"),
    ("非金属建材", "building materials not of metal"),
    ("家具", "furniture"),
    ("厨房洁具", "household utensils"),
    ("绳网袋篷", "ropes, tents and sacks"),
    ("纱线丝", "yarns and threads"),
    ("布料床单", "textiles and bedding"),
    ("服装鞋帽", "clothing, shoes and hats"),
    ("花边拉链", "haberdashery"),
    ("地毯席垫", "carpets and wall coverings"),
    ("玩具体育用品", "toys and sports goods"),
    ("加工食品", "meat, fish, milk and preserved food"),
    ("方便食品", "coffee, tea, grain, sweets and seasonings"),
    ("生鲜农产品", "fresh produce, live animals and feed"),
    ("啤酒饮料", "beers and soft drinks"),
    ("酒", "alcoholic drinks"),
    ("烟草烟具", "tobacco and smokers' articles"),
    ("广告销售", "advertising and business"),
    ("金融物管", "finance, insurance and real estate"),
    ("建筑修理", "building and repair"),
    ("通讯服务", "telecommunications"),
    ("运输贮藏", "transport, storage and travel"),
    ("材料加工", "treatment of materials"),
    ("教育娱乐", "education and entertainment"),
    ("科技服务", "science, software and design"),
    ("餐饮住宿", "restaurants and hotels"),
    ("医疗园艺", "health, beauty and gardening"),
    ("社会服务", "legal, security and personal services"),
)
CLASS_NAMES: Mapping[int, Words] = MappingProxyType(
    {number: Words(zh=zh, en=en) for number, (zh, en) in enumerate(_NAMES, 1)}
)
"""Nice class ▶ what it is called in short."""
FIRST_SERVICE_CLASS = 35
