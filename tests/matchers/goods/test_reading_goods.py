"""What listings sell, by title, breadcrumbs and attributes: hits, traps, and how sure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.goods.finding import MAX_TEXT, find_goods_words
from matchers.goods.industries import classes_of_industry
from matchers.goods.reading import MAX_TEXTS, read_goods_of, readable
from matchers.goods.tables import lexicon, read_table
from reference.goods import CLASS_NAMES, similar_groups


@pytest.mark.parametrize(
    ("title", "group", "why"),
    [
        ("春季运动鞋 男 透气", "2507", "plain"),
        ("纯手工皮鞋油 黑色", "0303", "the end of the phrase counts: polish, not shoes"),
        ("苹果15手机壳 防摔", "0900", "neither fruit nor a telephone"),
        ("iPhone 充电器 快充", "0922", "a charger"),
        ("密封茶叶罐 普洱储存", "2105", "a box for tea"),
        ("耐克鞋盒 硬纸板", "1609", "a box for shoes"),
        ("香槟色 连衣裙", "2501", "a colour"),
        ("草莓味 牙膏", "0307", "a flavour"),
        ("绿茶 送茶杯", "3002", "a gift"),
        ("刹车片 适用于大众汽车", "1202", "what it fits"),
        ("汽車輪胎 靜音", "1208", "traditional characters"),
        ("ＵＳＢ充电器", "0922", "full width"),
        ("tea cup set with saucers", "2105", "the last noun"),
        ("e-cigarettes refillable", "3407", "hyphen and plural"),
        ("phone case for iPhone 15", "0900", "a case, not a telephone"),
        ("men's running shoes", "2507", "plural and genitive"),
        ("USB charger compatible with laptop", "0922", "what it fits"),
        ("chocolate flavour protein powder", "0502", "a flavour"),
        ("手机配件 支架", "0900", "parts are of the class of the whole"),
        ("空调清洗 上门维修", "3706", "a service"),
    ],
)
def test_titles(title: str, group: str, why: str) -> None:
    goods = read_goods_of(title)
    assert goods.guesses, why
    assert goods.guesses[0].group == group, (why, goods.guesses[0])


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("", "nothing"),
        ("云栖虎 特价 包邮", "a name and offers"),
        ("双面设计", "面 inside a word is no noodles"),
        ("茶色玻璃", "a colour"),
        ("⚡️🔥", "pictures"),
    ],
)
def test_titles_without_goods(title: str, why: str) -> None:
    assert not read_goods_of(title).guesses, why


def test_a_breadcrumb_outweighs_a_stray_word() -> None:
    alone = read_goods_of("樱桃 樱花粉 新款")
    placed = read_goods_of("樱桃 樱花粉 新款", ("运动户外", "键盘"))
    assert alone.guesses[0].nice_class == 31
    assert placed.guesses[0].nice_class == 9
    assert placed.guesses[0].words[0].field == "category"


def test_an_attribute_of_the_kind_tells() -> None:
    goods = read_goods_of("新款 男", (), (("品类", "运动鞋"),))
    assert goods.guesses[0].group == "2507"
    assert goods.guesses[0].words[0].field == "attributes.品类"


def test_more_words_are_surer_and_never_sure_beyond_doubt() -> None:
    one = read_goods_of("运动鞋").guesses[0].sure
    two = read_goods_of("运动鞋 跑步鞋").guesses[0].sure
    again = read_goods_of("运动鞋 运动鞋").guesses[0].sure
    assert one < again < two < 1.0


def test_an_industry_tells_classes_without_words() -> None:
    goods = read_goods_of("", ("'餐饮业'",))
    assert [(guess.group, guess.words) for guess in goods.guesses] == [("4300", ())]
    assert classes_of_industry("交通运输、仓储和邮政业") == (39,)
    assert classes_of_industry("制造业") == ()  # may make anything
    assert classes_of_industry("女装") == ()


def test_positions_are_of_the_original_text() -> None:
    title = "[新款] 輪胎 ｔ恤"
    found = find_goods_words(title)
    assert [title[word.start : word.end] for word in found] == ["輪胎", "ｔ恤"]
    assert [word.surface for word in found] == ["輪胎", "ｔ恤"]


def test_a_long_text_is_read_as_far_as_its_limit() -> None:
    assert find_goods_words("字" * MAX_TEXT + "运动鞋") == ()


def test_hostile_fields_are_read_as_far_as_their_limits(make_sighting: Callable[..., Any]) -> None:
    sighting = make_sighting(
        "鞋" * 50_000,
        category=("鞋" * 50_000,) * 500,
        attributes={"品类": "鞋" * 50_000} | {f"a{n}": "鞋" for n in range(5_000)},
    )
    title, category, attributes = readable(sighting)
    assert len(title) == MAX_TEXT
    assert {len(crumb) for crumb in category} == {MAX_TEXT}
    assert len(category) == MAX_TEXTS
    assert [(name, len(value)) for name, value in attributes] == [("品类", MAX_TEXT)]
    assert read_goods_of(title, category, attributes).guesses[0].group == "2507"


_PARTS = st.sampled_from(
    ["手机", "壳", "茶叶", "罐", "运动鞋", " ", "适用于", "送", "男", "鞋", "机", "x"]
)


@given(st.lists(_PARTS, max_size=12).map("".join))
def test_words_stand_in_order_apart_and_add_up_to_less_than_one(text: str) -> None:
    words = find_goods_words(text)
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert sum(guess.sure for guess in read_goods_of(text).guesses) < 1.0


@given(st.text(alphabet="手机壳茶叶罐运动鞋跑步油皮盒", max_size=8))
def test_words_are_those_of_a_slow_search_from_the_end(text: str) -> None:
    """The twin tries every length at every end; what it keeps may only lose words, never gain."""
    words = lexicon().words
    slow = []
    end = len(text)
    while end > 0:
        lengths = [length for length in range(end, 0, -1) if text[end - length : end] in words]
        if lengths:
            slow.append((end - lengths[0], end))
        end -= lengths[0] if lengths else 1
    found = {(word.start, word.end) for word in find_goods_words(text)}
    assert found <= set(slow)
    assert {span for span in slow if span[1] - span[0] > 1} <= found


def test_every_word_is_listed_once_and_its_group_exists() -> None:
    known = set(similar_groups()) | {f"{number:02}00" for number in CLASS_NAMES}
    listed: dict[str, str] = {}
    for group, words in read_table("words.txt"):
        assert group in known, group
        for word in words.split():
            assert listed.setdefault(word, group) == group, word
    phrases = [
        (group, phrase.strip())
        for group, line in read_table("english.txt")
        for phrase in line.split(",")
    ]
    assert {group for group, _ in phrases} <= known
    assert all(phrase.isascii() and phrase == phrase.casefold() for _, phrase in phrases)
