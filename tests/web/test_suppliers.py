"""The upstream supplier on the pages: the trail, the graph with the other shops, shared sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework import graphs
from casework.backgrounds import background_of_case
from casework.cases import open_case
from casework.graphs import StationKind
from casework.records import import_records
from casework.review import judge
from domain.common import FlagId
from domain.flags import Verdict
from domain.tracing import HopKind
from tests.web.seeding import Desk, person
from tests.web.world import SELLER_ONE

MAKER, MAKER_CODE = "宁波市海曙南溪灯具厂", "91330782MA2BBBBB2H"
OTHER_CODE = "92330106MA2CCCCC3Q"
SENDER = {"name": MAKER, "uscc": MAKER_CODE, "address": "浙江省宁波市海曙区石碶街道工业路8号"}
BUYER = {"name": SELLER_ONE.company, "uscc": SELLER_ONE.uscc}
RECORDS = (
    ("customs", "531620260160000001", {
        "sender": SENDER, "recipient": BUYER, "shipped_at": "2026-10-01T02:00:00Z",
        "declaration_number": "531620260160000001", "goods": "强光头灯", "hs_code": "8513101000",
    }),
    ("delivery", "FP-7", {
        "sender": SENDER, "recipient": {"uscc": OTHER_CODE}, "document_number": "FP-7",
        "goods": "头灯",
    }),
    ("platform_reply", "R-9", {
        "name": "杭州小李户外用品商行", "uscc": OTHER_CODE, "shop": ["mall.example", "other-9"],
        "shop_name": "小李户外",
    }),
)  # fmt: skip
REGISTER = ("company", MAKER_CODE, SENDER)


def bring_in(desk: Desk, folder: Path, *records: tuple[str, str, dict[str, object]]) -> None:
    lines = [
        {"source": "supply", "key": key, "retrieved_at": "2026-11-20T00:00:00Z", "kind": kind,
         "fields": fields}
        for kind, key, fields in records
    ]  # fmt: skip
    file = folder / "supply.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    result = import_records(desk.context, file)
    assert result.refusals == ()


@pytest.fixture
def case_id(desk: Desk, waiting_ids: list[FlagId]) -> str:
    officer = person(desk.context, "officer")
    judge(desk.context, officer, waiting_ids[0], verdict=Verdict.INFRINGING, reason="假")
    return open_case(desk.context, officer, waiting_ids[:1], title="一案").case_id


@pytest.mark.parametrize("registered", [True, False])
def test_the_sellers_page_names_the_supplier_and_whom_to_ask(
    desk: Desk, tmp_path: Path, registered: bool
) -> None:
    bring_in(desk, tmp_path, *RECORDS, *([REGISTER] if registered else []))
    desk.log_in("officer")
    page = desk.client.get("/sellers?platform=shop.example&key=s-1001").text
    assert "Upstream supplier" in page
    assert MAKER in page
    assert "Haishu District Administration for Market Regulation, Ningbo" in page
    assert "“强光头灯”, are those of the listing" in page


@pytest.mark.parametrize("registered", [True, False])
def test_the_graph_goes_on_to_the_other_shops_of_the_supplier(
    desk: Desk, tmp_path: Path, case_id: str, registered: bool
) -> None:
    bring_in(desk, tmp_path, *RECORDS, *([REGISTER] if registered else []))
    officer = person(desk.context, "officer")
    graph = graphs.graph_of_case(desk.context, officer, case_id)
    named = {
        kind: {one.title for one in graph.stations if one.kind is kind} for kind in StationKind
    }
    assert named[StationKind.SUPPLIER] == {MAKER}
    assert named[StationKind.GOODS] == {"强光头灯", "头灯"}
    assert "小李户外" in named[StationKind.OTHER_SELLER]
    nodes = {one.node for one in graph.stations}
    assert all({line.a, line.b} <= nodes for line in graph.lines)
    desk.log_in("officer")
    page = desk.client.get(f"/cases/{case_id}/trail").text
    assert "box-of is-supplier" in page
    assert "box-of is-goods" in page
    for ending in ("csv", "ftm.jsonl"):
        assert MAKER in desk.client.get(f"/cases/{case_id}/trail/{ending}").text


def test_listings_of_other_suppliers_share_the_stations_before(desk: Desk, tmp_path: Path) -> None:
    masks = ("customs", "2", RECORDS[0][2] | {"goods": "补水面膜", "hs_code": "3304990039"})
    bring_in(desk, tmp_path, RECORDS[0])
    desk.log_in("officer")
    page = desk.client.get("/sellers?platform=shop.example&key=s-1001").text
    assert page.count('<ol class="trail">') == 1
    assert page.count("<strong>Warehouse</strong>") == 1
    assert page.count("<strong>Upstream supplier</strong>") == 1
    bring_in(desk, tmp_path, masks)
    again = desk.client.get("/sellers?platform=shop.example&key=s-1001").text
    assert again.count("<strong>Upstream supplier</strong>") == 1, "the same supplier"


def test_a_supplier_of_two_cases_is_a_shared_source(
    desk: Desk, tmp_path: Path, case_id: str, waiting_ids: list[FlagId]
) -> None:
    other_shop = ("delivery", "FP-8", {"sender": SENDER, "shop": ["mall.example", "lamp-king"]})
    bring_in(desk, tmp_path, RECORDS[0], other_shop)
    officer = person(desk.context, "officer")
    of_two = [one for one in waiting_ids if one != waiting_ids[0]]
    for flag_id in of_two:
        judge(desk.context, officer, flag_id, verdict=Verdict.INFRINGING, reason="假")
    other = open_case(desk.context, officer, of_two, title="二案")
    shared = background_of_case(desk.context, officer, case_id).shared
    (found,) = [one for one in shared if one.hop.kind is HopKind.SUPPLIER]
    assert found.hop.key == f"sender/{MAKER_CODE}"
    assert found.cases == (other,)
    desk.log_in("officer")
    assert MAKER in desk.client.get(f"/cases/{case_id}").text


def test_the_bureau_of_the_platform_is_told_as_unknown(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get("/sellers?platform=shop.example&key=s-1001").text
    assert "shop.example: its operator and domicile are not known here" in page
