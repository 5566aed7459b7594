"""eBay, the sites of all countries, and its Browse API (v1).

Quirks (pages as served in 2023 to 2026):
- An item number is one listing on every site, so it is the key by itself.
- Sites write foreign dollars with a blank ("US $12.99", "AU $5.00"); a bare "$" is the site's own.
- The seller's card may link to /usr/<login> or only to /str/<store>, whose name differs from the
  login; the login also stands in its link to the seller's other listings (`_ssn=`).
- Result lists are `li.s-item` (until 2025) or `li.s-card` (since 2025). Both begin with "Shop on
  eBay" cards whose item number is 123456: they are no listings.
- A listing that ended stays readable and says so in `.d-statusmessage`; it has no buttons.
- Pictures are full size as `s-l1600`.
- The robot check is "Pardon Our Interruption" or a page under /splashui/.
- The Browse API wants the operator's keys; its captured answers read as pages. Its item number is
  `legacyItemId`, or the middle of `v1|<number>|<variant>`.
"""

from __future__ import annotations

import re
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.ebay.browse import BROWSE, read_answer, read_answers
from crawler.platforms.ebay.listing import read_listing
from crawler.platforms.ebay.results import read_results
from crawler.platforms.ebay.seller import read_seller
from crawler.platforms.ebay.site import API, CURRENCIES, LISTING, NAME, SELLER, SIGN_IN
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from domain.listings import Sighting
from domain.pages import Page, PageKind

_BLOCKED = re.compile(r"Pardon Our Interruption|Checking your browser before you access", re.I)


def read(page: Page) -> Sighting:
    parts = urlsplit(page.url)
    if platform_of(page.url) in SIGN_IN:
        return strict.bare(page, NAME, PageKind.LOGIN)
    if parts.path.startswith("/splashui/") or _BLOCKED.search(page.body[:20_000].decode("latin-1")):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    kind = kind_by_status(page.status)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if platform_of(page.url) == API:
        return read_answer(page)
    listing = LISTING.search(parts.path)
    if listing:
        return read_listing(page, listing[1])
    if SELLER.match(parts.path):
        return read_seller(page)
    if parts.path.startswith("/sch/"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def read_list(page: Page) -> ListPage:
    if platform_of(page.url) == API:
        return read_answers(page)
    return read_results(page)


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/sch/i.html?_nkw={quote_plus(query)}"))


EBAY = Platform(
    name=NAME,
    start="https://www.ebay.com/",
    hosts=frozenset({*CURRENCIES, *SIGN_IN, API}),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
    api=BROWSE,
)
