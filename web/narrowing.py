"""The queue as a person narrowed it, carried in addresses so that work goes on within it."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import Depends, Query

from casework.flags import QueueFilter
from domain.common import FlagId


def read_narrowing(
    state: Literal["waiting", "judged", "all"] = "waiting",
    right: Annotated[str, Query(max_length=200)] = "",
    platform: Annotated[str, Query(max_length=300)] = "",
    seller: Annotated[str, Query(max_length=500)] = "",
    text: Annotated[str, Query(max_length=200)] = "",
    relisted: bool = False,
) -> QueueFilter:
    """Return the filter that an address names."""
    return QueueFilter(
        state=state,
        right_id=right or None,
        platform=platform.strip() or None,
        seller_key=seller or None,
        text=text.strip() or None,
        relisted=relisted,
    )


Narrowing = Annotated[QueueFilter, Depends(read_narrowing)]


def queue_path(wanted: QueueFilter, **more: object) -> str:
    """Return the address of the queue under a filter."""
    return "/flags" + _query(wanted, more)


def flag_path(flag_id: FlagId, wanted: QueueFilter | None = None, **more: object) -> str:
    """Return the address of one flag, from which the way goes on under the same filter."""
    return f"/flags/{quote(flag_id, safe='')}" + _query(wanted or QueueFilter(), more)


def judgement_path(flag_id: FlagId, wanted: QueueFilter) -> str:
    """Return the address that takes a judgement and goes on under the same filter."""
    return f"/flags/{quote(flag_id, safe='')}/judgements" + _query(wanted, {})


def is_narrowed(wanted: QueueFilter) -> bool:
    """Tell whether anything but the state was chosen."""
    return any((wanted.right_id, wanted.platform, wanted.seller_key, wanted.text, wanted.relisted))


def _query(wanted: QueueFilter, more: dict[str, object]) -> str:
    chosen = {
        "state": wanted.state if wanted.state != "waiting" else None,
        "right": wanted.right_id,
        "platform": wanted.platform,
        "seller": wanted.seller_key,
        "text": wanted.text,
        "relisted": "1" if wanted.relisted else None,
        **more,
    }
    kept = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
