"""Hits as columns beside the same hits one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import (
    AnyIndex,
    NameHit,
    add_names,
    find_names,
    find_names_in,
    index_names,
    search_texts,
)

FILLER = "多功能收纳架" * 1_000
"""Longer than a fifth of what is searched at a time."""
TEXTS = (
    "",
    "正品云栖虎卫衣",
    "普通卫衣",
    *[FILLER] * 8,
    "云栖虎 N0RVIK",
    "NORVIK 云七虎，云栖虎",
    FILLER,
)


def mark(name: str, right_id: str = "") -> Mark:
    return Mark(right_id=RightId(right_id or name), kind=RightKind.MARK, name=name)


INDEX = index_names([mark("云栖虎"), mark("NORVIK"), mark("NORVIK", "a second right")])


def read_columns(texts: Sequence[str], index: AnyIndex) -> Iterator[tuple[int, NameHit]]:
    """Make hits of the columns, but for how a name was changed."""
    for found in search_texts(texts, index):
        columns = (found.numbers, found.rights, found.names, found.scores, found.starts, found.ends)
        for row in zip(*(column.tolist() for column in columns), strict=True):
            number, right, name, score, start, end = row
            surface = texts[number][start:end]
            hit = NameHit(
                RightId(found.index.rights[right]), found.index.texts[name], score,
                surface, start, end, find_names(surface, index)[0].how,
            )  # fmt: skip
            yield number, hit


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(INDEX, id="made at once"),
        pytest.param(add_names(INDEX, [mark("云栖虎", "added")]), id="with a name added"),
    ],
)
def test_columns_tell_what_hits_tell(index: AnyIndex) -> None:
    one_by_one = {
        (number, hit) for number, hits in enumerate(find_names_in(TEXTS, index)) for hit in hits
    }
    assert len(one_by_one) >= 7
    columns = list(read_columns(TEXTS, index))
    assert set(columns) == one_by_one
    assert len(columns) == len(one_by_one)
    places = [(number, hit.start, hit.end) for number, hit in columns]
    assert places == sorted(places)


def test_every_text_has_its_hits_at_its_place() -> None:
    together = list(find_names_in(TEXTS, INDEX))
    assert together == [find_names(text, INDEX) for text in TEXTS]
    assert [bool(hits) for hits in together] == ["云" in text for text in TEXTS]


def test_texts_without_a_hit_have_no_columns() -> None:
    assert list(search_texts(("普通卫衣", ""), INDEX)) == []
