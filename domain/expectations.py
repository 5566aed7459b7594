"""What a run should come to, learnt from the clean runs of the same job before it (pure).

The rule: with at least `LEAST_RUNS` earlier values, of which the latest `LATEST_RUNS` count, a
value is expected within median ± 3.5 · MAD / 0.6745. That is the modified z-score of Iglewicz and
Hoaglin ("How to Detect and Handle Outliers", ASQC 1993), who advise 3.5: half of the values may be
wild without moving it. Where runs hardly differ the range is at least `LEAST_SPREAD` wide on
either side. A lasting change becomes the expectation once it is the median.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from domain.common import Words
from domain.runs import CLEAN, Deviation, Measure, Run, SpiderName

LEAST_RUNS = 5
LATEST_RUNS = 20
CUTOFF = 3.5
_MAD_OF_NORMAL = 0.6745
LEAST_LISTINGS = 10
"""Shares over fewer listings say too little."""


FILLED = (Measure.WITH_PRICE, Measure.WITH_PICTURE, Measure.WITH_SELLER)
"""Counted by a run under these names: listings with the field. A fall of the share is how a
changed layout shows that breaks nothing else."""
LEAST_SPREAD = {False: 0.1, True: 0.05}
"""For a number: this part of the median (and 1 at least); for a share: this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The range in which a value is expected."""

    measure: Measure
    query: str | None
    """For listings: the query; None for the whole run."""
    low: float
    high: float
    usual: float
    """The median."""
    runs: int
    """Clean runs that it was learnt from."""


def expect(measure: Measure, query: str | None, earlier: Sequence[float]) -> Expectation | None:
    """Learn a range from earlier values, the latest first; None when there are too few."""
    values = list(earlier[:LATEST_RUNS])
    if len(values) < LEAST_RUNS:
        return None
    middle = median(values)
    mad = median(abs(value - middle) for value in values)
    least = LEAST_SPREAD[measure.is_share]
    if not measure.is_share:
        least = max(1.0, least * middle)
    spread = max(least, CUTOFF * mad / _MAD_OF_NORMAL)
    high = middle + spread
    return Expectation(
        measure=measure,
        query=query,
        low=max(0.0, middle - spread),
        high=min(1.0, high) if measure.is_share else high,
        usual=middle,
        runs=len(values),
    )


def measure_run(run: Run) -> Mapping[tuple[Measure, str | None], float]:
    """Measure a run: listings of each query that ended clean; the rest when all of them did."""
    if run.spider is SpiderName.CAPTURE:
        # It visits what was flagged, which is another number every time.
        return {}
    clean = [outcome for outcome in run.outcomes if outcome.kind in CLEAN]
    found: dict[tuple[Measure, str | None], float] = {}
    # A watch visits what is due, which is another number every time, too.
    counts_pages = run.spider is not SpiderName.WATCH
    if counts_pages:
        found = {(Measure.LISTINGS, outcome.query): outcome.listings for outcome in clean}
    if run.ended_at is None or len(clean) != len(run.outcomes):
        return found
    if counts_pages:
        found[Measure.PAGES, None] = run.counts.get("pages", 0)
    listings = run.counts.get("listings", 0)
    if listings >= LEAST_LISTINGS:
        for measure in FILLED:
            # Runs of earlier versions did not count the fields.
            if any(one.value in run.counts for one in FILLED):
                found[measure, None] = run.counts.get(measure.value, 0) / listings
    return found


def expectations_of(earlier: Iterable[Run], queries: Sequence[str] = ()) -> tuple[Expectation, ...]:
    """Learn what the next run should come to from those of its spider and target before it,
    latest first.

    Numbers of pages are compared with runs that asked the same queries; a query's listings and
    the shares with every run that tells of them.
    """
    histories: dict[tuple[Measure, str | None], list[float]] = {}
    for run in earlier:
        for key, value in measure_run(run).items():
            if key[0] is not Measure.PAGES or tuple(run.queries) == tuple(queries):
                histories.setdefault(key, []).append(value)
    learnt = (expect(measure, query, values) for (measure, query), values in histories.items())
    return tuple(one for one in learnt if one is not None)


def deviations_of(run: Run, expectations: Iterable[Expectation]) -> tuple[Deviation, ...]:
    """Return where a run left the expected ranges."""
    measured = measure_run(run)
    return tuple(
        Deviation(
            measure=one.measure,
            query=one.query,
            value=value,
            low=one.low,
            high=one.high,
            runs=one.runs,
        )
        for one in expectations
        if (value := measured.get((one.measure, one.query))) is not None
        and not one.low <= value <= one.high
    )


_NAMES = {
    Measure.LISTINGS: Words(zh="商品数", en="listings"),
    Measure.PAGES: Words(zh="页面数", en="pages"),
    Measure.WITH_PRICE: Words(zh="有价格的商品占比", en="share of listings with a price"),
    Measure.WITH_PICTURE: Words(zh="有图片的商品占比", en="share of listings with a picture"),
    Measure.WITH_SELLER: Words(zh="有卖家的商品占比", en="share of listings with a seller"),
}


def name_of(measure: Measure) -> Words:
    """Return what a measure is called."""
    return _NAMES[measure]


def words_of(deviation: Deviation) -> Words:
    """Say in one sentence what was expected and what came."""
    name = _NAMES[deviation.measure]
    value, low, high = _shown(deviation)
    about = f"{deviation.query}: " if deviation.query else ""
    about_zh = f"“{deviation.query}”：" if deviation.query else ""
    hint = Words(zh="", en="")
    if deviation.measure.is_share and deviation.value < deviation.low:
        hint = Words(zh="；页面结构可能已改版", en="; the layout may have changed")
    return Words(
        zh=f"{about_zh}{name.zh}为 {value}，此前 {deviation.runs} 次完整采集的正常范围为 "
        f"{low} 至 {high}{hint.zh}。",
        en=f"{about}{name.en}: {value}, where {deviation.runs} complete runs before lead to expect "
        f"{low} to {high}{hint.en}.",
    )


def _shown(deviation: Deviation) -> tuple[str, str, str]:
    """Write value, low and high: shares as percentages, numbers as the whole ones in the range."""
    if deviation.measure.is_share:
        value, low, high = (f"{n:.0%}" for n in (deviation.value, deviation.low, deviation.high))
    else:
        whole = (deviation.value, math.ceil(deviation.low), math.floor(deviation.high))
        value, low, high = (f"{n:.0f}" for n in whole)
    return value, low, high
