"""AliExpress, the sites of all languages.

Quirks (pages as served in 2021 to 2026):
- One product, one id, whatever the language; the visitor's country sets the currency, so it is
  read beside each price and never told by the host.
- A listing came with all its data in `window.runParams` (modules until 2023, components until
  2024). Since then the page is a shell: `runParams` is empty, `_d_c_.DCData` holds the pictures
  only, and the data comes as `mtop.aliexpress.pdp.pc.query` (JSONP). The shell alone is read for
  title and pictures; a page saved after its scripts ran is read by its elements.
- Class names of elements end in a hash that changes with every release: only their start counts.
- Result pages carry `_dida_config_._init_data_= { data: {…} }`, whose outer name is not quoted;
  earlier `runParams.mods`. `itemList.content` is a list or an object that numbers its members.
- Sold counts are rounded ("5,000+ sold").
- The shop's licence is a page of its own: shoprenderview…/credential/showcredential.htm.
- A slider answers under /_____tmd_____/punish; mtop says FAIL_SYS_USER_VALIDATE instead.
"""

from __future__ import annotations

import re
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.aliexpress.listing import read_answer, read_listing
from crawler.platforms.aliexpress.results import read_list
from crawler.platforms.aliexpress.seller import read_licence, read_store
from crawler.platforms.aliexpress.site import HOSTS, NAME, STORE
from crawler.platforms.platform import Ask, Platform
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from domain.listings import Sighting
from domain.pages import Page, PageKind

_LISTING = re.compile(r"/(?:item|i)/(?:[^/]+/)?(\d{8,20})\.html")
_SEARCH = re.compile(r"/(?:w/)?wholesale|/(?:premium|popular|category|search)\b|/fn/search-pc/")
_SLIDER = re.compile(r"/_____tmd_____/punish|x5secdata=|\"action\"\s*:\s*\"captcha\"")


def read(page: Page) -> Sighting:
    host, path = platform_of(page.url), urlsplit(page.url).path
    kind = kind_by_status(page.status)
    if "_____tmd_____" in path or _SLIDER.search(page.body[:100_000].decode("latin-1")):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    if host == "login.aliexpress.com":
        return strict.bare(page, NAME, PageKind.LOGIN)
    if kind is not None or path.startswith("/p/error/"):
        return strict.bare(page, NAME, kind or PageKind.ERROR)
    if host.startswith("acs."):
        return read_answer(page)
    if path.endswith("/showcredential.htm"):
        return read_licence(page)
    if listing := _LISTING.search(path):
        return read_listing(page, listing[1])
    if store := STORE.match(path):
        return read_store(page, store[1])
    if _SEARCH.match(path):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/wholesale?SearchText={quote_plus(query)}"))


ALIEXPRESS = Platform(
    name=NAME,
    start="https://www.aliexpress.com/",
    hosts=HOSTS,
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
