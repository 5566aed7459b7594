"""The page's own product in the state of a shop's programs ▶ its fields.

An amount that is a whole number may be in units or in hundredths: its neighbours, its
name, other amounts or what the page shows must tell, else it is not read as a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from crawler.reading.literals import Number, Value
from crawler.reading.offers import state_of
from crawler.reading.prices import find_amounts, make_price, read_number
from crawler.reading.products import ProductFields, read_gtin
from crawler.reading.state_search import (
    BRANDS,
    GTINS,
    MAX_PRODUCTS,
    NAMES,
    PRICES,
    SKUS,
    STATES,
    VARIANTS,
    Members,
    Search,
    StateProduct,
    members_of,
)
from crawler.reading.text import words
from domain.listings import Availability
from domain.money import Money

ORIGIN = "embedded state"
_MAX_VARIANTS = 200
_MPNS = ("mpn", "manufacturerpartnumber", "manufacturernumber", "partnumber")
_LIST_PRICES = (
    "compareatprice", "compareprice", "listprice", "marketprice", "originalprice", "regularprice",
    "oldprice", "wasprice", "msrp", "retailprice", "originalamount", "lineprice",
)  # fmt: skip
_AMOUNTS = (
    "centamount", "sale", "final", "current", "now", "discounted", "calculatedamount", "value",
    "amount", "price", "min", "gross", "regular",
)  # fmt: skip
_CURRENCIES = ("currencycode", "currency", "pricecurrency", "currencyiso", "isocurrency")
_DECIMALS = ("fractiondigits", "precision", "decimals")
_CAN_BUY = words(
    "instock isinstock available availableforsale isavailable salable issalable buyable"
)
_CANNOT_BUY = words("soldout issoldout outofstock isoutofstock")
_STOCKS = words(
    "stock inventory inventoryquantity quantityavailable stockquantity availablequantity "
    "goodsnumber"
)
_PICTURES = ("images", "image", "pictures", "goodsimg", "mainimage", "featuredimage", "gallery")
_IN_HUNDREDTHS = re.compile(r"cents?(?:$|amount)|minor|hundredth")
_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")


def words_to_find(name: str) -> tuple[str, ...]:
    """Return how the longest word of a name may stand in a script; empty when it has none."""
    longest = max(_WORD.findall(name[:300]), key=len, default="")
    if not longest:
        return ()
    escaped = longest.encode("ascii", "backslashreplace").decode("ascii")
    return tuple({longest, escaped, escaped.upper().replace("\\U", "\\u")})


def read_state_product(
    values: list[Value], *, heading: str | None, titles: tuple[str, ...], shown: Money | None,
    hint: str | None,
) -> ProductFields | None:  # fmt: skip
    """Read the fields of the product that bears the page's name; None when there is none.

    `heading` is the name the page shows, `titles` texts of which one part is the name, `shown`
    the price that the page shows: it tells units from hundredths.
    """
    search = Search(heading, titles)
    for value in values:
        search.walk(value)
    if not search.products:
        return None
    products = sorted(search.products, key=lambda p: (not p.is_exact, -p.weight))
    reader = _Reader(shown=shown, hint=hint, in_units=search.has_fractions)
    fields = reader.read(products[0])
    for other in products[1:MAX_PRODUCTS]:
        _fill(fields, reader.read(other))
    return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads a product's members by what the page tells of its amounts."""

    shown: Money | None
    hint: str | None
    in_units: bool

    def read(self, product: StateProduct) -> ProductFields:
        members = product.members
        variants = list(_variants(members))
        fields = ProductFields(origin=ORIGIN)
        name = next((n for n in NAMES if isinstance(members.get(n), str)), None)
        fields.title = str(members[name]) if name else None
        fields.brand = _name_in(members, BRANDS)
        fields.description = _text(members, "description", "goodsdesc")
        numbers = {n for v in variants if (n := _text(v, *SKUS[:-1]))}
        fields.sku = _text(members, *SKUS) or (numbers.pop() if len(numbers) == 1 else None)
        fields.sku_of_variant = len(numbers) > 1 and _text(members, *SKUS[:-1]) is None
        only = variants if len(variants) == 1 else []
        fields.gtin = next((g for m in (members, *only) if (g := _gtin(m))), None)
        fields.mpn = next((n for m in (members, *only) if (n := _text(m, *_MPNS))), None)
        fields.availability = _availability(members, variants)
        fields.price, fields.list_price = self._prices(members, variants, product.currency)
        fields.pictures = list(_pictures(members))
        return fields

    def _prices(
        self, members: Members, variants: list[Members], currency: str | None
    ) -> tuple[Money | None, Money | None]:
        for candidates in ([members], variants):
            priced = [
                (price, self._first(one, _LIST_PRICES, currency))
                for one in candidates
                if (price := self._first(one, PRICES, currency)) is not None
            ]
            if priced:
                price, above = min(priced, key=lambda pair: pair[0].amount_minor)
                is_above = (
                    above is not None
                    and above.currency == price.currency
                    and above.amount_minor > price.amount_minor
                )
                return price, above if is_above else None
        return None, None

    def _first(
        self, members: Members, names: tuple[str, ...], currency: str | None
    ) -> Money | None:
        for name in names:
            if name in members and (money := self._money(name, members[name], currency, 0)):
                return money
        return None

    def _money(self, name: str, value: Value, currency: str | None, depth: int) -> Money | None:
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict) and depth < 3:
            members = members_of(value)
            currency = _text(members, *_CURRENCIES) or currency
            digits = _text(members, *_DECIMALS)
            for inner in _AMOUNTS:
                amount = members.get(inner)
                if isinstance(amount, Number) and digits and digits.isdecimal():
                    return self._make(_decimal(amount), currency, shift=min(int(digits), 4))
                if amount is not None and (
                    money := self._money(inner, amount, currency, depth + 1)
                ):
                    return money
            return None
        if isinstance(value, Number):
            return self._number(name, value, currency)
        if isinstance(value, str) and not value.lstrip().startswith("-"):
            number = read_number(value.strip(), machine=True)
            if number is not None:
                return self._make(number, currency)
            for written in find_amounts(value[:60])[:1]:
                return self._make(written.value, written.sign or currency)
        return None

    def _number(self, name: str, value: Number, currency: str | None) -> Money | None:
        """Read an amount written as a number, where something tells its unit."""
        number = _decimal(value)
        if _IN_HUNDREDTHS.search(name):
            return self._make(number, currency, shift=2)
        units = self._make(number, currency)
        if units is None or "." in value or self.in_units or number is None or number < 100:
            return units
        if units.amount_minor == number:  # yen and won have no hundredths
            return units
        if self.shown is None:
            return None
        if self.shown.amount_minor == units.amount_minor:
            return units
        return self.shown if self.shown.amount_minor == number else None

    def _make(
        self, number: Decimal | None, currency: str | None, *, shift: int = 0
    ) -> Money | None:
        if number is None:
            return None
        return make_price(number.scaleb(-shift), currency, hint=self.hint)


