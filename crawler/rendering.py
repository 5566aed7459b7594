"""Pages that need JavaScript, rendered in a browser that is kept on the shop's own hosts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

import playwright.async_api as browser
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy_playwright.page import PageMethod
from scrapy_playwright.provider import PlaywrightBrowserProvider

from crawler.addresses import host_port
from crawler.chromium import find_chromium, launch_arguments
from crawler.reading import MORE_TEXT
from crawler.requests import VISIT, RequestRefused, Role, Visit
from crawler.robots import RobotsMiddleware
from crawler.running import running
from crawler.site import Site
from domain.pages import Page

NAVIGATION_TIMEOUT_S = 30.0
SETTLE_TIMEOUT_S = 8.0
"""How long scripts may go on asking before the page is taken as it stands."""
MAX_WIRE_ANSWERS = 60
MAX_WIRE_BYTES = 10_000_000
MAX_RENDERED_BYTES = 10_000_000
MAX_GROWTHS = 30
"""How often a list is made to grow; its requests count against MAX_WIRE_ANSWERS."""
GROWTH_TIMEOUT_S = 1.5
_GROW = """async pattern => {
  const more = new RegExp(pattern, "i");
  const controls = document.querySelectorAll(
    "button, [role=button], a:not([href]), a[href^='#'], a[href^='javascript:']");
  const links = document.links.length;
  const control = [...controls].find(one => more.test(one.textContent.trim())
    && !one.disabled && one.getClientRects().length > 0);
  if (control) control.click();
  window.scrollTo(0, 0);
  await new Promise(requestAnimationFrame);
  window.scrollTo(0, document.documentElement.scrollHeight);
  return links;
}"""
_HAS_GROWN = "links => document.links.length > links"
_NEEDED = frozenset({"document", "script", "xhr", "fetch"})
_KEPT = frozenset({"document", "xhr", "fetch"})


class LazyChromium(PlaywrightBrowserProvider):  # type: ignore[misc] # it has no types
    """Browser provider: playwright's driver starts with the first page that needs it."""

    async def start(self) -> None:
        """Nothing yet."""

    async def launch_browser(self) -> browser.Browser:
        """Start the driver and Chromium. Raises: MissingTool."""
        self.config.launch_options["executable_path"] = str(find_chromium())
        await super().start()
        launched: browser.Browser = await super().launch_browser()
        return launched


