"""Captures in a real Chromium that has no network of its own."""

from __future__ import annotations

import email
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from casework.captures import chosen_tasks
from casework.context import Context, open_context
from casework.intake import known_listings
from casework.runs import show_run
from casework.settings import load_settings
from cli.capture import job_for_task
from crawler.chromium import find_chromium
from crawler.jobs import CrawlJob, CrawlResult
from crawler.launch import run_job
from domain.captures import Capture
from domain.common import MissingTool, RunId
from domain.evidence import EvidenceKind
from domain.runs import OutcomeKind, SpiderName
from storage import captures, evidence
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page, picture

OpenShop = Callable[[dict[str, Route]], Shop]
pytestmark = pytest.mark.browser
RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)
LOGIN = (
    '<form action="/login" method="post"><h1>请登录</h1><input name="user">'
    '<input type="password" name="password"><button>登录</button></form>'
)

CAPTCHA = '<h1>访问验证</h1><p>请拖动滑块完成验证</p><div class="nc-container"></div>'


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))


class Bureau:
    """A database whose operator gathered a shop, and captures of it."""

    def __init__(self, home: Path, shop: Shop, **job: object) -> None:
        self.shop = shop
        self.context: Context = open_context(load_settings({"SUYUAN_HOME": str(home)}))
        gathering = CrawlJob(
            spider=SpiderName.SEARCH,
            target=f"{shop.url}/",
            pace_s=0,
            database_url=self.context.settings.database_url,
            data_folder=str(home),
            **job,  # type: ignore[arg-type]
        )
        assert run_job(gathering).outcomes[0].kind is OutcomeKind.FOUND
        self.known = {one.listing_key: one for one in known_listings(self.context)}

    def capture(self, *keys: str) -> CrawlResult:
        refs = [self.known[key].ref for key in keys or sorted(self.known)]
        [task] = chosen_tasks(self.context, refs)
        return run_job(job_for_task(self.context, task, pace_s=0))

    def taken(self, key: str) -> tuple[Capture, ...]:
        with self.context.database.read() as unit:
            return captures.captures_of(unit, self.known[key].ref)

    def screenshot(self, capture: Capture) -> Image.Image:
        shown = Image.open(io.BytesIO(self.context.blobs.get(capture.screenshot)))
        return shown.convert("RGB")


def open_bureau(open_shop: OpenShop, home: Path, items: dict[str, str], **more: Route) -> Bureau:
    routes: dict[str, Route] = {"/": page(cards(*items)), **items}
    routes |= {f"/{name.replace('_', '.')}": route for name, route in more.items()}
    bureau = Bureau(home, open_shop(routes))
    assert len(bureau.known) == len(items)
    return bureau


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    counted = image.getcolors(image.width * image.height)
    assert counted is not None
    return {colour for _, colour in counted}  # type: ignore[misc]


def test_a_capture_shows_the_whole_page_with_what_it_is_made_of(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    extra = (
        '<link rel="stylesheet" href="/shop.css"><div class="band"></div>'
        '<div style="height: 5000px"></div>'
        '<img loading="lazy" src="/lazy.png" width="200" height="200">'
        '<p id="made"></p><script src="/shop.js"></script>'
    )
    bureau = open_bureau(
        open_shop,
        tmp_path,
        {"/item/1": listing("茶 1", extra=extra), "/item/2": listing("茶 2")},
        shop_css=Answer(
            ".band { height: 80px; background: rgb(0, 128, 0) }", media_type="text/css"
        ),
        lazy_png=picture("red"),
        shop_js=Answer(
            "fetch('/api').then(a => a.text()).then(t => made.style.cssText = t)",
            media_type="text/javascript",
        ),
        api=Answer("height: 60px; background: rgb(0, 0, 255)", media_type="text/plain"),
    )
    asked_before = bureau.shop.count("/item/1")
    result = bureau.capture("1")

    [outcome] = result.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.FOUND, 1)
    [capture] = bureau.taken("1")
    shown = bureau.screenshot(capture)
    assert shown.size == (capture.width, capture.height) == (1366, capture.page_height)
    assert capture.height > 5000
    assert not capture.is_cut
    assert {RED, GREEN, BLUE} <= colours(shown), "the lazy picture, the style, what a script made"
    assert capture.content_digest == bureau.known["1"].content_digest
    assert bureau.shop.count("/item/1") == asked_before + 1, "one visit"
    assert bureau.shop.agents == {"Suyuan/0.1 (+no contact configured)"}

    assert capture.mhtml is not None
    parts = email.message_from_bytes(bureau.context.blobs.get(capture.mhtml))
    assert parts["Snapshot-Content-Location"] == f"{bureau.shop.url}/item/1"
    kept = {part["Content-Location"].removeprefix(bureau.shop.url) for part in parts.walk()
            if part["Content-Location"]}  # fmt: skip
    assert {"/item/1", "/lazy.png", "/shop.css"} <= kept
    preview = Image.open(io.BytesIO(bureau.context.blobs.get(capture.preview)))
    assert preview.format == "JPEG"
    assert preview.width == int(1366 * 0.35)


