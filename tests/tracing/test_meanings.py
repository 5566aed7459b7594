"""What headings and values say a column means, and when a person is asked."""

from __future__ import annotations

import io

import pytest

from domain.common import WrongUse
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import RecordKind
from tracing import TableProposal, propose_mappings
from tracing.sources.meanings import meaning_of_heading


def propose(text: str) -> TableProposal:
    (proposal,) = propose_mappings(io.BytesIO(text.encode()), "reply.csv")
    return proposal


@pytest.mark.parametrize(
    ("heading", "meaning", "why"),
    [
        ("统一社会信用代码", "uscc", "the register's own word"),
        ("营业执照注册号", "uscc", "since 2015 the licence's number is the code"),
        ("*联系电话（必填）", "phones", "marks and what stands in brackets"),
        ("注册手机号", "phones", "of the account"),
        ("Mobile Phone", "phones", "English"),
        ("寄件人手机", "sender_phone", "of the sender"),
        ("发货人 电话", "sender_phone", "two rows of headings"),
        ("收货人联系方式", "recipient_phone", "of the buyer"),
        ("承租方电话", "tenant_phone", "of a tenant"),
        ("发货地址", "sender_address", "where parcels leave"),
        ("收件地址", "recipient_address", "where they go"),
        ("经营场所", "address", "of the merchant"),
        ("住所", "address", "of a company"),
        ("寄件人", "sender_name", "the party itself"),
        ("境内发货人", "sender_name", "of a customs declaration"),
        ("收货单位名称", "recipient_name", "the party's name"),
        ("承租人", "tenant_name", "the party itself"),
        ("企业名称", "name", "of the merchant"),
        ("被投诉举报人名称", "name", "of a complaint's other side"),
        ("被投诉方", "name", "the other side itself"),
        ("店铺名称", "shop_name", "not the company's name"),
        ("Shop Name", "shop_name", "English"),
        ("店铺ID", "seller_key", "the account"),
        ("商户标识", "seller_key", "the account"),
        ("卖家旺旺", "seller_key", "the account by its nick"),
        ("seller_id", "seller_key", "English"),
        ("平台名称", "platform", "the platform"),
        ("法定代表人", "legal_representative", "of a company"),
        ("法人", "legal_representative", "as people call one"),
        ("法人手机", "phones", "a phone, not a person"),
        ("快递单号", "waybill", "waybill"),
        ("Tracking No.", "waybill", "English"),
        ("快递公司", "carrier", "carrier"),
        ("订单编号", "order_number", "order"),
        ("发货时间", "shipped_at", "when, not by whom"),
        ("操作时间", "event_at", "of a scan"),
        ("报关单号", "declaration_number", "customs"),
        ("发票号码", "document_number", "of an invoice"),
        ("送货单编号", "document_number", "of a delivery note, not of a waybill"),
        ("商品名称", "goods", "of the goods"),
        ("品名", "goods", "as waybills write it"),
        ("税则号列", "hs_code", "the tariff's code"),
        ("HS编码", "hs_code", "the same"),
        ("供货商名称", "sender_name", "who supplied"),
        ("销售方纳税人识别号", "sender_uscc", "of an invoice"),
        ("购买方名称", "recipient_name", "of an invoice"),
        ("进货单位", "recipient_name", "who took the goods"),
        ("GLN", "gln", "of a place"),
        ("登记编号", "complaint_number", "of a complaint"),
        ("封条号", "seals", "of a test purchase"),
        ("电子邮箱", "emails", "e-mail"),
    ],
)
def test_headings_that_are_known(heading: str, meaning: str, why: str) -> None:
    assert meaning_of_heading(heading) == meaning, why


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("IP地址", "an address of a machine"),
        ("身份证号", "of a person"),
        ("银行账户名称", "of an account"),
        ("退货地址", "not where goods are sent from"),
        ("店铺链接", "an address of a page"),
        ("商品编号", "a platform's own number; in customs a tariff code"),
        ("商品链接", "an address of a page"),
        ("备注", "anything"),
        ("投诉人", "a customer, of whom nothing is made"),
        ("手机型号", "not a phone's number"),
        ("收件人邮箱", "no field for it"),
        ("金额", "money"),
        ("", "nothing"),
        ("序号", "a count of rows"),
    ],
)
def test_headings_that_are_not(heading: str, why: str) -> None:
    assert meaning_of_heading(heading) is None, why


