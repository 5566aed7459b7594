"""Nouns from the JSON Lines files that commands work on without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from casework.files import read_json_lines
from cli.output import file_of, open_in
from domain.common import Refusal, RefusedInput
from domain.forms import seller_from_json, sighting_from_json
from domain.listings import Sighting
from domain.sellers import Seller, SellerRef, merge_sellers

_Noun = TypeVar("_Noun")


def read_nouns(path: str, read: Callable[..., _Noun], refusals: list[Refusal]) -> Iterator[_Noun]:
    """Go through the nouns of a JSON Lines file; broken lines go to the refusals."""
    with open_in(path) as file:
        for number, value in read_json_lines(file, path):
            if isinstance(value, Refusal):
                refusals.append(value)
                continue
            try:
                yield read(value, where=f"{path}:{number}")
            except RefusedInput as refusal:
                field = refusal.where.partition(": ")[2] or None
                reason = f"expected {refusal.expected}, got {refusal.got}"
                refusals.append(Refusal(file=path, line=number, field=field, reason=reason))


@contextmanager
def sightings_of(path: str, refusals: list[Refusal]) -> Iterator[Iterator[Sighting]]:
    """Give the sightings of a file, each seller with all that the whole file says of it.

    The file is read twice: a seller's licence often stands behind its listings.
    """
    with file_of(Path(path)) as file:
        sellers: dict[SellerRef, Seller] = {}
        for seller in read_nouns(str(file), seller_from_json, []):
            if seller is not None:
                known = sellers.setdefault(seller.ref, seller)
                if known != seller:
                    sellers[seller.ref] = merge_sellers(known, seller)
        yield (
            _with_seller(sighting, sellers)
            for sighting in read_nouns(str(file), sighting_from_json, refusals)
        )


def _with_seller(sighting: Sighting, sellers: Mapping[SellerRef, Seller]) -> Sighting:
    if sighting.seller is None:
        return sighting
    known = sellers[sighting.seller.ref]
    return sighting if known == sighting.seller else replace(sighting, seller=known)
