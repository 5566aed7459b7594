"""Names that stand in a text by chance, made of other words, beside the same names in real use."""

from __future__ import annotations

import re

import pytest

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import find_names, index_names
from matchers.names.folding import fold
from matchers.names.words import is_inside_other_words, is_ordinary_name


def surfaces(name: str, text: str) -> list[str]:
    right = Mark(right_id=RightId("m"), kind=RightKind.MARK, name=name)
    return [hit.surface for hit in find_names(text, index_names([right]))]


CHANCE = [
    ("康师傅", "健康师傅保健茶", "健康 and 师傅"),
    ("康师傅", "小康师傅维修", "小康 and 师傅"),
    ("康师傅", "健康 师傅", "a space between the words"),
    ("双汇", "双汇率计算器", "汇率"),
    ("雕牌", "木雕牌匾", "木雕 and 牌匾"),
    ("大宝", "大宝宝儿童安全座椅", "宝宝"),
    ("周大福", "我周大福建出差", "福建"),
    ("周大福", "周大福州鱼丸", "福州"),
    ("北面", "朝北面阳台置物架", "朝北"),
    ("六神", "六神无主 书", "a set phrase"),
    ("荣华", "繁荣华丽的窗帘", "繁荣 and 华丽"),
    ("乐事", "快乐事业 励志图书", "快乐 and 事业"),
    ("方太", "这地方太小", "地方"),
    ("三星", "十三星座手链", "星座"),
    ("中信", "手机信号放大器 解决家中信号差", "信号"),
    ("3M", "地毯 2m*3m", "a side of an area"),
    ("3M", "电线 3M长", "a length"),
    ("3M", "网线 长度:3m", "a length"),
    ("3M", "彩灯 1-3m", "a range"),
    ("HP", "0.5HP 水泵", "horse power"),
    ("HP", "motor 1.5 HP", "horse power"),
    ("New Balance", "new balance sheet accounting book", "an English expression"),
    ("Apple", "apple pie tin", "an English expression"),
    ("Winter Zorvex", "Wander Zorvex 外套", "another word first, and it is two letters away"),
]
REAL = [
    ("康师傅", "康师傅方便面", "goods follow"),
    ("康师傅", "正品康师傅红烧牛肉面", "a word before that ends there"),
    ("康师傅", "健康 师傅 康师傅", "beside its look-alike"),
    ("康师傅", "康 师傅方便面", "a space in the name"),
    ("康师傅", "健康*师傅", "a sign in the name was meant"),
    ("双汇", "双汇火腿肠", "goods follow"),
    ("雕牌", "雕牌洗衣粉", "goods follow"),
    ("大宝", "大宝SOD蜜", "Latin letters follow"),
    ("周大福", "香港周大福黄金", "a place before"),
    ("六神", "六神花露水", "goods follow"),
    ("香槟", "香槟酒", "a word of the goods holds the name"),
    ("安踏", "安踏板鞋", "板鞋 is commoner in shops than 踏板"),
    ("幽美", "幽美白蛋白原液", "幽 alone is no word"),
    ("云栖虎", "云栖虎皮纹卫衣", "虎皮 would leave characters that are no words"),
    ("方太", "地 方太油烟机", "a space parts words"),
    ("3M", "3M口罩", "no measure of a mask"),
    ("3M", "3M 双面胶 5m", "the measure is another number"),
    ("HP", "HP打印机", "no number before"),
    ("HP", "惠普HP 1020打印机", "a model follows"),
    ("HP", "2023 HP laptop", "a year before"),
    ("New Balance", "New Balance 跑鞋", "no expression"),
    ("Apple", "apple phone case", "no expression"),
]


@pytest.mark.parametrize(("name", "text", "reason"), CHANCE)
def test_chance(name: str, text: str, reason: str) -> None:
    assert surfaces(name, text) == [], reason


@pytest.mark.parametrize(("name", "text", "reason"), REAL)
def test_real_use(name: str, text: str, reason: str) -> None:
    found = [re.sub(r"[ *]", "", one).casefold() for one in surfaces(name, text)]
    assert found == [re.sub(" ", "", name).casefold()], reason


def test_every_name_is_tried_both_ways() -> None:
    both = {name for name, _, _ in CHANCE} & {name for name, _, _ in REAL}
    assert len(both) >= 10


@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        ("康师傅", "康师傅", False),
        ("健康师傅", "康师傅", True),
        ("健，康师傅", "康师傅", False),
        ("ABC康师傅", "康师傅", False),
    ],
)
def test_only_joined_han_characters_count(text: str, name: str, inside: bool) -> None:
    view = fold(text)
    start = view.symbols.index(name)
    assert is_inside_other_words(view, start, start + len(name)) is inside


@pytest.mark.parametrize(
    ("name", "ordinary"),
    [
        ("苹果", True),
        ("老板", True),
        ("New Balance", True),
        ("Sunny", True),
        ("云栖虎", False),
        ("NORVIK", False),
        ("New Norvik", False),
        ("小米 Pro", False),
    ],
)
def test_ordinary_names(name: str, ordinary: bool) -> None:
    assert is_ordinary_name(name) is ordinary
