"""Taking a listing's page as a buyer sees it: whole-page PNG and MHTML from one visit."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import playwright.async_api as browser

from crawler.capture_parts import PartSupply
from crawler.chromium import find_chromium, launch_arguments
from domain.captures import Shot

WIDTH = 1366
WINDOW_HEIGHT = 900
MAX_WIDTH = 2_000
MAX_HEIGHT = 16_000
"""Pixels of the screenshot; a longer page is cut there. Chromium draws 16,384 at most."""
MAX_MHTML_BYTES = 80_000_000
MAX_DOM_BYTES = 10_000_000
CAPTURE_TIMEOUT_S = 300.0
LOADING_TIMEOUT_S = 120.0
"""How long the parts of a page are waited for; pace and Crawl-delay hold for each of them."""
QUIET_S = 0.5
PREVIEW_SCALE = 0.35
TAKING_TIMEOUT_S = 30.0
"""For going down a page, and again for taking it: its scripts may keep the browser busy."""
_SCROLL_PAUSE_S = 0.1
_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"


class NotCaptured(Exception):
    """The browser could not take a page: it hung, crashed, or would not draw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A document that a buyer saw within the page."""

    url: str
    dom: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one visit."""

    shot: Shot
    dom: bytes
    """Of the page as it was taken, UTF-8."""
    frames: tuple[Frame, ...]
    is_settled: bool
    """False when parts were still wanting at the end of the time given."""


async def take_page(
    url: str, supply: PartSupply, *, user_agent: str, clock: Callable[[], datetime]
) -> Taken:
    """Draw a page in a browser of its own that has no network, and take it.

    Raises: MissingTool; NotCaptured.
    """
    program = str(find_chromium())
    try:
        async with asyncio.timeout(CAPTURE_TIMEOUT_S), browser.async_playwright() as driver:
            chromium = await driver.chromium.launch(
                executable_path=program, args=[*launch_arguments(), _NO_NETWORK]
            )
            context = await chromium.new_context(
                user_agent=user_agent,
                viewport={"width": WIDTH, "height": WINDOW_HEIGHT},
                locale="zh-CN",
                service_workers="block",
                accept_downloads=False,
            )
            context.set_default_timeout(TAKING_TIMEOUT_S * 1000)
            await context.route("**/*", supply.answer)
            page = await context.new_page()
            return await _take(page, url, supply, chromium.version, clock)
    except (browser.Error, TimeoutError) as failure:
        raise NotCaptured(f"{url}: {str(failure).partition(chr(10))[0]}") from failure


async def _take(
    page: browser.Page,
    url: str,
    supply: PartSupply,
    version: str,
    clock: Callable[[], datetime],
) -> Taken:
    await page.goto(url, wait_until="commit")
    settled = await supply.rest(quiet_s=QUIET_S, timeout_s=LOADING_TIMEOUT_S)
    async with asyncio.timeout(TAKING_TIMEOUT_S):
        devtools = await page.context.new_cdp_session(page)
        await _scroll(page, devtools)
    settled &= await supply.rest(quiet_s=QUIET_S, timeout_s=LOADING_TIMEOUT_S)
    async with asyncio.timeout(TAKING_TIMEOUT_S):
        shot = await _shoot(devtools, page.url, version, clock)
        return Taken(
            shot=shot,
            dom=(await page.content()).encode("utf-8", "replace")[:MAX_DOM_BYTES],
            frames=await _seen_frames(page),
            is_settled=settled,
        )


async def _shoot(
    devtools: browser.CDPSession, url: str, version: str, clock: Callable[[], datetime]
) -> Shot:
    content_width, content_height = await _measure(devtools)
    width = min(max(content_width, WIDTH), MAX_WIDTH)
    height = min(max(content_height, WINDOW_HEIGHT), MAX_HEIGHT)
    taken_at = clock()
    png = await _picture(devtools, width, height, format="png")
    preview = await _picture(
        devtools, WIDTH, min(height, WINDOW_HEIGHT), scale=PREVIEW_SCALE, format="jpeg", quality=70
    )
    return Shot(
        url=url,
        taken_at=taken_at,
        png=png,
        mhtml=await _mhtml(devtools),
        preview=preview,
        width=width,
        height=height,
        page_height=max(content_height, height),
        browser=f"Chromium {version}",
    )


async def _measure(devtools: browser.CDPSession) -> tuple[int, int]:
    """Return width and height of the page, told by the browser and not by the page's scripts."""
    size = (await devtools.send("Page.getLayoutMetrics"))["cssContentSize"]
    return int(size["width"]), int(size["height"])


async def _scroll(page: browser.Page, devtools: browser.CDPSession) -> None:
    """Go down the page once and back, so that pictures which wait to be seen are asked for."""
    reached = WINDOW_HEIGHT
    while reached < min((await _measure(devtools))[1], MAX_HEIGHT):
        await page.mouse.wheel(0, WINDOW_HEIGHT)
        await asyncio.sleep(_SCROLL_PAUSE_S)
        reached += WINDOW_HEIGHT
    await page.mouse.wheel(0, -2 * MAX_HEIGHT)
    await asyncio.sleep(_SCROLL_PAUSE_S)


async def _picture(
    devtools: browser.CDPSession, width: int, height: int, *, scale: float = 1, **form: object
) -> bytes:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
    answer = await devtools.send(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip, **form}
    )
    return base64.b64decode(answer["data"])


async def _mhtml(devtools: browser.CDPSession) -> bytes | None:
    answer = await devtools.send("Page.captureSnapshot", {"format": "mhtml"})
    data = str(answer["data"]).encode("utf-8", "replace")
    return data if len(data) <= MAX_MHTML_BYTES else None


async def _seen_frames(page: browser.Page) -> tuple[Frame, ...]:
    """Return the frames that take up room on the page."""
    seen = []
    for frame in page.frames:
        if frame.parent_frame is not page.main_frame:
            continue
        box = await (await frame.frame_element()).bounding_box()
        if box is not None and box["width"] >= 100 and box["height"] >= 50:
            dom = (await frame.content()).encode("utf-8", "replace")[:MAX_DOM_BYTES]
            seen.append(Frame(url=frame.url, dom=dom))
    return tuple(seen)
