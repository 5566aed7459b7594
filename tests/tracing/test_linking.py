"""Leads and networks: what joins, what must not, and what people decided."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.common import Sha256
from domain.listings import Sighting
from domain.pictures import Picture
from domain.sellers import SellerRef
from domain.tracing import ClueKind, Lead, LeadState, LeadType, Node, Record, lead_id_of
from tracing import LINKING_V1, Linking, link
from tracing.weights import score_of

CODE, OTHER_CODE = "91330106MA2AAAAA15", "91330782MA2BBBBB2H"
PHONE = "13800138000"
COMPANY = "杭州青鲤商贸有限公司"
PLACE = "浙江省杭州市西湖区文三路100号3幢201室"
See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]


def members(linking: Linking) -> list[list[str]]:
    return [[member.seller_key for member in network.members] for network in linking.networks]


def leads_of(linking: Linking, lead_type: LeadType) -> dict[tuple[str, str], Lead]:
    return {(_key(lead.a), _key(lead.b)): lead for lead in linking.leads if lead.type is lead_type}


def _key(node: object) -> str:
    return str(node).partition("/")[2]


def link_of(*sightings: Sighting, records: tuple[Record, ...] = ()) -> Linking:
    return link(sightings, records, decided={})


@pytest.mark.parametrize(
    ("one", "other", "kind", "why"),
    [
        ({"phones": ("13800138000",)}, {"about": "电话 1three8 0013 8000"}, "phone", "evaded"),
        ({"wechat": ("xiao_mei88",)}, {"about": "加V：Xiao_mei88"}, "wechat", "evaded"),
        ({"emails": ("a@shop.example",)}, {"emails": ("A@SHOP.example",)}, "email", "capitals"),
        ({"emails": ("123456@qq.com",)}, {"qq": ("123456",)}, "qq", "a QQ mailbox is its account"),
        ({"uscc": CODE}, {"licence": CODE.lower()}, "uscc", "shown as licence number"),
        ({"company": COMPANY}, {"name": "杭州青鲤商贸 有限公司"}, "company", "as shop name"),
        (
            {"return_address": PLACE},
            {"address": "杭州市西湖区文三路１００号３号楼201"},
            "address",
            "other writing",
        ),
        ({"licence": "JY13301060012345"}, {"about": "JY13301060012345"}, "licence", "in text"),
    ],
)
def test_one_shared_value_joins_two_sellers(
    see: See, one: dict[str, object], other: dict[str, object], kind: str, why: str
) -> None:
    linking = link_of(see("a.example", "s1", **one), see("b.example", "s2", **other))
    assert members(linking) == [["s1", "s2"]], why
    (lead,) = linking.leads
    assert [reason.clue_kind.value for reason in lead.reasons] == [kind]
    assert lead.score == pytest.approx(
        score_of([reason.weight for reason in lead.reasons], LINKING_V1.prior)
    )
    assert lead.reasons[0].words.zh.startswith("两家店铺使用同一")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"phones": ("13800138000",)}, {"phones": ("13800138991",)}, "another number"),
        ({"address": "浙江省杭州市"}, {"address": "浙江省杭州市"}, "a region is no address"),
        ({"name": "旺旺小店"}, {"name": "旺旺小店"}, "shop names are no identity"),
        ({"uscc": "91330106MA2AAAAA16"}, {"uscc": "91330106MA2AAAAA16"}, "wrong check digit"),
        ({"icp": "浙ICP备12345678号"}, {"icp": "浙ICP备12345678号"}, "one platform's own filing"),
    ],
)
def test_what_does_not_join(
    see: See, one: dict[str, object], other: dict[str, object], why: str
) -> None:
    linking = link_of(see("a.example", "s1", **one), see("a.example", "s2", **other))
    assert linking.networks == (), why
    assert linking.leads == (), why


def test_two_companies_of_one_name_are_a_question_for_a_person(see: See) -> None:
    linking = link_of(
        see("a.example", "s1", company=COMPANY, uscc=CODE),
        see("a.example", "s2", company=COMPANY, uscc=OTHER_CODE),
    )
    assert linking.networks == ()
    (lead,) = linking.leads
    assert [(reason.clue_kind, reason.weight > 0) for reason in lead.reasons] == [
        (ClueKind.COMPANY, True),
        (ClueKind.USCC, False),
    ]


def test_a_filing_shared_between_platforms_joins(see: See) -> None:
    icp = "浙ICP备12345678号"
    assert members(link_of(see("a.example", "s1", icp=icp), see("b.example", "s2", icp=icp)))


def test_words_keep_contact_values_to_themselves(see: See) -> None:
    linking = link_of(
        see(seller_key="s1", phones=("13800138000",)), see(seller_key="s2", phones=("13800138000",))
    )
    words = linking.leads[0].reasons[0].words
    assert words.zh == "两家店铺使用同一电话号码（见于店铺资料）"
    assert words.en == "Both shops use the same phone number (seen in the shop's details)"


def test_a_hotline_of_many_sellers_welds_nothing(see: See) -> None:
    shops = [see(f"p{n % 3}", f"s{n:02}", phones=("4008208820",)) for n in range(30)]
    linking = link(shops, (), decided={})
    assert linking.leads == ()
    assert linking.networks == ()
    (hub,) = linking.hubs
    assert (hub.kind, hub.sellers, hub.of_platform) == (ClueKind.PHONE, 30, False)
    assert hub.ownership < LINKING_V1.hub_below


def test_the_hundreds_of_shops_of_one_company_are_one_network(see: See) -> None:
    """A credit code is one legal person's, however many shops show it on several platforms."""
    shops = [see(f"p{n % 3}", f"s{n:03}", uscc=CODE, company=COMPANY) for n in range(300)]
    strangers = [see(f"p{n % 3}", f"t{n:03}") for n in range(400)]
    linking = link([*shops, *strangers], (), decided={})
    assert linking.hubs == ()
    assert [len(network.members) for network in linking.networks] == [300]


