"""The graph on the page: columns in the order of the trail, every line from box to box."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.graphs import Line, SourceGraph, Station, StationKind
from web.graph_drawing import BOX_HEIGHT, BOX_WIDTH, cut, lay_out

KINDS = list(StationKind)


def graph(kinds: list[StationKind], joined: list[tuple[int, int]]) -> SourceGraph:
    stations = tuple(
        Station(node=f"n{number}", kind=kind, title=f"站{number}", detail="x")
        for number, kind in enumerate(kinds)
    )
    lines = tuple(Line(a=f"n{a}", b=f"n{b}", lead=None) for a, b in joined)
    return SourceGraph(title="x", stations=stations, lines=lines, rejected=(), left_out=0)


@given(
    kinds=st.lists(st.sampled_from(KINDS), max_size=30),
    joined=st.lists(st.tuples(st.integers(0, 35), st.integers(0, 35)), max_size=60),
)
def test_nothing_overlaps_and_nothing_is_lost(
    kinds: list[StationKind], joined: list[tuple[int, int]]
) -> None:
    drawing = lay_out(graph(kinds, joined))
    assert len(drawing.boxes) == len(kinds)
    assert len({(box.x, box.y) for box in drawing.boxes}) == len(kinds)
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - BOX_WIDTH
        assert 0 <= box.y <= drawing.height - BOX_HEIGHT
    # A line to a point that is not drawn is left out; all others are there.
    known = [pair for pair in joined if max(pair) < len(kinds)]
    assert len(drawing.curves) == len(known)
    assert [one.kind for one in drawing.headings] == [kind for kind in KINDS if kind in kinds]


def test_columns_follow_the_trail_and_lines_end_at_edges() -> None:
    kinds = [StationKind.WAREHOUSE, StationKind.SELLER, StationKind.COMPANY]
    drawing = lay_out(graph(kinds, [(1, 2), (1, 0)]))
    places = {box.station.kind: box.x for box in drawing.boxes}
    assert places[StationKind.SELLER] < places[StationKind.COMPANY] < places[StationKind.WAREHOUSE]
    for curve, end in zip(drawing.curves, ("COMPANY", "WAREHOUSE"), strict=True):
        numbers = [int(one) for one in re.findall(r"-?\d+", curve.path)]
        assert numbers[0] == places[StationKind.SELLER] + BOX_WIDTH
        assert numbers[-2] == places[StationKind[end]]
    near, far = drawing.curves
    # The line that passes the company's column swings aside.
    assert near.label_y != far.label_y


def test_what_is_joined_stands_side_by_side() -> None:
    kinds = [StationKind.SELLER] * 3 + [StationKind.WAREHOUSE] * 3
    drawing = lay_out(graph(kinds, [(0, 5), (1, 4), (2, 3)]))
    rows = {box.station.node: box.y for box in drawing.boxes}
    assert [rows["n0"], rows["n1"], rows["n2"]] == [rows["n5"], rows["n4"], rows["n3"]]


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("仓库", 4, "仓库"),
        ("仓库三", 5, "仓…"),  # a wide character takes two
        ("", 3, ""),
    ],
)
def test_cut(text: str, room: int, shown: str) -> None:
    assert cut(text, room) == shown
