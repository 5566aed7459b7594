"""Lists card by card: what is broken is refused with its place, until most of it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.platforms.cards import list_page
from crawler.platforms.platform import ListPage
from crawler.platforms.strict import bare
from crawler.platforms.strict_json import Json
from domain.common import PageChanged
from domain.listings import Sighting
from domain.pages import Page, PageKind
from tests.crawler.platforms.test_strict import page_of

PAGE = page_of("[]")


def read(page: Page, card: Json) -> Sighting | None:
    if card.text("kind") == "promotion":
        return None
    return bare(page, "shop", PageKind.LISTING, key=card.need_text("id"), url=page.url)


def listed(*cards: dict[str, str]) -> ListPage:
    return list_page(PAGE, Json(list(cards), "teas", PAGE.url).items(), read)


GOOD, BROKEN, PROMOTION = {"id": "a"}, {"name": "b"}, {"kind": "promotion"}


@pytest.mark.parametrize(
    ("cards", "kept", "refused", "why"),
    [
        ([], [], [], "an empty list is a list"),
        ([GOOD, GOOD], [1, 2], [], "all as known"),
        ([GOOD, BROKEN, GOOD], [1, 3], [(2, "teas[1].id")], "one is refused, in its place"),
        ([PROMOTION, GOOD, BROKEN, GOOD], [1, 3], [(2, "teas[2].id")], "promotions have no place"),
        ([PROMOTION], [], [], "nothing but promotions is no broken list"),
    ],
)
def test_a_list_is_read_card_by_card(
    cards: list[dict[str, str]], kept: list[int], refused: list[tuple[int, str]], why: str
) -> None:
    found = listed(*cards)
    assert [place for place, _ in found.placed()] == kept, why
    assert [(one.line, one.field) for one in found.refusals] == refused, why
    assert found.shown == len(kept) + len(refused)


@pytest.mark.parametrize(
    ("cards", "why"),
    [
        ([BROKEN], "the only one"),
        ([GOOD, BROKEN], "half of them"),
        ([PROMOTION, PROMOTION, BROKEN], "promotions do not count as read"),
    ],
)
def test_a_list_that_is_broken_by_half_has_changed(cards: list[dict[str, str]], why: str) -> None:
    with pytest.raises(PageChanged) as raised:
        listed(*cards)
    assert raised.value.where.endswith(".id"), why


def test_a_refusal_says_what_was_expected_and_where() -> None:
    (refusal,) = listed(GOOD, BROKEN, GOOD).refusals
    assert str(refusal) == (
        "https://shop.example/a:2: teas[1].id: expected a text that is not empty, got nothing"
    )


def test_cards_without_an_origin_of_their_own_are_given_one() -> None:
    cards = Json([{"id": "a"}], "", PAGE.url).items()
    found = list_page(PAGE, cards, read_title, origin="api")
    assert found.sightings[0].origins == {"title": "api"}


def read_title(page: Page, card: Json) -> Sighting:
    found = read(page, card)
    assert found is not None
    return replace(found, title="云岭春")
