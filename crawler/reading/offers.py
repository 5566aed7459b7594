"""Offers of structured data ▶ price, list price and availability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from urllib.parse import unquote

from crawler.reading.currencies import UNKNOWN
from crawler.reading.prices import find_amounts, make_price, read_number
from crawler.reading.text import words
from crawler.reading.things import Thing
from domain.listings import Availability
from domain.money import Money

_AVAILABLE = words(
    "instock limitedavailability onlineonly instoreonly preorder presale backorder "
    "madetoorder available"
)
_UNAVAILABLE = frozenset(["outofstock", "soldout", "discontinued", "oos", "unavailable"])


def offers_of(thing: Thing) -> Iterator[Thing]:
    """Offers of a product, those inside an AggregateOffer after it."""
    for offer in thing.things("offers", "offer"):
        yield offer
        yield from offer.things("offers")


def relevant_offers(offers: list[Thing], url: str) -> list[Thing]:
    """Keep the offers of the variant that the page's URL names, if it names one."""
    address = unquote(url)
    named = [
        offer
        for offer in offers
        if len(sku := (offer.text("sku") or "").strip()) >= 4 and sku in address
    ]
    return named or offers


def read_prices(offers: list[Thing], hint: str | None) -> tuple[Money | None, Money | None]:
    """Return the selling price (the lowest on offer now) and the list price above it."""
    buyable = [offer for offer in offers if state_of(offer.texts("availability")) is not False]
    selling: list[Money] = []
    listed: list[Money] = []
    for offer in buyable or offers:
        currency = offer.text("priceCurrency")
        for text in offer.texts("price", "lowPrice"):
            if (money := _money(text, currency, hint)) is not None:
                selling.append(money)
                break
        for specification in offer.things("priceSpecification"):
            kind = specification.text("priceType") or specification.text("@id") or ""
            money = _money(
                specification.text("price", "minPrice") or "",
                specification.text("priceCurrency") or currency,
                hint,
            )
            if money is None:
                continue
            is_list = any(word in kind for word in ("ListPrice", "Strikethrough", "SRP", "MSRP"))
            (listed if is_list else selling).append(money)
    price = min(selling, key=lambda money: money.amount_minor, default=None)
    same = [money for money in listed if price and money.currency == price.currency]
    above = max(same, key=lambda money: money.amount_minor, default=None)
    if above is None or price is None or above.amount_minor <= price.amount_minor:
        return price or above, None
    return price, above


def _money(text: str, currency: str | None, hint: str | None) -> Money | None:
    """Read a price of structured data: a bare number by schema.org's rule, else as visible text."""
    sign = currency.strip() if currency and currency.strip() else None
    value: Decimal | None = read_number(text.strip(), machine=True)
    if value is None:
        amount = next(iter(find_amounts(text)), None)
        if amount is None:
            return None
        value, sign = amount.value, sign or amount.sign
    money = make_price(value, sign, hint=hint)
    if money is not None and money.currency == UNKNOWN and hint:
        return make_price(value, hint, hint=hint)
    return money


def state_of(texts: Iterable[str]) -> bool | None:
    """Read schema.org's words for stock: True can be bought, False cannot, None is not said."""
    for text in texts:
        word = "".join(c for c in text.rstrip("/").rpartition("/")[2].lower() if c.isalpha())
        if word in _AVAILABLE:
            return True
        if word in _UNAVAILABLE:
            return False
    return None


def read_availability(offers: list[Thing], thing: Thing) -> Availability:
    states = [state_of(offer.texts("availability")) for offer in offers]
    states.append(state_of(thing.texts("availability")))
    if True in states:
        return Availability.IN_STOCK
    return Availability.OUT_OF_STOCK if False in states else Availability.UNKNOWN
