"""The list of hot spots."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from casework.review import judge
from domain.common import FlagId
from domain.flags import Verdict
from storage import sellers
from tests.web.seeding import Desk, person
from tests.web.world import NOW, SELLER_ONE, SELLER_TWO


def test_two_shops_of_one_warehouse_make_a_spot(desk: Desk, waiting_ids: list[FlagId]) -> None:
    desk.log_in("officer")
    page = desk.client.get("/hot-spots").text
    assert "浙江省义乌市北苑街道丹溪北路19号3号库 (warehouses/W-19-3)" in page
    assert "mall.example/lamp-king" in page
    assert "浙江省金华市义乌市丹溪北路" in page
    narrowed = desk.client.get("/hot-spots?kind=warehouse&area=义乌").text
    assert "W-19-3" in narrowed
    assert ">330782 Yiwu City" in narrowed
    assert "W-19-3" not in desk.client.get("/hot-spots?area=杭州").text
    assert desk.client.get("/hot-spots?kind=nonsense").status_code == 200


def _move_both(desk: Desk) -> None:
    with desk.context.database.write() as unit:
        for seller in (SELLER_ONE, SELLER_TWO):
            moved = replace(seller, return_address="广东省广州市白云区梓元岗中港皮具城A座301")
            sellers.save_seller(unit, moved, NOW)


def test_addresses_of_a_shops_own_pages_count(desk: Desk) -> None:
    _move_both(desk)
    desk.log_in("officer")
    page = desk.client.get("/hot-spots?kind=market").text
    assert "广东省广州市白云区梓元岗中港皮具城" in page
    assert "Return address" in page


def test_cleared_listings_do_not_count(desk: Desk, waiting_ids: list[FlagId]) -> None:
    officer = person(desk.context, "officer")
    for flag_id in waiting_ids:
        judge(desk.context, officer, flag_id, verdict=Verdict.GENUINE, reason="正品")
    desk.log_in("officer")
    assert "W-19-3" not in desk.client.get("/hot-spots").text


def test_it_says_what_to_do_where_there_is_none(empty_desk: Desk) -> None:
    empty_desk.log_in("officer")
    page = empty_desk.client.get("/hot-spots").text
    assert 'class="card empty"' in page
    assert "suyuan link" in page


def test_a_holder_is_not_let_in(desk: Desk) -> None:
    desk.log_in("norvik")
    assert desk.client.get("/hot-spots").status_code == 403
    assert "/hot-spots" not in desk.client.get("/cases").text


def test_the_sketch_leads_to_the_places_of_a_district(desk: Desk) -> None:
    _move_both(desk)
    desk.log_in("officer")
    page = desk.client.get("/hot-spots?kind=county").text
    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><title>', page)
    assert links == [
        (
            f"/hot-spots?kind=county&amp;area={code}#list",
            f"{name} – sellers: 2, places: 1",
        )
        for code, name in (
            ("330782", "Yiwu City, Jinhua City, Zhejiang Province"),
            ("440111", "Baiyun District, Guangzhou City, Guangdong Province"),
        )
    ]
    assert "W-19-3" in desk.client.get("/hot-spots?kind=warehouse&area=330782").text
    assert "W-19-3" in desk.client.get("/hot-spots?area=33").text
    elsewhere = desk.client.get("/hot-spots?area=2101").text
    assert "W-19-3" not in elsewhere
    assert "No such place." in elsewhere
    assert '<svg class="sheet"' in page
    assert '<svg class="sheet"' not in elsewhere


def test_the_layer_is_narrowed_like_the_list(desk: Desk) -> None:
    desk.log_in("officer")
    answer = desk.client.get("/hot-spots/layer.geojson?kind=warehouse&area=义乌")
    assert answer.headers["content-type"] == "application/geo+json"
    assert "attachment" in answer.headers["content-disposition"]
    (feature,) = json.loads(answer.text)["features"]
    assert feature["properties"]["kind"] == "warehouse"
    assert json.loads(desk.client.get("/hot-spots/layer.geojson?area=4401").text)["features"] == []
    desk.log_in("norvik")
    assert desk.client.get("/hot-spots/layer.geojson").status_code == 403
