"""An index with names added and taken out finds what one made anew finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import NameHit, add_names, find_names, find_names_in, index_names

_NAMES = st.sampled_from(
    [
        *("云栖虎", "云七虎", "芸栖虎", "青鲤", "大白兔", "大白兔奶糖", "虎", "云栖", "云栖虎山"),
        *("NORVIK", "NORVIC", "Norvik Pro", "小米 Pro"),
    ]
)
_TEXTS = [
    "云栖虎卫衣 云七虎贴纸 芸栖虎",
    "NORVIK N0RVIC norvik pro 青鲤",
    "",
    "大白免奶糖 大 白 兔 小米pro yunqihu",
    "云栖虎山" * 40,
]
_IDS = st.sampled_from("ABCDEFG")


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[list[Mark], list[str]]]:
    """Draw what came and what went, in several steps."""
    marks = st.lists(
        st.builds(
            lambda right_id, name, others: Mark(
                right_id=RightId(right_id),
                kind=RightKind.MARK,
                name=name,
                other_names=tuple(others),
            ),
            _IDS,
            _NAMES,
            st.lists(_NAMES, max_size=2),
        ),
        max_size=4,
        unique_by=lambda mark: mark.right_id,
    )
    return draw(st.lists(st.tuples(marks, st.lists(_IDS, max_size=2)), min_size=1, max_size=4))


def plainly(hits: tuple[NameHit, ...]) -> list[tuple[object, ...]]:
    """Which of a right's names is meant by what is equally like two of them is left open."""
    return sorted((hit.start, hit.end, hit.right_id, hit.score, hit.how) for hit in hits)


@settings(max_examples=150, deadline=None)
@given(changes())
def test_an_index_added_to_finds_what_one_made_anew_finds(
    steps: list[tuple[list[Mark], list[str]]],
) -> None:
    register = {mark.right_id: mark for mark in steps[0][0]}
    index: object = index_names(register.values())
    for marks, removed in steps[1:]:
        index = add_names(index, marks, [RightId(one) for one in removed])  # type: ignore[arg-type]
        for one in removed:
            register.pop(RightId(one), None)
        register |= {mark.right_id: mark for mark in marks}
    anew = index_names(register.values())
    for text in _TEXTS:
        found = find_names(text, index)  # type: ignore[arg-type]
        assert plainly(found) == plainly(find_names(text, anew))
    assert sorted(index.not_searched) == sorted(anew.not_searched)  # type: ignore[attr-defined]


def mark(right_id: str, name: str) -> Mark:
    return Mark(right_id=RightId(right_id), kind=RightKind.MARK, name=name)


def test_a_changed_right_is_found_by_its_new_name_alone() -> None:
    index = add_names(index_names([mark("1", "云栖虎"), mark("11", "青鲤")]), [mark("1", "NORVIK")])
    assert [hit.right_id for hit in find_names("云栖虎 NORVIK 青鲤", index)] == ["1", "11"]
    assert find_names("云栖虎", index) == ()


def test_the_first_index_stays_as_it_was() -> None:
    first = index_names([mark("1", "云栖虎")])
    grown = add_names(first, [mark("2", "青鲤")], [RightId("1")])
    add_names(grown, [mark("3", "NORVIK")], [RightId("2")])
    assert [hit.right_id for hit in find_names("云栖虎 青鲤", first)] == ["1"]
    assert [hit.right_id for hit in find_names("云栖虎 青鲤", grown)] == ["2"]


def test_a_removed_name_explains_nothing_any_more() -> None:
    """奈克 is a changed 耐克 unless a registered name of its own stands there."""
    both = index_names([mark("1", "耐克"), mark("2", "奈克")])
    assert [hit.right_id for hit in find_names("奈克运动鞋", both)] == ["2"]
    without = add_names(both, (), [RightId("2")])
    assert [hit.right_id for hit in find_names("奈克运动鞋", without)] == ["1"]
    assert [
        hit.right_id for hit in find_names("奈克运动鞋", add_names(without, [mark("2", "奈克")]))
    ] == ["2"]


def test_texts_with_very_many_hits_together_give_what_each_gives_alone() -> None:
    main = index_names([mark(str(length), "云" * length) for length in range(2, 12)])
    index = add_names(main, [mark("虎", "云虎")])
    texts = ["云" * 9_000 + "虎", "云虎", "虎" * 10, "云" * 9_000, "云虎"]
    alone = [find_names(text, index) for text in texts]
    assert list(find_names_in(texts, index)) == alone
    assert [len(hits) for hits in alone] == [200, 1, 0, 200, 1]