def test_the_code_alone_makes_them_one_network_whose_leads_go_to_the_first(see: See) -> None:
    phones = {5: (PHONE,), 9: (PHONE,)}
    shops = [see(f"p{n % 3}", f"s{n:03}", uscc=CODE, phones=phones.get(n, ())) for n in range(300)]
    strangers = [see(f"p{n % 3}", f"t{n:03}") for n in range(400)]
    linking = link([*shops, *strangers], (), decided={})
    (network,) = linking.networks
    assert len(network.members) == 300
    first = min(network.members)
    apart = [{lead.a, lead.b} for lead in linking.leads if first not in (lead.a, lead.b)]
    assert len(linking.leads) == 299 + len(apart)
    # What two share beside the code the first shop does not tell.
    assert apart == [{shops[5].seller.ref, shops[9].seller.ref}]  # type: ignore[union-attr]


def test_a_decision_on_two_of_many_is_kept(see: See) -> None:
    shops = [see(f"p{n % 3}", f"s{n:03}", uscc=CODE) for n in range(60)]
    strangers = [see(f"p{n % 3}", f"t{n:03}") for n in range(90)]
    two = [shops[7].seller.ref, shops[8].seller.ref]  # type: ignore[union-attr]
    lead_id = lead_id_of(min(two), max(two), LeadType.SAME_OPERATOR)
    linking = link([*shops, *strangers], (), decided={lead_id: LeadState.CONFIRMED})
    assert [lead.lead_id for lead in linking.leads if lead.state is LeadState.CONFIRMED] == [
        lead_id
    ]
    assert len(linking.leads) == 60


