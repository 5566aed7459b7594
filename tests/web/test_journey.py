"""The main journey in a real browser, by keyboard where a person would, in both languages."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from crawler.chromium import find_chromium, launch_arguments
from domain.common import MissingTool
from tests.web.seeding import Desk
from web.app import create_app

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": {
        "log in": "登录",
        "title": "侵权线索 · 溯源",
        "how": "数字替代字母",
        "recorded": "已记录",
        "lacks": "通知书未能制作",
        "noticed": "已通知平台",
    },
    "en-GB": {
        "log in": "Log in",
        "title": "Flags · Suyuan",
        "how": "Digits for letters",
        "recorded": "Recorded",
        "lacks": "The notice was refused",
        "noticed": "Platform notified",
    },
}
SENDER = {
    "name": "诺维克户外用品有限公司",
    "identity_number": "91110000600037341L",
    "address": "北京市朝阳区建国路1号",
    "contact": "李然 010-12345678",
    "proof": "商标注册证第18273645号",
}


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The desk served on a free port of loopback."""
    config = uvicorn.Config(create_app(desk.context), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    bound = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    # The socket listens from the moment it is bound: the first request waits for the server.
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    try:
        program = find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(program), args=launch_arguments())
        yield launched
        launched.close()


@pytest.mark.parametrize("locale", WORDS)
def test_from_log_in_to_the_sealed_package(address: str, browser: Browser, locale: str) -> None:
    words = WORDS[locale]
    opened = browser.new_context(locale=locale, viewport={"width": 1366, "height": 768})
    page = opened.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))

    log_in(page, address, words)
    judge_by_keyboard(page, words)
    open_case(page, address)
    seal_notice(page, words)

    # A refused notice is a 422, which the browser notes; nothing else may stand in the console.
    assert [one for one in complaints if "422" not in one] == []
    opened.close()


def log_in(page: Page, address: str, words: dict[str, str]) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=words["log in"])).to_be_visible()
    page.fill("[name=user_name]", "officer")
    page.fill("[name=password]", "correct horse battery")
    page.keyboard.press("Enter")
    expect(page).to_have_title(words["title"])
    expect(page.locator(".queue tbody tr")).to_have_count(6)
    expect(page.locator(".queue tbody tr").first).to_contain_text(words["how"])


def judge_by_keyboard(page: Page, words: dict[str, str]) -> None:
    """Open the first flag and judge two, without touching the mouse."""
    page.wait_for_load_state()  # Keys are heard once the scripts have run.
    page.keyboard.press("j")
    expect(page.locator(".queue tbody tr.current")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".listing-title mark")).to_have_text("N0RVIK")
    expect(page.locator(".versus .box").first).to_be_visible()
    look_at_pictures(page)
    for before in ("N0RVIK 同款", "<script>alert(1)</script>"):
        expect(page.locator(".listing-title")).to_contain_text(before)
        page.keyboard.press("1")
        expect(page.locator("textarea[name=reason]")).to_be_focused()
        expect(page.locator("textarea[name=reason]")).not_to_have_value("")
        page.keyboard.press("Enter")
        expect(page.locator(".note")).to_contain_text(words["recorded"])
        expect(page.locator(".note")).to_contain_text(before)
    expect(page.locator(".listing-title")).to_contain_text("云·栖·虎")


def look_at_pictures(page: Page) -> None:
    """Open the viewer by a key, go on, and come back to the flag."""
    viewer = page.locator("dialog.viewer")
    page.keyboard.press("p")
    expect(viewer.locator(".box")).to_be_visible()
    expect(viewer).to_contain_text("1 / ")
    page.keyboard.press("ArrowLeft")  # There is none before the first.
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("2 / ")
    page.keyboard.press("1")  # No verdict is given while a picture is looked at.
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("input[name=verdict]:checked")).to_have_count(0)
    page.locator(".versus a[data-enlarge]").last.click()
    expect(viewer).to_be_visible()
    viewer.click()
    expect(viewer).to_be_hidden()


def open_case(page: Page, address: str) -> None:
    page.goto(f"{address}/flags")
    # The queue narrows without a button, and the address can be sent to a colleague.
    page.select_option("[name=state]", "judged")
    expect(page.locator(".queue tbody tr")).to_have_count(2)
    expect(page).to_have_url(f"{address}/flags?state=judged&right=&platform=&text=")
    button = page.locator(".actions button")
    expect(button).to_be_disabled()
    page.check("[data-pick-all]")
    expect(page.locator(".actions output")).to_have_text("2")
    button.click()
    expect(page.locator("h1")).to_have_text("NORVIK · 户外折扣仓")


def seal_notice(page: Page, words: dict[str, str]) -> None:
    """Be refused once for what is missing, then seal and download."""
    for name, value in SENDER.items():
        page.fill(f"#notice [name={name}]", value)
    page.select_option("[name=capacity]", "right_holder")
    page.click("#notice .primary")
    expect(page.get_by_role("alert")).to_contain_text(words["lacks"])
    expect(page.locator("[name=contact]")).to_have_value(SENDER["contact"])
    page.fill("[name=signatory]", "李然")
    page.check("[name=guarantee]")
    page.click("#notice .primary")
    expect(page.locator(".head .badge")).to_have_text(words["noticed"])
    with page.expect_download() as download:
        page.click("#packages .button")
    package = download.value.path().read_bytes()
    assert download.value.suggested_filename.endswith(".zip")
    names = zipfile.ZipFile(io.BytesIO(package)).namelist()
    assert sum(name.endswith("notice.pdf") for name in names) == 1
