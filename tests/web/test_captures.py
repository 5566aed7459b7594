"""Screenshots and page archives at the desk: who sees them, and how they are handed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework import captures, runs
from casework.captures import take_up_wishes
from casework.flags import show_flag
from casework.intake import take_in
from domain.captures import Capture, Shot
from domain.common import FlagId, digest
from domain.flags import Verdict
from domain.runs import SpiderName
from tests.web.seeding import Desk, drawing, person
from tests.web.world import LISTINGS, SHOP
from web.headers import PICTURE_POLICY

MHTML = (
    b"From: <Saved by Blink>\r\nContent-Type: multipart/related\r\n\r\n<script>alert(1)</script>"
)


def capture(desk: Desk) -> Capture:
    """Capture the strongest flag's listing as it is now."""
    run = runs.start_run(
        desk.context, platform=SHOP, spider=SpiderName.CAPTURE, target=f"https://{SHOP}/"
    )
    shot = Shot(
        url=LISTINGS[0][0].url,
        taken_at=desk.clock(),
        png=drawing("PAGE", "#345", size=400),
        mhtml=MHTML,
        preview=drawing("PAGE", "#345", size=120),
        width=400,
        height=400,
        page_height=30_000,
        browser="Chromium 150.0",
    )
    return captures.keep_capture(
        desk.context,
        LISTINGS[0][0].ref,
        shot,
        run_id=run.run_id,
        found_on=digest(b"GET"),
        by="test",
    )


@pytest.fixture
def captured(desk: Desk) -> Capture:
    return capture(desk)


def test_a_flag_shows_its_screenshot_and_hands_the_archive_out_as_a_file(
    desk: Desk, captured: Capture, waiting_ids: list[FlagId]
) -> None:
    desk.log_in("officer")
    path = f"/flags/{waiting_ids[0]}"
    page = desk.client.get(path).text
    assert "the first 400 of 30000 pixels" in page
    for sha256, media_type in (
        (captured.screenshot, "image/png"),
        (captured.preview, "image/jpeg"),
        (captured.mhtml, "application/octet-stream"),
    ):
        link = f"{path}/captures/{sha256}"
        assert link in page
        answer = desk.client.get(link)
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-security-policy"] == PICTURE_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        is_file = answer.headers.get("content-disposition", "").startswith("attachment")
        assert is_file == (sha256 == captured.mhtml)
    assert desk.client.get(f"{path}/captures/{captured.mhtml}").content == MHTML


def test_captures_are_seen_by_those_who_see_the_flag(
    desk: Desk, captured: Capture, waiting_ids: list[FlagId]
) -> None:
    def status(user: str, flag_id: FlagId, sha256: str | None) -> int:
        desk.log_in(user)
        return desk.client.get(f"/flags/{flag_id}/captures/{sha256}").status_code

    others = next(flag_id for flag_id, (_, right_id, *_) in zip(waiting_ids, LISTINGS, strict=True)
                  if right_id != "NORVIK-CN")  # fmt: skip
    assert status("norvik", waiting_ids[0], captured.screenshot) == 200
    assert status("norvik", others, captured.screenshot) == 404, "another holder's flag"
    assert status("officer", waiting_ids[1], captured.screenshot) == 404, "another listing's"
    page = digest(b"a preserved page, say")
    assert status("officer", waiting_ids[0], page) == 404, "no other bytes get out this way"
    desk.client.cookies.clear()
    answer = desk.client.get(
        f"/flags/{waiting_ids[0]}/captures/{captured.screenshot}", follow_redirects=False
    )
    assert answer.status_code == 303, "nobody is logged in"


def test_a_screenshot_is_asked_for_and_taken_up_once(desk: Desk, waiting_ids: list[FlagId]) -> None:
    desk.log_in("officer")
    path = f"/flags/{waiting_ids[0]}"
    assert "No screenshot was taken yet." in desk.client.get(path).text
    assert desk.post(f"{path}/captures", {}, page=path).status_code == 303
    assert "officer asked for one on" in desk.client.get(path).text
    [task] = take_up_wishes(desk.context)
    assert (task.platform, task.listing_keys) == (SHOP, ("a-1",))
    assert task.target == "https://shop.example/", "as an operator typed it"
    assert take_up_wishes(desk.context) == ()
    assert "not to be had" in desk.client.get(path).text

    desk.log_in("operator")
    assert desk.post(f"{path}/captures", {}, page=path).status_code == 403


def test_a_case_shows_the_screenshots_of_its_flags(
    desk: Desk, captured: Capture, waiting_ids: list[FlagId]
) -> None:
    desk.log_in("officer")
    for flag_id in waiting_ids[:2]:
        form = {"verdict": Verdict.INFRINGING.value, "reason": "同款"}
        desk.post(f"/flags/{flag_id}/judgements", form)
    opened = desk.post("/cases", {"flag_id": waiting_ids[:2], "title": "头灯案"})
    page = desk.client.get(opened.headers["location"]).text
    assert f"/flags/{waiting_ids[0]}/captures/{captured.preview}" in page
    assert page.count("No screenshot was taken yet.") == 1


def test_a_capture_of_other_content_says_so_until_there_is_one_of_the_same(
    desk: Desk, waiting_ids: list[FlagId]
) -> None:
    desk.log_in("officer")
    page = f"/flags/{waiting_ids[0]}"
    words = "The listing said something else by then"
    context = desk.context
    was = show_flag(context, person(context, "officer"), waiting_ids[0]).sighting
    take_in(context, replace(was, title="换了标题", fetched_at=desk.clock()))
    of_other = capture(desk)
    assert words in desk.client.get(page).text

    desk.clock.move(hours=1)
    take_in(context, replace(was, fetched_at=desk.clock()))
    of_same = capture(desk)
    desk.clock.move(hours=1)
    take_in(context, replace(was, title="又换了标题", fetched_at=desk.clock()))
    capture(desk)
    assert of_other.content_digest != of_same.content_digest
    shown = desk.client.get(page).text
    assert words not in shown, "that of the same content counts before later ones"