def test_as_many_shops_that_share_rarer_things_too_are_one_network(see: See) -> None:
    """What the hotline's shops lack: a mailbox here and a WeChat account there."""
    shops = [
        see(
            f"p{n % 3}",
            f"s{n:02}",
            phones=("13800138000",),
            emails=(f"kefu{n // 4}@shop.example",),
            wechat=(f"qingli_{(n + 2) // 4}",),
        )
        for n in range(30)
    ]
    linking = link(shops, (), decided={})
    assert linking.hubs == ()
    assert [len(network.members) for network in linking.networks] == [30]


@pytest.mark.parametrize(
    ("count", "other", "networks", "why"),
    [
        (5, {"wechat": ("shop_abc",)}, 1, "a phone and a mailbox of another kind"),
        (8, {"wechat": ("shop_abc",)}, 1, "as many as are few"),
        (8, {"return_address": "浙江省义乌市后宅街道洪深路200号2号仓"}, 1, "a phone and a place"),
        (9, {"wechat": ("shop_abc",)}, 0, "so many may be a market's"),
        (8, {"phones": (PHONE, "13911112222")}, 0, "two hotlines of one market"),
    ],
)
def test_few_shops_with_two_kinds_of_contacts_are_one_network(
    see: See, count: int, other: dict[str, object], networks: int, why: str
) -> None:
    shown = {"phones": (PHONE,)} | other
    shops = [see(seller_key=f"s{number}", **shown) for number in range(count)]
    found = link(shops, (), decided={}).networks
    assert [len(one.members) for one in found] == [count] * networks, why


@pytest.mark.parametrize("apart", [1, 2])
def test_shops_alike_but_for_a_phone_are_one_network(see: See, apart: int) -> None:
    shops = [
        see(
            seller_key=f"s{number}",
            phones=("13911112222",) if number < apart else (PHONE,),
            qq=("123456789",),
        )
        for number in range(5)
    ]
    (network,) = link(shops, (), decided={}).networks
    assert len(network.members) == 5