def launch_options(site: Site, user_agent: str) -> dict[str, object]:
    """Return playwright's launch options for one shop.

    The user agent is the browser's own, so that it also stands in what it fetches by itself.

    The resolver rules hold where interception does not reach: redirects, web sockets, workers.
    """
    rules = [f"MAP {place} {place}" for place in sorted(site.hosts)]
    for domain in sorted(site.domains):
        rules += [f"EXCLUDE {domain}", f"EXCLUDE *.{domain}"]
    rules.append("MAP * ~NOTFOUND")
    return {
        "headless": True,
        "args": [
            *launch_arguments(),
            f"--user-agent={user_agent}",
            f"--host-resolver-rules={','.join(rules)}",
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class WireAnswer:
    """What a rendered page's scripts were sent."""

    url: str
    status: int
    media_type: str
    body: bytes
    is_kept: bool = True
    """Scripts are logged without their bytes: what they made is kept."""


class Rendering:
    """One page in the browser: what it may ask for, and what it was answered."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._site = running(crawler).site
        self._asked = 0
        self._grows = False
        self._reading: list[asyncio.Task[None]] = []
        self.answers: list[WireAnswer] = []
        self.document: WireAnswer | None = None
        """The page itself as it came; one of `answers`."""
        self.sent = 0
        """Requests that the page's scripts sent."""

    def request(self, page: Page, visit: Visit) -> Request:
        """Return the request that renders a page which was fetched before."""
        # The page itself was counted and judged when it was fetched without a browser.
        again = {"retry_times": 0, "dont_retry": True}
        meta = {VISIT: visit, **again, **self.meta(visit)}
        return Request(page.url, dont_filter=True, meta=meta)

    def meta(self, visit: Visit) -> dict[str, object]:
        """Return what sends a request to the browser."""
        self._grows = visit.role in (Role.START, Role.INDEX)
        return {
            "dont_redirect": True,
            "playwright": True,
            "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False},
            "playwright_page_goto_kwargs": {
                "wait_until": "domcontentloaded",
                "timeout": NAVIGATION_TIMEOUT_S * 1000,
            },
            "playwright_page_init_callback": self.prepare,
            "playwright_page_methods": [PageMethod(self.settle)],
        }

    async def prepare(self, page: browser.Page, request: Request) -> None:
        """Set the guard up before the page is opened; called by scrapy-playwright."""
        await page.route("**/*", self._guard)
        page.on("response", self._note)

    async def settle(self, page: browser.Page) -> None:
        """Wait until the page's scripts ask for nothing more, within bounds."""
        try:
            await page.wait_for_load_state("networkidle", timeout=SETTLE_TIMEOUT_S * 1000)
        except browser.TimeoutError:
            running(self._crawler).counts["rendered_unsettled"] += 1
        if self._grows:
            await self._grow(page)
        await _within(asyncio.gather(*self._reading))

    async def _grow(self, page: browser.Page) -> None:
        """Let a list that goes on by scrolling or by a button grow until it has its end.

        The button is pressed only where it reads "load more"; addresses are never followed.
        """
        for _ in range(MAX_GROWTHS):
            try:
                links = await page.evaluate(_GROW, MORE_TEXT.pattern)
                await page.wait_for_function(_HAS_GROWN, arg=links, timeout=GROWTH_TIMEOUT_S * 1000)
            except browser.Error:
                return

    async def _guard(self, route: browser.Route, request: browser.Request) -> None:
        """Let the browser ask for what the listing needs, on the shop's hosts, as robots.txt
        allows; pictures are fetched without it.
        """
        self._asked += 1
        wanted = (
            request.resource_type in _NEEDED
            and self._asked <= MAX_WIRE_ANSWERS
            and (place := host_port(request.url)) is not None
            and self._site.owns(place)
            and (request.is_navigation_request() or await self._robots_permit(request.url))
        )
        if wanted:
            # The page itself took its turn before it was opened.
            self.sent += not request.is_navigation_request()
            await route.fallback()
        else:
            await route.abort()

    async def _robots_permit(self, url: str) -> bool:
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        if not isinstance(robots, RobotsMiddleware):
            return True
        try:
            return await robots.permits(Request(url))
        except RequestRefused:
            return False

    def _note(self, response: browser.Response) -> None:
        if response.request.resource_type in _NEEDED:
            self._reading.append(asyncio.ensure_future(self._read(response)))

    async def _read(self, response: browser.Response) -> None:
        """Keep the bytes of the wire; an answer without a body (a redirect) has none."""
        is_kept = response.request.resource_type in _KEPT
        try:
            if int(await response.header_value("content-length") or 0) > MAX_WIRE_BYTES:
                return
            # Asked for the body of a script that failed, Chromium fetches it again.
            body = await response.body() if is_kept else b""
        except (browser.Error, ValueError):
            return
        if len(body) <= MAX_WIRE_BYTES:
            media_type = await response.header_value("content-type") or ""
            answer = WireAnswer(
                url=response.url,
                status=response.status,
                media_type=media_type.partition(";")[0].strip().lower(),
                body=body,
                is_kept=is_kept,
            )
            self.answers.append(answer)
            if response.request.is_navigation_request() and not response.frame.parent_frame:
                self.document = answer


async def _within(pending: Awaitable[object]) -> None:
    try:
        async with asyncio.timeout(SETTLE_TIMEOUT_S):
            await pending
    except TimeoutError:
        return
