"""What is proposed as a query for a right, beside what must not be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.common import RightId
from domain.matches import NameHow
from domain.rights import GeographicalIndication, Mark, Patent, RightKind
from matchers.names import find_names, index_names
from matchers.names.folding import fold
from matchers.names.words import is_word
from matchers.queries import MOST_IMITATIONS, names_to_ask, propose_imitations

Make = Callable[..., Mark]
MakeIndication = Callable[..., GeographicalIndication]

PROPOSED = [
    # names, imitation, how it was made
    (("耐克",), "奈克", "sound"),  # the same syllable in the same tone
    (("耐克",), "耐可", "sound"),  # another tone
    (("耐克",), "naike", "pinyin"),
    (("耐克", "NIKE"), "N1KE", "leet"),  # of the other name, in its capitals
    (("耐克", "NIKE"), "nlke", "homoglyph"),  # small, since L is no I
    (("康师傅",), "康帅傅", "shape"),
    (("康师傅",), "康師傅", "traditional"),
    (("康师傅",), "kang师傅", "mixed"),
    (("娃哈哈",), "娃恰恰", "shape"),  # both of two equal characters
    (("老干妈",), "老干爹", "typo"),  # another member of the family
    (("Adidas",), "adibas", "typo"),
    (("Adidas",), "adidos", "typo"),
    (("Adidas",), "ad1das", "leet"),
    (("Philips",), "phillps", "homoglyph"),
    (("Häagen-Dazs",), "haagendazs", "split"),  # typed without accent and hyphen
    (("Häagen-Dazs",), "hagen-dazs", "typo"),  # one letter for two
    (("小米 Pro",), "小密 Pro", "sound"),  # the Latin part stays
]


@pytest.mark.parametrize(("names", "text", "how"), PROPOSED)
def test_is_proposed(make_mark: Make, names: tuple[str, ...], text: str, how: str) -> None:
    found = {one.text: one.how.value for one in propose_imitations(make_mark(*names))}
    assert found.get(text) == how, found


NOT_PROPOSED = [
    ("清理", "情理"),  # a word of everyday language
    ("Shart", "short"),  # an everyday English word
    ("老干妈", "老干妈"),  # the name itself
    ("Adidas", "ADIDAS"),  # the name in other letters
    ("耐克", "耐氪"),  # nobody types this character
    ("康师傅", "康·师·傅"),  # nobody types signs between the letters
    ("Adidas", "аdidas"),  # nor letters of another alphabet
    ("澄湖", "氵登湖"),  # nor characters cut into components
]


@pytest.mark.parametrize(("name", "text"), NOT_PROPOSED)
def test_is_not_proposed(make_mark: Make, name: str, text: str) -> None:
    assert text not in {one.text for one in propose_imitations(make_mark(name))}


@pytest.mark.parametrize(
    "name",
    [
        "LG",  # every change makes another abbreviation
        "克",  # one character stands everywhere
        "гжель",  # no letters whose imitations are known
        "一种可折叠的便携式多功能户外露营野餐桌椅组合装置及其使用方法",  # a description
        "!!!",
        "",
    ],
)
def test_names_that_cannot_be_imitated(make_mark: Make, name: str) -> None:
    assert propose_imitations(make_mark(name)) == ()


def test_an_indication_keeps_its_product(make_gi: MakeIndication) -> None:
    found = propose_imitations(make_gi("阳澄湖大闸蟹", product="大闸蟹"))
    texts = {one.text: one.how for one in found}
    assert texts["阳成湖大闸蟹"] is NameHow.SOUND
    assert texts["阳澄湖蟹"] is NameHow.TYPO  # the product said shortly
    assert texts["阳澄湖 大闸蟹"] is NameHow.SPLIT  # the halves apart
    assert texts["陽澄湖大閘蟹"] is NameHow.TRADITIONAL
    # 大闸蟹 is everybody's word: a changed product would be asked for nothing.
    assert all(text.endswith(("大闸蟹", "湖蟹", "大閘蟹")) for text in texts), texts


def test_a_product_without_a_short_word_is_not_shortened(make_gi: MakeIndication) -> None:
    found = propose_imitations(make_gi("西湖龙井", product="龙井"))
    assert "西湖井" not in {one.text for one in found}


def test_a_patent_has_no_name_to_ask() -> None:
    patent = Patent(
        right_id=RightId("P"), kind=RightKind.DESIGN, name="保温杯", number="ZL201930123456.7"
    )
    assert names_to_ask(patent) == ()
    assert propose_imitations(patent) == ()


def test_names_are_asked_once_as_they_are(make_mark: Make) -> None:
    assert names_to_ask(make_mark("耐克", "NIKE", "耐克", " NIKE  AIR ", " ", "克", "/e/")) == (
        "耐克",
        "NIKE",
        "NIKE AIR",
    )


def test_the_name_of_another_right_is_no_imitation(make_mark: Make) -> None:
    assert "奈克" in {one.text for one in propose_imitations(make_mark("耐克"))}
    found = propose_imitations(make_mark("耐克", "NIKE"), taken={"奈克", "nike"})
    assert "奈克" not in {one.text for one in found}
    # NIKE, registered twice, is no reason to leave its imitations out.
    assert "N1KE" in {one.text for one in found}


def test_every_name_has_its_turn(make_mark: Make) -> None:
    found = propose_imitations(make_mark("飞利浦", "PHILIPS", "Filipson", "飞立浦电器"))
    assert {one.name for one in found} == {"飞利浦", "PHILIPS", "Filipson", "飞立浦电器"}


_NAMES = st.one_of(
    st.text("耐克康师傅大白兔清风老干妈娃哈湖山金龙鱼", min_size=1, max_size=8),
    st.text("abdeiklnoprs -1'É", min_size=1, max_size=16),
    st.text(max_size=40),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_NAMES, min_size=1, max_size=6))
def test_what_is_proposed_is_read_as_the_name_and_is_no_word(names: list[str]) -> None:
    mark = Mark(
        right_id=RightId("R"), kind=RightKind.MARK, name=names[0], other_names=tuple(names[1:])
    )
    found = propose_imitations(mark)
    assert found == propose_imitations(mark)
    assert len(found) <= MOST_IMITATIONS
    assert len({one.text.casefold() for one in found}) == len(found)
    index = index_names((mark,))
    for one in found:
        assert one.name in names_to_ask(mark)
        assert not is_word(fold(one.text).symbols)
        (hit,) = find_names(one.text, index)
        assert (hit.surface, hit.how) == (one.text, one.how)
        assert hit.how is not NameHow.EXACT