def test_the_more_share_a_value_the_less_it_says(see: See) -> None:
    def score(sharers: int) -> float:
        shops = [see("a.example", f"s{n:02}", phones=("13800138000",)) for n in range(sharers)]
        return link(shops, (), decided={}).leads[0].score

    scores = [score(sharers) for sharers in range(2, 6)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_one_stray_number_does_not_weld_two_networks(see: See) -> None:
    """Six shops here and six there, each group sure of itself, and one phone in one of each."""
    groups = [
        see(f"p{n % 3}", f"{side}{n}", uscc=code, phones=(stray,) if n == 0 else ())
        for side, code in (("a", CODE), ("b", OTHER_CODE))
        for n in range(6)
        for stray in ("13800138000",)
    ]
    linking = link_of(*groups)
    assert [len(network.members) for network in linking.networks] == [6, 6]
    assert ("a0", "b0") in leads_of(linking, LeadType.SAME_OPERATOR), "but it is shown"
    alone = link_of(groups[0], groups[6])
    assert members(alone) == [], "other legal persons, one phone"
    (lead,) = alone.leads
    assert [reason.weight > 0 for reason in lead.reasons] == [True, False]


@pytest.mark.parametrize(
    ("one", "other", "kind", "joined", "why"),
    [
        ({"phones": ("13800138000",)}, {"phones": ("13800138009",)}, "phone", True, "a digit"),
        ({"phones": ("13800138000",)}, {"phones": ("13800130800",)}, "phone", True, "exchanged"),
        ({"phones": ("13800138000",)}, {"phones": ("13899138009",)}, "phone", False, "three"),
        ({"company": COMPANY}, {"company": "杭州青里商贸有限公司"}, "company", True, "a letter"),
        ({"company": COMPANY}, {"company": "杭州金禾贸易有限公司"}, "company", False, "another"),
        ({"name": "青鲤旗舰店"}, {"name": "青鲤专营店"}, "shop_name", True, "one core"),
        ({"name": "青鲤旗舰店"}, {"name": "金禾专营店"}, "shop_name", False, "another core"),
    ],
)
def test_what_is_nearly_the_same_supports_what_is(
    see: See, one: dict[str, object], other: dict[str, object], kind: str, joined: bool, why: str
) -> None:
    """A shared return address, and beside it something alike."""
    shops = [
        see(f"{letter}.example", f"s{letter}", return_address=PLACE, **fields)
        for letter, fields in (("a", one), ("b", other))
    ]
    (lead,) = link_of(*shops).leads
    assert (kind in [reason.clue_kind.value for reason in lead.reasons]) is joined, why
    assert lead.score == pytest.approx(
        score_of([reason.weight for reason in lead.reasons], LINKING_V1.prior)
    )


def test_nearly_the_same_alone_is_nothing(see: See) -> None:
    shops = (
        see(seller_key="s1", company=COMPANY),
        see(seller_key="s2", company="杭州青里商贸有限公司"),
    )
    assert link_of(*shops).leads == ()


def test_copied_pictures_support_and_count_once(see: See) -> None:
    def shop(key: str, *digests: str) -> Sighting:
        pictures = tuple(Picture(url=f"{d}.jpg", sha256=Sha256(d * 64)) for d in digests)
        return replace(see(seller_key=key, return_address=PLACE), pictures=pictures)

    (one,) = link_of(shop("s1", "a"), shop("s2", "a")).leads
    (three,) = link_of(shop("s1", "a", "b", "c"), shop("s2", "a", "b", "c")).leads
    (none,) = link_of(shop("s1", "a"), shop("s2", "b")).leads
    assert one.score == three.score > none.score


def test_a_value_most_sellers_of_a_platform_show_is_the_platforms_own(see: See) -> None:
    known = LINKING_V1.platform_sellers
    codes = [CODE if n <= known // 2 else None for n in range(known)]
    shops = [see("a.example", f"s{n:02}", uscc=code) for n, code in enumerate(codes)]
    linking = link(shops, (), decided={})
    assert [hub.kind for hub in linking.hubs] == [ClueKind.USCC]
    assert linking.networks == ()
    # One seller fewer shows it: half of them is no majority.
    assert len(link([*shops[1:], see("a.example", "s99")], (), decided={}).networks) == 1


def test_a_seller_is_its_company_by_code_or_name(see: See, record: MakeRecord) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE)
    for shown in ({"uscc": CODE}, {"company": COMPANY}):
        linking = link_of(see(**shown), records=(company,))
        lead = leads_of(linking, LeadType.REGISTERED_AS)["s1", "C1"]
        assert lead.score > LINKING_V1.join_from
        assert linking.networks == (), "one seller is no network"


def test_the_row_retrieved_last_counts(see: See, record: MakeRecord) -> None:
    old = record("company", "C1", name=COMPANY, uscc=OTHER_CODE)
    new = replace(old, uscc=CODE, retrieved_at=old.retrieved_at + timedelta(days=1))
    for order in ((old, new), (new, old)):
        linking = link_of(see(uscc=CODE), records=order)
        assert set(leads_of(linking, LeadType.REGISTERED_AS)) == {("s1", "C1")}


def test_a_company_of_the_same_name_with_another_code_is_not_believed(
    see: See, record: MakeRecord
) -> None:
    company = record("company", "C1", name=COMPANY, uscc=OTHER_CODE)
    linking = link_of(see(uscc=CODE, company=COMPANY), records=(company,))
    assert leads_of(linking, LeadType.REGISTERED_AS) == {}
    seller, other = SellerRef(platform="a.example", seller_key="s1"), company.ref
    decided = {lead_id_of(seller, other, LeadType.REGISTERED_AS): LeadState.CONFIRMED}
    linking = link([see(uscc=CODE, company=COMPANY)], [company], decided=decided)
    assert [lead.state for lead in linking.leads] == [LeadState.CONFIRMED], "unless a person is"
    assert [hop.key for hop in linking.trails[0].hops[2:]] == ["src/C1"]


def test_two_shops_of_one_company_are_one_network(see: See, record: MakeRecord) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE)
    shops = (see(seller_key="s1", uscc=CODE), see(seller_key="s2", company=COMPANY))
    assert members(link_of(*shops)) == []
    assert members(link_of(*shops, records=(company,))) == [["s1", "s2"]]


