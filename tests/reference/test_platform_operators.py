"""Operators of platforms: of platforms that are known by name, in places that have a bureau."""

from __future__ import annotations

import pytest

from crawler.platforms import PLATFORMS
from reference.bureaus import bureau_of
from reference.platform_names import platform_named
from reference.platform_operators import OPERATORS


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_is_of_a_known_platform_and_place(name: str) -> None:
    operator = OPERATORS[name]
    assert name in {platform.name for platform in PLATFORMS}
    assert platform_named(operator.called.partition("、")[0]) in (name, operator.called)
    assert operator.adcode is None or bureau_of(operator.adcode) is not None
