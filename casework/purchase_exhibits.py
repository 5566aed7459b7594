"""What a dossier takes from the test purchases of its case."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from domain.common import CaseId, Sha256
from domain.evidence import Evidence, EvidenceKind
from domain.forms.purchases import purchase_to_json
from domain.listings import ListingRef
from domain.purchases import Purchase
from storage import Unit, evidence, purchases


def bought_from(
    unit: Unit, case_id: CaseId, listings: Collection[ListingRef]
) -> tuple[Purchase, ...]:
    """Return the test purchases of a case from some listings."""
    return tuple(one for one in purchases.purchases_of(unit, case_id) if one.listing in listings)


def media_of(unit: Unit, bought: Sequence[Purchase]) -> Iterator[tuple[Evidence, str]]:
    """Go through the photos and documents of purchases with their captions, each file once."""
    seen: set[Sha256] = set()
    for purchase in bought:
        for medium in purchase.media:
            pieces = evidence.evidence_of_digest(unit, medium.sha256)
            brought = next((one for one in pieces if one.kind is EvidenceKind.UPLOAD), None)
            if brought is not None and medium.sha256 not in seen:
                seen.add(medium.sha256)
                shows = medium.caption or medium.name
                yield brought, f"购样取证 Test purchase {purchase.order_number}: {shows}"


def write_purchases(bought: Sequence[Purchase]) -> bytes:
    """Write seals, comparison and the holder's statement, one purchase a line."""
    lines = [json.dumps(purchase_to_json(one), ensure_ascii=False) for one in bought]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
