"""Test purchases under a case: the form, the media, the record, the package."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from casework import purchases, sellers
from casework.backgrounds import background_of_case
from casework.cases import change_state, open_case
from casework.review import judge
from domain.cases import CaseState
from domain.common import CaseId, FlagId, digest
from domain.flags import Verdict
from domain.purchases import Finding
from domain.tracing import HopKind
from storage import records as stored_records
from storage import tracing as stored
from tests.web.seeding import Desk, person
from tests.web.test_work import PERSON
from tests.web.world import LISTINGS, SELLER_ONE
from tracing.jurisdiction import PlaceRole
from tracing.retention import CountedFrom

LABEL = b"\xff\xd8\xff a photo of the label"
FORM: dict[str, Any] = {
    "listing": "shop.example/a-1",
    "order_number": "D20261101",
    "ordered_on": "2026-11-01",
    "paid": "59.90",
    "ordered_by": "王敏、李然",
    "carrier": "顺丰速运",
    "waybill": "SF1234567890123",
    "received_on": "2026-11-04",
    "sender_name": "陈某",
    "sender_phone": "13812345678",
    "sender_address": "浙江省义乌市北苑街道丹溪北路19号3号库",
    "seals": "F0001、F0002",
    "point": ["字样", "", "重量"],
    "genuine": ["NORVIK", "", "210 g"],
    "suspect": ["N0RVIK", "", ""],
    "finding": "counterfeit",
    "stated_by": "诺维克鉴定部",
    "stated_on": "2026-11-10",
    "statement": "字样与正品不符。",
}


@pytest.fixture
def case_id(desk: Desk, waiting_ids: list[FlagId]) -> CaseId:
    """A case on two listings of one shop; the officer is logged in."""
    officer = person(desk.context, "officer")
    for flag_id in waiting_ids[:2]:
        judge(desk.context, officer, flag_id, verdict=Verdict.INFRINGING, reason="假")
    desk.log_in("officer")
    return open_case(desk.context, officer, waiting_ids[:2], title="一案").case_id


def enter(desk: Desk, case_id: CaseId, **changed: Any) -> Any:
    return desk.post(f"/cases/{case_id}/purchases", {**FORM, **changed})


def test_what_is_entered_is_shown_again_and_every_entry_is_kept(
    desk: Desk, case_id: CaseId
) -> None:
    path = enter(desk, case_id, statement="").headers["location"]
    assert enter(desk, case_id).headers["location"] == path
    officer = person(desk.context, "officer")
    (purchase,) = purchases.list_purchases(desk.context, officer, case_id)
    assert purchase.version == 2
    assert purchase.finding is Finding.COUNTERFEIT
    assert [row.point for row in purchase.comparison] == ["字样", "重量"]
    page = desk.client.get(path).text
    for shown in ("D20261101", "SF1234567890123", "N0RVIK", "字样与正品不符。", "59.90"):
        assert shown in page
    case = desk.client.get(f"/cases/{case_id}").text
    assert "Test purchase entered" in case
    assert case.count("Test purchase entered") == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"order_number": " "}, "needs its order number"),
        ({"listing": "shop.example/elsewhere"}, "Choose a listing of the case"),
        ({"ordered_on": "01.11.2026"}, "year-month-day"),
        ({"paid": "much"}, "number in yuan"),
        ({"paid": "-1"}, "number in yuan"),
        ({"paid": "NaN"}, "number in yuan"),
        ({"waybill": "<b>x</b>"}, "8 to 30 letters and digits"),
        ({"ordered_on": "2027-01-01", "received_on": ""}, "in the future"),
        ({"received_on": "2026-10-31"}, "before it was ordered"),
        ({"opened_on": "2026-11-03"}, "before it was received"),
        ({"stated_on": "2026-11-01"}, "older than the goods"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    desk: Desk, case_id: CaseId, changed: dict[str, Any], said: str
) -> None:
    answer = enter(desk, case_id, **changed)
    assert answer.status_code == 422
    assert said in answer.text
    # Twenty fields are not typed again for the sake of one.
    for kept in ("浙江省", "字样与正品不符。", "N0RVIK"):
        assert kept in answer.text
    officer = person(desk.context, "officer")
    assert purchases.list_purchases(desk.context, officer, case_id) == ()


def test_the_parcel_becomes_a_record_and_joins_the_trail(desk: Desk, case_id: CaseId) -> None:
    enter(desk, case_id)
    officer = person(desk.context, "officer")
    with desk.context.database.read() as unit:
        purchase_id = purchases.purchase_id_of(case_id, "D20261101")
        record = stored_records.find_record(unit, purchases.SOURCE, purchase_id)
        trail = stored.trail_of(unit, LISTINGS[0][0].ref)
    assert record is not None
    assert record.waybill == "SF1234567890123"
    assert record.shop == SELLER_ONE.ref
    # The day of receipt is no day of dispatch.
    assert record.shipped_at is None
    assert record.other["received_on"] == FORM["received_on"]
    assert trail is not None
    assert (HopKind.SHIPMENT, f"{purchases.SOURCE}/{purchase_id}") in [
        (hop.kind, hop.key) for hop in trail.hops
    ]
    found = background_of_case(desk.context, officer, case_id)
    assert found.retention[0].counted_from is CountedFrom.TEST_PURCHASE
    assert str(found.retention[0].until) == "2029-11-04"
    assert found.jurisdiction is not None
    roles = {place.role for one in found.jurisdiction.options for place in one.places}
    assert PlaceRole.SENDER in roles
    assert sellers.show_seller(desk.context, officer, SELLER_ONE.ref).leads


def test_media_are_evidence_and_go_into_the_package(desk: Desk, case_id: CaseId) -> None:
    path = enter(desk, case_id).headers["location"]
    files = [("files", ("label.jpg", LABEL, "image/jpeg"))]
    for caption in ("面单", "快递面单"):
        answer = desk.post(f"{path}/media", {"caption": caption}, files=files)
        assert answer.status_code == 303
    officer = person(desk.context, "officer")
    (purchase,) = purchases.list_purchases(desk.context, officer, case_id)
    assert [(one.sha256, one.caption) for one in purchase.media] == [(digest(LABEL), "快递面单")]
    # A later entry of the form keeps what was brought.
    enter(desk, case_id, seals="F0003")
    assert digest(LABEL) in desk.client.get(path).text
    assert desk.post(f"/cases/{case_id}/packages", PERSON).status_code == 303
    page = desk.client.get(f"/cases/{case_id}").text
    link = "/packages/" + page.split('href="/packages/')[1].split('"')[0]
    package = zipfile.ZipFile(io.BytesIO(desk.client.get(link).content))
    photo = [name for name in package.namelist() if name.endswith("-upload.jpg")]
    assert [package.read(name) for name in photo] == [LABEL]
    (lines,) = [name for name in package.namelist() if name.endswith("purchases.jsonl")]
    (told,) = (json.loads(line) for line in package.read(lines).splitlines())
    assert told["seals"] == "F0003"
    assert told["comparison"][0] == {"point": "字样", "genuine": "NORVIK", "suspect": "N0RVIK"}
    assert told["media"][0]["sha256"] == digest(LABEL)


def test_an_empty_file_is_refused(desk: Desk, case_id: CaseId) -> None:
    path = enter(desk, case_id).headers["location"]
    files = [("files", ("label.jpg", b"", "image/jpeg"))]
    answer = desk.post(f"{path}/media", {"caption": "x"}, files=files)
    assert answer.status_code == 400
    assert desk.post(f"{path}/media", {"caption": "x"}).status_code == 400


def test_a_closed_case_takes_none_and_others_see_none(desk: Desk, case_id: CaseId) -> None:
    path = enter(desk, case_id).headers["location"]
    change_state(desk.context, person(desk.context, "officer"), case_id, CaseState.CLOSED)
    assert enter(desk, case_id, seals="F9").status_code >= 400
    desk.log_in("norvik")
    assert desk.client.get(path).status_code == 404
    assert desk.post(f"/cases/{case_id}/purchases", FORM).status_code == 404
