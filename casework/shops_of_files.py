"""The shops that a file of records has to do with: those its rows name, and those they join."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.context import Context
from domain.sellers import SellerRef
from domain.tracing import Record, RecordRef
from storage import Unit, sellers
from storage import tracing as stored_leads

MOST_FOLLOWED = 5_000
"""Rows and shops of one file of which it is told what they lead to."""


class NamedShops:
    """The shops that the rows of a file name, as far as so many are followed."""

    def __init__(self) -> None:
        self.known: set[SellerRef] = set()
        self.strangers: set[SellerRef] = set()

    def add(self, unit: Unit, rows: Iterable[Record]) -> None:
        """Ask of each shop whether a page or an earlier row showed it; rows are not stored yet."""
        for row in rows:
            ref = row.shop
            met = len(self.known) + len(self.strangers)
            if ref is None or ref in self.known or ref in self.strangers or met >= MOST_FOLLOWED:
                continue
            is_known = sellers.find_seller(unit, ref) or stored_leads.clues_of(unit, ref)
            (self.known if is_known else self.strangers).add(ref)


def shops_joined(context: Context, changed: Sequence[RecordRef]) -> set[SellerRef]:
    """Return the shops that leads join to records."""
    with context.database.read() as unit:
        leads = stored_leads.leads_of_nodes(unit, changed)
    ends = {end for lead in leads for end in (lead.a, lead.b)}
    return {end for end in ends if isinstance(end, SellerRef)}
