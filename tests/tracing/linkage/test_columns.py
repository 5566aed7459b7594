"""The columns against slow twins that say the same in plain Python."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracing.linkage.agreements import Agreements, agree, settle
from tracing.linkage.closeness import near
from tracing.linkage.clusters import cluster
from tracing.linkage.holdings import Holdings, lay_holdings
from tracing.linkage.hubs import KindBelief, ownership

LEGAL = KindBelief(own=8.0, slope=2.0, by_cohesion=False, copied=False)
PERSONAL = KindBelief(own=3.5, slope=1.5, by_cohesion=True, copied=False)
COPIED = KindBelief(own=1.5, slope=1.5, by_cohesion=True, copied=True)
BELIEFS = {0: LEGAL, 1: PERSONAL, 2: COPIED}
PRIOR, JOIN, CROWDING = -3.5, 0.85, 0.75

ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(0, 2),
        st.sampled_from("abcdef"),
        st.sampled_from([0.5, 0.75, 1.0]),
    ),
    max_size=60,
)


def held(holdings: Holdings) -> dict[tuple[int, str], dict[int, float]]:
    """Kind and value ▶ its holders with their confidences."""
    return {
        (int(kind), text): {
            int(holdings.holders[at]): float(holdings.confidences[at])
            for at in range(holdings.starts[value], holdings.starts[value + 1])
        }
        for value, (kind, text) in enumerate(zip(holdings.kinds, holdings.texts, strict=True))
    }


@settings(deadline=None)  # The first call compiles.
@given(ENTRIES)
def test_holdings_keep_the_surest_of_each_row_and_value(
    entries: list[tuple[int, int, str, float]],
) -> None:
    expected: dict[tuple[int, str], dict[int, float]] = {}
    for row, kind, value, sure in entries:
        of_value = expected.setdefault((kind, value), {})
        of_value[row] = max(sure, of_value.get(row, 0.0))
    assert held(lay_holdings(12, entries)) == expected


@settings(deadline=None)  # The first call compiles.
@given(ENTRIES)
def test_cohesion_is_the_chance_that_two_holders_are_joined_by_rarer_values(
    entries: list[tuple[int, int, str, float]],
) -> None:
    holdings = lay_holdings(12, entries)
    cohesion = ownership(holdings, BELIEFS).cohesion
    values = held(holdings)
    for value, key in enumerate(values):
        assert cohesion[value] == pytest.approx(_cohesion(key, values)), key


def _cohesion(key: tuple[int, str], values: dict[tuple[int, str], dict[int, float]]) -> float:
    holders = set(values[key])
    count = len(holders)
    if count < 3:
        return 0.0
    groups = [{row} for row in holders]
    for other, rows in values.items():
        belief = BELIEFS[other[0]]
        few = count <= 8
        rare = len(rows) <= (count // 2 if not few else count - (other[0] == key[0]))
        if other == key or not (rare or not belief.by_cohesion):
            continue
        if belief.copied and BELIEFS[key[0]].copied:
            continue
        met = [group for group in groups if group & set(rows)]
        groups = [group for group in groups if group not in met]
        groups += [set().union(*met)] if met else []
    joined = sum(math.comb(len(group), 2) for group in groups)
    return joined / math.comb(count, 2)


@settings(deadline=None)  # The first call compiles.
@given(ENTRIES, st.lists(st.sampled_from([0.0, 2.0, 5.0]), min_size=18, max_size=18))
def test_agreements_are_those_of_all_pairs(
    entries: list[tuple[int, int, str, float]], drawn: list[float]
) -> None:
    """Values of kind 2 count as one source."""
    holdings = lay_holdings(12, entries)
    count = len(holdings.texts)
    slots = np.where(holdings.kinds == 2, count + 2, np.arange(count)).astype(np.int32)
    lines = agree(holdings, np.array(drawn[:count]), slots)
    expected: dict[tuple[int, int, int], float] = {}
    for value, rows in enumerate(held(holdings).values()):
        for one, other in combinations(sorted(rows), 2):
            weight = drawn[value] * max(rows[one], rows[other])
            line = one, other, int(slots[value])
            if weight:
                expected[line] = max(weight, expected.get(line, 0.0))
    found = zip(lines.one, lines.other, lines.source, lines.weights, strict=True)
    assert {(int(a), int(b), int(s)): float(w) for a, b, s, w in found} == pytest.approx(expected)


LINES = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 4)).filter(
        lambda line: line[0] < line[1]
    ),
    st.sampled_from([2.75, 3.25, 4.5, 6.25, 9.0, -1.5, -100.0]),
    max_size=40,
)


def lines_of(lines: dict[tuple[int, int, int], float]) -> Agreements:
    table = np.array([(*line, weight) for line, weight in lines.items()]).reshape(-1, 4)
    one, other, source = (table[:, at].astype(np.int32) for at in range(3))
    return settle(one, other, source, table[:, 3])


@settings(deadline=None)  # The first call compiles.
@given(LINES)
def test_groups_are_those_of_a_slow_twin(lines: dict[tuple[int, int, int], float]) -> None:
    found = cluster(9, lines_of(lines), prior=PRIOR, join_from=JOIN, crowding=CROWDING)
    assert found.tolist() == _cluster(lines)


def _cluster(lines: dict[tuple[int, int, int], float]) -> list[int]:
    """Ask the strongest pair first; after any change ask those refused again, in order."""
    sums: dict[tuple[int, int], float] = {}
    for (one, other, _), weight in sorted(lines.items()):
        sums[one, other] = sums.get((one, other), 0.0) + weight
    links = [
        pair for pair in sorted(sums, key=lambda p: (-sums[p], p)) if sums[pair] + PRIOR >= JOIN
    ]
    groups = [{row} for row in range(9)]
    changed = True
    while changed:
        changed = False
        for one, other in links:
            left = next(group for group in groups if one in group)
            right = next(group for group in groups if other in group)
            if left is not right and _odds(left, right, lines) >= JOIN:
                left |= right
                groups.remove(right)
                changed = True
    return [min(next(group for group in groups if row in group)) for row in range(9)]


def _odds(left: set[int], right: set[int], lines: dict[tuple[int, int, int], float]) -> float:
    best: dict[int, float] = {}
    seen: Counter[int] = Counter()
    for (one, other, source), weight in lines.items():
        if (one in left and other in right) or (one in right and other in left):
            best[source] = max(best.get(source, 0.0), weight, key=abs)
            seen[source] += 1
    spread = max((seen[source] for source, weight in best.items() if weight > 0), default=1)
    alone = len(left) * len(right) / spread
    return PRIOR - CROWDING * math.log(alone) + sum(best.values())


CROSSING = [(one, other, 2) for one in (0, 1) for other in (2, 3)]


@pytest.mark.parametrize(
    ("lines", "groups", "why"),
    [
        ({}, 4, "nothing joins"),
        ({(0, 1, 0): 5.0}, 3, "one value is enough for two"),
        ({(0, 1, 0): 4.0}, 4, "too weak"),
        ({(0, 1, 0): 9.0, (2, 3, 1): 9.0, (1, 2, 2): 5.0}, 2, "one bridge between two pairs"),
        ({(0, 1, 0): 9.0, (2, 3, 1): 9.0, (1, 2, 2): 5.0, (0, 3, 3): 5.0}, 1, "two bridges"),
        ({(0, 1, 0): 9.0, (2, 3, 1): 9.0, (1, 2, 2): 4.5, (0, 3, 2): 4.5}, 2, "one value twice"),
        (
            {(0, 1, 0): 9.0, (2, 3, 1): 9.0, **dict.fromkeys(CROSSING, 4.5)},
            1,
            "a value of all four is no accident of two",
        ),
        ({(0, 1, 0): 9.0, (1, 2, 1): 9.0, (0, 2, 2): -100.0}, 3, "kept apart by a person"),
    ],
)
def test_groups(lines: dict[tuple[int, int, int], float], groups: int, why: str) -> None:
    found = cluster(4, lines_of(lines), prior=PRIOR, join_from=JOIN, crowding=CROWDING)
    assert len(set(found.tolist())) == groups, why


def test_closeness_asks_all_values_of_both() -> None:
    entries = [
        *((0, 1, text, 1.0) for text in ("13800138000", "13900139000")),
        *((1, 1, text, 1.0) for text in ("13700137000", "13900139001")),
        (2, 1, "13600136000", 1.0),
        (3, 0, "13600136000", 1.0),
    ]
    holdings = lay_holdings(4, entries)
    one, other = np.array([0, 0, 2]), np.array([1, 2, 3])
    both, close = near(holdings, 1, one, other, 0.9)
    assert both.tolist() == [True, True, False]
    assert close.tolist() == [True, False, False]


def test_hubs_are_told_from_large_operators_in_one_world() -> None:
    """Twenty rows share a value each: those of one operator share rarer ones besides."""
    entries: list[tuple[int, int, str, float]] = []
    for row in range(20):
        entries += [(row, 1, "own", 1.0), (row, 1, f"desk{row // 4}", 1.0)]
        entries += [(row, 1, f"seat{(row + 2) // 4}", 1.0), (row + 20, 1, "hotline", 1.0)]
    holdings = lay_holdings(40, entries)
    owned = ownership(holdings, BELIEFS).owned
    by_text = dict(zip(holdings.texts, owned, strict=True))
    assert by_text["own"] > 0.9
    assert by_text["hotline"] < 0.1


def test_small_hubs_are_told_by_the_pictures_that_their_holders_lack() -> None:
    """Four shops show each number; those of one operator have its pictures, too."""
    entries: list[tuple[int, int, str, float]] = []
    for number in range(100):
        for row in range(4 * number, 4 * number + 4):
            entries.append((row, 1, f"phone{number}", 1.0))
            if number % 2 and row % 4:
                entries.append((row, 2, f"picture{number}.1", 1.0))
            if number % 2 and row % 4 < 3:
                entries.append((row, 2, f"picture{number}.2", 1.0))
    holdings = lay_holdings(400, entries)
    owned = ownership(holdings, BELIEFS).owned
    phones = np.flatnonzero(holdings.kinds == 1)
    assert owned[phones[1::2]].min() > 0.9
    assert owned[phones[::2]].max() < 0.2


def test_copied_values_do_not_vouch_for_each_other() -> None:
    """Who copies one picture of a shop copies its others."""
    entries = [(row, 2, text, 1.0) for row in range(4) for text in ("first", "second")]
    entries += [(row, 2, "first", 1.0) for row in range(4, 6)]
    assert not ownership(lay_holdings(6, entries), BELIEFS).cohesion.any()
