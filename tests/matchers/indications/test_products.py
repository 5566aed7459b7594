"""The table of products: it holds together, and families are told apart."""

from __future__ import annotations

import pytest

from matchers.indications.products import KIND, SAME, WIDER, accepted, families_of, products


def test_every_parent_is_a_family_and_none_is_its_own() -> None:
    families = products().families
    for family in families.values():
        seen = {family.name}
        parent = family.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = families[parent].parent


def test_words_that_are_something_else_hold_a_word_of_the_table() -> None:
    table = products().by_word
    known = [word for word, families in table.items() if families]
    strangers = [
        word
        for word, families in table.items()
        if not families and not any(one in word for one in known)
    ]
    assert strangers == []


@pytest.mark.parametrize(
    ("listed", "product", "likeness", "reason"),
    [
        ("螃蟹", "大闸蟹", SAME, "two words for one"),
        ("茶叶", "翠芽", WIDER, "翠芽 is a tea"),
        ("碧螺春", "绿茶", KIND, "a kind of it"),
        ("红茶", "绿茶", 0.0, "two kinds of tea"),
        ("山羊肉", "山羊", SAME, "meat of the animal"),
        ("核桃", "水蜜桃", 0.0, "no peach"),
        ("早酥梨", "梨", KIND, "a kind of pear"),
        ("蚕丝被", "蚕茧", SAME, "what is sold of cocoons"),
        ("刀鱼", "江鲚", SAME, "a river fish, and a sea fish too"),
        ("虫草", "雪莲", 0.0, "herbs of one line of the table"),
    ],
)
def test_which_words_name_a_product(
    listed: str, product: str, likeness: float, reason: str
) -> None:
    named = accepted(families_of(product))
    assert max((named.get(one, 0.0) for one in families_of(listed)), default=0.0) == likeness, (
        reason
    )


@pytest.mark.parametrize("product", ["白绒山羊", "特小凤西瓜", "老树普洱茶"])
def test_a_product_is_known_by_the_word_that_it_ends_on(product: str) -> None:
    assert families_of(product)
