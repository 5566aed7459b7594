"""Graphs of sellers and sources for other programs."""

from __future__ import annotations

from casework.access import require
from casework.context import Context
from casework.graphs import SourceGraph
from domain.users import Role, User
from storage import records as stored_records
from storage import sellers
from storage import tracing as stored
from tracing.exports import Exported, make_export
from tracing.exports.points import without_contacts


def export_all(context: Context, *, language: str) -> Exported:
    """Return everything of the last linking."""
    with context.database.read() as unit:
        return make_export(
            sellers.all_sellers(unit),
            stored_records.all_records(unit),
            stored.all_leads(unit),
            stored.all_networks(unit),
            language=language,
        )


def export_graph(context: Context, user: User, graph: SourceGraph, *, language: str) -> Exported:
    """Return the graph around a matter; operators are given no phones and e-mails.

    Raises: NotAllowed for a rights holder.
    """
    require(user, Role.INVESTIGATOR, Role.OPERATOR)
    refs = [one.seller for one in graph.stations if one.seller is not None]
    with context.database.read() as unit:
        found = [one for one in (sellers.find_seller(unit, ref) for ref in refs) if one]
        networks = {one for one in (stored.network_of(unit, ref) for ref in refs) if one}
    records = [one.record for one in graph.stations if one.record is not None]
    export = make_export(found, records, graph.leads, networks, language=language)
    return export if user.role is Role.INVESTIGATOR else without_contacts(export)
