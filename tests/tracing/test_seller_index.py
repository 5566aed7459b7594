"""Sellers added one by one against a batch over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.tracing import ClueKind
from tests.worlds import make_world
from tracing.bonds import KINDS, NUMBER, Bonds, bond, find_groups
from tracing.linkage.growing import Shown
from tracing.seller_index import MOST_NODES, Neighbourhood, SellerIndex, Tie
from tracing.weights import LINKING_V1, LinkingAlgorithm, score_of

Told = dict[int, list[tuple[str, str | None, float]]]
"""Other row ▶ kind, value and rounded weight of each reason."""
Seller = tuple[int, list[Shown]]
"""Number of its platform, and what it shows."""

PHONE, USCC, NAME = NUMBER[ClueKind.PHONE], NUMBER[ClueKind.USCC], NUMBER[ClueKind.SHOP_NAME]
SMALL = replace(LINKING_V1, platform_sellers=4)
"""So that a handful of sellers have a platform's own values."""

SHOWN = st.lists(
    st.tuples(
        st.sampled_from([PHONE, NUMBER[ClueKind.ADDRESS], USCC, NUMBER[ClueKind.ICP], NAME]),
        st.sampled_from(["13900000001", "13900000002", "13900000003", "abc", "abd", "x\ud800"]),
        st.sampled_from([0.5, 0.75, 1.0]),
    ),
    max_size=6,
)
SELLERS = st.lists(st.tuples(st.integers(0, 2), SHOWN), min_size=1, max_size=12)


def batch(sellers: Sequence[Seller], algorithm: LinkingAlgorithm, like: Bonds) -> Bonds:
    platforms = np.array([platform for platform, _ in sellers], dtype=np.int32)
    entries = (
        (row, kind, text, sure)
        for row, (_, shown) in enumerate(sellers)
        for kind, text, sure in shown
    )
    return bond(platforms, entries, algorithm, like.learnt)


def begin(
    sellers: Sequence[Seller], algorithm: LinkingAlgorithm = LINKING_V1
) -> tuple[SellerIndex, Bonds]:
    platforms = np.array([platform for platform, _ in sellers], dtype=np.int32)
    entries = [(row, *one) for row, (_, shown) in enumerate(sellers) for one in shown]
    bonds = bond(platforms, entries, algorithm)
    return SellerIndex(bonds, platforms, find_groups(bonds, algorithm), algorithm), bonds


def told_by_batch(bonds: Bonds, row: int, algorithm: LinkingAlgorithm) -> Told:
    """Return the leads of one row, read line by line."""
    lines, found = bonds.agreements, defaultdict[int, list[tuple[str, str | None, float]]](list)
    for one, other, source, weight in zip(
        lines.one, lines.other, lines.source, lines.weights, strict=True
    ):
        if row not in (one, other):
            continue
        kind = bonds.slot(int(source)) or KINDS[bonds.holdings.kinds[source]]
        text = None if bonds.slot(int(source)) else bonds.holdings.texts[source]
        found[int(one + other - row)].append((kind.value, text, round(float(weight), 6)))
    return {
        other: sorted(reasons, key=repr)
        for other, reasons in found.items()
        if score_of((reason[2] for reason in reasons), algorithm.prior) >= algorithm.suggest_from
    }


def told(ties: Iterable[Tie], row: int) -> Told:
    return {
        tie.one + tie.other - row: sorted(
            ((one.kind.value, one.value, round(one.weight, 6)) for one in tie.reasons), key=repr
        )
        for tie in ties
        if row in (tie.one, tie.other)
    }


@settings(deadline=None)  # The first call compiles.
@given(SELLERS, st.integers(0, 12), st.randoms(use_true_random=False))
def test_an_added_seller_has_the_leads_of_a_batch_in_any_order(
    sellers: list[Seller], at_once: int, chance: Random
) -> None:
    chance.shuffle(sellers)
    index, first = begin(sellers[:at_once], SMALL)
    for row in range(min(at_once, len(sellers)), len(sellers)):
        added = index.add(*sellers[row])
        assert added.row == row
        expected = told_by_batch(batch(sellers[: row + 1], SMALL, first), row, SMALL)
        assert told(added.ties, row) == expected


@settings(deadline=None)
@given(SELLERS, st.lists(st.tuples(st.integers(0, 11), SHOWN), max_size=4))
def test_a_changed_seller_has_the_leads_of_a_batch(
    sellers: list[Seller], changes: list[tuple[int, list[Shown]]]
) -> None:
    index, first = begin(sellers, SMALL)
    for at, shown in changes:
        row = at % len(sellers)
        sellers[row] = (sellers[row][0], shown)
        expected = told_by_batch(batch(sellers, SMALL, first), row, SMALL)
        assert told(index.change(row, shown).ties, row) == expected


