"""Amazon, the sites of all countries.

Quirks (pages as served in 2024 to 2026):
- An ASIN is shared by all countries, an offer is not: away from amazon.com a listing's key is the
  ASIN with its site, `B0ABCD1234@amazon.de`.
- Since 2024 the price to pay leaves `.a-offscreen` blank; sign, whole and fraction stand in the
  `aria-hidden` twin. A struck price carries `data-a-strike`.
- A listing without a featured offer ("See all buying options") shows no price and no seller.
- Words change with the site's language, so stock is told by the buttons, not by words.
- Pictures are full size once the `._AC_…_` part of their name is taken out.
- Result cards show the brand in an `h2` of its own; the title is the last `h2`. Sponsored cards
  link to /sspa/click, so addresses are made of `data-asin`.
- "Load more" answers (/s/query) are JSON arrays parted by `&&&`, with the cards' HTML inside.
- The robot check is a form to /errors/validateCaptcha, with a captcha or only a button (2025);
  before it, AWS WAF may run a script challenge.
"""

from __future__ import annotations

import re
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.amazon.listing import read_listing
from crawler.platforms.amazon.results import read_list
from crawler.platforms.amazon.seller import read_seller
from crawler.platforms.amazon.site import CURRENCIES, NAME
from crawler.platforms.platform import Ask, Platform
from crawler.reading.page_kinds import kind_by_status
from domain.listings import Sighting
from domain.pages import Page, PageKind

_LISTING = re.compile(r"/(?:dp|gp/product|gp/aw/d)/([A-Z0-9]{10})(?:[/?]|$)")
_BLOCKED = re.compile(r"/errors/validateCaptcha|/errors_page/|token\.awswaf\.com|awsWafCookie")


def read(page: Page) -> Sighting:
    kind = kind_by_status(page.status)
    path = urlsplit(page.url).path
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if path.startswith("/ap/signin"):
        return strict.bare(page, NAME, PageKind.LOGIN)
    if _BLOCKED.search(page.body[:200_000].decode("latin-1")) and b"productTitle" not in page.body:
        return strict.bare(page, NAME, PageKind.BLOCKED)
    listing = _LISTING.search(path)
    if listing:
        return read_listing(page, listing[1])
    if path in ("/sp", "/gp/help/seller/at-a-glance.html"):
        return read_seller(page)
    if path in ("/s", "/s/query", "/s/ref") or path.startswith("/s/"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/s?k={quote_plus(query)}"))


AMAZON = Platform(
    name=NAME,
    start="https://www.amazon.com/",
    hosts=frozenset(CURRENCIES),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
