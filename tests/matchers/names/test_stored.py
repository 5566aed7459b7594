"""Stored texts searched for new names give what a search of each gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import find_names
from matchers.names.engine import characters
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.texts import decode
from matchers.names.engine.views import (
    EDGE,
    IS_LATIN,
    ROOM,
    SOFT_EDGE,
    begins_of,
    fold_one,
    fold_texts,
    room_for_one,
)
from matchers.names.index import strings
from matchers.names.stored import find_in_stored, prepare_names, sieve_stored
from tests.matchers.names.test_engine import TEXT_OF_SIGNS, marks, names_and_text

_SIZES = st.sampled_from([10, 100_000])


@settings(max_examples=300, deadline=None)
@given(names_and_text(), _SIZES)
def test_what_the_sieve_holds_back_has_no_hit(case: tuple[list[str], str], size: int) -> None:
    names, text = case
    new = prepare_names(marks(*names), size)
    expected = find_names(text, new.index)
    found = dict(find_in_stored(strings([text, ""]), new))
    assert found == ({0: expected} if expected else {})


COPIES = [
    ("娃哈哈", "娃恰恰"),
    ("康师傅", "康帅傅"),
    ("大白兔", "大白免奶糖"),
    ("耐克", "奈可"),
    ("星巴克", "巴克星"),
    ("巴黎欧莱雅", "巴黎欧来雅"),
    ("老干妈", "老干爹"),
    ("绿茶餐厅", "绿茶餐老厅"),
    ("NIKE", "N-I-K-E"),
    ("NIKE", "Ｎ１ＫＥ"),
    ("Adidas", "Adibas"),
    ("Adidas", "Adidos"),
    ("Schwarzkopf", "Schwarzkoft"),
    ("New Balance", "New Barlun"),
    ("Gallego", "Galelgo"),
    ("云栖虎", "yunqihu"),
    ("云栖虎", "云qi虎"),
    ("Norvik", "xxNorvik"),
    ("mwd", "MWD"),
    ("Skechers", "Skecres"),
    ("Skechers", "Skcehesr"),
    ("Skechers", "hSkeches"),
    ("Reebok", "Rebok"),
    ("Rolex", "Roolexx"),
    ("Kedro", "Kerdo"),
    ("Hatt", "Hett"),
    ("Zaza", "Zasa"),
    ("Lightning", "Lightning"),
    ("Lightnin", "Lightnings"),
    ("耐克坊", "坊克"),
    ("银银坊", "x银银坊"),
    ("潘婷", "盘婷"),
    ("潘婷", "x盘婷"),
    ("农夫山泉", "山泉夫农"),
    ("Pan Gallego", "adibshoes Pan Gelego"),
    ("Adib", "adipshoes"),
]


@pytest.mark.parametrize(("name", "copy"), COPIES)
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_copies_pass_the_sieve(name: str, copy: str, size: int) -> None:
    new = prepare_names(marks(name), size)
    for text in (copy, f"正品 {copy} 包邮", f"buy {copy} now"):
        if find_names(text, new.index):
            assert sieve_stored(strings([text]), new.sieve).tolist() == [True]


def test_copies_pass_the_sieve_of_many_names() -> None:
    names = sorted({name for name, _ in COPIES})
    many = [f"{one}{other}{end}" for one in names for other in "kmx" for end in ("tra", "好")]
    sieve = prepare_names(marks(*names, *many), 1_000_000).sieve
    for name, copy in COPIES:
        alone = prepare_names(marks(name), 1_000_000).sieve
        texts = strings([copy, f"正品 {copy} 包邮", f"buy{copy} now"])
        passed = sieve_stored(texts, sieve)
        assert passed[sieve_stored(texts, alone)].all()


@settings(deadline=None)
@given(st.lists(TEXT_OF_SIGNS, max_size=4))
def test_a_text_is_folded_for_the_sieve_as_for_the_search(texts: list[str]) -> None:
    whole = fold_texts(texts, begins_of(texts))
    data = strings(texts)
    room = room_for_one(int(np.diff(data.ends).max(initial=0)))
    edges = np.zeros(len(room.symbols), np.int32)
    for number, first in enumerate(whole.starts.tolist()):
        begin, end = map(int, data.ends[number : number + 2])
        length = decode(data.data, begin, end, room.raw)
        last = fold_one(
            0, 0, length, characters.tables(), lexicon(), False, 0, len(room.symbols) - ROOM,
            edges, room,
        )  # fmt: skip
        assert last == whole.counts[number]
        for name in ("symbols", "originals", "gaps"):
            folded, expected = getattr(room, name), getattr(whole, name)
            assert folded[:last].tolist() == expected[first : first + last].tolist()
        asked = whole.marks[first : first + last + 1] & (EDGE | SOFT_EDGE | IS_LATIN)
        assert (room.marks[: last + 1] & (EDGE | SOFT_EDGE | IS_LATIN)).tolist() == asked.tolist()


def test_the_sieve_holds_most_other_texts_back() -> None:
    new = prepare_names(marks("娃哈哈", "Schwarzkopf", "云栖虎", "NORVIK"), 100_000)
    others = [
        "夏季新款纯棉短袖T恤男士圆领宽松",
        "Stainless steel water bottle 500ml",
        "🎁",
        "",
        "a" * 900,
    ]
    assert not sieve_stored(strings(others), new.sieve).any()


@given(st.lists(st.text(st.characters(codec="utf-32"), max_size=40), max_size=6))
@example(["\ud800x", "😀云栖虎", "é\u0301"])
def test_texts_of_any_code_points_are_read_from_their_bytes(texts: list[str]) -> None:
    new = prepare_names(marks("云栖虎"), 10)
    found = dict(find_in_stored(strings([*texts, "云栖虎"]), new))
    assert found.pop(len(texts))[0].surface == "云栖虎"
    assert found == {
        at: hits for at, text in enumerate(texts) if (hits := find_names(text, new.index))
    }


def test_a_register_of_odd_names_can_be_sought() -> None:
    odd = ["", "虎", "x", "😀😀", "😀" * 40, "虎" * 500, "ab" * 250, "云栖虎", "云栖虎", "a-b"]
    new = prepare_names(
        [
            Mark(right_id=RightId(str(at)), kind=RightKind.MARK, name=one)
            for at, one in enumerate(odd)
        ],
        len(odd),
    )
    texts = ["云栖虎", "虎" * 500, "ab" * 250, "nothing of these"]
    found = dict(find_in_stored(strings(texts), new))
    assert sorted(found) == [0, 1, 2]
    assert [hit.right_id for hit in found[0]] == ["7", "8"]
