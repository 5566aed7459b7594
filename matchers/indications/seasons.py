"""Feature: goods called fresh outside of the indication's harvest."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from domain.common import Words
from domain.rights import GeographicalIndication
from matchers.indications.cutting import cuts_of
from matchers.indications.law import GUANGDONG_20_2, MEASURES, cite
from matchers.indications.products import families_of, products
from matchers.pair import Outcome, Pair, indication_of

_CHINA = timezone(timedelta(hours=8))
_GRACE = timedelta(days=10)
"""Days beside the calendar that count as in season: harvests move with the weather."""
_JUST_PICKED = re.compile(
    r"现摘|现采|现捞|现挖|现割|现拔|现杀|现发|当季|应季|当日采摘|新鲜采摘|鲜摘|鲜采|树上|刚摘|头茬|鲜活|活蟹|活虾"
    r"|freshly (?:picked|caught|harvested)",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"速冻|冷冻|冰冻|冻干|冻品|烘干|晒干|干货|腌|酱|卤|熟食|即食|罐头|果脯|蜜饯|果干|糖水|真空熟"
    r"|冷库|气调|反季|大棚|温室|设施|预售|预定|预订|礼券|提货券|蟹卡|礼品卡|提货卡|兑换|苗|种子"
    r"|frozen|dried|canned|pickled|pre-?order|voucher",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d\d)-(\d\d)")


def sold_out_of_season(pair: Pair) -> Outcome | None:
    """Fresh goods are offered outside of the harvest that the register tells.

    在登记的采收期之外销售“鲜品”。
    """
    right = indication_of(pair.right)
    if right is None or not right.season_from or not right.season_to:
        return None
    said = pair.listing.said
    if _KEPT.search(said):
        return None
    picked = _JUST_PICKED.search(said)
    if picked is None and not _is_fresh(right):
        return None
    day = _day_of(pair.sighting.fetched_at)
    if in_season(day, right.season_from, right.season_to) is not False:
        return None
    called = f"称“{picked[0]}”" if picked else "销售鲜品"
    called_en = f"The goods are {f'called “{picked[0]}”' if picked else 'sold fresh'}"
    words = Words(
        zh=f"{day}页面{called}，而采收期为{right.season_from}至{right.season_to}",
        en=f"{called_en} on {day}, while the harvest is from {right.season_from} to "
        f"{right.season_to}",
    )
    return Outcome(
        # Without such words the page may stand open from the last season to the next.
        score=1.0 if picked else 0.5,
        words=cite(pair, words, MEASURES, GUANGDONG_20_2),
    )


def in_season(day: date, season_from: str, season_to: str) -> bool | None:
    """Tell whether a day lies in a season of MM-DD, which may run over New Year.

    None where the season cannot be read. Ten days beside it count as in it.
    """
    first, last = _DAY.fullmatch(season_from), _DAY.fullmatch(season_to)
    if first is None or last is None:
        return None
    for year in (day.year - 1, day.year, day.year + 1):
        begin, end = _on(year, first), _on(year, last)
        if begin is None or end is None:
            return None
        if end < begin:
            end = _on(year + 1, last) or end
        if begin - _GRACE <= day <= end + _GRACE:
            return True
    return False


def _on(year: int, day: re.Match[str]) -> date | None:
    month, number = int(day[1]), int(day[2])
    if (month, number) == (2, 29):
        number = 28  # a season may end on a day that this year lacks
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _day_of(moment: datetime) -> date:
    """Return the day in China; what tells no zone is taken for UTC."""
    told = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return told.astimezone(_CHINA).date()


def _is_fresh(right: GeographicalIndication) -> bool:
    """Tell whether the goods of an indication are sold fresh by their nature."""
    table = products().families
    names = [family for cut in cuts_of(right) for family in families_of(cut.product)]
    return bool(names) and all(table[name].fresh for name in names)