def test_tenants_of_one_warehouse_are_no_network(see: See, record: MakeRecord) -> None:
    tenants = ("义乌小张百货商行", "义乌小李百货商行")
    warehouse = record(
        "warehouse", "W1", address=PLACE, tenants=[{"name": tenant} for tenant in tenants]
    )
    linking = link_of(
        see(seller_key="s1", company=tenants[0]),
        see(seller_key="s2", company=tenants[1]),
        records=(warehouse,),
    )
    assert set(leads_of(linking, LeadType.STORES_AT)) == {("s1", "W1"), ("s2", "W1")}
    assert linking.networks == ()


def test_what_a_platform_answers_counts_as_the_shops_own(see: See, record: MakeRecord) -> None:
    reply = record(
        "platform_reply",
        "P1",
        shop=SellerRef(platform="a.example", seller_key="s1"),
        uscc=CODE,
        phones=("13800138000",),
    )
    linking = link_of(
        see(seller_key="s1"), see(seller_key="s2", phones=("13800138000",)), records=(reply,)
    )
    assert members(linking) == [["s1", "s2"]]
    assert "平台回复" in linking.leads[0].reasons[0].words.zh


def test_an_agents_phone_in_many_companies_joins_none(see: See, record: MakeRecord) -> None:
    many = LINKING_V1.record_limit + 1
    companies = tuple(
        record("company", f"C{n}", name=f"代办第{n}号商贸有限公司", phones=("13800138000",))
        for n in range(many)
    )
    seller = see(phones=("13800138000",))
    assert link_of(seller, records=companies).leads == ()
    assert len(link_of(seller, records=companies[:-1]).leads) == many - 1


def test_records_that_no_seller_reaches_give_no_leads(record: MakeRecord) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE)
    parcel = record("shipment", "S1", waybill="SF1234567890123", sender={"name": COMPANY})
    assert link((), (company, parcel), decided={}).leads == ()


def _same_operator(a: str, b: str) -> str:
    ends = (SellerRef(platform="a.example", seller_key=key) for key in (a, b))
    return lead_id_of(*ends, LeadType.SAME_OPERATOR)


def test_a_rejected_lead_never_joins(see: See) -> None:
    shops = [see(seller_key=key, uscc=CODE) for key in ("s1", "s2")]
    decided = {_same_operator("s1", "s2"): LeadState.REJECTED}
    linking = link(shops, (), decided=decided)
    assert linking.networks == ()
    assert [lead.state for lead in linking.leads] == [LeadState.REJECTED]


def test_a_confirmed_lead_always_joins(see: See) -> None:
    shops = [see(seller_key=key, description="13800138000") for key in ("s1", "s2", "s3", "s4")]
    assert link(shops, (), decided={}).networks == (), "too weak alone"
    decided = {_same_operator("s1", "s3"): LeadState.CONFIRMED}
    assert members(link(shops, (), decided=decided)) == [["s1", "s3"]]


def test_a_confirmed_lead_outlives_its_clues(see: See) -> None:
    before = link_of(see(seller_key="s1", uscc=CODE), see(seller_key="s2", uscc=CODE))
    after = (see(seller_key="s1"), see(seller_key="s2"))
    (lead,) = before.leads
    for state, expected in ((LeadState.CONFIRMED, [["s1", "s2"]]), (LeadState.REJECTED, [])):
        linking = link(after, (), decided={lead.lead_id: state}, stored=before.leads)
        assert members(linking) == expected
    assert members(link(after, (), decided={}, stored=before.leads)) == []


