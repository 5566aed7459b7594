"""Every way to write a name, beside what must not be taken for it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RightId, WrongUse
from domain.matches import NameHow
from domain.rights import Mark, RightKind
from matchers.names import DEFAULT_THRESHOLD, NameHit, NamesIndex, find_names, index_names
from matchers.names.acceptance import accepts
from matchers.names.alignment import align, may_align
from matchers.names.chance import rarity_needed
from matchers.names.engine.gathering import gather
from matchers.names.engine.postings import MOST_RECORDS
from matchers.names.folding import fold
from matchers.names.pattern import forms_of


def mark(name: str, *others: str) -> Mark:
    return Mark(right_id=RightId(name), kind=RightKind.MARK, name=name, other_names=others)


REGISTER = (
    *(mark("耐克", "NIKE"), mark("康师傅"), mark("大白兔"), mark("娃哈哈"), mark("绿茶餐厅")),
    *(mark("云栖虎"), mark("青鲤"), mark("老槐树"), mark("露茗"), mark("鹿鸣溪")),
    *(mark("北极熊"), mark("白熊"), mark("溪湖"), mark("老舅妈")),
    *(mark("NORVIK"), mark("Lumetta"), mark("puma"), mark("Champion"), mark("Oral-B")),
    *(mark("Pan Gallego"), mark("Memorin"), mark("Timberland"), mark("小米 Pro"), mark("LG")),
)


@pytest.fixture(scope="module")
def index() -> NamesIndex:
    return index_names(REGISTER)


HITS = [
    # name, text, surface, how
    ("耐克", "新款耐克男鞋", "耐克", "exact"),
    ("耐克", "nike air", "nike", "exact"),  # case is no difference
    ("耐克", "NIKE2024款", "NIKE", "exact"),  # a year follows
    ("耐克", "男鞋NIKE正品", "NIKE", "exact"),  # another script is a boundary
    ("puma", "PUMA's", "PUMA", "exact"),
    ("NORVIK", "NORVIKs", "NORVIK", "exact"),  # a plural
    ("小米 Pro", "小米 Pro 手机", "小米 Pro", "exact"),
    ("Champion", "T-shirtChampion", "Champion", "exact"),  # a capital begins a word
    ("Oral-B", "Oral-B", "Oral-B", "exact"),
    ("LG", "LG 电视", "LG", "exact"),
    ("Timberland", "添柏岚马丁靴", "添柏岚", "transliterated"),
    ("耐克", "N-I-K-E", "N-I-K-E", "separator"),
    ("耐克", "耐·克", "耐·克", "separator"),
    ("云栖虎", "云*栖*虎 卫衣", "云*栖*虎", "separator"),
    ("云栖虎", "云【栖】虎", "云【栖】虎", "separator"),
    ("NORVIK", "NOR\u200bVIK", "NOR\u200bVIK", "separator"),
    ("NORVIK", "N🔥O🔥R🔥V🔥I🔥K", "N🔥O🔥R🔥V🔥I🔥K", "separator"),
    ("Oral-B", "oral b", "oral b", "separator"),
    ("耐克", "ＮＩＫＥ", "ＮＩＫＥ", "fullwidth"),
    ("Timberland", "Ｔｉｍｂｅｒｌａｎｄ", "Ｔｉｍｂｅｒｌａｎｄ", "fullwidth"),
    ("耐克", "Nlke", "Nlke", "homoglyph"),  # l for I
    ("耐克", "ΝΙΚΕ", "ΝΙΚΕ", "homoglyph"),  # Greek capitals
    ("NORVIK", "ΝОRVІК", "ΝОRVІК", "homoglyph"),  # Greek and Cyrillic
    ("NORVIK", "𝐍𝐎𝐑𝐕𝐈𝐊", "𝐍𝐎𝐑𝐕𝐈𝐊", "homoglyph"),
    ("NORVIK", "🅽🅾🆁🆅🅸🅺", "🅽🅾🆁🆅🅸🅺", "homoglyph"),
    ("NORVIK", "NÖRVIK", "NÖRVIK", "homoglyph"),
    ("NORVIK", "NORV̂IK", "NORV̂IK", "homoglyph"),  # a combining accent
    ("Memorin", "Mernorin", "Mernorin", "homoglyph"),  # rn for m
    ("耐克", "N1KE", "N1KE", "leet"),
    ("NORVIK", "N0RV1K", "N0RV1K", "leet"),
    ("Lumetta", "Lumett@", "Lumett@", "leet"),
    ("NORVIK", "NORV!K", "NORV!K", "leet"),
    ("NORVIK", "NORVIC 双肩包", "NORVIC", "typo"),
    ("NORVIK", "NORIVK", "NORIVK", "typo"),
    ("NORVIK", "NRVIK", "NRVIK", "typo"),
    ("NORVIK", "NORVIKK", "NORVIKK", "typo"),
    ("Pan Gallego", "Pan Galelgo", "Pan Galelgo", "typo"),
    ("Timberland", "Tmberlnd boots", "Tmberlnd", "typo"),
    ("puma", "Pama shoes", "Pama", "typo"),  # one vowel for another in four letters
    ("puma", "PUMMA shoes", "PUMMA", "typo"),
    ("耐克", "KINE shoes", "KINE", "typo"),  # two letters exchanged
    ("Lumetta", "Lomatta", "Lomatta", "typo"),  # two letters of one frame
    ("Pan Gallego", "Pen Gallego", "Pen Gallego", "typo"),  # a phrase, one of whose words stays
    ("康师傅", "师傅康红茶", "师傅康", "typo"),  # in another order
    ("大白兔", "小白兔奶糖", "小白兔", "typo"),  # a word of the same small field
    ("绿茶餐厅", "绿茶餐老厅", "绿茶餐老厅", "typo"),
    ("绿茶餐厅", "开在绿茶厅旁", "绿茶厅", "typo"),
    ("NORVIK", "NOR VIK", "NOR VIK", "split"),
    ("Pan Gallego", "PanGallego", "PanGallego", "split"),
    ("Oral-B", "OralB", "OralB", "split"),
    ("云栖虎", "云栖 虎", "云栖 虎", "split"),
    ("云栖虎", "雲棲虎", "雲棲虎", "traditional"),
    ("青鲤", "青鯉茶具", "青鯉", "traditional"),
    ("耐克", "naike 跑鞋", "naike", "pinyin"),
    ("耐克", "nai ke", "nai ke", "pinyin"),
    ("云栖虎", "YUN-QI-HU", "YUN-QI-HU", "pinyin"),
    ("绿茶餐厅", "luchacanting", "luchacanting", "pinyin"),
    ("耐克", "奈克运动鞋", "奈克", "sound"),
    ("云栖虎", "云七虎", "云七虎", "sound"),
    ("云栖虎", "芸七户 卫衣", "芸七户", "sound"),
    ("青鲤", "青李水壶", "青李", "sound"),
    ("康师傅", "康帅傅方便面", "康帅傅", "shape"),
    ("大白兔", "大白免奶糖", "大白免", "shape"),
    ("娃哈哈", "娃恰恰", "娃恰恰", "shape"),  # both of two equal characters
    ("老槐树", "老愧树", "老愧树", "shape"),
    ("北极熊", "北极態羽绒服", "北极態", "shape"),  # a traditional character of another word
    ("白熊", "白態", "白態", "shape"),
    ("溪湖", "溪氵胡茶具", "溪氵胡", "split"),  # a character written as two
    ("溪湖", "氵奚氵胡", "氵奚氵胡", "split"),
    ("老舅妈", "老舅娘辣酱", "老舅娘", "typo"),  # another member of the family
    ("耐克", "Ν-I-K-E", "Ν-I-K-E", "mixed"),  # a Greek letter and hyphens
    ("云栖虎", "云qi虎", "云qi虎", "mixed"),
    ("云栖虎", "雲七虎", "雲七虎", "mixed"),
]


@pytest.mark.parametrize(("name", "text", "surface", "how"), HITS)
def test_hits(index: NamesIndex, name: str, text: str, surface: str, how: str) -> None:
    found = [hit for hit in find_names(text, index) if hit.right_id == name]
    assert [(hit.surface, hit.how.value) for hit in found] == [(surface, how)]
    (hit,) = found
    assert text[hit.start : hit.end] == hit.surface
    assert hit.score == 1.0 if how == "exact" else 0.72 <= hit.score < 1.0


# Parts of names are not looked for here (matchers.distinctive).
@pytest.mark.parametrize("how", sorted(set(NameHow) - {NameHow.PART}))
def test_every_way_is_tried(how: NameHow) -> None:
    assert how.value in {row[3] for row in HITS}


MISSES = [
    ("pumate 水杯", "a mark inside another word"),
    ("championship belt", "another English word"),
    ("bike like mike", "a four-letter mark allows no edit"),
    ("nick knife", "everyday words"),
    ("Lumen lamp", "too little of the mark"),
    ("l-g cable", "two letters apart are two letters"),
    ("1g 装", "a digit for a letter in a name of two"),
    ("大耐，克服困难", "a comma parts two words"),
    ("清理 收纳盒", "an everyday word of the same sound"),
    ("鹿鸣 诗经", "two homophones at once are another word"),
    ("北极态 白态", "the simplified character looks like no other"),
    ("老舅", "too little of the mark"),
    ("老大树", "one unlike character in three"),
    ("老槐村", "one unlike character in three"),
    ("大花兔", "one unlike character in three"),
    ("2024 1234", "digits alone spell nothing"),
    ("型号 N0240", "a model number"),
    ("made in china", "everyday words that read as pinyin"),
    ("云，栖霞 虎", "a break and other characters between"),
    ("memorial service", "a word of the language"),
    ("champiñón en español", "the accents are the text's own"),
    ("N.O.R.V.I.K.S", "more letters stand apart beside them"),
    ("Pima cotton", "i is no other letter's look-alike"),
    ("师傅 康", "a break between characters in another order"),
    ("", "nothing"),
    ("\u200b\u0301 ~~ 🔥", "nothing but signs"),
]


@pytest.mark.parametrize(("text", "reason"), MISSES)
def test_misses(index: NamesIndex, text: str, reason: str) -> None:
    assert find_names(text, index) == (), reason


def test_a_registered_name_is_no_imitation_of_another() -> None:
    index = index_names([mark("耐克"), mark("奈克")])
    hits = find_names("奈克运动鞋", index)
    assert [(hit.right_id, hit.how) for hit in hits] == [("奈克", NameHow.EXACT)]


def test_a_registered_name_explains_even_where_it_is_not_given_out() -> None:
    """Of two names of one right that overlap one is given out; the other stands there as well."""
    both, near = mark("云栖", "栖虎"), mark("七虎")
    assert [hit.right_id for hit in find_names("正品 栖虎", index_names([near]))] == ["七虎"]
    assert [hit.name for hit in find_names("正品 云栖虎", index_names([both, near]))] == ["云栖"]


@pytest.mark.parametrize(
    ("shorter", "longer", "text"),
    [
        ("Norvik", "Norvik Prozen", "Norvik Prozan"),
        ("Norvik", "Norvik Prozen", "norvikprozan"),
        ("云栖虎", "云栖虎山庄", "云栖虎山莊园"),
        ("云栖虎", "云栖虎山泉水", "云栖虎山全水"),
    ],
)
def test_a_changed_name_that_reaches_beyond_a_registered_one_is_found(
    shorter: str, longer: str, text: str
) -> None:
    both = index_names(
        [Mark(right_id=RightId(name), kind=RightKind.MARK, name=name) for name in (shorter, longer)]
    )
    assert {hit.right_id for hit in find_names(text, both)} >= {longer}


def test_a_longer_name_explains_what_it_holds_by_chance(index: NamesIndex) -> None:
    assert [hit.right_id for hit in find_names("lu ming xi 洗发水", index)] == ["鹿鸣溪"]
    assert [hit.right_id for hit in find_names("lu ming 洗发水", index)] == ["露茗"]


def test_every_place_is_found(index: NamesIndex) -> None:
    hits = find_names("云栖虎卫衣 配云栖虎鞋 送云七虎贴纸", index)
    assert [(hit.start, hit.how.value) for hit in hits] == [
        (0, "exact"),
        (7, "exact"),
        (13, "sound"),
    ]


def test_the_threshold_keeps_exact_hits_and_drops_weaker_ones(index: NamesIndex) -> None:
    hits = find_names("云栖虎 云七虎", index, threshold=1.0)
    assert [hit.how for hit in hits] == [NameHow.EXACT]
    assert len(find_names("NORVIC", index, threshold=0.95)) == 0


def test_more_names_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(WrongUse, match="8,388,608 names at most, this one 8,388,609"):
        gather(["云栖虎"] * (MOST_RECORDS + 1))


def test_names_of_one_symbol_are_listed_and_not_searched() -> None:
    index = index_names([mark("虎"), mark("X", "长名字"), mark("😀😀")])
    assert {name for _, name in index.not_searched} == {"虎", "X", "😀😀"}
    assert [hit.name for hit in find_names("虎 X 长名字", index)] == ["长名字"]


@pytest.mark.parametrize(
    "text",
    ["nike" * 5_000, "哈" * 20_000, "x" * 20_000, "耐 克" * 6_000, "\u0301" * 20_000, "a" * 20_000],
    ids=lambda text: text[:4],
)
def test_texts_made_to_cost_much_end_with_few_hits(text: str) -> None:
    index = index_names([*REGISTER, mark("x" * 500), mark("aaaaaaaa")])
    assert len(find_names(text, index)) <= 200


@given(st.text(max_size=60))
def test_offsets_are_those_of_the_original(text: str) -> None:
    text = f"{text} N0RVIK {text}"
    index = index_names([mark("NORVIK")])
    hits = find_names(text, index)
    assert hits
    for hit in hits:
        assert text[hit.start : hit.end] == hit.surface
        assert 0.0 <= hit.score <= 1.0


_HAN = st.text(alphabet="云栖虎青鲤老槐树大白兔康师傅山水天地人和", min_size=3, max_size=6)


@given(_HAN)
def test_a_name_is_found_in_itself(name: str) -> None:
    (hit,) = find_names(name, index_names([mark(name)]))
    assert (hit.score, hit.how, hit.surface) == (1.0, NameHow.EXACT, name)


@given(
    st.text(alphabet="bcdfghjkmnpqrstvwxz", min_size=6, max_size=9),
    st.integers(min_value=0, max_value=8),
    st.sampled_from("bcdfghjkmnpqrstvwxz"),
)
def test_the_index_loses_no_single_edit_of_a_latin_name(name: str, at: int, letter: str) -> None:
    at %= len(name)
    index = index_names([mark(name)])
    edits = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
    )
    for edited in edits:
        hits: tuple[NameHit, ...] = find_names(f"包邮 {edited} 正品", index)
        assert hits, (name, edited)


@given(_HAN, st.integers(min_value=0, max_value=5), st.sampled_from("云栖虎青鲤老槐树大白兔山水"))
def test_the_index_loses_nothing_that_the_rule_accepts(name: str, at: int, other: str) -> None:
    """The keys against a slow twin: every stretch aligned with the name."""
    at %= len(name)
    text = name[:at] + other + name[at + 1 :]
    theirs = fold(text)
    budget = (1 - DEFAULT_THRESHOLD) * len(name)
    pattern = next(forms_of(RightId(name), name, fold(name)))
    aligned = align(pattern.view, theirs, 0, extra=1, budget=budget)
    if aligned is None or aligned.end != len(text):
        return
    if accepts(pattern, theirs, 0, aligned, frozenset(), rarity_needed(1)):
        assert find_names(text, index_names([mark(name)])), (name, text)


@given(
    st.text(alphabet="云芸栖七虎户青清鲤李", min_size=2, max_size=5),
    st.text(alphabet="云芸栖七虎户青清鲤李", min_size=1, max_size=7),
    st.sampled_from([0.65, DEFAULT_THRESHOLD, 0.9]),
)
def test_the_quick_look_never_loses_an_alignment(name: str, text: str, threshold: float) -> None:
    ours, theirs, budget = fold(name), fold(text), (1 - threshold) * len(name)
    if align(ours, theirs, 0, extra=1, budget=budget) is not None:
        assert may_align(ours, theirs, 0, budget)


def test_the_quick_look_says_no_to_other_words() -> None:
    assert not may_align(fold("云栖虎"), fold("大白兔奶糖"), 0, 0.84)


def test_a_text_made_of_near_names_is_searched_to_its_end_for_unchanged_ones() -> None:
    near = index_names([mark(f"云栖{chr(0x4E00 + at)}") for at in range(2_000)] + [mark("青鲤")])
    hits = find_names("云栖虎" * 200 + "青鲤", near)
    assert hits[-1].surface == "青鲤"


def test_hits_come_by_place(index: NamesIndex) -> None:
    hits = find_names("青鲤 NORVIK 云栖虎 puma", index)
    assert all(a.start <= b.start for a, b in itertools.pairwise(hits))
    assert len(hits) == 4
