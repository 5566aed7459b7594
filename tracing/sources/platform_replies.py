"""What platforms answer to a request for data (协查回函, E-Commerce Law art. 25), in any columns.

One row a shop, or one row an order or goods of one: the second goods of an order are kept as
T100#2. Nothing in such a file need identify a row: without a key or an order it is kept under the
file's digest and its own place.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return bool(meanings & {Meaning.SELLER_KEY, Meaning.SHOP_NAME})


SOURCE = TableSource(
    name="platform_replies",
    kind=RecordKind.PLATFORM_REPLY,
    recognises=_recognises,
    keys=((Meaning.ORDER_NUMBER,),),
    shares_keys=True,
    is_keyed_by_row=True,
)
