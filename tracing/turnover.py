"""Turnover from unlawful sales (违法经营额): an interval from prices and counters of units sold.

What a page shows is a claim of the platform, often rounded ("1万+"), mostly of all sales so far, on
some platforms of the last 30 days; it goes down when orders are cancelled, a window moves on or the
counter starts anew. So no figure is put in the place of one that is missing: an end that nothing
supports stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from domain.common import Words
from domain.listings import ListingRef
from domain.money import Money

LINE = Money(amount_minor=5_000_000, currency="CNY")
"""50,000 yuan, 商标法 (2019) art. 60(2): from there on the fine is a multiple of the turnover."""
_ROUND_FROM = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a listing showed at one moment."""

    at: datetime
    price: Money | None
    sold: int | None
    """Units sold as the page claims."""


class Ceiling(StrEnum):
    """Why the upper end of an interval stands or is open."""

    CLOSED = "closed"
    FELL = "fell"
    """The counter went down: it does not count all sales."""
    NO_PRICE = "no_price"
    NO_COUNTER = "no_counter"
    NOT_SHOWN = "not_shown"
    """Neither a price nor a counter."""
    CURRENCIES = "currencies"
    """Prices in several currencies, which nothing here converts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingTurnover:
    """What one listing turned over, as its pages tell."""

    listing: ListingRef
    units_low: int
    units_high: int | None
    """None where nothing limits it."""
    low: Money | None
    """None where no price was shown."""
    high: Money | None
    ceiling: Ceiling


class Against(StrEnum):
    """Where an interval lies against a line."""

    ABOVE = "above"
    """All of it at or above the line."""
    BELOW = "below"
    """All of it below."""
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What several listings turned over, in one currency."""

    low: Money
    high: Money | None
    """None: open upwards."""
    counted: int
    """Listings that showed both a price and a counter."""
    without: int
    """Listings that showed no price or no counter; they add nothing to `low`."""
    line: Against | None
    """Against `LINE`; None in another currency."""


METHOD = (
    Words(
        zh="依据《商标法实施条例》第七十八条第（一）项按侵权商品的销售价格估算；未售库存的标价（第（二）项）未计入",
        en="By the selling price of the infringing goods (Implementing Regulations of the "
        "Trademark Law art. 78(1)); the marked price of unsold stock (78(2)) is not counted",
    ),
    Words(
        zh="下限＝观察到的最低价×计数器至少证明的件数；上限＝观察到的最高价×计数器至多容许的件数，"
        "以计数器从上架起累计为前提",
        en="Lower end: lowest price seen × units the counter proves; upper end: highest price seen "
        "× units it allows, supposing that it counts from the start",
    ),
    Words(
        zh="整数（如“1万+”“300”）按可能舍入处理：从该数起，到下一档为止；计数器回落的，上限不封顶；"
        "没有价格或销量的，不作推测",
        en="Round figures (10000, 300) may be cut off: from the figure to the next step. Where a "
        "counter fell the upper end is open; what was not shown is not guessed",
    ),
    Words(
        zh="平台显示的销量可能含刷单、退款，须以调取的交易记录（《电子商务法》第二十五条）为准",
        en="Counters may hold sham sales and refunds: the transactions asked of the platform "
        "(E-Commerce Law art. 25) decide",
    ),
)


def units_of(sold: int) -> tuple[int, int]:
    """Return the least and most units that a counter may stand for.

    A number of one digit and zeros after it, from 100 on, may be cut off: 10000 ("1万+") stands for
    10000 to 19999. Others stand for themselves.
    """
    digits = str(max(sold, 0))
    if sold >= _ROUND_FROM and not digits[1:].strip("0"):
        return sold, sold + 10 ** (len(digits) - 1) - 1
    return max(sold, 0), max(sold, 0)


def turnover_of(listing: ListingRef, shown: Iterable[Shown]) -> ListingTurnover:
    """Return what one listing turned over up to its last visit.

    At least: any figure shown and every rise after it, whichever makes most (a counter of 30 days
    that moves on proves more than it ever shows). At most: the last figure, where it never fell.
    """
    ordered = sorted(shown, key=lambda one: one.at)
    counters = [units_of(one.sold) for one in ordered if one.sold is not None]
    prices = [one.price for one in ordered if one.price is not None]
    currencies = {price.currency for price in prices}
    if not counters:
        ceiling = Ceiling.NO_COUNTER if prices else Ceiling.NOT_SHOWN
        return _interval(listing, 0, None, prices, ceiling)
    low = counters[0][0]
    for before, after in pairwise(counters):
        # Sold by then, as the figure says; or what was proven before, and the rise since.
        low = max(after[0], low + max(0, after[0] - before[1]))
    fell = any(after[1] < before[0] for before, after in pairwise(counters))
    if len(currencies) > 1:
        return _interval(listing, low, None, [], Ceiling.CURRENCIES)
    if not prices:
        return _interval(listing, low, counters[-1][1], [], Ceiling.NO_PRICE)
    if fell:
        return _interval(listing, low, None, prices, Ceiling.FELL)
    return _interval(listing, low, counters[-1][1], prices, Ceiling.CLOSED)


def add_up(listings: Sequence[ListingTurnover]) -> tuple[Turnover, ...]:
    """Return the turnover of several listings, one a currency, the yuan first.

    Listings whose price is not known count as `without` in every currency, and leave it open.
    """
    unpriced = [one for one in listings if one.low is None]
    by_currency: defaultdict[str, list[ListingTurnover]] = defaultdict(list)
    for one in listings:
        if one.low is not None:
            by_currency[one.low.currency].append(one)
    order = sorted(by_currency, key=lambda currency: (currency != LINE.currency, currency))
    return tuple(_sum(currency, by_currency[currency], len(unpriced)) for currency in order)


def _sum(currency: str, listings: Sequence[ListingTurnover], unpriced: int) -> Turnover:
    low = sum(one.low.amount_minor for one in listings if one.low)
    highs = [one.high for one in listings]
    closed = [high.amount_minor for high in highs if high is not None]
    is_closed = len(closed) == len(highs) and not unpriced
    silent = sum(one.ceiling is Ceiling.NO_COUNTER for one in listings)
    high = Money(amount_minor=sum(closed), currency=currency) if is_closed else None
    lower = Money(amount_minor=low, currency=currency)
    return Turnover(
        low=lower,
        high=high,
        counted=len(listings) - silent,
        without=silent + unpriced,
        line=_against(lower, high) if currency == LINE.currency else None,
    )


def _against(low: Money, high: Money | None) -> Against:
    if low.amount_minor >= LINE.amount_minor:
        return Against.ABOVE
    if high is not None and high.amount_minor < LINE.amount_minor:
        return Against.BELOW
    return Against.OPEN


def _interval(
    listing: ListingRef, low: int, high: int | None, prices: Sequence[Money], ceiling: Ceiling
) -> ListingTurnover:
    """Multiply units by the prices seen, all of one currency."""
    if not prices or len({price.currency for price in prices}) > 1:
        money_low = money_high = None
    else:
        amounts, currency = [price.amount_minor for price in prices], prices[0].currency
        money_low = Money(amount_minor=low * min(amounts), currency=currency)
        money_high = None
        if high is not None:
            money_high = Money(amount_minor=high * max(amounts), currency=currency)
    return ListingTurnover(
        listing=listing,
        units_low=low,
        units_high=high,
        low=money_low,
        high=money_high,
        ceiling=ceiling,
    )
