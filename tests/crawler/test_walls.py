"""A wall pauses its platform; after a person resumed, the same job goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from casework import platforms
from casework.accounts import add_user
from casework.context import Context, open_context
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.platforms import PauseReason
from domain.runs import BROKEN_OFF, OutcomeKind, SpiderName
from domain.users import Role, User
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
LOGIN = page('<h1>请登录</h1><form><input type="password" name="p"></form>', title="登录")
SLIDER = page("<p>请拖动滑块完成验证</p>", title="安全验证")
ITEMS = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 15)}


@pytest.fixture
def home(tmp_path: Path) -> Context:
    return open_context(load_settings({"SUYUAN_HOME": str(tmp_path)}))


@pytest.fixture
def operator(home: Context) -> User:
    return add_user(
        home,
        user_name="op",
        display_name="",
        role=Role.OPERATOR,
        organisation="",
        password="correct horse",
    )


def job_for(shop: Shop, home: Context) -> CrawlJob:
    return CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=0,
        database_url=home.settings.database_url,
        data_folder=str(home.settings.folder),
    )


@pytest.mark.parametrize(
    ("wall", "outcome", "reason"),
    [
        (LOGIN, OutcomeKind.LOGIN_NEEDED, PauseReason.LOGIN),
        (SLIDER, OutcomeKind.BLOCKED, PauseReason.BLOCKED),
    ],
)
def test_after_a_wall_nothing_fetched_is_fetched_again(
    open_shop: OpenShop,
    home: Context,
    operator: User,
    wall: str,
    outcome: OutcomeKind,
    reason: PauseReason,
) -> None:
    open_items = list(ITEMS)[:5]
    routes: dict[str, Route] = {"/": page(cards(*ITEMS)), **dict.fromkeys(ITEMS, wall)}
    shop = open_shop({**routes, **{path: ITEMS[path] for path in open_items}})
    result = run_job(job_for(shop, home))
    assert result.outcomes[0].kind is outcome
    assert "paused" in result.outcomes[0].words
    assert result.counts[BROKEN_OFF] == 1

    [pause] = platforms.paused_platforms(home)
    assert (pause.platform, pause.reason, pause.run_id, pause.until) == (
        urlsplit(shop.url).netloc,
        reason,
        result.run_id,
        None,
    )
    assert (pause.page_url or "").startswith(f"{shop.url}/item/")
    assert platforms.wall_page(home, pause.platform, pause.sequence) == (wall.encode(), True)

    asked = len(shop.requests)
    refused = run_job(job_for(shop, home))
    assert "is paused" in (refused.fault or "")
    assert len(shop.requests) == asked
    assert len(list_runs(home)) == 1

    platforms.resume(home, operator, pause.platform, why="the shop gave us access")
    shop.routes.update(ITEMS)
    again = run_job(job_for(shop, home))
    assert [(o.kind, o.listings) for o in again.outcomes] == [(OutcomeKind.FOUND, len(ITEMS))]
    assert [shop.count(path) for path in ("/", *open_items)] == [1] * 6


def test_one_slider_in_the_place_of_results_pauses_the_platform(
    open_shop: OpenShop, home: Context
) -> None:
    front = page('<form action="/search"><input name="q"></form>')
    shop = open_shop({"/": front, "/search": SLIDER, **ITEMS})
    job = replace(job_for(shop, home), queries=("茶", "壶"))
    result = run_job(job)
    assert {one.kind for one in result.outcomes} == {OutcomeKind.BLOCKED}
    [pause] = platforms.paused_platforms(home)
    assert pause.reason is PauseReason.BLOCKED
    assert (pause.page_url or "").startswith(f"{shop.url}/search")


def test_one_forbidden_listing_pauses_nothing(open_shop: OpenShop, home: Context) -> None:
    shop = open_shop({"/": page(cards(*ITEMS)), **ITEMS, "/item/1": SLIDER})
    result = run_job(job_for(shop, home))
    assert result.outcomes[0].kind is OutcomeKind.BLOCKED, "but the run is not clean"
    assert result.outcomes[0].listings == len(ITEMS) - 1
    assert platforms.paused_platforms(home) == ()


@pytest.mark.parametrize(
    "login_after",
    [LOGIN, Answer("<h1>404</h1>", status=404)],
    ids=["its address still asks for a login", "its address is gone"],
)
def test_a_redirect_to_a_login_is_not_gone_by_once_the_wall_is_down(
    open_shop: OpenShop, home: Context, operator: User, login_after: Route
) -> None:
    shop = open_shop(
        {
            "/": Answer(status=302, headers={"Location": "/home"}),
            "/home": Answer(status=302, headers={"Location": "/login"}),
            "/login": LOGIN,
            "/item/1": ITEMS["/item/1"],
        }
    )
    before = run_job(job_for(shop, home))
    assert [outcome.kind for outcome in before.outcomes] == [OutcomeKind.LOGIN_NEEDED]
    platforms.resume(home, operator, before.platform, why="the shop gave us access")
    shop.routes |= {"/home": page(cards("/item/1")), "/login": login_after}
    again = run_job(job_for(shop, home))
    assert [(o.kind, o.listings) for o in again.outcomes] == [(OutcomeKind.FOUND, 1)]
    assert shop.count("/login") == 1


def test_a_shop_that_asks_for_a_long_wait_is_left_alone_for_so_long(
    open_shop: OpenShop, home: Context
) -> None:
    shop = open_shop({"/": Answer("wait", status=429, headers={"Retry-After": "7200"})})
    result = run_job(job_for(shop, home))
    assert result.outcomes[0].kind is OutcomeKind.RATE_LIMITED
    [pause] = platforms.paused_platforms(home)
    assert pause.reason is PauseReason.RATE_LIMITED
    assert pause.until is not None
    assert pause.until - pause.at == timedelta(hours=2)


def test_trouble_that_passes_by_itself_pauses_nothing(open_shop: OpenShop, home: Context) -> None:
    down = dict.fromkeys(ITEMS, Answer("oops", status=500))
    shop = open_shop({"/": page(cards(*ITEMS)), **down})
    assert run_job(job_for(shop, home)).outcomes[0].kind is OutcomeKind.SHOP_DOWN
    one_slider = {**ITEMS, "/item/3": SLIDER}
    shop = open_shop({"/": page(cards(*ITEMS)), **one_slider})
    assert run_job(job_for(shop, home)).outcomes[0].kind is OutcomeKind.BLOCKED
    assert platforms.paused_platforms(home) == ()


def test_a_standing_order_sets_robots_aside_and_is_in_the_log(
    open_shop: OpenShop, home: Context, operator: User
) -> None:
    robots = Answer("User-agent: *\nDisallow: /item/\n", media_type="text/plain")
    shop = open_shop({"/": page(cards("/item/1")), "/item/1": listing("茶"), "/robots.txt": robots})
    platform = urlsplit(shop.url).netloc

    orders: list[str | None] = []

    def crawl(**job: str) -> list[tuple[str, str]]:
        result = run_job(replace(job_for(shop, home), **job))
        _, log = show_run(home, list_runs(home)[0].run_id)
        assert result.fault is None
        orders.append(list_runs(home)[0].robots_override)
        return [(one.robots, one.note) for one in log if one.url.endswith("/item/1")]

    assert [robots for robots, _ in crawl()] == ["refused"]
    assert shop.count("/item/1") == 0
    platforms.set_robots_aside(home, operator, platform, why="order no. 7")
    [(robots_said, note)] = crawl()
    assert robots_said == "refused"
    assert "order no. 7 (op, 20" in note
    [(_, note)] = crawl(robots_override="for this crawl alone")
    assert note.endswith("for this crawl alone")
    platforms.obey_robots(home, operator, platform, why="closed")
    assert "RequestRefused" in crawl()[0][1]
    assert shop.count("/item/1") == 2
    assert [None if order is None else order.partition(" (")[0] for order in orders] == [
        None,
        "order no. 7",
        "for this crawl alone",
        None,
    ]
