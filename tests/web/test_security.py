"""What must hold for every route, every form and every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from itsdangerous import URLSafeSerializer
from starlette.testclient import TestClient

from casework import accounts
from tests.web.seeding import Desk
from web import session
from web.app import ROUTERS, create_app
from web.csrf import checked_form
from web.limits import MAX_BODY_BYTES
from web.login import FAILURES_PER_USER, WINDOW

OPEN_TO_ALL = {"/login", "/logout", "/language"}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def needs(dependant: Dependant) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one.call
        yield from needs(one)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.methods} {route.path}")
def test_every_route_asks_who_and_every_form_its_token(route: APIRoute) -> None:
    calls = set(needs(route.dependant))
    assert (session.current_user in calls) == (route.path not in OPEN_TO_ALL)
    assert (checked_form in calls) == (route.methods == {"POST"})
    assert route.methods in ({"GET"}, {"POST"})


@pytest.mark.parametrize(
    "path",
    ["/flags", "/flags/x", "/cases", "/cases/x", "/sellers?platform=a&key=b", "/rights", "/runs"],
)
def test_nobody_sees_anything_before_logging_in(desk: Desk, path: str) -> None:
    answer = desk.client.get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")


def test_after_logging_in_the_page_asked_for_is_shown(desk: Desk) -> None:
    answer = desk.client.get("/cases?x=1", follow_redirects=False)
    page = desk.client.get(answer.headers["location"]).text
    assert 'name="next" value="/cases?x=1"' in page


@pytest.mark.parametrize("path", ["/login", "/static/desk.css", "/nowhere", "/flags"])
def test_every_answer_carries_the_headers(desk: Desk, path: str) -> None:
    headers = desk.client.get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_a_form_without_its_token_changes_nothing(desk: Desk) -> None:
    desk.log_in("officer")
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 64}, {"csrf_token": "é"}):
        answer = desk.client.post("/logout", data=token, follow_redirects=False)
        assert answer.status_code == 403
    assert desk.client.get("/flags", follow_redirects=False).status_code == 200


def test_a_token_of_another_session_is_refused(desk: Desk) -> None:
    before = desk.token("/login")
    desk.log_in("officer")
    assert desk.client.post("/logout", data={"csrf_token": before}).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Desk) -> None:
    cookie = desk.client.get("/login").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie  # plain http on loopback


@pytest.mark.parametrize("address", ["http://desk.example", "https://127.0.0.1"])
def test_beyond_loopback_cookies_are_for_https_alone(desk: Desk, address: str) -> None:
    cookie = desk.client.get(f"{address}/login").headers["set-cookie"]
    assert "Secure" in cookie


def test_logging_in_makes_a_new_session(desk: Desk) -> None:
    desk.client.get("/login")
    before = desk.client.cookies[session.COOKIE]
    desk.log_in("officer")
    assert desk.client.cookies[session.COOKIE] != before


def test_logging_out_ends_every_copy_of_the_cookie(desk: Desk) -> None:
    desk.log_in("officer")
    copied = desk.client.cookies[session.COOKIE]
    assert desk.post("/logout", {}).status_code == 303
    desk.client.cookies.set(session.COOKIE, copied)
    assert desk.client.get("/flags", follow_redirects=False).status_code == 303


def test_logging_out_ends_the_sessions_on_other_machines(desk: Desk) -> None:
    desk.log_in("officer")
    here = desk.client.cookies[session.COOKIE]
    desk.client.cookies.clear()
    desk.log_in("officer")
    assert desk.post("/logout", {}).status_code == 303
    desk.client.cookies.set(session.COOKIE, here)
    assert desk.client.get("/flags", follow_redirects=False).status_code == 303


def test_a_cookie_that_was_ended_ends_no_later_session(desk: Desk) -> None:
    desk.log_in("officer")
    ended, token = desk.client.cookies[session.COOKIE], desk.token()
    desk.post("/logout", {})
    desk.log_in("officer")
    current = desk.client.cookies[session.COOKIE]
    desk.client.cookies.set(session.COOKIE, ended)
    form = {"csrf_token": token}
    assert desk.client.post("/logout", data=form, follow_redirects=False).status_code == 303
    desk.client.cookies.set(session.COOKIE, current)
    assert desk.client.get("/flags", follow_redirects=False).status_code == 200


def test_a_session_lasts_a_working_day(desk: Desk) -> None:
    desk.log_in("officer")
    desk.clock.now += session.LIFETIME
    assert desk.client.get("/flags", follow_redirects=False).status_code == 200
    desk.clock.now += timedelta(seconds=1)
    assert desk.client.get("/flags", follow_redirects=False).status_code == 303


def test_a_new_password_ends_every_session(desk: Desk) -> None:
    desk.log_in("officer")
    accounts.set_password(desk.context, "officer", "another long password")
    assert desk.client.get("/flags", follow_redirects=False).status_code == 303


def test_forged_cookies_are_nobodys(desk: Desk) -> None:
    payload = {"user": "officer", "version": 0, "at": 1795309200, "nonce": "n"}
    forged = URLSafeSerializer(b"wrong key", salt="suyuan session").dumps(payload)
    for cookie in (forged, "", ".", "a.b.c", "x" * 5000):
        desk.client.cookies.set(session.COOKIE, cookie)
        assert desk.client.get("/flags", follow_redirects=False).status_code == 303


def test_guessing_passwords_is_stopped_and_the_right_one_too(desk: Desk) -> None:
    wrong = {"user_name": "officer", "password": "wrong", "next": "/flags"}
    for _ in range(FAILURES_PER_USER):
        assert desk.post("/login", wrong, page="/login").status_code == 401
    right = {**wrong, "password": "correct horse battery"}
    assert desk.post("/login", right, page="/login").status_code == 429
    desk.clock.now += WINDOW
    assert desk.post("/login", right, page="/login").status_code == 303


def test_unknown_and_known_names_get_the_same_answer(desk: Desk) -> None:
    answers = []
    for name in ("officer", "nobody"):
        form = {"user_name": name, "password": "wrong", "next": "/flags"}
        answer = desk.post("/login", form, page="/login")
        text = re.sub(r'[0-9a-f]{64}|value="\w+"', "", answer.text)
        answers.append((answer.status_code, text))
    assert answers[0] == answers[1]


def test_log_in_goes_on_only_within_the_desk(desk: Desk) -> None:
    form = {
        "user_name": "officer",
        "password": "correct horse battery",
        "next": "https://evil.example/",
    }
    assert desk.post("/login", form, page="/login").headers["location"] == "/flags"


def test_too_large_a_request_is_refused_before_it_is_kept(desk: Desk) -> None:
    desk.log_in("officer")
    answer = desk.post(
        "/rights", {"name": "x"}, files={"logos": ("a.png", bytes(MAX_BODY_BYTES + 1))}
    )
    assert answer.status_code == 413
    assert "12 MB" in answer.text


def test_the_language_switch_is_remembered(desk: Desk) -> None:
    answer = desk.post(
        "/language", {"language": "zh", "next": "/login?next=%2Fcases"}, page="/login"
    )
    assert answer.headers["location"] == "/login?next=%2Fcases"
    assert "登录" in desk.client.get("/login").text


def test_no_interface_description_is_given_out(desk: Desk) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert desk.client.get(path).status_code == 404


def test_a_fault_of_ours_is_told_and_tells_nothing(desk: Desk) -> None:
    def fail() -> None:
        raise RuntimeError("secret inner words")

    app = create_app(desk.context)
    app.add_api_route("/fail", fail)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/fail", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_plain_http_from_another_machine_is_told(desk: Desk) -> None:
    warning = "Ask the operator for the https address."
    assert warning in desk.client.get("http://10.0.0.5/login").text
    assert warning not in desk.client.get("https://desk.example/login").text
    assert warning not in desk.client.get("/login").text
