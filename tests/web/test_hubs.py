"""The page of shared values: what it lists, how people decide, and who sees what."""

from __future__ import annotations

import html
import re

import pytest

from casework import linking
from storage import tracing as stored
from tests.web.seeding import Desk

PHONE = "+8613812345678"


def networks(desk: Desk) -> list[int]:
    with desk.context.database.read() as unit:
        return [len(one.members) for one in stored.all_networks(unit)]


def decide(desk: Desk, verdict: str, *, reason: str = "代运营电话", **more: str) -> str:
    form = {"kind": "phone", "value": PHONE, "verdict": verdict, "reason": reason}
    answer = desk.post("/hubs", {"next": "/hubs?show=all", **form, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_value_is_marked_and_taken_back(desk: Desk) -> None:
    desk.log_in("officer")
    assert networks(desk) == [2]
    assert "Nothing here" in desk.client.get("/hubs").text
    assert PHONE in desk.client.get("/hubs?show=all").text
    # Two shops share a WeChat name as well.
    assert decide(desk, "hub") == "/hubs?show=all"
    decide(desk, "hub", kind="wechat", value="chiye_888")
    assert networks(desk) == []
    linking.link(desk.context)
    assert networks(desk) == []
    page = desk.client.get("/hubs").text
    assert PHONE in page
    assert "代运营电话" in page
    assert "officer" in page
    assert PHONE in desk.client.get("/hubs?show=told").text
    assert PHONE not in desk.client.get("/hubs?kind=wechat").text
    decide(desk, "left", reason="误判")
    assert networks(desk) == [2]
    assert PHONE not in desk.client.get("/hubs").text


@pytest.mark.parametrize("page", ["/hubs", "/hubs?show=all"])
def test_a_value_of_many_sellers_is_said_to_wait(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr("casework.linking.MOST_TOUCHED", 1)
    desk.log_in("officer")
    assert "next linking of everything" not in desk.client.get(page).text
    assert "next linking of everything" in desk.client.get(decide(desk, "hub", next=page)).text
    assert networks(desk) == [2]


def test_buttons_offer_what_is_not_so_yet(desk: Desk) -> None:
    desk.log_in("officer")

    def offered() -> list[str]:
        page = desk.client.get("/hubs?show=all&kind=phone").text
        return re.findall(r'name="verdict" value="(\w+)"', page)

    assert offered() == ["hub", "own"]
    decide(desk, "own")
    assert offered() == ["hub", "left"]


def test_both_languages_say_why(desk: Desk) -> None:
    desk.log_in("officer")
    english = desk.client.get("/hubs?show=all&kind=phone").text
    assert "2 shops show it; it is one operator" in html.unescape(english)
    desk.client.headers["accept-language"] = "zh-CN"
    chinese = desk.client.get("/hubs?show=all&kind=phone").text
    assert "2家店铺显示该信息" in chinese
    assert "同一经营者专用" in chinese


def test_a_clue_of_a_seller_leads_to_who_else_shows_it(desk: Desk) -> None:
    desk.log_in("officer")
    page = desk.client.get("/sellers?platform=mall.example&key=lamp-king").text
    (path,) = {html.unescape(one) for one in re.findall(r'href="(/hubs\?[^"]*13812345678)"', page)}
    listed = desk.client.get(path).text
    assert "shop.example/s-1001" in listed
    assert "mall.example/lamp-king" in listed


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reason": ""}, "needs a reason"),
        ({"verdict": "maybe"}, "Choose what the value is"),
        ({"kind": "shop"}, "Choose what the value is"),
        ({"kind": "nonsense"}, "Choose what the value is"),
    ],
)
def test_forms_that_say_nothing_are_refused(desk: Desk, form: dict[str, str], words: str) -> None:
    desk.log_in("officer")
    given = {"kind": "phone", "value": PHONE, "verdict": "hub", "reason": "x", **form}
    answer = desk.post("/hubs", {"next": "/hubs", **given})
    assert answer.status_code == 400
    assert words in answer.text


def test_an_unknown_value_is_not_found(desk: Desk) -> None:
    desk.log_in("officer")
    form = {"kind": "phone", "value": "+861", "verdict": "hub", "reason": "x", "next": "/hubs"}
    assert desk.post("/hubs", form).status_code == 404


def test_operators_see_masked_values_and_decide_nothing(desk: Desk) -> None:
    desk.log_in("operator")
    page = desk.client.get("/hubs?show=all").text
    assert PHONE not in page
    assert "chiye_888" not in page
    assert 'name="verdict"' not in page
    assert "•••" in page
    assert desk.client.get("/hubs?show=all&text=138").text.count("•••") == page.count("•••")
    form = {"kind": "phone", "value": PHONE, "verdict": "hub", "reason": "x", "next": "/hubs"}
    assert desk.post("/hubs", form, page="/hot-spots").status_code == 403


def test_a_holder_is_not_let_in(desk: Desk) -> None:
    desk.log_in("norvik")
    assert desk.client.get("/hubs").status_code == 403
    assert "/hubs" not in desk.client.get("/cases").text
