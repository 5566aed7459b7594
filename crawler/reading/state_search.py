"""Objects that bear the page's own name, in the state of its programs.

State names things as each program likes, and holds many products: only what bears the page's own
name counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.reading.literals import Number, Value
from crawler.reading.text import words

MAX_PRODUCTS = 20
_MAX_NODES = 200_000
NAMES = words(
    "name title productname producttitle goodsname goodstitle itemname itemtitle displayname "
    "productdisplayname"
)
BRANDS = ("brand", "brandname", "itembrand", "manufacturer", "manufacturername", "vendor")
SKUS = (
    "sku", "skucode", "goodssn", "productcode", "productnumber", "articlenumber", "itemno",
    "itemnumber", "reference", "itemid",
)  # fmt: skip
GTINS = ("gtin13", "gtin", "gtin14", "gtin12", "gtin8", "ean13", "ean", "upc", "barcode", "isbn")
PRICES = (
    "saleprice", "specialprice", "finalprice", "currentprice", "sellingprice", "discountedprice",
    "shopprice", "calculatedprice", "calculatedamount", "priceamount", "price", "displayprice",
    "goodsprice", "minprice", "lowprice",
)  # fmt: skip
STATES = ("availability", "stockstatus", "availabilitystatus")
VARIANTS = ("variants", "skus", "mastervariant", "variations", "offers")
_MARKS = re.compile(r"[^a-z0-9]")
_PARTS = re.compile(r"\s+[|–—·-]\s+|[_|｜]")
"""Between the name and the shop in a title."""

Members = dict[str, Value]
"""Of one object, under their names in lower case without marks: brand_name ▶ brandname."""


@dataclass(slots=True, kw_only=True)
class StateProduct:
    """One object that bears the page's name and tells something of a product."""

    members: Members
    currency: str | None
    """As stated beside or above it."""
    is_exact: bool
    """It bears the heading's very name."""
    weight: int
    """How many fields it knows."""


class Search:
    """Finds, in values of any depth, the objects that bear the page's name."""

    def __init__(self, heading: str | None, titles: tuple[str, ...]) -> None:
        self.products: list[StateProduct] = []
        self.has_fractions = False
        """Some amount of the state is written with a fraction: amounts are in units."""
        self._heading = _plain(heading or "")
        self._titles = {_plain(part) for title in titles for part in _PARTS.split(title)}
        self._titles = (self._titles | {self._heading}) - {""}
        self._budget = _MAX_NODES

    def walk(self, value: Value) -> None:
        waiting: list[tuple[Value, str | None]] = [(value, None)]
        while waiting and self._budget > 0:
            self._budget -= 1
            node, currency = waiting.pop()
            if isinstance(node, list):
                waiting.extend((one, currency) for one in reversed(node))
            elif isinstance(node, dict):
                currency = self._look_at(node, currency)
                waiting.extend((one, currency) for one in reversed(list(node.values())))

    def _look_at(self, node: dict[str, Value], currency: str | None) -> str | None:
        """Take an object if it is the product; return the currency that it states, or is told.

        Most objects are not: their members are named plainly only where a text bears the name.
        """
        is_named = False
        for key, value in node.items():
            if isinstance(value, Number):
                if "." in value and "price" in key.lower():
                    self.has_fractions = True
            elif isinstance(value, str):
                if "urrency" in key and value.strip():
                    currency = value.strip()
                elif len(value) <= 500 and _plain(value) in self._titles:
                    is_named = True
        if is_named:
            self._take(members_of(node), currency)
        return currency

    def _take(self, members: Members, currency: str | None) -> None:
        if len(self.products) >= MAX_PRODUCTS:
            return
        for name in NAMES & members.keys():
            text = _plain(str(members[name])) if isinstance(members[name], str) else ""
            if text not in self._titles:
                continue
            is_exact = text == self._heading
            known = (PRICES, VARIANTS, SKUS, GTINS, BRANDS, STATES)
            weight = sum(any(members.get(one) for one in names) for names in known)
            if any(members.get(one) for names in (PRICES, VARIANTS, SKUS) for one in names):
                self.products.append(
                    StateProduct(
                        members=members, currency=currency, is_exact=is_exact, weight=weight
                    )
                )
            return


def _plain(text: str) -> str:
    return " ".join(text[:500].split()).casefold()


def members_of(node: dict[str, Value]) -> Members:
    return {_MARKS.sub("", key.lower()): value for key, value in list(node.items())[:500]}