def test_a_capture_is_evidence_and_stands_in_the_collection_log(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    shown = '<img src="/tea.png">'
    bureau = open_bureau(
        open_shop, tmp_path, {"/item/1": listing("茶", extra=shown)}, tea_png=picture("red")
    )
    result = bureau.capture("1")
    [capture] = bureau.taken("1")
    with bureau.context.database.read() as unit:
        pieces = evidence.evidence_at(unit, f"{bureau.shop.url}/item/1", capture.captured_at)
        custody = [evidence.custody_of(unit, piece.evidence_id) for piece in pieces]
    assert {(piece.kind, piece.sha256, piece.run_id) for piece in pieces} == {
        (EvidenceKind.SCREENSHOT, capture.screenshot, result.run_id),
        (EvidenceKind.MHTML, capture.mhtml, result.run_id),
    }
    assert [(entry.by, entry.act) for [entry] in custody] == [("suyuan crawler", "preserved")] * 2

    run, log = show_run(bureau.context, RunId(result.run_id))
    assert run.spider is SpiderName.CAPTURE
    document = next(entry for entry in log if entry.url.endswith("/item/1"))
    made = {entry.url.removeprefix(bureau.shop.url): entry for entry in log
            if entry.found_on == document.asked and entry.asked}  # fmt: skip
    assert set(made) == {"/tea.png"}
    assert made["/tea.png"].robots == "allowed"
    taken = {entry.sha256: entry for entry in log if entry.asked is None}
    assert set(taken) == {capture.screenshot, capture.mhtml}
    assert "screenshot taken by Chromium" in taken[capture.screenshot].note
    assert all(entry.found_on == document.asked for entry in taken.values())


def test_a_page_without_end_is_cut_and_says_so(open_shop: OpenShop, tmp_path: Path) -> None:
    extra = '<div style="height: 30000px; background: rgb(255, 0, 0)"></div>'
    bureau = open_bureau(open_shop, tmp_path, {"/item/1": listing("茶", extra=extra)})
    result = bureau.capture()
    [capture] = bureau.taken("1")
    assert (capture.height, capture.is_cut) == (16_000, True)
    assert capture.page_height > 30_000
    shown = bureau.screenshot(capture)
    assert shown.getpixel((100, 15_990)) == RED, "drawn down to the cut"
    assert result.counts["captures_cut"] == 1


def test_the_browser_reaches_nothing_private(open_shop: OpenShop, tmp_path: Path) -> None:
    neighbour = open_shop({"/p.png": picture("blue"), "/s.js": "x", "/f": page("内网")})
    there = neighbour.url
    extra = f"""<img src="{there}/p.png"><script src="{there}/s.js"></script>
        <iframe src="{there}/f"></iframe><img src="/out.png"><link rel="stylesheet" href="/out.css">
        <img src="http://169.254.169.254/latest/meta-data"><link rel="preconnect" href="{there}">
        <script>
        fetch("{there}/fetch", {{mode: "no-cors"}}).catch(() => 0);
        navigator.sendBeacon("{there}/beacon", "x");
        try {{ new WebSocket("{there.replace("http", "ws")}/socket") }} catch (e) {{}}
        try {{ new EventSource("{there}/events") }} catch (e) {{}}
        setTimeout(() => location.href = "{there}/away", 50);
        </script>"""
    away = {"Location": f"{there}/redirected"}
    bureau = open_bureau(
        open_shop,
        tmp_path,
        {"/item/1": listing("茶", extra=extra)},
        out_png=Answer(status=302, headers=away),
        out_css=Answer(status=302, headers=away),
    )
    result = bureau.capture()
    assert neighbour.requests == []
    assert result.counts["private_address"] >= 4
    assert len(bureau.taken("1")) == 1, "the listing itself was shown"


def test_robots_txt_holds_for_what_the_browser_asks(open_shop: OpenShop, tmp_path: Path) -> None:
    bureau = open_bureau(
        open_shop,
        tmp_path,
        {"/item/1": listing("茶", extra='<img src="/secret/p.png"><img src="/p.png">')},
        p_png=picture("red"),
        robots_txt=Answer("User-agent: *\nDisallow: /secret/", media_type="text/plain"),
    )
    result = bureau.capture()
    assert bureau.shop.count("/secret/p.png") == 0
    assert result.counts["robots"] >= 1
    assert RED in colours(bureau.screenshot(bureau.taken("1")[0]))


WALLS: dict[str, tuple[Route, str | None]] = {
    "/item/1": (page(LOGIN, title="登录"), "login_needed"),
    "/item/2": (Answer("<h1>403 Forbidden</h1>", status=403), "blocked"),
    "/item/3": (
        page(
            "<h1>茶 3</h1><p>￥199.00</p><button>加入购物车</button>"
            f"<script>document.title = '登录'; document.body.innerHTML = `{LOGIN}`</script>"
        ),
        "login_needed",
    ),
    "/item/4": (page(CAPTCHA, title="验证码"), "blocked"),
    "/item/5": (listing("茶 5", extra='<iframe src="/check" width="500" height="400">'), "blocked"),
    "/item/6": (Answer(status=302, headers={"Location": "/"}), "not_the_listing"),
    "/item/7": (Answer("<h1>商品不存在</h1>", status=404), "gone"),
    "/item/8": (listing("茶 8"), None),
}
"""What a listing's address shows at the second visit, and how the run counts it."""


def test_what_is_not_the_listing_is_never_kept_as_its_capture(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    bureau = open_bureau(open_shop, tmp_path, {path: listing(f"茶 {path}") for path in WALLS})
    bureau.shop.routes |= {path: shown for path, (shown, _) in WALLS.items()}
    bureau.shop.routes["/check"] = page(CAPTCHA, title="验证码")
    result = bureau.capture()
    counted = Counter(reason for _, reason in WALLS.values() if reason)
    assert {reason: result.counts.get(reason, 0) for reason in counted} == counted
    taken = {path for path in WALLS if bureau.taken(path.rpartition("/")[2])}
    assert taken == {"/item/8"}
    assert result.outcomes[0].kind is OutcomeKind.BLOCKED, "a run that met walls is not clean"
    assert {key for key in bureau.known if key not in watched(bureau)} == {"7"}


def watched(bureau: Bureau) -> set[str]:
    return {one.listing_key for one in known_listings(bureau.context)}


def test_a_page_that_hangs_the_browser_costs_only_its_own_capture(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    hang = "<script>addEventListener('wheel', () => { for (;;); })</script>"
    bureau = open_bureau(
        open_shop, tmp_path, {"/item/1": listing("茶 1", extra=hang), "/item/2": listing("茶 2")}
    )
    result = bureau.capture("1", "2")
    assert bureau.taken("1") == ()
    assert len(bureau.taken("2")) == 1
    assert result.counts["not_captured"] == 1
    [outcome] = result.outcomes
    assert outcome.kind is OutcomeKind.STOPPED_BY_LIMIT


def test_an_address_that_nobody_typed_is_not_visited_when_it_is_private(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    bureau = open_bureau(open_shop, tmp_path, {"/item/1": listing("茶 1")})
    asked_before = len(bureau.shop.requests)
    imported = CrawlJob(
        spider=SpiderName.CAPTURE,
        target=bureau.shop.netloc,
        watch_keys=("1",),
        pace_s=0,
        database_url=bureau.context.settings.database_url,
        data_folder=str(tmp_path),
    )
    result = run_job(imported)
    assert result.counts["private_address"] >= 1
    assert len(bureau.shop.requests) == asked_before
    assert bureau.taken("1") == ()
