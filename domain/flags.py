"""Flags put before a person, and what people made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import FlagId, RightId, derive_id
from domain.listings import ListingRef
from domain.users import Role


class Verdict(StrEnum):
    """A person's answer to a Flag."""

    INFRINGING = "infringing"
    GENUINE = "genuine"
    AUTHORISED = "authorised"
    UNSURE = "unsure"


CLEARED = (Verdict.GENUINE, Verdict.AUTHORISED)
"""Verdicts by which a listing infringes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A Match over the threshold; one per (Listing, Right)."""

    flag_id: FlagId
    listing: ListingRef
    right_id: RightId
    match_id: str
    """The Match that raised it."""
    raised_at: datetime
    score: float


def flag_id_of(listing: ListingRef, right_id: RightId) -> FlagId:
    """Return the stable id of the flag for one listing and one right."""
    return FlagId(derive_id("flag", listing.platform, listing.listing_key, right_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's verdict on a Flag; append-only.

    The last one counts, but a rights holder's never outweighs an investigator's.
    """

    judgement_id: str
    flag_id: FlagId
    verdict: Verdict
    reason: str
    judged_by: str
    """User name; never the machine."""
    judged_at: datetime
    judged_as: Role = Role.INVESTIGATOR
    """The person's role at that time."""


def verdict_that_counts(judgements: Sequence[Judgement]) -> Judgement | None:
    """Return the judgement that counts, or None when there is none (given oldest first)."""
    by_investigators = [one for one in judgements if one.judged_as is Role.INVESTIGATOR]
    counting = by_investigators or judgements
    return counting[-1] if counting else None