def test_every_standard_name_means_itself() -> None:
    assert {meaning_of_heading(meaning.value) for meaning in Meaning} == set(Meaning)


@pytest.mark.parametrize(
    ("values", "meaning", "why"),
    [
        (("13800138000", "13900139000"), "phones", "phones"),
        (("91330106MA2AAAAA15",), "uscc", "social credit codes"),
        (("a@shop.example", "b@shop.example"), "emails", "e-mail addresses"),
        (("SF1234567890123", "JT0006968326954"), "waybill", "waybills"),
        (("浙江省义乌市后宅街道洪深路200号",), "address", "addresses"),
        (("杭州青鲤商贸有限公司",), "name", "companies"),
        (("CSQU3054383",), "container", "containers"),
        (("是", "否"), "other", "words"),
        (("2024-03-05",), "other", "a day of whatever"),
        (("13800138000", "见附件", "见附件"), "other", "too few phones"),
    ],
)
def test_values_speak_where_the_heading_does_not(
    values: tuple[str, ...], meaning: str, why: str
) -> None:
    rows = "".join(f"s1,{value}\n" for value in values)
    proposal = propose(f"店铺ID,甲项\n{rows}")
    assert proposal.columns[1].meaning == meaning, why
    assert proposal.is_sure is (meaning == "other"), "what the values alone tell is asked"


@pytest.mark.parametrize(
    ("text", "sure", "why"),
    [
        ("店铺ID,联系电话\ns1,13800138000\n", True, "heading and values agree"),
        ("店铺ID,联系电话\ns1,\n", True, "nothing speaks against the heading"),
        ("店铺ID,联系电话\ns1,杭州市\ns2,义乌市\n", False, "the values are no phones"),
        ("店铺ID,企业名称,企业名称\ns1,甲,乙\n", False, "which of the two?"),
        ("店铺ID,联系电话,联系电话\ns1,13800138000,13900139000\n", True, "both"),
        ("联系电话,地址\n13800138000,杭州市\n", False, "of no known kind"),
        ("key,kind,name\nC1,company,甲\n", True, "standard names, and the kind is said"),
    ],
)
def test_when_a_person_is_asked(text: str, sure: bool, why: str) -> None:
    assert propose(text).is_sure is sure, why


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("企业名称,统一社会信用代码,法定代表人,住所", "company"),
        ("仓库名称,仓库地址,承租人,承租人电话", "warehouse"),
        ("运单号,寄件人,寄件人电话,收件人", "shipment"),
        ("运单号,操作时间,操作网点,物流状态", "event"),
        ("店铺ID,店铺名称,经营主体,联系电话,订单号,快递单号", "platform_reply"),
        ("报关单号,境内发货人,境外收货人,集装箱号", "customs"),
        ("登记编号,被投诉方,被投诉方电话,投诉内容", "complaint"),
        ("订单编号,平台,卖家ID,运单号,封条号", "test_purchase"),
    ],
)
def test_the_kind_follows_from_the_columns(headings: str, kind: str) -> None:
    assert propose(f"{headings}\n{',' * headings.count(',')}\n").kind == kind


def test_a_second_column_for_one_field_is_kept_as_text() -> None:
    proposal = propose("店铺ID,注册地址,经营地址\ns1,杭州市西湖区,义乌市后宅街道\n")
    assert [column.meaning for column in proposal.columns] == [
        Meaning.SELLER_KEY,
        Meaning.ADDRESS,
        Meaning.OTHER,
    ]


def test_one_field_cannot_be_two_columns() -> None:
    with pytest.raises(WrongUse, match="one column to mean name"):
        ColumnMapping(
            name="m",
            kind=RecordKind.COMPANY,
            headings=("a", "b"),
            meanings=(Meaning.NAME, Meaning.NAME),
        )
