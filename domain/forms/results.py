"""The forms of what Suyuan finds: matches, networks, leads, trails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.forms.fields import without_empty
from domain.matches import Finding, Match, PicturePlace, TextPlace
from domain.sellers import SellerRef
from domain.tracing import Lead, Network, Trail, node_text


def match_to_json(match: Match, language: str) -> dict[str, object]:
    """Write a Match as a line of `suyuan screen`, its words in one language."""
    written: dict[str, object] = {
        "platform": match.listing.platform,
        "listing_key": match.listing.listing_key,
        "right_id": match.right_id,
        "score": round(match.score, 4),
        "decision": match.decision,
        "findings": [_finding_to_json(finding, language) for finding in match.findings],
        "algorithm": match.algorithm,
        "register_digest": match.register_digest,
        "expected_precision": None,
    }
    if (expected := match.expected) is not None:
        written["expected_precision"] = {
            "at_threshold": round(expected.at_threshold, 4),
            "at_score": expected.at_score,
            "threshold": expected.threshold,
            "labelled_pairs": expected.rests_on,
            "labelled": expected.labelled,
        }
    return written


def _finding_to_json(finding: Finding, language: str) -> dict[str, object]:
    written: dict[str, object] = {
        "name": finding.name,
        "score": round(finding.score, 4),
        "speaks": finding.speaks,
        "words": finding.words.in_language(language),
    }
    if finding.where is not None:
        written["where"] = place_to_json(finding.where)
    return written


def place_to_json(place: TextPlace | PicturePlace | None) -> dict[str, object] | None:
    """Write where a finding stands, or None when it stands nowhere in particular."""
    if place is None:
        return None
    if isinstance(place, TextPlace):
        written: dict[str, object] = {
            "field": place.field,
            "start": place.start,
            "end": place.end,
            "surface": place.surface,
        }
        if place.how is not None:
            written["how"] = place.how
        return written
    return without_empty(
        {
            "sha256": place.sha256,
            "box": list(place.box) if place.box else None,
            "how": place.how,
            "reference": place.reference,
        }
    )


def network_lines(
    sellers: Iterable[SellerRef], networks: Iterable[Network]
) -> Iterator[dict[str, object]]:
    """Write one line a seller; sellers of no network have no `network`."""
    network_of = {member: network.network_id for network in networks for member in network.members}
    for seller in sellers:
        yield without_empty(
            {
                "seller": [seller.platform, seller.seller_key],
                "network": network_of.get(seller),
            }
        )


def lead_to_json(lead: Lead, language: str) -> dict[str, object]:
    """Write a Lead as a line of `suyuan link --leads`."""
    return {
        "a": node_text(lead.a),
        "b": node_text(lead.b),
        "type": lead.type.value,
        "score": round(lead.score, 4),
        "state": lead.state.value,
        "reasons": [
            {
                "clue": reason.clue_kind.value,
                "value": reason.value,
                "weight": round(reason.weight, 4),
                "words": reason.words.in_language(language),
            }
            for reason in lead.reasons
        ],
    }


def trail_to_json(trail: Trail, language: str) -> dict[str, object]:
    """Write a Trail as a line of `suyuan link --trails`."""
    return {
        "listing": [trail.listing.platform, trail.listing.listing_key],
        "hops": [
            {
                "kind": hop.kind.value,
                "key": hop.key,
                **({"name": hop.name} if hop.name else {}),
                "confidence": round(hop.confidence, 4),
                "evidence": [words.in_language(language) for words in hop.evidence],
                "ask_for": hop.ask_for.in_language(language),
            }
            for hop in trail.hops
        ],
    }
