"""Lays a graph out for the page: columns from the listing to the source, drawn as SVG.

Drawn here and not by a script: it prints as it stands, and needs nothing but the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from casework.graphs import Line, SourceGraph, Station, StationKind

BOX_WIDTH, BOX_HEIGHT = 176, 48
_GAP, _ROW, _TOP, _WIDTH = 64, 66, 34, 1300
_TITLE_ROOM, _DETAIL_ROOM = 23, 26
"""Half-width characters that a line of a box holds."""
_PASSES = 4
_LOOP = 26
_ARC, _ARC_STEP = 30, 34
"""How far a line that passes a column swings aside, and how much farther for each one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A point where it is drawn."""

    station: Station
    x: int
    y: int
    title: str
    """As much of it as the box holds."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line where it is drawn."""

    line: Line
    path: str
    """SVG path data."""
    label_x: int
    label_y: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Names a column."""

    kind: StationKind
    x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A graph laid out, in pixels of its own view box."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def lay_out(graph: SourceGraph) -> Drawing:
    """Put every kind of point in a column of its own, near what it is joined to."""
    columns = _order_columns(graph)
    room = max(len(columns) - 1, 1)
    pitch = max(BOX_WIDTH + _GAP, (_WIDTH - BOX_WIDTH) // room if len(columns) > 1 else 0)
    width = max(_WIDTH, BOX_WIDTH + pitch * (len(columns) - 1))
    longest = max((len(column) for column in columns.values()), default=0)
    widest = _widest_span(graph, columns)
    aside = _swing(widest) if widest > 1 else 0
    top = _TOP + aside
    height = top + max(longest, 1) * _ROW + aside
    places: dict[str, tuple[int, int]] = {}
    boxes: list[Box] = []
    for place, column in enumerate(columns.values()):
        above = (longest - len(column)) * _ROW // 2
        for row, station in enumerate(column):
            x, y = place * pitch, top + above + row * _ROW
            places[station.node] = x, y
            boxes.append(_box(station, x, y))
    lines = [one for one in graph.lines if one.a in places and one.b in places]
    return Drawing(
        width=width,
        height=height,
        headings=tuple(Heading(kind=kind, x=place * pitch) for place, kind in enumerate(columns)),
        boxes=tuple(boxes),
        curves=tuple(
            _curve(one, places[one.a], places[one.b], pitch, upwards=bool(number % 2))
            for number, one in enumerate(lines)
        ),
    )


def cut(text: str, room: int) -> str:
    """Return as much of a text as fits, wide and ambiguous characters counting two."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if east_asian_width(character) in "WFA" else 1
        if used > room:
            return text[: max(place - 1, 0)] + "…"
    return text


def _order_columns(graph: SourceGraph) -> dict[StationKind, list[Station]]:
    """Return the columns that have points, each ordered by the mean place of its neighbours."""
    columns = {
        kind: [one for one in graph.stations if one.kind is kind]
        for kind in StationKind
        if any(one.kind is kind for one in graph.stations)
    }
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for line in graph.lines:
        neighbours[line.a].append(line.b)
        neighbours[line.b].append(line.a)
    for _ in range(_PASSES):
        for kind, column in columns.items():
            places = _relative(columns.values())
            ranked = []
            for one in column:
                ends = [places[end] for end in neighbours[one.node] if end in places]
                mean = sum(ends) / len(ends) if ends else places[one.node]
                ranked.append((mean, one.node, one))
            columns[kind] = [one for _, _, one in sorted(ranked, key=lambda rank: rank[:2])]
    return columns


def _relative(columns: Iterable[Sequence[Station]]) -> dict[str, float]:
    """Return how far down its column every point stands, 0..1."""
    return {
        station.node: (row + 0.5) / len(column)
        for column in columns
        for row, station in enumerate(column)
    }


def _box(station: Station, x: int, y: int) -> Box:
    return Box(
        station=station,
        x=x,
        y=y,
        title=cut(station.title, _TITLE_ROOM),
        detail=cut(station.detail, _DETAIL_ROOM),
    )


def _widest_span(graph: SourceGraph, columns: dict[StationKind, list[Station]]) -> int:
    """Return over how many columns the widest line goes; 1 where all join neighbours."""
    column_of = {
        station.node: place for place, column in enumerate(columns.values()) for station in column
    }
    spans = (
        abs(column_of[line.a] - column_of[line.b])
        for line in graph.lines
        if line.a in column_of and line.b in column_of
    )
    return max(spans, default=1)


def _swing(span: int) -> int:
    return _ARC + _ARC_STEP * (span - 1)


def _curve(
    line: Line, start: tuple[int, int], end: tuple[int, int], pitch: int, *, upwards: bool
) -> Curve:
    """Bend from the right edge of the left box to the left edge of the right one.

    A line that passes a column swings aside, so that it is seen between the boxes.
    """
    (ax, ay), (bx, by) = sorted((start, end))
    ay, by = ay + BOX_HEIGHT // 2, by + BOX_HEIGHT // 2
    span = (bx - ax) // pitch if pitch else 0
    if span == 0:
        path = f"M{ax} {ay}C{ax - _LOOP} {ay} {bx - _LOOP} {by} {bx} {by}"
        label = ax - _LOOP * 3 // 4, (ay + by) // 2
    elif span == 1:
        left = ax + BOX_WIDTH
        middle = (left + bx) // 2
        path = f"M{left} {ay}C{middle} {ay} {middle} {by} {bx} {by}"
        label = middle, (ay + by) // 2
    else:
        left, swing = ax + BOX_WIDTH, _swing(span) * (-1 if upwards else 1)
        # A cubic comes three quarters of the way to its control points.
        one, other = ay + swing * 4 // 3, by + swing * 4 // 3
        path = f"M{left} {ay}C{left + 40} {one} {bx - 40} {other} {bx} {by}"
        label = (left + bx) // 2, (ay + by) // 2 + swing
    score = line.lead.score if line.lead else 0.5
    return Curve(
        line=line, path=path, label_x=label[0], label_y=label[1], width=round(1 + 2 * score, 1)
    )
