"""Paused platforms at the desk: told, explained, shown as preserved, and resumed by a person."""

from __future__ import annotations

from typing import Any

import pytest

from casework import intake, platforms
from domain.common import digest
from domain.pages import Page
from domain.platforms import PauseReason, PlatformEvent
from tests.web.seeding import Desk, person

SHOP = "shop.example"
URL = f"https://{SHOP}/login?next=<b>"
WALL = b"<title>login</title><script>alert(1)</script><form action=/login><input type=password>"
PATH = f"/platforms/show?platform={SHOP}"
WALL_PATH = f"/platforms/page?platform={SHOP}&event=1"


@pytest.fixture
def paused(desk: Desk) -> PlatformEvent:
    """A platform that a run found behind a login, with the page that showed it."""
    page = Page(
        requested_url=URL,
        url=URL,
        status=200,
        fetched_at=desk.clock(),
        body=WALL,
        sha256=digest(WALL),
    )
    intake.preserve_page(desk.context, page, run_id=None, by="test")
    return platforms.pause(
        desk.context,
        SHOP,
        PauseReason.LOGIN,
        by="suyuan crawler",
        why=f"the platform asked for a log-in ({URL}, HTTP 200)",
        page=(URL, page.sha256),
    )


def resume(desk: Desk, why: str = "data came by letter") -> Any:
    form = {"platform": SHOP, "why": why}
    return desk.post("/platforms/resume", form, page="/platforms")


@pytest.mark.usefixtures("paused")
@pytest.mark.parametrize(("user", "language"), [("officer", "zh"), ("operator", "en")])
def test_a_pause_is_told_where_people_look(desk: Desk, user: str, language: str) -> None:
    desk.log_in(user)
    words = {"zh": "平台要求登录后才能继续查看", "en": "The platform asked for a log-in"}[language]
    law = {"zh": "第二十五条", "en": "art. 25"}[language]
    for path in ("/runs", "/platforms", PATH):
        page = desk.client.get(path, headers={"accept-language": language}).text
        assert words in page, path
        assert SHOP in page
    assert law in page
    assert "&lt;b&gt;" in page


@pytest.mark.usefixtures("paused")
def test_a_person_resumes_with_a_reason(desk: Desk) -> None:
    desk.log_in("officer")
    assert resume(desk, why=" ").status_code == 400
    assert platforms.standing(desk.context, SHOP).pause is not None
    answer = resume(desk)
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
    page = desk.client.get(PATH).text
    assert "data came by letter" in page
    assert "I am done: resume" not in page
    assert resume(desk).status_code == 400, "it is not paused any more"


@pytest.mark.usefixtures("paused")
def test_the_preserved_page_is_shown_and_can_do_nothing(desk: Desk) -> None:
    desk.log_in("officer")
    assert WALL_PATH.replace("&", "&amp;") in desk.client.get(PATH).text
    answer = desk.client.get(WALL_PATH)
    assert answer.content == WALL
    assert answer.headers["content-type"] == "text/html"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    for missing in ("2", "0", "x"):
        assert desk.client.get(WALL_PATH[:-1] + missing).status_code == 404


@pytest.mark.usefixtures("paused")
def test_rights_holders_see_nothing_of_it(desk: Desk) -> None:
    desk.log_in("norvik")
    assert 'href="/platforms"' not in desk.client.get("/flags").text
    for path in ("/platforms", PATH, WALL_PATH):
        assert desk.client.get(path).status_code == 403, path
    answer = desk.post("/platforms/resume", {"platform": SHOP, "why": "please"}, page="/flags")
    assert answer.status_code == 403


def test_an_order_and_a_pause_by_hand_are_told(desk: Desk) -> None:
    desk.log_in("operator")
    operator = person(desk.context, "operator")
    platforms.set_robots_aside(desk.context, operator, SHOP, why="协查函〔2026〕7号")
    platforms.pause_by_hand(desk.context, operator, SHOP, why="the shop complained <i>")
    page = desk.client.get(PATH).text
    assert "协查函〔2026〕7号" in page
    assert "the shop complained &lt;i&gt;" in page
    assert "Set aside by order" in desk.client.get("/platforms").text
    assert desk.client.get("/platforms/show?platform=never.example").status_code == 404
