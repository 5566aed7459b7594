"""Who sells: the seller a listing names, and what a seller's own page discloses."""

from __future__ import annotations

import re

from crawler.reading.disclosures import Disclosure, labelled, read_disclosure
from crawler.reading.document import Document, Element, seen_text, text_of, words_of
from crawler.reading.keys import has_listing_address, has_seller_address, seller_key_of
from crawler.reading.own_shops import is_of_platform
from crawler.reading.regions import Regions
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from crawler.reading.things import Thing
from domain.sellers import Seller

_MAX_VALUES = 20
_SELLER_WORDS = re.compile(
    r"(?:^|[\s_-])(?:seller|shop|store|vendor|merchant|sold-?by)(?:$|[\s_-])"
)
_SELLER_LABEL = re.compile(
    r"卖家|店铺|掌柜|商家|sold by|seller|vendor|visit the .{1,60} store", re.I
)


def seller_of_listing(
    document: Document, regions: Regions, thing: Thing | None, *, platform: str
) -> tuple[Seller, str] | None:
    """Return the seller that a listing's page names, and where it stood; None when it names none.

    The link to the seller's page gives the key; without one, the name does. Contact data is read
    from the seller's block only: the page's footer is about the platform.
    """
    link = _seller_link(document, regions)
    name = clean_text(thing.text("name", "legalName") or "", length=200) if thing else None
    url = document.url_of(thing.text("url", "@id")) if thing else None
    origin = thing.syntax if thing and (name or url) else "html"
    disclosure = Disclosure()
    if link is not None:
        element, address = link
        url = url if url and has_seller_address(url) else address
        name = name or _link_name(element)
        disclosure = read_disclosure(
            seen_text(_seller_block(element), separator="\n", length=3_000)
        )
    elif name is None:
        name = next(iter(labelled("name", document.text[:20_000], {})), None)
    if url is None and name is None:
        return None
    key = (
        seller_key_of(url) if url and has_seller_address(url) else name or seller_key_of(url or "")
    )
    return disclosure.seller(platform=platform, key=key, name=name, url=url), origin


def seller_of_page(
    document: Document,
    thing: Thing | None,
    pairs: dict[str, str],
    *,
    platform: str,
    heading: str | None,
) -> Seller:
    """Return the seller whose own page this is."""
    # On a marketplace the footer is the platform's: its ICP number, phone and e-mail would join
    # every shop to every other.
    of_platform = is_of_platform if has_seller_address(document.url) else None
    text = seen_text(
        document.body, separator="\n", length=DESCRIPTION_LENGTH, leave_out=of_platform
    )
    disclosure = read_disclosure(text, pairs)
    name = clean_text(thing.text("name") or "", length=200) if thing else None
    return disclosure.seller(
        platform=platform,
        key=seller_key_of(document.url),
        name=name or disclosure.texts.get("name") or heading,
        url=document.url,
        about=clean_text(text, length=DESCRIPTION_LENGTH),
    )


def _seller_link(document: Document, regions: Regions) -> tuple[Element, str] | None:
    """Find the link to the seller's page: in a block for sellers, or beside a word for sellers."""
    for element, address in document.links:
        if not has_seller_address(address) or has_listing_address(address):
            continue
        if regions.in_aside(element):
            continue
        near = [element, *list(element.iterancestors())[:3]]
        if any(_SELLER_WORDS.search(words_of(node)) for node in near):
            return element, address
        if any(_SELLER_LABEL.search(seen_text(node, length=80)) for node in near[:2]):
            return element, address
    return None


def _link_name(element: Element) -> str | None:
    name = text_of(element, length=200)
    if name is None or re.fullmatch(
        r"进店(?:逛逛)?|进入店铺|visit (?:the )?(?:shop|store)", name, re.I
    ):
        return None
    return name


def _seller_block(element: Element) -> Element:
    """Return the block about the seller around a link to it."""
    block = element
    for ancestor in list(element.iterancestors())[:4]:
        if _SELLER_WORDS.search(words_of(ancestor)):
            block = ancestor
    return block
