"""Places that the tables of divisions hold, and names like those that they do not."""

from __future__ import annotations

import pytest

from reference.places import is_place, names_like


@pytest.mark.parametrize(
    ("text", "known", "why"),
    [
        ("320500", True, "a code"),
        ("32", True, "a code without the zeros"),
        ("320583000000", False, "a statistical code of 12 digits"),
        ("999999", False, "a code of no division"),
        ("苏州市", True, "a full name"),
        ("苏州", True, "a short one"),
        ("江苏省苏州市阳澄湖", True, "as far as the city"),
        ("阳澄湖镇", True, "a town"),
        ("阳澄湖", False, "a lake"),
        ("", False, "nothing"),
    ],
)
def test_what_the_tables_hold(text: str, known: bool, why: str) -> None:
    assert is_place(text) is known, why


@pytest.mark.parametrize(
    ("text", "like"),
    [("苏卅市", "苏州市"), ("昆山巿", "昆山"), ("五長市", "五常市"), ("桦甸巿", "桦甸市")],
)
def test_a_misspelt_name_is_like_the_right_one(text: str, like: str) -> None:
    assert like in names_like(text)


@pytest.mark.parametrize("text", ["Champagne", "999999", "", "湖" * 5000])
def test_what_is_like_no_name(text: str) -> None:
    assert names_like(text) == ()
