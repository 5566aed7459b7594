"""Pairs that a third row stands for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tracing.linkage.agreements import agree
from tracing.linkage.holdings import lay_holdings
from tracing.linkage.stars import stood_for

MANY = 2
HOLDINGS = st.dictionaries(
    st.integers(0, 7), st.frozensets(st.sampled_from("abcd"), max_size=3), max_size=8
)


@settings(deadline=None)  # The first call compiles.
@given(HOLDINGS)
def test_pairs_are_those_of_a_slow_twin(shown: dict[int, frozenset[str]]) -> None:
    entries = [(row, 1, value, 1.0) for row in sorted(shown) for value in sorted(shown[row])]
    holdings = lay_holdings(8, entries)
    lines = agree(
        holdings,
        np.ones(len(holdings.texts)),
        np.arange(len(holdings.texts), dtype=np.int32),
    )
    found = stood_for(lines, holdings, many=MANY)
    begins = lines.pairs()[0][:-1]
    pairs = zip(lines.one[begins].tolist(), lines.other[begins].tolist(), strict=True)
    told = {pair for pair, is_so in zip(pairs, found.tolist(), strict=True) if is_so}
    assert told == {pair for pair in combinations(sorted(shown), 2) if _is_stood_for(pair, shown)}


def _is_stood_for(pair: tuple[int, int], shown: dict[int, frozenset[str]]) -> bool:
    shared = shown[pair[0]] & shown[pair[1]]
    holders = {value: [row for row in sorted(shown) if value in shown[row]] for value in shared}
    firsts = [rows[0] for rows in holders.values() if len(rows) > MANY]
    return bool(firsts) and min(firsts) not in pair and shared <= shown[min(firsts)]


@settings(deadline=None)
@given(HOLDINGS)
def test_whoever_is_joined_stays_joined(shown: dict[int, frozenset[str]]) -> None:
    """Leaving out what others stand for cuts no group."""
    left: set[frozenset[int]] = {frozenset((row,)) for row in shown}
    for one, other in combinations(sorted(shown), 2):
        if shown[one] & shown[other] and not _is_stood_for((one, other), shown):
            joined = [group for group in left if group & {one, other}]
            left -= set(joined)
            left.add(frozenset().union(*joined))
    for one, other in combinations(shown, 2):
        if shown[one] & shown[other]:
            assert any({one, other} <= group for group in left)
