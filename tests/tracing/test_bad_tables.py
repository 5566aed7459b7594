"""Spreadsheets as they come: what is good is imported, the rest listed with row and reason."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.common import Refusal, digest
from domain.forms import record_to_json
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import Record, RecordKind
from tests.workbooks import Raw, SheetOf, make_workbook
from tracing import FileFacts, propose_mappings, read_records

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HEAD = ("店铺ID", "店铺名称", "企业名称", "联系电话", "订单号")


def read(
    data: bytes, name: str = "reply.xlsx", mapping: ColumnMapping | None = None
) -> tuple[list[Record], list[str]]:
    facts = FileFacts(
        name=name,
        source="given",
        retrieved_at=NOW,
        sha256=digest(data),
        zone=ZoneInfo("Asia/Shanghai"),
    )
    rows = list(read_records(io.BytesIO(data), facts, lambda headings: mapping))
    return (
        [row for row in rows if isinstance(row, Record)],
        [str(row) for row in rows if isinstance(row, Refusal)],
    )


def fields(record: Record) -> object:
    return record_to_json(record)["fields"]


def test_titles_two_rows_of_headings_and_cells_merged_downwards() -> None:
    rows = [
        ["某平台关于〔2026〕协查12号的回函"],
        [],
        ["店铺ID", "店铺名称", "发货人", None, None, "订单号"],
        [None, None, "姓名", "电话", "地址", None],
        ["s1", "青鲤旗舰店", "张某", "13800138000", "杭州市西湖区文三路100号", "T1"],
        [None, None, "李某", "13900139000", "杭州市西湖区文三路101号", "T2"],
        ["以下为附注，与表格无关", None, None, None, None, None],
        ["s2", "小张百货", "王某", "13700137000", "义乌市后宅街道洪深路200号", "T3"],
    ]
    merges = ["A1:F1", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "A5:A6", "B5:B6", "A7:F7"]
    records, refused = read(make_workbook(SheetOf(rows=rows, merges=merges)))
    assert [record.key for record in records] == ["T1", "T2", "T3"]
    assert [record.other["seller_key"] for record in records] == ["s1", "s1", "s2"]
    assert records[1].sender is not None
    assert records[1].sender.phones == ("13900139000",)
    assert records[1].sender.address == "杭州市西湖区文三路101号"
    assert [record.origin.line for record in records if record.origin] == [5, 6, 8]
    assert refused == [
        "reply.xlsx[Sheet1]:7: expected one value a cell, got cells merged across columns"
    ]


def test_known_headings_below_unknown_ones_that_span_them() -> None:
    rows = [
        ["附件：涉案店铺信息表"],
        ["序号", "店铺信息", None, "经营者信息", None, "入驻时间"],
        [None, "店铺名称", "用户ID", "主体名称", "注册手机", None],
        [1, "青鲤旗舰店", 88001234, "杭州青鲤商贸有限公司", 13800138000, "2024/3/5"],
        ["合计", 1],
    ]
    merges = ["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"]
    records, refused = read(make_workbook(SheetOf(rows=rows, merges=merges)))
    assert [fields(record) for record in records] == [
        {
            "name": "杭州青鲤商贸有限公司",
            "phones": ["13800138000"],
            "shop_name": "青鲤旗舰店",
            "seller_key": "88001234",
            "序号": "1",
            "入驻时间": "2024/3/5",
        }
    ]
    assert refused == ["reply.xlsx[Sheet1]:5: expected a row of the table, got its totals"]


def test_a_ditto_mark_stands_for_the_cell_above() -> None:
    rows = [
        HEAD,
        ["s1", "甲店", "甲公司", "13800138000", "T1"],
        ["s2", "乙店", "同上", "〃", "T2"],
        ["s3", "丙店", "同上", "13900139000", "T3"],
    ]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert refused == []
    assert [record.name for record in records] == ["甲公司"] * 3
    assert records[1].phones == ("13800138000",)
    (first,), _ = read("店铺ID,企业名称,订单号\ns1,同上,T1\n".encode(), "reply.csv")
    assert first.name == "同上"  # nothing stands above it: nothing is guessed


def test_two_rows_of_headings_in_a_csv() -> None:
    data = "店铺ID,发货人,,订单号\n,姓名,电话,\ns1,张某,13800138000,T1\n".encode()
    records, refused = read(data, "reply.csv")
    assert refused == []
    assert records[0].sender is not None
    assert (records[0].sender.name, records[0].sender.phones) == ("张某", ("13800138000",))


def test_sparse_rows_below_the_headings_are_rows() -> None:
    records, _ = read("店铺ID,店铺名称,备注,订单号\n,,,T1\ns1,青鲤,,T2\n".encode(), "reply.csv")
    assert [record.key for record in records] == ["T1", "T2"]


def test_formulas_count_by_their_stored_value() -> None:
    rows = [
        HEAD,
        ["s1", "甲店", Raw(value="甲公司", kind="str", formula="X1"), "13800138000", "T1"],
        ["s2", "乙店", Raw(formula="X2"), "13800138001", "T2"],
        ["s3", "丙店", Raw(value="#N/A", kind="e", formula="X3"), "13800138002", "T3"],
    ]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert [(record.key, record.name) for record in records] == [("T1", "甲公司")]
    assert refused == [
        "reply.xlsx[Sheet1]:3: 企业名称: expected a value, got a formula without a stored one; "
        "open and save the file",
        "reply.xlsx[Sheet1]:4: 企业名称: expected a value, got the spreadsheet error #N/A",
    ]


def test_a_fault_in_a_column_left_out_costs_nothing() -> None:
    mapping = ColumnMapping(
        name="m",
        kind=RecordKind.PLATFORM_REPLY,
        headings=("店铺ID", "小计", "订单号"),
        meanings=(Meaning.SELLER_KEY, Meaning.LEFT_OUT, Meaning.ORDER_NUMBER),
    )
    rows = [["店铺ID", "小计", "订单号"], ["s1", Raw(formula="SUM(A1)"), "T1"]]
    records, refused = read(make_workbook(SheetOf(rows=rows)), mapping=mapping)
    assert ([record.key for record in records], refused) == (["T1"], [])


def test_several_sheets_and_hidden_ones() -> None:
    data = make_workbook(
        SheetOf(name="说明", rows=[["本表由平台导出"]]),
        SheetOf(name="店铺", rows=[HEAD, ["s1", "甲店", "甲公司", "13800138000", "T1"]]),
        SheetOf(name="字典", rows=[["码", "值"], ["1", "是"]], state="hidden"),
        SheetOf(name="空", rows=[]),
        SheetOf(name="物流", rows=[["运单号", "发货时间"], ["SF1234567890123", "2024/3/5"]]),
    )
    records, refused = read(data)
    assert [(one.kind.value, one.key, one.origin and one.origin.sheet) for one in records] == [
        ("platform_reply", "T1", "店铺"),
        ("shipment", "SF1234567890123", "物流"),
    ]
    assert refused == [
        "reply.xlsx[说明]: expected a row of headings among the first 30, got none",
        "reply.xlsx[字典]: expected a sheet that is shown, got a hidden one, which was not read",
    ]


def test_one_order_on_two_sheets_stays_two_records() -> None:
    rows = [HEAD, ["s1", "甲店", "甲公司", "13800138000", "T1"]]
    records, _ = read(make_workbook(SheetOf(name="一", rows=rows), SheetOf(name="二", rows=rows)))
    assert [record.key for record in records] == ["T1", "T1#2"]


@pytest.mark.parametrize(
    ("encoding", "why"),
    [
        ("utf-8-sig", "Excel's CSV UTF-8"),
        ("gb18030", "Excel's CSV in China"),
        ("utf-16", "Excel's Unicode text"),
    ],
)
def test_encodings(encoding: str, why: str) -> None:
    text = "\t".join(HEAD) + "\r\ns1\t青鲤店\t杭州青鲤商贸有限公司\t13800138000\tT1\r\n"
    records, refused = read(text.encode(encoding), "reply.txt")
    assert (records[0].name, refused) == ("杭州青鲤商贸有限公司", []), why


DAMAGED = "reply.csv:5: expected text in one encoding (UTF-8 or GB18030), got damaged bytes"


@pytest.mark.parametrize("encodings", [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_line_of_another_encoding_costs_itself(encodings: tuple[str, str]) -> None:
    good = "店铺ID,企业名称,订单号\ns1,青鲤商贸,T1\ns2,乙公司,T2\ns3,丙公司,T3\n".encode(
        encodings[0]
    )
    records, refused = read(good + "s4,丁公司,T4\n".encode(encodings[1]), "reply.csv")
    assert [record.key for record in records] == ["T1", "T2", "T3"]
    assert refused == [DAMAGED]


@pytest.mark.parametrize(
    ("cell", "phones", "why"),
    [
        (13800138000, ("13800138000",), "kept as a number"),
        (Raw(value="13800138000.0"), ("13800138000",), "kept as a fraction"),
        ("13800138000.0", ("13800138000",), "a fraction written out"),
        ("'13800138000", ("13800138000",), "an apostrophe for Excel"),
        ("１３８００１３８０００", ("13800138000",), "full-width digits"),
        ("13800138000/13900139000", ("13800138000", "13900139000"), "two numbers"),
        ("0571-88888888、13800138000", ("0571-88888888", "13800138000"), "two more"),
        ("138****8000", ("138****8000",), "hidden by the platform: kept as it stands"),
        ("—", (), "nothing"),
        ("无", (), "nothing, said"),
        ("N/A", (), "nothing, in English"),
    ],
)
def test_phones(cell: object, phones: tuple[str, ...], why: str) -> None:
    rows = [HEAD, ["s1", "甲店", "甲公司", "13700137000", "T1"], ["s2", "乙店", "", cell, "T2"]]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert refused == [], why
    assert records[1].phones == phones, why


@pytest.mark.parametrize(
    ("column", "cell", "reason", "why"),
    [
        ("联系电话", "1.38E+10", "expected all digits", "digits lost in a CSV"),
        ("订单号", "1.00001E+15", "expected all digits", "digits lost in an order number"),
        ("订单号", Raw(value="100000012345678901"), "lost the last ones", "more than 15 digits"),
        ("发货时间", "2024/2/30", "a day of the calendar", "no such day"),
        ("发货时间", "3/4/2024", "which is the day", "two readings"),
        ("运单号", "SF1", "a waybill number", "too short"),
        ("信用代码", "91330106MA2AAAAA16", "check digit", "a wrong check digit"),
    ],
)
def test_what_costs_its_row(column: str, cell: object, reason: str, why: str) -> None:
    good: dict[str, object] = {
        "店铺ID": "s1",
        "联系电话": "13800138000",
        "订单号": "T1",
        "发货时间": "2024/3/5",
        "运单号": "SF1234567890123",
        "信用代码": "91330106MA2AAAAA15",
    }
    rows = [list(good), list(good.values()), list({**good, "订单号": "T2", column: cell}.values())]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert [record.key for record in records] == ["T1"], why
    assert len(refused) == 1, why
    assert refused[0].startswith("reply.xlsx[Sheet1]:3: "), why
    assert reason in refused[0], why


@pytest.mark.parametrize(
    "cell",
    ["2024/3/5", "20240305", "5-Mar-24", "45356", 45356, Raw(value="45356", style=1), "2024.3.5"],
)
def test_dates_in_every_form_are_the_same_day(cell: object) -> None:
    rows = [["运单号", "发货时间"], ["SF1234567890123", cell]]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert refused == []
    assert records[0].shipped_at == datetime(2024, 3, 4, 16, 0, tzinfo=UTC)


def test_headings_that_come_again_on_every_printed_page() -> None:
    rows = [HEAD, ["s1", "甲店", "甲", "13800138000", "T1"], HEAD]
    records, refused = read(make_workbook(SheetOf(rows=rows)))
    assert (len(records), refused) == (1, [])


def test_a_file_that_breaks_off_keeps_what_stands_before() -> None:
    rows = "".join(
        f'<row><c t="inlineStr"><is><t>SF{n:013}</t></is></c></row>' for n in range(5_000)
    )
    head = '<row><c t="inlineStr"><is><t>waybill</t></is></c></row>'
    sheet = f"<worksheet><sheetData>{head}{rows}<row"
    data = make_workbook(SheetOf(rows=[]), parts={"xl/worksheets/sheet1.xml": sheet})
    records, refused = read(data)
    assert len(records) == 5_000
    assert len(refused) == 1
    assert "broken" in refused[0]


def test_rows_that_nothing_identifies_are_kept_under_their_place() -> None:
    data = "店铺ID,店铺名称\ns1,甲店\ns1,甲店\n".encode()
    records, _ = read(data, "reply.csv")
    assert [record.key for record in records] == [f"{digest(data)[:12]}:{n}" for n in (2, 3)]
    again, _ = read(data, "reply.csv")
    assert again == records, "the same file is the same records"


def test_lists_of_json_objects_are_tables() -> None:
    data = (
        '{"data": [{"企业名称": "甲公司", "统一社会信用代码": "91330106MA2AAAAA15", '
        '"联系电话": ["13800138000", "13900139000"], "股东": [{"名": "张"}]}, '
        '5, {"企业名称": null}]}'
    ).encode()
    records, refused = read(data, "register.json")
    assert [fields(record) for record in records] == [
        {
            "name": "甲公司",
            "uscc": "91330106MA2AAAAA15",
            "phones": ["13800138000", "13900139000"],
            "股东": '[{"名": "张"}]',
        }
    ]
    assert refused == ["register.json:2: expected an object, got another value"]


def test_the_platform_of_a_mapping_makes_shops_of_accounts() -> None:
    data = "店铺ID,订单号\ns1,T1\n".encode()
    (proposal,) = propose_mappings(io.BytesIO(data), "reply.csv")
    mapping = ColumnMapping(
        name="m",
        kind=RecordKind.PLATFORM_REPLY,
        headings=proposal.headings,
        meanings=tuple(column.meaning for column in proposal.columns),
        platform="a.example",
    )
    records, _ = read(data, "reply.csv", mapping)
    assert str(records[0].shop) == "a.example/s1"
    assert "seller_key" not in records[0].other
