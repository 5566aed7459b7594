"""What people say of shared values counts, whatever linking finds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from domain.hubs import SharedValue
from domain.listings import Sighting
from domain.tracing import ClueKind, LeadType, Record
from tests.conftest import START
from tracing import LINKING_V1, Linking, link
from tracing.bonds import NUMBER, Told, bond, find_groups
from tracing.hub_words import words_of_shared
from tracing.seller_index import SellerIndex

See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]
PHONE = (ClueKind.PHONE, "+8613800138000")
HOTLINE = (ClueKind.PHONE, "+864008208820")


def linked(sightings: list[Sighting], told: Told, *records: Record) -> Linking:
    return link(sightings, records, decided={}, told=told)


def members(linking: Linking) -> list[list[str]]:
    return [[member.seller_key for member in network.members] for network in linking.networks]


@pytest.fixture
def pair(see: See) -> list[Sighting]:
    """Two shops with one phone."""
    return [see(f"{name}.example", name, phones=("13800138000",)) for name in "ab"]


@pytest.fixture
def crowd(see: See) -> list[Sighting]:
    """Thirty shops on as many platforms that share a hotline and nothing else."""
    return [see(f"p{n}.example", f"s{n}", phones=("4008208820",)) for n in range(30)]


def test_a_value_told_to_be_a_hub_joins_nobody(pair: list[Sighting]) -> None:
    assert members(linked(pair, {})) == [["a", "b"]]
    linking = linked(pair, {PHONE: True})
    assert (members(linking), linking.leads) == ([], ())
    (hub,) = linking.hubs
    assert (hub.kind, hub.value, hub.sellers, hub.by_person) == (*PHONE, 2, True)
    assert hub.ownership > LINKING_V1.hub_below  # what was found stands beside it


def test_a_hub_told_to_be_ones_own_joins_all_that_show_it(crowd: list[Sighting]) -> None:
    before = linked(crowd, {})
    assert [hub.value for hub in before.hubs] == [HOTLINE[1]]
    assert not before.hubs[0].by_person
    assert before.networks == ()
    linking = linked(crowd, {HOTLINE: False})
    assert linking.hubs == ()
    assert [len(one) for one in members(linking)] == [30]


def test_a_platforms_own_value_can_be_told_to_be_one_sellers(see: See) -> None:
    shops = [see("one.example", f"s{n}", phones=("4008208820",)) for n in range(30)]
    assert [hub.of_platform for hub in linked(shops, {}).hubs] == [True]
    assert [len(one) for one in members(linked(shops, {HOTLINE: False}))] == [30]


def test_what_is_told_of_one_kind_says_nothing_of_another(pair: list[Sighting]) -> None:
    assert members(linked(pair, {(ClueKind.WECHAT, PHONE[1]): True})) == [["a", "b"]]


def test_a_hub_of_one_seller_joins_it_to_no_record_either(see: See, record: MakeRecord) -> None:
    shop = see("a.example", "a", phones=("13800138000",))
    warehouse = record("warehouse", phones=("13800138000",))
    found = linked([shop], {}, warehouse)
    assert [lead.type for lead in found.leads] == [LeadType.STORES_AT]
    assert linked([shop], {PHONE: True}, warehouse).leads == ()


def test_what_is_thought_of_a_value_does_not_hang_on_what_is_told(crowd: list[Sighting]) -> None:
    for told in ({}, {HOTLINE: False}, {HOTLINE: True}):
        thought = linked(crowd, told).bonds.thought_of(LINKING_V1)[HOTLINE]
        assert (thought.is_hub, thought.sellers) == (True, 30)
        assert thought.owned < LINKING_V1.hub_below


def test_an_index_of_sellers_obeys_as_it_grows() -> None:
    kind = NUMBER[ClueKind.PHONE]
    shown = [(row, kind, PHONE[1], 0.95) for row in range(2)]
    platforms = np.zeros(2, dtype=np.int32)
    for is_hub, group in ((False, (0, 1, 2)), (True, (2,))):
        bonds = bond(platforms, shown, LINKING_V1, told={PHONE: is_hub})
        index = SellerIndex(bonds, platforms, find_groups(bonds, LINKING_V1), LINKING_V1)
        added = index.add(0, [(kind, PHONE[1], 0.95)])
        assert added.group == group


@pytest.mark.parametrize(
    ("sellers", "owned", "limit", "is_hub", "kind", "zh", "en"),
    [
        (30, 0.004, 0, True, ClueKind.PHONE, "几乎没有其他更少见的共同点", "less than 1%"),
        (400, 0.1, 0, True, ClueKind.USCC, "超出一个经营者通常的数量", "about 10%"),
        (2, 0.12, 0, True, ClueKind.TEXT, "超出一个经营者通常的数量", "about 12%"),
        (90, 0.9, 60, True, ClueKind.PHONE, "某一平台店铺的半数以上", "one platform's"),
        (3, 0.999, 0, False, ClueKind.PHONE, "可能性超过99%", "more than 99%"),
        (0, 0.0, 0, False, ClueKind.PHONE, "没有两家以上", "No two shops"),
    ],
)
def test_a_sentence_says_why(
    sellers: int, owned: float, limit: int, is_hub: bool, kind: ClueKind, zh: str, en: str
) -> None:
    words = words_of_shared(
        SharedValue(
            kind=kind,
            value="x",
            sellers=sellers,
            owned=owned,
            platform_limit=limit,
            hub_since=START if is_hub else None,
        )
    )
    assert zh in words.zh
    assert en in words.en
