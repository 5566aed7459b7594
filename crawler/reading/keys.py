"""Addresses ▶ lasting identities of platforms, listings and sellers."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from crawler.reading.text import words
from domain.common import RefusedInput, derive_id

_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEY_LENGTH = 300

# Most telling first: a page that names both its listing and a variant is known by the listing.
_LISTING_PARAMETERS = (
    "item_id", "itemid", "num_iid", "goods_id", "goodsid", "goodssn", "product_id", "productid",
    "products_id", "listing_id", "offer_id", "offerid", "spu", "spuid", "pid", "id", "asin",
    "sku_id", "skuid", "sku",
)  # fmt: skip
_LISTING_MARKERS = words(
    "item items itm dp product products products_id goods good p pd listing listings "
    "offer offers detail details catalogue catalog deal ware shangpin buy prod art "
    "article"
)
# Words of addresses that list things: /category/tea, /product-category/tea, /list-23.html, /c/9.
_LIST_SEGMENT = re.compile(
    r"(?:[a-z]{2,12}[-_])?categor(?:y|ies)(?:[-_].*)?|(?:product|goods|item)s?[-_]?list[-_\d]{0,30}"
    r"|(?:c|cat|cate|list|fenlei|collections?|departments?|channel|browse|topics?|brands?|tags?)"
    r"[-_\d]{0,30}"
)
_CATEGORY_PARAMETERS = words(
    "cid cat cate catid cat_id cateid cate_id category category_id categoryid categories fenlei"
)
_SELLER_PARAMETERS = (
    "seller_id", "sellerid", "shop_id", "shopid", "store_id", "storeid", "mall_id", "mallid",
    "user_number_id", "seller", "shop", "store", "uid", "id",
)  # fmt: skip
_SHOP_WORDS = words("shop shops store stores")
# A marketplace keeps a seller's page below these; a shop of its own keeps all its goods there.
_SELLER_WORDS = words(
    "seller sellers merchant merchants mall vendor vendors usr user dianpu company"
)
_SELLER_MARKERS = _SHOP_WORDS | _SELLER_WORDS
_ACTS = words("cart basket checkout wishlist search login account compare all")
_SELLER_MARKER = re.compile(f"/(?:{'|'.join(sorted(_SELLER_MARKERS))})", re.IGNORECASE)
# Parameters that never tell two things apart: tracking, sessions, sorting and paging.
_NOISE = re.compile(
    r"utm_|spm|scm|ref|from|src|source|gclid|fbclid|msclkid|yclid|mc_|_ga|aff|a_aid|a_bid|session"
    r"|sid$|phpsessid|jsessionid|token|timestamp|_t$|^t$|sort|order|page|index|lang|locale"
    r"|currency|color|size|view|tracking|trk|campaign|click",
    re.IGNORECASE,
)
_SCRIPT_PATH = re.compile(r"(?:^/?$|\.(?:php\d?|aspx?|jspx?|do|cgi|cfm|pl|htm))$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_CODE = re.compile(r"(?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{1,64}")


@lru_cache(maxsize=1_024)
def platform_of(url: str) -> str:
    """Return the name of the shop at a URL: its host in lower case without "www.".

    The port stays when it is not the scheme's own: two shops on one machine are two.

    Raises: RefusedInput when this is no http(s) URL with a host.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedInput(expected="an http(s) URL", got=str(error), where="url") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise RefusedInput(expected="an http(s) URL", got=repr(url[:100]), where="url")
    host = parts.hostname.removeprefix("www.")
    return host if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def listing_key_of(url: str) -> str:
    """Return the lasting identity of a listing within its platform, from the URL alone.

    The URL alone, because a sold-out or half-loaded page must keep the key. In this order:
    1. a path part that is an id and stands after a word for listings: /item/123, /dp/B07FW264WL,
       /itm/any-title/123, /catalogue/slug_12/ ▶ 12;
    2. a query parameter that names a listing: ?id=123 (the most telling name counts);
    3. a last path part that is a number of five digits or more: /100012043978.html;
    4. else the path, in lower-case escapes, with the query only where the path is a script.
    Tracking, session, sorting and variant parameters never change the key. A number at the end
    of a slug is taken only after "_" and a word for listings: model numbers end slugs, too, and
    two listings under one key would be worse than a long key.
    """
    parts = urlsplit(url)
    return listing_id_of(url) or _canonical(parts.path, parts.query)


@lru_cache(maxsize=4_096)
def listing_id_of(url: str) -> str | None:
    """Return the platform's own id of a listing where its URL holds one (rules 1 to 3), or None."""
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    found = _id_in_path(segments, _LISTING_MARKERS)
    found = found or _id_in_query(parts.query, _LISTING_PARAMETERS)
    if found or not segments:
        return found
    last = _EXTENSION.sub("", segments[-1])
    return last if re.fullmatch(r"\d{5,20}", last) else None


def number_in_slug(url: str) -> str | None:
    """Return the number of four digits or more that ends or begins a URL's last part, or None.

    It may be the shop's id or a model number: only the page can tell.
    """
    last = _EXTENSION.sub("", urlsplit(url).path.rstrip("/").rpartition("/")[2])
    match = re.search(r"(?:^|[-_])p?(\d{4,20})$", last) or re.match(r"[Pp]?-?(\d{4,20})[-_]", last)
    return match.group(1) if match else None