def world(sellers: int, seed: int) -> list[Seller]:
    kinds = {kind.value: kind for kind in (ClueKind.PHONE, ClueKind.WECHAT, ClueKind.QQ)}
    kinds |= {kind.value: kind for kind in (ClueKind.EMAIL, ClueKind.USCC, ClueKind.COMPANY)}
    shops = make_world(sellers=sellers, seed=seed).shops
    names = sorted({shop.ref.platform for shop in shops})
    return [
        (
            names.index(shop.ref.platform),
            [
                *((NUMBER[kinds[s.kind]], s.value, 0.95) for s in shop.shown if s.kind in kinds),
                *((NUMBER[ClueKind.PICTURE], digest, 1.0) for digest in shop.pictures),
            ],
        )
        for shop in shops
    ]


def test_leads_and_groups_in_a_world_with_hubs() -> None:
    sellers = world(1_200, seed=5)
    Random(5).shuffle(sellers)
    index, first = begin(sellers[:1_150])
    for row in range(1_150, 1_200):
        added = index.add(*sellers[row])
        if row % 5 == 0:
            whole = batch(sellers[: row + 1], LINKING_V1, first)
            assert told(added.ties, row) == told_by_batch(whole, row, LINKING_V1)
    groups = find_groups(batch(sellers, LINKING_V1, first), LINKING_V1).tolist()
    differ = {
        index.group_of(row)
        for row in range(1_150, 1_200)
        if index.group_of(row)
        != tuple(at for at, group in enumerate(groups) if group == groups[row])
    }
    # What an added shop says of values it does not show itself waits for the next batch.
    assert len(differ) <= 2
    assert sum(len(index.group_of(row)) > 1 for row in range(1_150, 1_200)) >= 25


def phones(*numbers: str) -> list[Shown]:
    return [(PHONE, number, 0.95) for number in numbers]


def contacts(*names: str) -> list[Shown]:
    """Return what an operator's shops show: a phone and a WeChat name of each."""
    return [(kind, name, 0.95) for name in names for kind in (PHONE, NUMBER[ClueKind.WECHAT])]


def test_a_group_grows_merges_and_splits() -> None:
    index, _ = begin([(0, contacts("a")), (1, contacts("a")), (0, contacts("b", "c"))])
    grown = index.add(2, contacts("a"))
    assert (grown.dissolved, grown.formed) == (((0, 1),), ((0, 1, 3),))
    merged = index.change(2, contacts("a", "b"))
    assert (merged.dissolved, merged.formed) == (((0, 1, 3),), ((0, 1, 2, 3),))
    assert index.add(1, contacts("b")).group == (0, 1, 2, 3, 4)
    split = index.change(2, contacts("b"))
    assert split.dissolved == ((0, 1, 2, 3, 4),)
    assert split.formed == ((0, 1, 3), (2, 4))


def test_a_seller_of_its_own_joins_nothing() -> None:
    index, _ = begin([(0, phones("1")), (1, phones("1"))])
    added = index.add(0, phones("3"))
    assert (added.ties, added.group, added.dissolved, added.formed) == ((), (2,), (), ())


def test_an_empty_index_can_be_begun_with() -> None:
    index, _ = begin([])
    assert index.add(3, phones("1")).group == (0,)
    assert index.add(0, phones("1")).group == (0, 1)


@pytest.mark.parametrize(
    ("hops", "met"),
    [(0, {0: 0}), (1, {0: 0, 1: 1}), (2, {0: 0, 1: 1, 2: 2}), (9, {0: 0, 1: 1, 2: 2, 3: 3})],
)
def test_the_neighbourhood_walks_step_by_step(hops: int, met: dict[int, int]) -> None:
    chain = [phones("1"), phones("1", "2"), phones("2", "3"), phones("3"), phones("4")]
    index, _ = begin([(row % 2, shown) for row, shown in enumerate(chain)])
    around = index.neighbourhood(0, hops)
    assert around.hops == met
    assert [(tie.one, tie.other) for tie in around.ties] == [
        (row, row + 1) for row in range(len(met) - 1)
    ]
    assert all(tie.reasons[0].kind is ClueKind.PHONE for tie in around.ties)


def test_a_neighbourhood_is_that_of_all_leads() -> None:
    sellers = world(400, seed=9)
    index, bonds = begin(sellers)
    leads = {row: told_by_batch(bonds, row, LINKING_V1) for row in range(400)}
    for row in range(0, 400, 9):
        met = {row: 0}
        for step in (1, 2, 3):
            for at in [at for at, found in met.items() if found == step - 1]:
                met.update({other: step for other in leads[at] if other not in met})
        around: Neighbourhood = index.neighbourhood(row, 3)
        assert around.hops == met
        pairs = [(tie.one, tie.other) for tie in around.ties]
        assert len(pairs) == len(set(pairs))


def test_of_too_many_neighbours_some_are_counted_only() -> None:
    others = [phones(str(number)) for number in range(MOST_NODES + 50)]
    everybody = [one for shown in others for one in shown]
    index, _ = begin([(0, everybody), *((1, shown) for shown in others)])
    around = index.neighbourhood(0, 1)
    assert (len(around.hops), around.left_out) == (MOST_NODES, 51)
