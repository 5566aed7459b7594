"""Names instead of keys, the values that join, who decided what: pages of sellers and records."""

from __future__ import annotations

import re

import pytest

from casework import graphs, sellers
from domain.tracing import LeadState, RecordRef
from tests.web.seeding import Desk, person
from tests.web.world import SELLER_ONE, SELLER_TWO
from tracing.jurisdiction import KnownPlace, PlaceRole
from web.nodes import place_node, record_path, same_places, seller_path

WAREHOUSE = record_path(RecordRef(source="warehouses", key="W-19-3"))
PHONE = "13812345678"


def lead_texts(page: str) -> list[str]:
    """Return the words of each lead on a page, without its form."""
    articles = re.findall(r'<article class="lead".*?</article>', page, re.DOTALL)
    return [re.sub(r"<form.*?</form>|<[^>]+>|\s+", " ", one) for one in articles]


def test_an_address_that_many_rows_give_stands_once() -> None:
    places = [
        KnownPlace(role=PlaceRole.DISCLOSED, text=text, named_by=f"reply/{number}.fields.address")
        for number, text in enumerate(("甲路1号", "乙路2号", "甲路1号"))
    ]
    shop = KnownPlace(role=PlaceRole.SHOP, text="甲路1号", named_by="shop.example/s-1")
    assert [len(same) for same in same_places([*places, shop])] == [2, 1, 1]
    assert [place_node(one) for one in (*places[:1], shop)] == [
        "record:reply/0",
        "seller:shop.example/s-1",
    ]


def test_leads_name_both_ends_and_what_they_share(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get(seller_path(SELLER_ONE.ref)).text
    leads = lead_texts(page)
    assert any("灯王专营" in one and f"+86{PHONE}" in one for one in leads)
    assert any("丹溪北路3号库" in one for one in leads)
    assert not any("W-19-3" in one for one in leads)
    assert WAREHOUSE.replace("&", "&amp;") in page


def test_a_clue_says_how_many_other_shops_show_it(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get(seller_path(SELLER_ONE.ref)).text
    assert "1 other shops show it" in page
    assert "too common" not in page
    assert "seller.phones" not in re.sub(r'title="[^"]*"', "", page)


def test_a_record_shows_its_row_and_where_it_stands(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get(WAREHOUSE).text
    for told in ("丹溪北路19号3号库", "Tenant&#39;s phone", PHONE, "Source", "户外折扣仓"):
        assert told in page
    assert desk.client.get(WAREHOUSE.replace("W-19-3", "W-0")).status_code == 404


@pytest.mark.parametrize("user_name", ["norvik", "operator"])
def test_records_and_looking_up_are_the_investigators(desk: Desk, user_name: str) -> None:
    desk.log_in(user_name)
    for path in (WAREHOUSE, "/lookup?q=3812345"):
        assert desk.client.get(path).status_code == 403
    assert 'href="/lookup"' not in desk.client.get("/flags").text


def test_operators_see_no_contacts(desk: Desk) -> None:
    desk.log_in("operator")
    for path in (seller_path(SELLER_ONE.ref), seller_path(SELLER_ONE.ref).replace("?", "/trail?")):
        page = desk.client.get(path).text
        assert "灯王专营" in page
        assert PHONE not in page
        assert "chiye_888" not in page
        assert "+8••" in page


def test_a_decision_says_who_made_it_when_and_why_and_can_be_taken_back(desk: Desk) -> None:
    officer = person(desk.context, "officer")
    lead = graphs.graph_of_seller(desk.context, officer, SELLER_TWO.ref).leads[0]
    desk.log_in("officer")
    graph = seller_path(SELLER_TWO.ref).replace("?", "/trail?")
    for state, words in (("rejected", "巧合<b>"), ("suggested", "看错了")):
        form = {"state": state, "reason": words, "next": graph}
        assert desk.post(f"/leads/{lead.lead_id}", form).status_code == 303
        if state == "rejected":
            page = desk.client.get(graph).text
            assert "1 rejected by a person" in page
            assert "巧合&lt;b&gt;" in page
    told = sellers.decisions_on(desk.context, [lead])[lead.lead_id]
    assert [(one.state, one.by, one.reason) for one in told] == [
        (LeadState.REJECTED, "officer", "巧合<b>"),
        (LeadState.SUGGESTED, "officer", "看错了"),
    ]
    page = desk.client.get(graph).text
    assert "rejected by a person" not in page
    assert "Taken back" in page
    # Given back to the machine it is drawn again as a suggestion.
    assert lead.lead_id in {one.lead_id for one in graphs.graph_of_seller(
        desk.context, officer, SELLER_TWO.ref).leads}  # fmt: skip


def test_looking_up_leads_to_shops_and_records(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get("/lookup?q=138-1234-5678").text
    for path in (seller_path(SELLER_ONE.ref), seller_path(SELLER_TWO.ref), WAREHOUSE):
        assert path.replace("&", "&amp;") in page
    page = desk.client.get("/lookup?q=%3Cscript%3E").text
    assert "<script>alert" not in page
    assert "Nothing shows this" in page
    assert "two characters" in desk.client.get("/lookup?q=x").text