def seller_key_of(url: str) -> str:
    """Return the lasting identity of a seller within its platform, by the same rules.

    A shop's name is taken as it stands after a word for shops: /shop/hongda/ ▶ hongda.
    """
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    for place, segment in enumerate(segments[:-1]):
        if segment.lower() in _SELLER_MARKERS:
            return _cut(_EXTENSION.sub("", segments[place + 1]))
    return _id_in_query(parts.query, _SELLER_PARAMETERS) or _canonical(parts.path, parts.query)


@lru_cache(maxsize=4_096)
def has_listing_address(url: str) -> bool:
    """Tell whether a URL looks like one listing's own address."""
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if _id_in_path(segments, _LISTING_MARKERS):
        return True
    names = {name.lower() for name, _ in parse_qsl(parts.query)[:50]}
    if names & {"id", *_LISTING_PARAMETERS[:11]} and segments:
        return bool({s.lower().partition(".")[0] for s in segments} & _LISTING_MARKERS)
    return False


@lru_cache(maxsize=4_096)
def has_list_address(url: str) -> bool:
    """Tell whether a URL looks like a list of things: a category, a brand, a collection."""
    return names_category(url) or any(map(_is_list_segment, urlsplit(url).path.split("/")))


def names_category(url: str) -> bool:
    """Tell whether a URL names its category in the query: /cate.php?cid=3."""
    parts = urlsplit(url)
    return _says_nothing(parts.path) and any(
        value and name.lower() in _CATEGORY_PARAMETERS
        for name, value in parse_qsl(parts.query)[:50]
    )


@lru_cache(maxsize=4_096)
def category_url(url: str) -> str:
    """Return a category's URL without what only filters, sorts or tracks.

    The query stays, less such parameters, where the path does not name the category:
    /cate.php?cid=3&sort=new ▶ /cate.php?cid=3, but /category/tea?color=green ▶ /category/tea.
    """
    parts = urlsplit(url)
    kept = ""
    if _says_nothing(parts.path):
        pairs = parts.query.split("&")[:100]
        kept = "&".join(pair for pair in pairs if pair and not _NOISE.match(unquote(pair)))
    return parts._replace(query=kept, fragment="").geturl()


def is_script(path: str) -> bool:
    """Tell whether a path names a program, which leaves to the query what it shows: /show.php."""
    return _SCRIPT_PATH.search(path) is not None


def _says_nothing(path: str) -> bool:
    """Tell whether a path leaves it to the query what it shows: a script, or a mere word."""
    last = path.rstrip("/").rpartition("/")[2].lower()
    markers = _LISTING_MARKERS | _SELLER_MARKERS
    return is_script(path) or last in markers or _is_list_word(last)


def _is_list_segment(segment: str) -> bool:
    return _LIST_SEGMENT.fullmatch(_EXTENSION.sub("", segment).lower()) is not None


def _is_list_word(segment: str) -> bool:
    """Tell a word for lists that no number or name follows in the same part of the path."""
    return segment.isalpha() and _is_list_segment(segment)


@lru_cache(maxsize=4_096)
def has_seller_address(url: str) -> bool:
    """Tell whether a URL may be a seller's own page: a word for sellers, then a name or number.

    After "shop" or "store" one name alone may be a seller's; it may be a category or a listing
    as well, which only the page can tell (`is_surely_seller` tells those apart).
    """
    if "%" not in url and not _SELLER_MARKER.search(url):
        return False
    parts = urlsplit(url)
    segments = [_EXTENSION.sub("", unquote(s).lower()) for s in parts.path.split("/") if s]
    for place, segment in enumerate(segments[:3]):
        if segment not in _SELLER_MARKERS:
            continue
        after = segments[place + 1 :]
        if not after:
            return _id_in_query(parts.query, _SELLER_PARAMETERS) is not None
        if segment in _SELLER_WORDS:
            return True
        return len(after) == 1 and not _is_list_segment(after[0]) and after[0] not in _ACTS
    return False


def is_surely_seller(url: str) -> bool:
    """Tell whether a URL that may be a seller's page stands below a word for sellers alone."""
    segments = [_EXTENSION.sub("", unquote(s).lower()) for s in urlsplit(url).path.split("/")]
    return not _SELLER_WORDS.isdisjoint(segments[:4])


def _id_in_path(segments: list[str], markers: frozenset[str]) -> str | None:
    for place, segment in enumerate(segments[:-1]):
        if segment.lower() not in markers:
            continue
        if any(map(_is_list_word, segments[place + 1 :])):
            continue  # /catalogue/category/tea_2/ lists listings
        for later in segments[place + 1 :]:
            name = _EXTENSION.sub("", later)
            if re.fullmatch(r"\d{1,20}", name) or re.fullmatch(r"(?=.*\d)[A-Z0-9]{8,20}", name):
                return name
        slug = re.search(r"_(\d{1,20})$", _EXTENSION.sub("", segments[-1]))
        if slug:
            return slug.group(1)
    return None


def _id_in_query(query: str, names: tuple[str, ...]) -> str | None:
    values = {name.lower(): value for name, value in reversed(parse_qsl(query)[:100])}
    for name in names:
        value = values.get(name, "")
        if _CODE.fullmatch(value):
            return value
    return None


def _canonical(path: str, query: str) -> str:
    plain = unquote(path).rstrip("/") or "/"
    if is_script(path):
        kept = sorted((n, v) for n, v in parse_qsl(query)[:100] if not _NOISE.match(n))
        if kept:
            return _cut(f"{plain}?{urlencode(kept)}")
    return _cut(plain)


def _cut(key: str) -> str:
    """Bound a key; what is cut off is stood for by a digest."""
    return key if len(key) <= _KEY_LENGTH else f"{key[: _KEY_LENGTH - 21]}~{derive_id(key)}"
