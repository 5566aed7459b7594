"""`suyuan link`: sellers, companies, warehouses and shipments joined into networks and trails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

import tracing
from casework.context import open_context
from casework.exports import export_all
from casework.hot_spots import find_all
from casework.linking import link as link_stored
from casework.settings import load_settings
from cli.lines import read_each
from cli.nouns import sightings_of
from cli.output import list_refusals, open_out, write_lines
from domain.common import Refusal, WrongUse
from domain.forms import (
    lead_to_json,
    network_lines,
    record_from_json,
    trail_to_json,
)
from domain.listings import Sighting
from domain.sellers import Seller, SellerRef, merge_sellers
from domain.tracing import Record
from tracing import Linking
from tracing.exports import FORMATS, Exported, format_of, make_export
from tracing.exports.geojson import write_hot_spots
from tracing.joins import Hub


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("link")(link)


def link(
    sightings: Annotated[str | None, typer.Option(help="Sighting lines")] = None,
    records: Annotated[str | None, typer.Option(help="Record lines")] = None,
    leads: Annotated[str | None, typer.Option(help="Write the leads here")] = None,
    trails: Annotated[str | None, typer.Option(help="Write the trails here")] = None,
    hubs: Annotated[
        str | None, typer.Option(help="Write here which shared values join nobody")
    ] = None,
    export: Annotated[
        list[str] | None,
        typer.Option(help="Write the graph here: FILE.ftm.jsonl, .graphml, .gexf, .csv, .geojson"),
    ] = None,
    hot_spots: Annotated[
        str | None,
        typer.Option(help="Write the hot spots of the database here, as a layer: FILE.geojson"),
    ] = None,
) -> int:
    """Join sellers that share clues, and sellers to records; on the database or on files."""
    language = load_settings().language
    endings = [(name, format_of(name)) for name in export or ()]
    refusals: list[Refusal] = []
    graph = Exported(points=(), links=())
    if sightings is None and records is None:
        context = open_context(load_settings())
        linking = link_stored(context)
        if endings:
            graph = export_all(context, language=language)
        if hot_spots is not None:
            with open_out(hot_spots) as file:
                file.writelines(write_hot_spots(find_all(context)))
    elif sightings is None:
        raise WrongUse("--records needs --sightings beside it")
    elif hot_spots is not None:
        raise WrongUse("--hot-spots needs the flags of a database: leave --sightings out")
    else:
        sellers: dict[SellerRef, Seller] = {}
        given: list[Record] = []
        if records is not None:
            given = list(read_each(records, record_from_json, refusals))
        with sightings_of(sightings, refusals) as gathered:
            linking = tracing.link(
                _noting_sellers(gathered, sellers), given, decided={}, trails_for=None
            )
        if endings:
            graph = make_export(
                sellers.values(), given, linking.leads, linking.networks, language=language
            )
    write_lines(network_lines(_sellers(linking), linking.networks))
    if leads is not None:
        with open_out(leads) as file:
            write_lines((lead_to_json(lead, language) for lead in linking.leads), file)
    if trails is not None:
        with open_out(trails) as file:
            write_lines((trail_to_json(trail, language) for trail in linking.trails), file)
    if hubs is not None:
        with open_out(hubs) as file:
            write_lines((hub_to_json(hub) for hub in linking.hubs), file)
    for name, ending in endings:
        with open_out(name) as file:
            file.writelines(FORMATS[ending](graph))
    return list_refusals(refusals)


def hub_to_json(hub: Hub) -> dict[str, object]:
    """Write a hub as one line of `--hubs`."""
    return {
        "kind": hub.kind.value,
        "value": hub.value,
        "sellers": hub.sellers,
        "ownership": round(hub.ownership, 4),
        "of_platform": hub.of_platform,
        "by_person": hub.by_person,
    }


def _noting_sellers(
    gathered: Iterable[Sighting], sellers: dict[SellerRef, Seller]
) -> Iterator[Sighting]:
    """Pass sightings on, and note all that they say of each seller."""
    for sighting in gathered:
        seen = sighting.seller
        if seen is not None:
            known = sellers.get(seen.ref)
            sellers[seen.ref] = seen if known is None else merge_sellers(known, seen)
        yield sighting


def _sellers(linking: Linking) -> list[SellerRef]:
    found = {clue.owner for clue in linking.clues if isinstance(clue.owner, SellerRef)}
    members = {member for network in linking.networks for member in network.members}
    return sorted(found | members)