def _fill(fields: ProductFields, other: ProductFields) -> None:
    """Take from another mention of the same product what the first does not tell."""
    for name in ("brand", "description", "sku", "gtin", "mpn"):
        setattr(fields, name, getattr(fields, name) or getattr(other, name))
    if fields.price is None:
        fields.price, fields.list_price = other.price, other.list_price
    if fields.availability is Availability.UNKNOWN:
        fields.availability = other.availability
    fields.pictures = fields.pictures or other.pictures


def _text(members: Members, *names: str) -> str | None:
    for name in names:
        value = members.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _name_in(members: Members, names: tuple[str, ...]) -> str | None:
    """Return the first text under these names, or the name of the object that stands there."""
    for name in names:
        value = members.get(name)
        if isinstance(value, dict):
            value = _text(members_of(value), "name", "title", "label", "value")
        if isinstance(value, str) and not isinstance(value, Number) and value.strip():
            return value.strip()
    return None


def _variants(members: Members) -> Iterator[Members]:
    for name in VARIANTS:
        value = members.get(name)
        for one in (value if isinstance(value, list) else [value])[:_MAX_VARIANTS]:
            if isinstance(one, dict):
                yield members_of(one)


def _gtin(members: Members) -> str | None:
    return next((g for name in GTINS if (g := read_gtin(_text(members, name) or ""))), None)


def _availability(members: Members, variants: list[Members]) -> Availability:
    said = [_can_buy(members)] if _can_buy(members) is not None else [_can_buy(v) for v in variants]
    if True in said:
        return Availability.IN_STOCK
    return Availability.OUT_OF_STOCK if False in said else Availability.UNKNOWN


def _can_buy(members: Members) -> bool | None:
    """True or false where an object says so, else None."""
    for name, value in members.items():
        if isinstance(value, bool) and name in _CAN_BUY:
            return value
        if isinstance(value, bool) and name in _CANNOT_BUY:
            return not value
    for name in STATES:
        if (state := state_of([_text(members, name) or ""])) is not None:
            return state
    for name in sorted(_STOCKS & members.keys()):
        count = members[name]
        if isinstance(count, Number) and (number := _decimal(count)) is not None:
            return number > 0
    return None


def _pictures(members: Members) -> Iterator[str]:
    for name in _PICTURES:
        value = members.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                one = _text(members_of(one), "url", "src", "originalsrc")
            if isinstance(one, str) and re.match(r"https?://|/", one):
                yield one


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
