"""`suyuan link`: sellers, companies, warehouses and shipments joined into networks and trails."""

from __future__ import annotations

from typing import Annotated

import typer

import tracing
from casework.context import open_context
from casework.linking import link as link_stored
from casework.settings import load_settings
from cli.nouns import read_nouns, sightings_of
from cli.output import list_refusals, open_out, write_lines
from domain.common import Refusal, WrongUse
from domain.forms import (
    lead_to_json,
    network_lines,
    record_from_json,
    trail_to_json,
)
from domain.sellers import SellerRef
from tracing import Linking


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("link")(link)


def link(
    sightings: Annotated[str | None, typer.Option(help="Sighting lines")] = None,
    records: Annotated[str | None, typer.Option(help="Record lines")] = None,
    leads: Annotated[str | None, typer.Option(help="Write the leads here")] = None,
    trails: Annotated[str | None, typer.Option(help="Write the trails here")] = None,
) -> int:
    """Join sellers that share clues, and sellers to records; on the database or on files."""
    language = load_settings().language
    refusals: list[Refusal] = []
    if sightings is None and records is None:
        linking = link_stored(open_context(load_settings()))
    elif sightings is None:
        raise WrongUse("--records needs --sightings beside it")
    else:
        with sightings_of(sightings, refusals) as gathered:
            linking = tracing.link(
                gathered,
                () if records is None else read_nouns(records, record_from_json, refusals),
                decided={},
                trails_for=None,
            )
    write_lines(network_lines(_sellers(linking), linking.networks))
    if leads is not None:
        with open_out(leads) as file:
            write_lines((lead_to_json(lead, language) for lead in linking.leads), file)
    if trails is not None:
        with open_out(trails) as file:
            write_lines((trail_to_json(trail, language) for trail in linking.trails), file)
    return list_refusals(refusals)


def _sellers(linking: Linking) -> list[SellerRef]:
    found = {clue.owner for clue in linking.clues if isinstance(clue.owner, SellerRef)}
    members = {member for network in linking.networks for member in network.members}
    return sorted(found | members)