FIELDS = st.fixed_dictionaries(
    {
        "phones": st.sampled_from([("13800138000",), ("13800138001",), ("13800138002",), ()]),
        "wechat": st.sampled_from([("xiao_mei88",), ("da_mei_99",), (), ()]),
        "uscc": st.sampled_from([CODE, OTHER_CODE, None, None]),
        "return_address": st.sampled_from([PLACE, None, None]),
        "description": st.sampled_from(["电话13900139000", "13900139001", None]),
    }
)
WORLDS = st.lists(FIELDS, min_size=2, max_size=9)


def _sellers(see: See, world: list[dict[str, object]]) -> list[Sighting]:
    return [see(f"p{n % 2}", f"s{n:02}", **fields) for n, fields in enumerate(world)]


def _company(record: MakeRecord) -> Record:
    return record("company", "C1", name=COMPANY, uscc=CODE, phones=("13800138000",))


@settings(deadline=None)  # The first call compiles.
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(
    see: See, record: MakeRecord, world: list[dict[str, object]], chance: random.Random
) -> None:
    sightings = _sellers(see, world)
    records = [_company(record), record("shipment", "S1", sender={"phones": ("13800138000",)})]
    before = link(sightings, records, decided={})
    chance.shuffle(sightings)
    chance.shuffle(records)
    assert link(sightings, records, decided={}) == before
    assert link(sightings * 2, records * 2, decided={}) == before


@settings(deadline=None)  # The first call compiles.
@given(WORLDS)
def test_a_hub_joins_nothing(see: See, world: list[dict[str, object]]) -> None:
    """A hotline on every page of a large platform is in no lead."""
    crowd = [see("p9", f"x{n}") for n in range(22)]
    hotline = {"attributes": {"平台热线": "4008208820"}}
    sightings = [replace(sighting, **hotline) for sighting in (*_sellers(see, world), *crowd)]  # type: ignore[arg-type]
    linking = link(sightings, (), decided={})
    assert [hub.value for hub in linking.hubs if hub.sellers == len(sightings)] == ["+864008208820"]
    assert all(reason.value != "+864008208820" for lead in linking.leads for reason in lead.reasons)


@settings(deadline=None)  # The first call compiles.
@given(WORLDS, st.data())
def test_decisions_are_never_overturned(
    see: See, world: list[dict[str, object]], data: st.DataObject
) -> None:
    sightings = _sellers(see, world)
    free = link(sightings, (), decided={})
    states = st.sampled_from([LeadState.CONFIRMED, LeadState.REJECTED, None])
    drawn = {lead.lead_id: data.draw(states) for lead in free.leads}
    decided = {lead_id: state for lead_id, state in drawn.items() if state is not None}
    linking = link(sightings, (), decided=decided)
    assert {lead.lead_id: lead.state for lead in linking.leads} == {
        lead.lead_id: decided.get(lead.lead_id, LeadState.SUGGESTED) for lead in free.leads
    }
    network_of = {
        member: network.network_id for network in linking.networks for member in network.members
    }
    confirmed = [lead for lead in linking.leads if lead.state is LeadState.CONFIRMED]
    by_people = _merge([(lead.a, lead.b) for lead in confirmed])
    for lead in linking.leads:
        together = lead.a in network_of and network_of[lead.a] == network_of.get(lead.b)
        if any({lead.a, lead.b} <= group for group in by_people):
            assert together, "people joined them, if not by this lead then by others"
        elif lead.state is LeadState.REJECTED:
            assert not together


def _merge(joined: list[tuple[Node, Node]]) -> list[set[Node]]:
    groups = [set(pair) for pair in joined]
    for _ in joined:
        for one, other in combinations(groups, 2):
            if one & other:
                groups.remove(other)
                one |= other
                break
    return groups


def test_every_kind_that_joins_sellers_has_a_belief() -> None:
    rule = next(r for r in LINKING_V1.rules if r.type is LeadType.SAME_OPERATOR)
    assert rule.weights.keys() == LINKING_V1.beliefs.keys()
