"""Clues of whole sightings and records: owners, places, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Record
from tracing import clues_of_record, find_clues
from tracing.addresses import normalise_address

CODE = "91330106MA2AAAAA15"
See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]


def brief(clues: tuple[Clue, ...]) -> dict[tuple[str, str], str]:
    """Kind and value ▶ where it was found."""
    return {(clue.kind.value, clue.value): clue.found_in for clue in clues}


def test_every_field_of_a_seller_gives_its_clue(see: See) -> None:
    clues = find_clues(
        see(
            name="义乌小张百货商行",
            company="杭州青鲤商贸有限公司",
            uscc=CODE,
            licence="JY13301060012345",
            icp="浙ICP备12345678号-2",
            address="杭州市西湖区文三路100号",
            return_address="杭州市西湖区文三路200号",
            phones=("138 0013 8000",),
            emails=("A@Shop.example",),
            wechat=("Xiao_mei88", "13900139000"),
            qq=("123456",),
        )
    )
    assert brief(clues) == {
        ("address", "杭州市西湖区文三路100号"): "seller.address",
        ("address", "杭州市西湖区文三路200号"): "seller.return_address",
        ("company", "义乌小张百货商行"): "seller.name",
        ("company", "杭州青鲤商贸有限公司"): "seller.company",
        ("email", "a@shop.example"): "seller.emails",
        ("icp", "浙ICP备12345678号"): "seller.icp",
        ("licence", "JY13301060012345"): "seller.licence",
        ("phone", "+8613800138000"): "seller.phones",
        ("phone", "+8613900139000"): "seller.wechat",
        ("qq", "123456"): "seller.qq",
        ("uscc", CODE): "seller.uscc",
        ("wechat", "xiao_mei88"): "seller.wechat",
    }
    assert {clue.owner for clue in clues} == {SellerRef(platform="a.example", seller_key="s1")}
    assert all(0 < clue.confidence <= 1 for clue in clues)


def test_every_free_text_is_looked_through(see: See) -> None:
    clues = find_clues(
        see(
            title="加V：title_88",
            description="QQ：123456",
            attributes={"退货地址": "杭州市西湖区文三路100号", "货号": "A13800138000"},
            picture_texts=("", "电话 1three8 0013 8000"),
            about=f"执照 {CODE}",
        )
    )
    assert brief(clues) == {
        ("wechat", "title_88"): "title",
        ("qq", "123456"): "description",
        ("address", "杭州市西湖区文三路100号"): "attributes.退货地址",
        ("phone", "+8613800138000"): "pictures[1].text",
        ("uscc", CODE): "seller.about",
    }
    (phone,) = (clue for clue in clues if clue.kind is ClueKind.PHONE)
    assert phone.surface == "1three8 0013 8000"


def test_a_value_seen_twice_is_one_clue_where_it_is_surest(see: See) -> None:
    clues = find_clues(see(description="13800138000", phones=("13800138000",)))
    assert brief(clues) == {("phone", "+8613800138000"): "seller.phones"}


def test_a_page_without_a_seller_has_no_owner_for_clues(see: See) -> None:
    assert find_clues(see(seller_key=None, description="电话13800138000")) == ()


def test_fields_that_are_not_what_they_should_be_give_nothing(see: See) -> None:
    seen = see(
        name="青鲤官方旗舰店",
        company="无",
        uscc="91330106MA2AAAAA16",
        licence="已公示",
        icp="无",
        address="浙江省杭州市",
        phones=("客服", "1" * 10_000),
        emails=("客服@",),
        wechat=("微",),
        qq=("一",),
    )
    assert find_clues(seen) == ()


def test_hostile_sizes_stay_bounded(see: See) -> None:
    seen = see(
        description="微信：" * 200_000,
        attributes={f"n{number}": "电话13800138000" for number in range(5_000)},
        phones=tuple(f"138{number:08d}" for number in range(5_000)),
    )
    assert len(find_clues(seen)) <= 101


def test_a_page_of_endless_texts_is_read_up_to_a_bound(see: See) -> None:
    full, last = {f"{n}": "。" * 20_000 for n in range(5)}, {"9": "电话13800138000"}
    assert find_clues(see(attributes=full | last)) == ()
    assert len(find_clues(see(attributes=last))) == 1


def test_a_company_row(record: MakeRecord) -> None:
    clues = clues_of_record(
        record(
            "company",
            name="青鲤",
            uscc=CODE,
            address="杭州市西湖区文三路100号",
            phones=("13800138000",),
            emails=("a@shop.example",),
            legal_representative="张三",
        )
    )
    assert brief(clues) == {
        ("address", "杭州市西湖区文三路100号"): "fields.address",
        ("email", "a@shop.example"): "fields.emails",
        ("person", "张三"): "fields.legal_representative",
        ("phone", "+8613800138000"): "fields.phones",
        ("uscc", CODE): "fields.uscc",
    }, "青鲤 is too short to identify a company"


SENT = {
    ("phone", "+8613800138000"): "fields.sender.phones",
    ("shop", "a.example/s1"): "fields.shop",
    ("waybill", "SF1234567890123"): "fields.waybill",
}
TAKEN = {("phone", "+8613900139000"): "fields.recipient.phones"}


@pytest.mark.parametrize(
    ("recipient", "more", "why"),
    [
        ({"name": "王五"}, {}, "a private buyer"),
        ({"name": "王五", "address": "上海市黄浦区局门路1号3室"}, {}, "a buyer at home"),
        (
            {"name": "义乌小张百货商行"},
            TAKEN | {("company", "义乌小张百货商行"): "fields.recipient.name"},
            "a firm",
        ),
        ({"name": "青鲤的小店"}, TAKEN, "a shop under a name of its own"),
        (
            {"name": "王五", "address": "义乌市后宅街道洪深路200号2号仓"},
            TAKEN
            | {
                ("address", normalise_address("义乌市后宅街道洪深路200号2号仓")): (
                    "fields.recipient.address"
                )
            },
            "a person at a store",
        ),
    ],
)
def test_of_recipients_those_that_trade_leave_clues(
    record: MakeRecord, recipient: dict[str, str], more: dict[tuple[str, str], str], why: str
) -> None:
    parties = {
        "sender": {"name": "李四", "phones": ("13800138000",)},
        "recipient": {**recipient, "phones": ("13900139000",)},
    }
    shop = SellerRef(platform="a.example", seller_key="s1")
    shipment = record("shipment", waybill="SF1234567890123", shop=shop, **parties)
    assert brief(clues_of_record(shipment)) == SENT | more, why
    bought = record("test_purchase", waybill="SF1234567890123", shop=shop, **parties)
    assert brief(clues_of_record(bought)) == SENT, "who buys for a test is the office"


@pytest.mark.parametrize(
    ("kind", "other", "clue", "why"),
    [
        ("event", {"parentID": "urn:epc:id:sscc:0614141.1234567890"},
         ("sscc", "106141412345678908"), "a pallet by its URI"),
        ("event", {"epcList": "urn:epc:id:sgtin:0614141.107346.2017|"
                   "https://id.gs1.org/00/106141412345678908"},
         ("sscc", "106141412345678908"), "a pallet among other goods, by its link"),
        ("event", {"bizLocation.gln": "0614141007776"}, ("gln", "0614141007776"), "a place"),
        ("company", {"gln": "0614141007776"}, ("gln", "0614141007776"), "of a register of GS1"),
        ("company", {"gln": "0614141007775"}, None, "a wrong check digit"),
        ("event", {"sscc": "000000000000000000"}, None, "zeros name nothing"),
        ("customs", {"container": "CSQU3054383"}, ("container", "CSQU3054383"), "a container"),
        ("customs", {"container": "CSQU3054384"}, None, "a wrong check digit"),
        ("test_purchase", {"备注": "内附退货单，快递单号 SF1234567890123"},
         ("waybill", "SF1234567890123"), "a second waybill in a note"),
        ("company", {"备注": "快递单号 SF1234567890123"}, None, "a register tells of no parcels"),
        ("shipment", {"goods": "背包 120个"}, None, "goods are no clue"),
    ],
)  # fmt: skip
def test_marks_of_goods_stand_among_further_fields(
    record: MakeRecord,
    kind: str,
    other: dict[str, str],
    clue: tuple[str, str] | None,
    why: str,
) -> None:
    found = brief(clues_of_record(record(kind, other=other)))
    assert list(found) == ([] if clue is None else [clue]), why
