"""Names in another script: as they are known there, or by their sound."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.matches import NameHow
from matchers.names import (
    DEFAULT_THRESHOLD,
    NameHit,
    add_names,
    find_names,
    index_names,
    open_index,
    save_index,
)
from matchers.names.counterparts import counterparts_of
from matchers.names.engine.heard import hearing, list_sounds
from matchers.names.engine.hearing import extend, new_room
from matchers.names.engine.laying import lay
from matchers.names.everyday import is_of_a_language
from matchers.names.folding import fold
from matchers.names.index import strings
from matchers.names.likeness import sounds
from matchers.names.spelling import letters_heard
from matchers.names.stored import find_in_stored, prepare_names
from matchers.names.syllables import transcribing
from matchers.names.tables import read_lines, read_words
from matchers.names.transliteration import (
    COST_ALLOWED,
    MOST_CHARACTERS,
    cost_of_sounds,
    least_skeleton,
    skeletons_of_characters,
    skeletons_of_letters,
)
from tests.matchers.names.slow_search import find_slowly
from tests.matchers.names.test_engine import marks

HEARD = [
    # name, title, what is found
    ("Tiffany", "蒂凡尼项链女", "蒂凡尼"),
    ("Omega", "欧美加手表男士机械表", "欧美加"),
    ("Siemens", "西门斯双开门冰箱", "西门斯"),
    ("Adidas", "阿迪大斯运动鞋男", "阿迪大斯"),
    ("Diadora", "迪亚多拉跑鞋", "迪亚多拉"),
    ("Moschino", "莫斯奇诺女包", "莫斯奇诺"),
    ("Schneider", "施奈德插座面板", "施奈德"),
    ("Casio", "卡西奥电子表", "卡西奥"),
    ("Lavazza", "拉瓦萨咖啡豆", "拉瓦萨"),
    ("Symantec", "赛门铁克杀毒软件", "赛门铁克"),
    ("Dashlane", "大诗兰面膜", "大诗兰"),
]

NOT_HEARD = [
    # name, title, why not
    ("Niko", "耐可运动鞋", "two characters sound like anything"),
    ("Omega", "欧 美 加 大码女装", "what stands apart is no name"),
    ("Amanda", "阿玛尼男士手表", "a name that everybody knows means itself"),
    ("Alesya", "阿拉斯加犬幼犬", "a word goes on behind it"),
    ("Rouses", "施洛世奇水晶项链", "a rare character stands before it that goes on"),
    ("Popular", "男童宝宝拉拉裤", "words of the language, whatever they sound like"),
    ("Sugar", "舒格儿童牙刷", "a word is translated, not heard"),
    ("Xtreme2", "克斯特瑞姆", "a name with digits is not spelled"),
    ("Bulleit", "巴黎水气泡水", "水 is no character of foreign names"),
    ("Rolex", "蒂凡尼项链", "other sounds"),
]

KNOWN = [
    # name, title, what is found, how
    ("Rolex", "正品劳力士手表", "劳力士", NameHow.TRANSLITERATED),
    ("Starbucks", "星巴克咖啡豆", "星巴克", NameHow.TRANSLITERATED),
    ("BURBERRY", "巴宝莉风衣女", "巴宝莉", NameHow.TRANSLITERATED),
    ("Nike", "耐克运动鞋", "耐克", NameHow.TRANSLITERATED),
    ("New Balance", "纽巴伦复古跑鞋", "纽巴伦", NameHow.TRANSLITERATED),
    ("Tiffany", "蒂芙妮同款手链", "蒂芙妮", NameHow.MIXED),  # 蒂芙尼 with another last character
    ("奥利奥", "Oreo cookies 500g", "Oreo", NameHow.TRANSLITERATED),
    ("海尔", "Haier fridge", "Haier", NameHow.TRANSLITERATED),
    ("Casarte", "卡萨帝冰箱", "卡萨帝", NameHow.TRANSLITERATED),
    ("香奈儿", "Chanel bag 2023", "Chanel", NameHow.TRANSLITERATED),
    ("阿迪达斯", "ADIDAS 运动鞋", "ADIDAS", NameHow.TRANSLITERATED),
    # what is known can be imitated in its turn
    ("Balenciaga", "巴黎世佳卫衣", "巴黎世佳", NameHow.MIXED),
    ("Rolex", "laolishi手表", "laolishi", NameHow.MIXED),
    ("香奈儿", "Chanei 香水", "Chanei", NameHow.MIXED),
]


@pytest.mark.parametrize(("name", "title", "surface"), HEARD)
def test_a_name_is_heard_in_chinese_characters(name: str, title: str, surface: str) -> None:
    found = find_names(title, index_names(marks(name)))
    assert [(hit.surface, hit.how) for hit in found] == [(surface, NameHow.TRANSLITERATED)]
    assert found == find_slowly(title, marks(name), DEFAULT_THRESHOLD)


@pytest.mark.parametrize(("name", "title", "reason"), NOT_HEARD)
def test_what_only_sounds_like_a_name(name: str, title: str, reason: str) -> None:
    found = find_names(title, index_names(marks(name)))
    assert not found, reason


@pytest.mark.parametrize(("name", "title", "surface", "how"), KNOWN)
def test_a_brand_is_found_by_its_name_in_the_other_script(
    name: str, title: str, surface: str, how: NameHow
) -> None:
    found = find_names(title, index_names(marks(name)))
    assert [(hit.name, hit.surface, hit.how) for hit in found] == [(name, surface, how)]
    assert found == find_slowly(title, marks(name), DEFAULT_THRESHOLD)


def test_a_known_name_counts_less_than_the_registered_one() -> None:
    index = index_names(marks("Rolex"))
    (known,) = find_names("劳力士手表", index)
    (own,) = find_names("Rolex手表", index)
    assert 0.9 < known.score < own.score
    assert not find_names("劳力士手表", index, known.score + 0.01)


def test_who_registered_the_name_itself_explains_it() -> None:
    found = find_names(
        "劳力士手表 蒂凡尼项链", index_names(marks("Rolex", "劳力士", "蒂凡尼", "Tiffany"))
    )
    assert [(hit.name, hit.how) for hit in found] == [
        ("劳力士", NameHow.EXACT),
        ("蒂凡尼", NameHow.EXACT),
    ]


def test_both_scripts_of_one_right_are_its_own() -> None:
    (mark,) = marks("Rolex")
    both = type(mark)(right_id=mark.right_id, kind=mark.kind, name="Rolex", other_names=("劳力士",))
    found = find_names("劳力士 Rolex", index_names((both,)))
    assert [(hit.name, hit.how) for hit in found] == [
        ("劳力士", NameHow.EXACT),
        ("Rolex", NameHow.EXACT),
    ]


_TEXT = "劳力士手表 蒂凡尼项链 Chanel 西门斯冰箱"


def test_every_index_finds_the_same() -> None:
    names = marks("Rolex", "Tiffany", "香奈儿", "Siemens")
    whole = index_names(names)
    expected = find_names(_TEXT, whole)
    assert [hit.name for hit in expected] == ["Rolex", "Tiffany", "香奈儿", "Siemens"]
    file = io.BytesIO()
    save_index(whole, file)
    assert find_names(_TEXT, open_index(file.getvalue(), "here")) == expected
    assert find_names(_TEXT, add_names(index_names(names[:1]), names[1:])) == expected
    assert find_names(_TEXT, add_names(whole, (), [names[1].right_id])) == tuple(
        hit for hit in expected if hit.name != "Tiffany"
    )


@pytest.mark.parametrize("threads", [1, 3])
def test_stored_texts_are_found_by_name_and_sound(threads: int) -> None:
    stored = strings([_TEXT, "手表", "", "欧美加手表"])
    new = prepare_names(marks("Rolex", "Tiffany", "Omega"), 10)
    found = find_in_stored(stored, new, threads=threads)
    assert [(number, [hit.surface for hit in hits]) for number, hits in found] == [
        (0, ["劳力士", "蒂凡尼"]),
        (3, ["欧美加"]),
    ]


SPELLED = [
    ("Philips", "FiLiPS"),
    ("Schneider", "SN2TeR"),
    ("Michelle", "MiSeL-"),
    ("Chrysler", "KRiSLeR"),
    ("Gucci", "KuSi"),
    ("Gillette", "GiLeT-"),
    ("Kingston", "KiNSToN"),
    ("Häagen-Dazs", "HaaGeNTaS"),
    ("Rolex", "RoLeKS"),
    ("Xerox", "SeRoKS"),
    ("Yamaha", "YaMaHa"),
    ("Oreo", "oReo"),
    ("A1B2C3", ""),
    ("LV", ""),
    ("sugar", ""),  # a word
    ("华为", ""),
]


@pytest.mark.parametrize(("name", "heard"), SPELLED)
def test_how_a_name_is_read(name: str, heard: str) -> None:
    assert letters_heard(name) == heard


def test_skeletons() -> None:
    assert skeletons_of_letters("PRaTa") == {"PLT"}
    assert skeletons_of_letters("oReo") == {"VL"}
    assert skeletons_of_letters("LaNKoM-") == {"LK", "LKM"}
    assert skeletons_of_characters("普拉达") == {"PLT"}
    assert "LL" in skeletons_of_characters("劳力士") >= {"LL", "LLS"}
    assert [least_skeleton(names) for names in (1, 3_000, 3_001, 100_000, 100_001)] == [
        2,
        2,
        3,
        3,
        4,
    ]


_NAMES = st.text("bcdfghjklmnpqrstvwxyzaeiou", min_size=4, max_size=10)
_CHARACTERS = st.text(st.sampled_from(sorted(transcribing())), min_size=1, max_size=MOST_CHARACTERS)


@settings(max_examples=400, deadline=None)
@given(_NAMES, _CHARACTERS)
@example("swarovski", "施华洛世奇")
@example("kingston", "金士顿")
def test_the_compiled_cost_is_the_plain_one(name: str, characters: str) -> None:
    heard = letters_heard(name)
    if not heard or not any(
        1 <= len(one) <= MOST_CHARACTERS for one in skeletons_of_letters(heard)
    ):
        return
    symbols = np.array(list(map(ord, characters)), np.uint32)
    room, known, count = new_room(), hearing(), 0
    for symbol in symbols:
        count = extend(room.skeletons, count, known, symbol)
    assert count == len(skeletons_of_characters(characters))
    cost = lay(list_sounds([(0, heard)], 1), 0, symbols, 0, len(symbols), known, room.costs)
    most, plain = COST_ALLOWED * len(characters), cost_of_sounds(heard, characters)
    assert cost == plain if plain <= most else cost > most


_PIECES = st.sampled_from(
    [
        *("蒂凡尼", "欧美加", "西门斯", "劳力士", "巴宝莉", "施", "爱", "斯", "的", "手表", "男士"),
        *(" ", "-", "Tiffany", "omega", "Oreo", "oreos", "克莱斯勒", "普拉", "达"),
    ]
)
_REGISTER = (
    "Tiffany",
    "Omega",
    "Siemens",
    "Rolex",
    "Burberry",
    "奥利奥",
    "Prada",
    "Chrysler",
    "欧美加",
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(_PIECES, max_size=6).map("".join), st.lists(st.sampled_from(_REGISTER), unique=True)
)
def test_it_finds_what_plain_python_finds(text: str, names: list[str]) -> None:
    rights = marks(*names)
    found = find_names(text, index_names(rights))
    assert plainly(found) == plainly(find_slowly(text, rights, DEFAULT_THRESHOLD))
    again = dict(find_in_stored(strings([text]), prepare_names(rights, len(rights))))
    assert again.get(0, ()) == found


def plainly(hits: tuple[NameHit, ...]) -> list[tuple[object, ...]]:
    """Which of a right's names is meant by what is equally like two of them is left open."""
    return sorted((hit.start, hit.end, hit.right_id, hit.score, hit.how) for hit in hits)


def test_a_text_made_to_be_heard_for_ever_ends() -> None:
    index = index_names(marks("Sisissisi", "Kikikiki", "Tiffany"))
    assert len(find_names("其奇琪士斯思" * 100_000, index)) <= 200


def test_the_characters_are_those_of_a_folded_text() -> None:
    assert all(fold(one).symbols == one and sounds(one) for one in transcribing())
    listed = "".join(read_words("transcribing.txt"))
    assert len(listed) == len(set(listed))


def test_the_table_of_counterparts_holds_names_alone() -> None:
    latin = [
        " ".join(filter(str.isascii, line.split(" "))) for line in read_lines("counterparts.txt")
    ]
    assert len(latin) == len(set(latin))
    for line in read_lines("counterparts.txt"):
        others = [word for word in line.split(" ") if not word.isascii()]
        assert others, line
        assert all(len(one) > 1 for one in others), line
    assert not counterparts_of("蔻驰"), "coach is a word of everybody's"
    assert is_of_a_language("gap")
    assert not counterparts_of("盖璞")
