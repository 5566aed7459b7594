"""Names near to that of an indication: whose place they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.matches import NameHow
from matchers.indications.other_places import is_of_another_place

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "written", "how", "other", "reason"),
    [
        ("东台大米", "东北大米", NameHow.TYPO, True, "half the place is changed"),
        ("新沂水蜜桃", "新鲜水蜜桃", NameHow.TYPO, True, "no place at all"),
        ("梅河大米", "黄河大米", NameHow.TYPO, True, "a river"),
        ("云溪湖大米", "云西湖大米", NameHow.TYPO, False, "one of three is changed"),
        ("武山蜜桃", "吴山蜜桃", NameHow.SOUND, False, "sounds the same, and is no division"),
        ("玉林大米", "榆林大米", NameHow.SOUND, True, "sounds the same, and is a division"),
        ("云溪大米", "云·溪·大米", NameHow.SEPARATOR, False, "its own place"),
        ("云溪大米", "新云溪大米", NameHow.TYPO, False, "its own place with more before it"),
        ("云溪大米", "云溪大麦", NameHow.TYPO, False, "the product is changed"),
    ],
)
def test_whose_place_a_near_name_holds(
    name: str, written: str, how: NameHow, other: bool, reason: str, make_gi: Make
) -> None:
    assert is_of_another_place(written, how, make_gi(name, product=None)) is other, reason
