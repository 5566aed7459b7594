"""Which links are worth following: one spelling per URL, traps and acts refused (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from scrapy.linkextractors import IGNORED_EXTENSIONS
from w3lib.url import canonicalize_url, url_query_cleaner

from crawler.addresses import HostPort, host_port, is_private_literal
from domain.common import digest

MAX_URL_LENGTH = 2_000
MAX_VARIANTS = 24
"""Distinct combinations of two or more filter parameters followed on one path. A shop with 6
facets of 10 values offers millions; the plain list shows the same listings."""
MAX_SINGLE_VARIANTS = 400
"""Distinct values of one parameter alone on one path: categories are often numbered so."""
MAX_LISTING_VARIANTS = 3
"""Spellings of one listing's URL that differ in parameters which do not name the listing."""
MAX_DEPTH = 40
"""Path segments; a path that grows with every click is a trap."""

_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
# fmt: off
_NOISE = (
    "PHPSESSID", "jsessionid", "sessionid", "session_id", "sid", "spm", "scm", "pvid",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid",
    "yclid", "msclkid", "_ga", "trackid", "share_token",
)
_IDENTITY = frozenset({
    "id", "item_id", "itemid", "goods_id", "goodsid", "gid", "product_id", "productid", "pid",
    "sku", "skuid", "sku_id", "spu", "num_iid", "asin", "wareid",
})
_PAGINATION = frozenset({
    "page", "p", "pn", "pg", "paged", "page_no", "pageno", "pagenum", "page_num", "pageindex",
    "currentpage", "offset", "start",
})
# fmt: on
# A GET of these changes something, or shows a person's own affairs: never asked for.
_PERSONAL = re.compile(
    r"/(?:add[-_]?to[-_]?(?:cart|basket)|(?:shopping[-_]?)?(?:cart|basket)|checkout|log[-_]?(?:in|out|off)"
    r"|sign[-_]?(?:in|out|up)|register|accounts?|my[-_]?account|wish[-_]?lists?|compare|order|orders"
    r"|password|unsubscribe)(?:/|\.\w{1,5}$|$)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.([a-z0-9]{1,6})$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


class Verdict(StrEnum):
    """What becomes of one link. The values are the reasons of a run's counts."""

    FOLLOW = "follow"
    SEEN = "seen"
    OFF_SITE = "off_site"
    PRIVATE_ADDRESS = "private_address"
    NOT_HTTP = "not_http"
    NOT_A_PAGE = "not_a_page"
    PERSONAL = "personal_page"
    FACET_TRAP = "facet_trap"
    PATH_TRAP = "path_trap"


class Frontier:
    """The links of one run that were judged so far.

    Holds 16 bytes a URL, and the counts of parameter combinations a path.
    """

    def __init__(self, owns: Callable[[HostPort], bool]) -> None:
        self._owns = owns
        """Tells whether pages of the shop lie at a place."""
        self._seen: set[bytes] = set()
        self._copies: set[bytes] = set()
        self._variants: Counter[tuple[str, bool]] = Counter()

    def admit(self, url: str, *, is_listing: bool) -> Verdict:
        """Judge a link, and remember it when it is to be followed.

        `is_listing`: the page that shows the link shows it as one thing on sale.
        """
        refused = self._refuse_place(url) or _refuse_form(url)
        if refused is not None:
            return refused
        key = url_key(url)
        fingerprint = _fingerprint(key)
        if fingerprint in self._seen or fingerprint in self._copies:
            return Verdict.SEEN
        if self._is_variant_too_many(key, is_listing=is_listing):
            return Verdict.FACET_TRAP
        self._seen.add(fingerprint)
        return Verdict.FOLLOW

    def hold_copies(self, urls: Iterable[str]) -> None:
        """Remember addresses that show in other languages what has been seen in one."""
        self._copies.update(_fingerprint(url_key(url)) for url in urls)

    def is_copy(self, url: str) -> bool:
        """Tell whether an address shows in another language what has been seen already."""
        return bool(self._copies) and _fingerprint(url_key(url)) in self._copies

    def _refuse_place(self, url: str) -> Verdict | None:
        place = host_port(url) if len(url) <= MAX_URL_LENGTH else None
        if place is None:
            return Verdict.NOT_HTTP
        if self._owns(place):
            return None
        return Verdict.PRIVATE_ADDRESS if is_private_literal(place.host) else Verdict.OFF_SITE

    def _is_variant_too_many(self, key: str, *, is_listing: bool) -> bool:
        """Tell whether this path was already followed with enough combinations of filters."""
        parts = urlsplit(key)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
        named = sorted(f"{name}={value}" for name, value in pairs if name.lower() in _IDENTITY)
        filters = sum(name.lower() not in _IDENTITY | _PAGINATION for name, _ in pairs)
        if filters == 0:
            return False
        path = "&".join((parts.netloc + parts.path, *named))
        if is_listing and (named or _DIGIT.search(parts.path)):
            limit = MAX_LISTING_VARIANTS
        else:
            limit = MAX_SINGLE_VARIANTS if filters == 1 else MAX_VARIANTS
        self._variants[path, filters == 1] += 1
        return self._variants[path, filters == 1] > limit


def _fingerprint(key: str) -> bytes:
    return bytes.fromhex(digest(key.encode("utf-8", "surrogatepass")))[:16]


def _refuse_form(url: str) -> Verdict | None:
    """Refuse what no shop page looks like, by its path alone."""
    path = urlsplit(url).path
    extension = _EXTENSION.search(path)
    if extension and extension[1].lower() in IGNORED_EXTENSIONS:
        return Verdict.NOT_A_PAGE
    if _PERSONAL.search(path):
        return Verdict.PERSONAL
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > MAX_DEPTH or any(n > 3 for n in Counter(segments).values()):
        return Verdict.PATH_TRAP
    return None


def url_key(url: str) -> str:
    """Return the one spelling under which a URL is remembered.

    Parameters sorted, fragment dropped, percent-encoding made uniform; session ids and
    advertising parameters dropped. The URL itself is asked for as the shop wrote it.
    """
    without_session = _SESSION_PATH.sub("", url)
    cleaned = url_query_cleaner(without_session, _NOISE, remove=True, unique=False)
    return canonicalize_url(cleaned)
