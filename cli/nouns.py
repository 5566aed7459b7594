"""Nouns from the JSON Lines files that commands work on without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli.lines import read_each
from cli.output import file_of
from domain.common import Refusal
from domain.forms import seller_from_json, sighting_from_json
from domain.listings import Sighting
from domain.sellers import Seller, SellerRef, merge_sellers


@contextmanager
def sightings_of(path: str, refusals: list[Refusal]) -> Iterator[Iterator[Sighting]]:
    """Give the sightings of a file, each seller with all that the whole file says of it.

    The file is read twice: a seller's licence often stands behind its listings.
    """
    with file_of(Path(path)) as file:
        sellers: dict[SellerRef, Seller] = {}
        for seller in read_each(str(file), seller_from_json, []):
            if seller is not None:
                known = sellers.setdefault(seller.ref, seller)
                if known != seller:
                    sellers[seller.ref] = merge_sellers(known, seller)
        yield (
            _with_seller(sighting, sellers)
            for sighting in read_each(str(file), sighting_from_json, refusals)
        )


def _with_seller(sighting: Sighting, sellers: Mapping[SellerRef, Seller]) -> Sighting:
    if sighting.seller is None:
        return sighting
    known = sellers[sighting.seller.ref]
    return sighting if known == sighting.seller else replace(sighting, seller=known)
