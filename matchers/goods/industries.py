"""Industries (国民经济行业分类, GB/T 4754) by the Nice classes of what they sell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from matchers.goods.tables import read_table


def classes_of_industry(name: str) -> tuple[int, ...]:
    """Return the classes of an industry; empty for any other text and for 制造业, which is open."""
    return _industries().get("".join(name.split()).strip("'\""), ())


@cache
def _industries() -> Mapping[str, tuple[int, ...]]:
    return {name: tuple(map(int, rest.split())) for name, rest in read_table("industries.txt")}
