"""The graph around a case and a seller, and who may see it."""

from __future__ import annotations

import pytest

from casework import graphs, sellers
from casework.cases import open_case
from casework.graphs import StationKind
from casework.review import judge
from domain.common import FlagId, NotAllowed, NotFound
from domain.flags import Verdict
from domain.sellers import SellerRef
from domain.tracing import LeadState
from tests.web.seeding import Desk, person
from tests.web.world import SELLER_ONE, SELLER_TWO
from tracing.exports import FORMATS, MEDIA_TYPES


def open_one(desk: Desk, waiting_ids: list[FlagId]) -> str:
    officer = person(desk.context, "officer")
    for flag_id in waiting_ids[:2]:
        judge(desk.context, officer, flag_id, verdict=Verdict.INFRINGING, reason="假")
    return open_case(desk.context, officer, waiting_ids[:2], title="一案").case_id


def test_a_case_is_drawn_from_its_listings_to_the_other_shop(
    desk: Desk, waiting_ids: list[FlagId]
) -> None:
    desk.log_in("officer")
    page = desk.client.get(f"/cases/{open_one(desk, waiting_ids)}/trail")
    assert page.status_code == 200
    for kind in ("listing", "seller", "company", "warehouse", "other_seller"):
        assert f"box-of is-{kind}" in page.text
    assert "灯王专营" in page.text
    assert "丹溪北路3号库" in page.text
    assert "<script>alert" not in page.text


def test_the_other_shop_shows_the_cases_about_this_one(
    desk: Desk, waiting_ids: list[FlagId]
) -> None:
    case_id = open_one(desk, waiting_ids)
    officer = person(desk.context, "officer")
    graph = graphs.graph_of_seller(desk.context, officer, SELLER_TWO.ref)
    (other,) = [one for one in graph.stations if one.kind is StationKind.OTHER_SELLER]
    assert other.seller == SELLER_ONE.ref
    assert [case.case_id for case in other.cases] == [case_id]
    own = graphs.graph_of_seller(desk.context, officer, SELLER_ONE.ref)
    assert not any(one.cases for one in own.stations if one.kind is not StationKind.SELLER)


def test_a_rejected_lead_is_not_drawn_and_a_confirmed_one_says_so(
    desk: Desk, waiting_ids: list[FlagId]
) -> None:
    officer = person(desk.context, "officer")
    graph = graphs.graph_of_seller(desk.context, officer, SELLER_TWO.ref)
    strongest, weakest = graph.leads[0], graph.leads[-1]
    sellers.decide_lead(desk.context, officer, strongest.lead_id, LeadState.CONFIRMED, "同一人")
    sellers.decide_lead(desk.context, officer, weakest.lead_id, LeadState.REJECTED, "巧合")
    after = graphs.graph_of_seller(desk.context, officer, SELLER_TWO.ref)
    states = {lead.lead_id: lead.state for lead in after.leads}
    assert states[strongest.lead_id] is LeadState.CONFIRMED
    assert weakest.lead_id not in states
    desk.log_in("officer")
    page = desk.client.get("/sellers/trail?platform=mall.example&key=lamp-king").text
    assert "curve is-confirmed" in page


def test_it_is_the_investigators_matter(desk: Desk, waiting_ids: list[FlagId]) -> None:
    case_id = open_one(desk, waiting_ids)
    holder = person(desk.context, "norvik")
    with pytest.raises(NotAllowed):
        graphs.graph_of_seller(desk.context, holder, SELLER_ONE.ref)
    desk.log_in("norvik")
    for path in (f"/cases/{case_id}/trail", "/sellers/trail?platform=shop.example&key=s-1001"):
        assert desk.client.get(path).status_code in (403, 404)


def test_nobody_knows_that_seller(desk: Desk) -> None:
    nobody = SellerRef(platform="shop.example", seller_key="nobody")
    with pytest.raises(NotFound):
        graphs.graph_of_seller(desk.context, person(desk.context, "officer"), nobody)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_graph_is_given_out_as_files(
    desk: Desk, waiting_ids: list[FlagId], ending: str
) -> None:
    case_id = open_one(desk, waiting_ids)
    for person_name, sees_phones in (("officer", True), ("operator", False)):
        desk.log_in(person_name)
        path = f"/cases/{case_id}/trail/{ending}"
        answer = desk.client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(MEDIA_TYPES[ending])
        assert answer.headers["content-disposition"].endswith(f".{ending}")
        # Tables and maps carry no phones at all.
        told = "13812345678" in answer.text
        assert told is (sees_phones and ending not in ("csv", "geojson"))
    desk.log_in("norvik")
    assert desk.client.get(path).status_code in (403, 404)


def test_an_unknown_format_is_not_there(desk: Desk) -> None:
    desk.log_in("officer")
    path = "/sellers/trail/xlsx?platform=shop.example&key=s-1001"
    assert desk.client.get(path).status_code == 404
    assert desk.client.get(path.replace("xlsx", "csv")).status_code == 200
