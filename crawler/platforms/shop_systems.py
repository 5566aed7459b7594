"""What the files of shop systems share: the shop that is its own seller, variants made one."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace

from crawler.platforms.platform import Ask
from crawler.platforms.strict import (
    at_site,
    bare,
    parameter,
    with_parameter,
)
from crawler.platforms.strict_json import Json, is_json
from crawler.reading import platform_of
from crawler.reading.page_kinds import kind_by_status
from domain.listings import Availability, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way in which a product is sold."""

    price: Money | None
    """None for 0: a price on request."""
    list_price: Money | None = None
    in_stock: bool | None = None
    """None where the shop does not say."""


def listing_of_shop(page: Page, *, key: str, url: str) -> Sighting:
    """Return a Sighting that says no more than whose listing it is.

    An independent shop is its own seller, known by its host.
    """
    shop = platform_of(url)
    seller = Seller(platform=shop, seller_key=shop, url=at_site(url, "/"))
    return replace(bare(page, shop, PageKind.LISTING, key=key, url=url), seller=seller)


def read_refusal(page: Page) -> Sighting | None:
    """Return what a status, or a page for people in the place of an answer, tells; None for an
    API's answer.
    """
    kind = kind_by_status(page.status)
    if kind is None and is_json(page):
        return None
    return bare(page, platform_of(page.url), kind or PageKind.OTHER)


def next_if_full(page: Page, members: Sized, limit: str) -> Ask | None:
    """Return the following page of a list that goes on until a page is not full.

    `limit`: the parameter that says how many members a full page has.
    """
    most = parameter(page.url, limit) or ""
    if not most.isdecimal() or len(members) < int(most):
        return None
    number = parameter(page.url, "page") or "1"
    further = str(int(number) + 1) if number.isdecimal() else "2"
    return Ask(url=with_parameter(page.url, "page", further))


def read_flag(value: Json, name: str) -> bool | None:
    """Return a member that is true or false; None where absent.

    Raises: PageChanged when something else stands there.
    """
    found = value.at(name)
    if found is None:
        return None
    if not isinstance(found.value, bool):
        raise found.changed("true or false")
    return found.value


def cheapest(variants: Iterable[Variant]) -> Variant:
    """Return the variant from whose price a product is sold; one without a price where none has."""
    priced = ((v.price.amount_minor, n, v) for n, v in enumerate(variants) if v.price is not None)
    return min(priced, default=(0, 0, Variant(price=None)))[2]


def stock_of(variants: Iterable[Variant]) -> Availability:
    """Tell whether any variant can be bought."""
    states = {variant.in_stock for variant in variants}
    if True in states:
        return Availability.IN_STOCK
    return Availability.OUT_OF_STOCK if states == {False} else Availability.UNKNOWN


def join_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return attributes with their values in the order given: {"size": "M, L"}."""
    found: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        found.setdefault(name, {})[value] = None
    return {name: ", ".join(values) for name, values in found.items()}
