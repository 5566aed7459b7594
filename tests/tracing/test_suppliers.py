"""Who supplied a seller: hits by every kind of document, and what names no supplier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import Hop, HopKind, LeadState, LeadType, Record
from tests.tracing.conftest import NOW
from tracing import Linking, link

CODE, COMPANY = "91330106MA2AAAAA15", "杭州青鲤商贸有限公司"
MAKER_CODE, MAKER = "91330782MA2BBBBB2H", "义乌市南溪箱包厂"
OTHER_CODE = "92330106MA2CCCCC3Q"
PLACE = "浙江省义乌市后宅街道洪深路200号2号仓"
MAKERS_PLACE = "浙江省义乌市稠江街道香溪路55号"
TITLE = "徒步背包 防泼水 大容量"
SHOP = SellerRef(platform="a.example", seller_key="s1")
PALLET = "106141412345678908"
See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]

BUYER = {"name": COMPANY, "uscc": CODE}
SELLER = {"name": MAKER, "uscc": MAKER_CODE, "address": MAKERS_PLACE}


def suppliers(linking: Linking) -> list[Hop]:
    (trail,) = linking.trails
    return [hop for hop in trail.hops if hop.kind is HopKind.SUPPLIER]


def trail_of(see: See, *records: Record, **decided: dict[str, LeadState]) -> Linking:
    return link([see(uscc=CODE, title=TITLE)], records, decided=decided.get("decided", {}))


@pytest.fixture
def register(record: MakeRecord) -> tuple[Record, ...]:
    return (
        record("company", "C1", name=COMPANY, uscc=CODE, legal_representative="王芳"),
        record(
            "company",
            "C2",
            name=MAKER,
            uscc=MAKER_CODE,
            address=MAKERS_PLACE,
            legal_representative="李强",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("customs", {"other": {"declaration_number": "531620260160000001"}}, "报关单5316"),
        ("delivery", {"other": {"document_number": "FP1"}}, "进货凭证FP1"),
        ("shipment", {"waybill": "SF1234567890123"}, "运单SF1234567890123"),
        ("event", {"other": {"bizStep": "shipping"}}, "流通追溯事件"),
    ],
)
def test_whoever_sent_the_company_goods_is_its_supplier(
    see: See,
    record: MakeRecord,
    register: tuple[Record, ...],
    kind: str,
    fields: dict[str, object],
    words: str,
) -> None:
    goods = record(kind, "K1", sender=SELLER, recipient=BUYER, **fields)
    (hop,) = suppliers(trail_of(see, *register, goods))
    assert (hop.key, hop.name) == ("src/C2", MAKER)
    assert 0.6 < hop.confidence < 1
    assert hop.evidence[0].zh.startswith(words)
    assert MAKER in hop.evidence[0].zh
    assert "义乌市市场监督管理局" in hop.ask_for.zh
    assert "第七十九条" in hop.ask_for.zh
    assert ("海关" in hop.ask_for.zh) is (kind == "customs")


def test_without_the_register_a_sender_is_known_by_its_code(see: See, record: MakeRecord) -> None:
    goods = record("delivery", "K1", sender=SELLER, recipient=BUYER)
    (hop,) = suppliers(trail_of(see, goods))
    assert (hop.key, hop.name) == (f"sender/{MAKER_CODE}", MAKER)
    named = record("delivery", "K1", sender={"name": MAKER}, recipient=BUYER)
    assert suppliers(trail_of(see, named))[0].key == f"sender/{MAKER}"


def test_parties_known_by_their_numbers_alone_are_told_by_the_register(
    see: See, record: MakeRecord
) -> None:
    buyer = record("company", "C1", name=COMPANY, uscc=CODE, other={"gln": "4012345002256"})
    maker = record("company", "C2", name=MAKER, other={"gln": "0614141000012"})
    event = record(
        "event", "E1", sender={"gln": "0614141000012"}, recipient={"gln": "4012345002256"}
    )
    (hop,) = suppliers(trail_of(see, buyer, maker, event))
    assert (hop.key, hop.name) == ("src/C2", MAKER)
    (unnamed,) = suppliers(trail_of(see, buyer, event))
    assert (unnamed.key, unnamed.name) == ("sender/0614141000012", None)


def test_a_container_leads_from_the_parcel_to_the_declaration(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    parcel = record("shipment", "K1", recipient=BUYER, other={"container": "CSQU3054383"})
    declared = record("customs", "D1", sender=SELLER, other={"container": "CSQU3054383"})
    assert [hop.key for hop in suppliers(trail_of(see, *register, parcel, declared))] == ["src/C2"]
    other = record("customs", "D1", sender=SELLER, other={"container": "MSKU6011672"})
    assert suppliers(trail_of(see, *register, parcel, other)) == []


def test_a_warehouse_that_receives_leads_to_the_sender(see: See, record: MakeRecord) -> None:
    store = record("warehouse", "W1", address=PLACE)
    goods = record("shipment", "K1", sender=SELLER, recipient={"name": "王五", "address": PLACE})
    linking = link([see(return_address=PLACE, title=TITLE)], [store, goods], decided={})
    (hop,) = suppliers(linking)
    assert hop.key == f"sender/{MAKER_CODE}"


def test_a_proof_that_the_shop_gave_needs_no_company(see: See, record: MakeRecord) -> None:
    proof = record("delivery", "K1", shop=SHOP, sender=SELLER)
    (hop,) = suppliers(link([see(title=TITLE)], [proof], decided={}))
    assert hop.key == f"sender/{MAKER_CODE}"


def test_events_of_one_pallet_lead_from_where_it_came_to_where_it_left(
    see: See, record: MakeRecord
) -> None:
    store = record("warehouse", "W1", address=PLACE, other={"gln": "0614141007776"})
    came = record(
        "event", "E2",
        other={"bizStep": "receiving", "bizLocation.gln": "0614141007776", "sscc": PALLET},
    )  # fmt: skip
    left = record(
        "event", "E1", sender=SELLER,
        other={"bizStep": "urn:epcglobal:cbv:bizstep:shipping", "sscc": PALLET},
    )  # fmt: skip
    linking = link([see(return_address=PLACE)], [store, came, left], decided={})
    assert [hop.key for hop in suppliers(linking)] == [f"sender/{MAKER_CODE}"]
    other = record("event", "E1", sender=SELLER, other={"bizStep": "shipping"})
    assert suppliers(link([see(return_address=PLACE)], [store, came, other], decided={})) == []


def test_a_parcel_of_the_shop_that_another_firm_sent(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    bought = record("test_purchase", "T1", shop=SHOP, sender={"name": MAKER, "uscc": MAKER_CODE})
    (hop,) = suppliers(trail_of(see, *register, bought))
    assert hop.key == "src/C2"
    assert "一件代发" in hop.evidence[1].zh
    own = record("test_purchase", "T1", shop=SHOP, sender=BUYER)
    assert suppliers(trail_of(see, *register, own)) == []
    # Nobody knows whether the sender is another firm than the shop's own.
    assert suppliers(trail_of(see, register[1], bought)) == []
    twin = record("company", "C2", name=MAKER, uscc=MAKER_CODE, legal_representative="王芳")
    assert suppliers(trail_of(see, register[0], twin, bought)) == [], "the owner's other firm"


def test_the_supplier_of_the_supplier_follows(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    records = (
        record("delivery", "K1", sender=SELLER, recipient=BUYER),
        record("customs", "K2", sender={"name": "NORVIK TRADING LTD"}, recipient=SELLER),
        record("delivery", "K3", sender=BUYER, recipient={"name": "NORVIK TRADING LTD"}),
    )
    found = suppliers(trail_of(see, *register, *records))
    assert [hop.key for hop in found] == ["src/C2", "sender/norviktradingltd"]


def test_of_two_suppliers_the_one_of_the_listings_goods_is_taken(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    masks = record(
        "customs", "K2", sender={"name": "广州云妍化妆品有限公司"}, recipient=BUYER,
        other={"goods": "补水面膜", "hs_code": "3304990099"},
    )  # fmt: skip
    bags = record("shipment", "K1", sender=SELLER, recipient=BUYER, other={"goods": "背包"})
    (hop,) = suppliers(trail_of(see, *register, masks, bags))
    assert hop.key == "src/C2"
    assert "货物品名“背包”与商品标题相符" in [one.zh for one in hop.evidence]
    of_masks = link([see(uscc=CODE, title="玻尿酸补水面膜")], [*register, masks, bags], decided={})
    assert suppliers(of_masks)[0].key == "sender/广州云妍化妆品有限公司"


def test_goods_of_another_class_or_too_late_are_surer_of_less(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    def confidence(**fields: object) -> float:
        goods = record(
            "shipment",
            "K1",
            sender=SELLER,
            recipient={"name": "王五 2号仓", "phones": ("13900139000",)},
            **fields,
        )
        store = record("warehouse", "W1", address=PLACE, phones=("13900139000",))
        linking = link([see(return_address=PLACE, title=TITLE)], [store, goods], decided={})
        return max((hop.confidence for hop in suppliers(linking)), default=0)

    plain = confidence()
    assert confidence(other={"goods": "背包"}) > plain > 0
    assert confidence(other={"goods": "面膜"}) < plain
    assert confidence(shipped_at=NOW - timedelta(days=3)) == plain
    assert confidence(shipped_at=NOW + timedelta(days=3)) < plain


@pytest.mark.parametrize(
    ("sender", "recipient", "why"),
    [
        ({"name": "义乌市通达物流有限公司"}, BUYER, "a carrier passes on"),
        ({"name": "杭州跨境保税仓储服务中心", "uscc": OTHER_CODE}, BUYER, "a bonded store"),
        ({"address": MAKERS_PLACE}, BUYER, "a sender that is only a place"),
        (BUYER, BUYER, "goods moved between the firm's own places"),
        (SELLER, {"name": "义乌小张百货商行", "uscc": OTHER_CODE}, "goods of somebody else"),
        (SELLER, {"name": "王五"}, "a private buyer"),
        (None, BUYER, "no sender"),
    ],
)
def test_what_names_no_supplier(
    see: See,
    record: MakeRecord,
    register: tuple[Record, ...],
    sender: dict[str, str] | None,
    recipient: dict[str, str],
    why: str,
) -> None:
    goods = record("shipment", "K1", sender=sender, recipient=recipient)
    assert suppliers(trail_of(see, *register, goods)) == [], why


def test_a_sender_to_everybody_supplies_nobody_unless_a_person_says_so(
    see: See, record: MakeRecord, register: tuple[Record, ...]
) -> None:
    def sent(count: int, **other: str) -> list[Record]:
        depot = {"name": "杭州下沙某某商务中心", "phones": ("13900139000",)}
        return [
            record("shipment", f"K{n}", sender=depot, other=other,
                   recipient=BUYER if n == 0 else {"name": f"第{n}号百货商店"})
            for n in range(count)
        ]  # fmt: skip

    def found(linking: Linking) -> list[str]:
        return [hop.key for hop in suppliers(linking)]

    assert found(trail_of(see, *register, *sent(30))) == ["sender/杭州下沙某某商务中心"]
    assert found(trail_of(see, *register, *sent(200))) == []
    assert found(trail_of(see, *register, *sent(120, goods="背包"))) != [], "a wholesaler"
    many = trail_of(see, *register, *sent(60))
    came = [one for one in many.leads if one.type is LeadType.RECEIVED]
    assert [str(one.a) for one in came] == ["src/C1", "a.example/s1"]
    for lead in came:
        assert "向60家收货人发货" in lead.reasons[-1].words.zh
        assert lead.reasons[-1].weight < 0
    decided = {one.lead_id: LeadState.CONFIRMED for one in many.leads}
    (hop,) = suppliers(link([see(uscc=CODE)], [*register, *sent(200)], decided=decided))
    assert hop.confidence == 1.0


def test_goods_for_another_firm_in_the_house_are_not_the_companys(
    see: See, record: MakeRecord
) -> None:
    company = record("company", "C1", name=COMPANY, uscc=CODE, address=PLACE)
    goods = record(
        "shipment", "K1", sender=SELLER,
        recipient={"name": "义乌小张百货商行", "uscc": OTHER_CODE, "address": PLACE},
    )  # fmt: skip
    linking = link([see(uscc=CODE)], [company, goods], decided={})
    assert suppliers(linking) == []


def test_a_company_and_a_supplier_of_one_person_are_told(see: See, record: MakeRecord) -> None:
    records = (
        record("company", "C1", name=COMPANY, uscc=CODE, legal_representative="王芳"),
        record("company", "C2", name=MAKER, uscc=MAKER_CODE, legal_representative="王芳"),
        record("delivery", "K1", sender=SELLER, recipient=BUYER),
    )
    (hop,) = suppliers(trail_of(see, *records))
    assert any("法定代表人姓名相同" in one.zh for one in hop.evidence)


def test_scans_of_parcels_that_concern_nobody_leave_no_leads(record: MakeRecord) -> None:
    parcel = record("shipment", "K1", waybill="SF1234567890123", recipient={"name": "王五"})
    scans = [record("event", f"E{n}", waybill="SF1234567890123") for n in range(3)]
    assert link([], [parcel, *scans], decided={}).leads == ()


def test_a_scan_tells_more_of_a_parcel_of_the_shop(see: See, record: MakeRecord) -> None:
    parcel = record("shipment", "K1", waybill="SF1234567890123", shop=SHOP)
    scan = record("event", "E1", other={"备注": "快递单号 SF1234567890123"})
    leads = link([see()], [parcel, scan], decided={}).leads
    assert [(lead.type, str(lead.b)) for lead in leads] == [
        (LeadType.SAME_GOODS, "src/E1"),
        (LeadType.SHIPPED, "src/K1"),
    ]
