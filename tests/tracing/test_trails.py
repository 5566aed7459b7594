"""Trails: only the hops that evidence supports, and what to ask for at each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain.listings import ListingRef, Sighting
from domain.pages import PageKind
from domain.sellers import SellerRef
from domain.tracing import HopKind, LeadState, Record, Trail
from tracing import Linking, link

CODE = "91330106MA2AAAAA15"
COMPANY = "杭州青鲤商贸有限公司"
PLACE = "浙江省义乌市后宅街道洪深路200号2号仓"
SHOP = SellerRef(platform="a.example", seller_key="s1")
See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]


def hops(linking: Linking) -> list[tuple[str, str]]:
    (trail,) = linking.trails
    return [(hop.kind.value, hop.key) for hop in trail.hops[2:]]


def test_the_whole_way(see: See, record: MakeRecord) -> None:
    records = (
        record("company", "C1", name=COMPANY, uscc=CODE),
        record(
            "shipment",
            "S1",
            waybill="SF1234567890123",
            carrier="顺丰速运",
            shop=SHOP,
            sender={"name": COMPANY, "address": PLACE},
        ),
        record("warehouse", "W1", address=PLACE, tenants=[{"name": COMPANY}]),
    )
    (trail,) = link([see(uscc=CODE)], records, decided={}).trails
    assert [(hop.kind.value, hop.key) for hop in trail.hops] == [
        ("listing", "a.example/l-s1"),
        ("seller", "a.example/s1"),
        ("company", "src/C1"),
        ("shipment", "src/S1"),
        ("warehouse", "src/W1"),
    ]
    assert trail.hops[0].confidence == trail.hops[1].confidence == 1.0
    assert all(0.6 <= hop.confidence < 1 for hop in trail.hops[2:])
    assert all(hop.evidence for hop in trail.hops[1:])
    _, seller, company, shipment, warehouse = (hop.ask_for.zh for hop in trail.hops)
    assert "《电子商务法》第二十五条" in seller
    assert CODE in company
    assert "SF1234567890123" in shipment
    assert "邮政管理部门" in shipment
    assert PLACE in warehouse
    assert "《协助调查函》" in warehouse


def test_a_trail_may_end_at_the_seller(see: See, record: MakeRecord) -> None:
    unrelated = record("warehouse", "W1", address=PLACE, tenants=[{"name": COMPANY}])
    linking = link([see(phones=("13800138000",))], [unrelated], decided={})
    assert hops(linking) == []


def test_stations_may_be_missing_in_between(see: See, record: MakeRecord) -> None:
    warehouse = record("warehouse", "W1", address=PLACE)
    linking = link([see(return_address=PLACE)], [warehouse], decided={})
    assert hops(linking) == [("warehouse", "src/W1")]


def test_weak_leads_are_no_steps(see: See, record: MakeRecord) -> None:
    company = record("company", "C1", name=COMPANY, phones=("13800138000",))
    linking = link([see(phones=("13800138000",))], [company], decided={})
    assert [lead.score > 0.5 for lead in linking.leads] == [True]
    assert hops(linking) == []
    (lead,) = linking.leads
    confirmed = link(
        [see(phones=("13800138000",))], [company], decided={lead.lead_id: LeadState.CONFIRMED}
    )
    assert hops(confirmed) == [("company", "src/C1")]
    (trail,) = confirmed.trails
    assert trail.hops[2].confidence == 1.0
    assert trail.hops[2].evidence[0].zh == "该关联已经人工确认"


def test_a_rejected_lead_is_no_step(see: See, record: MakeRecord) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE)
    (lead,) = link([see(uscc=CODE)], [company], decided={}).leads
    rejected = link([see(uscc=CODE)], [company], decided={lead.lead_id: LeadState.REJECTED})
    assert hops(rejected) == []


def test_the_parcel_that_leads_to_a_warehouse_is_taken_then_the_latest(
    see: See, record: MakeRecord
) -> None:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    parcels = [
        record("shipment", f"S{n}", shop=SHOP, shipped_at=day + timedelta(days=n))
        for n in (1, 3, 2)
    ]
    assert hops(link([see()], parcels, decided={})) == [("shipment", "src/S3")]
    from_warehouse = record("shipment", "S0", shop=SHOP, sender={"address": PLACE})
    warehouse = record("warehouse", "W1", address=PLACE)
    linking = link([see()], [*parcels, from_warehouse, warehouse], decided={})
    assert hops(linking) == [("shipment", "src/S0"), ("warehouse", "src/W1")]


def test_parcels_of_the_company_serve_where_none_names_the_shop(
    see: See, record: MakeRecord
) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE)
    parcel = record("shipment", "S1", sender={"name": COMPANY})
    assert hops(link([see(uscc=CODE)], [company, parcel], decided={})) == [
        ("company", "src/C1"),
        ("shipment", "src/S1"),
    ]


def test_goods_sent_back_to_a_collection_point_show_no_store(see: See, record: MakeRecord) -> None:
    warehouse = record("warehouse", "W1", address=PLACE)
    shops = [see(seller_key=f"s{n:02}", return_address=PLACE) for n in range(11)]
    trails = link(shops, [warehouse], decided={}).trails
    assert {len(trail.hops) for trail in trails} == {2}


def test_trails_are_made_for_the_listings_asked_for(see: See) -> None:
    shops = [see(seller_key="s1"), see(seller_key="s2"), see(seller_key="s3", kind=PageKind.SELLER)]
    wanted = [ListingRef(platform="a.example", listing_key="l-s2")]

    def listings(trails: tuple[Trail, ...]) -> list[str]:
        return [trail.listing.listing_key for trail in trails]

    assert listings(link(shops, (), decided={}, trails_for=wanted).trails) == ["l-s2"]
    assert listings(link(shops, (), decided={}, trails_for=()).trails) == []
    assert listings(link(shops, (), decided={}).trails) == ["l-s1", "l-s2"]


def test_the_latest_sighting_says_who_sells(see: See) -> None:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    old = see(seller_key="s1", listing_key="l", fetched_at=day)
    new = see(seller_key="s2", listing_key="l", fetched_at=day + timedelta(days=1))
    for order in ([old, new], [new, old]):
        (trail,) = link(order, (), decided={}).trails
        assert [hop.key for hop in trail.hops if hop.kind is HopKind.SELLER] == ["a.example/s2"]
