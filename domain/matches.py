"""Findings and the Matches they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.common import RightId, Sha256, Words, derive_id
from domain.listings import ListingRef


class NameHow(StrEnum):
    """How a name in a text differs from the registered one."""

    EXACT = "exact"
    SEPARATOR = "separator"
    FULLWIDTH = "fullwidth"
    HOMOGLYPH = "homoglyph"
    LEET = "leet"
    TYPO = "typo"
    SPLIT = "split"
    TRADITIONAL = "traditional"
    PINYIN = "pinyin"
    SOUND = "sound"
    SHAPE = "shape"
    MIXED = "mixed"
    PART = "part"
    """Only the part that tells the mark from others."""
    TRANSLITERATED = "transliterated"
    """In another script: the name by which it is known there, or one that sounds like it."""


class PictureHow(StrEnum):
    """How a picture shows a reference picture."""

    COPY = "copy"
    LOCAL_FEATURES = "local_features"
    REGION_HASH = "region_hash"
    LEARNED = "learned"
    TEXT = "text"
    SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A stretch of one text field of a Sighting."""

    field: str
    """title, brand, description, attributes.<name>, seller.name."""
    start: int
    """Code points of the original text, from 0."""
    end: int
    """Exclusive."""
    surface: str
    how: NameHow | None
    """How the name is written there; None where the place holds other words than a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePlace:
    """A region of one picture of a Sighting."""

    sha256: Sha256
    box: tuple[int, int, int, int] | None
    """x, y, width, height in pixels of the original picture; None for the whole picture."""
    how: PictureHow
    reference: Sha256 | None
    """The reference picture it resembles; None for an official sign, known by its words."""


class Speaks(StrEnum):
    """The side a Finding is on."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One feature's outcome."""

    name: str
    """Name of the feature."""
    score: float
    """0..1; how strongly the feature speaks."""
    speaks: Speaks
    words: Words
    where: TextPlace | PicturePlace | None = None


class Decision(StrEnum):
    """What screening makes of a Match."""

    FLAG = "flag"
    NO_GROUND = "no_ground"
    AUTHORISED = "authorised"
    BELOW = "below"


class Labelled(StrEnum):
    """Who said of labelled pairs which of them are to be upheld."""

    BY_LAWYERS = "by_lawyers"
    """Lawyers, of real texts."""
    BY_PROJECT = "by_project"
    """The project itself, of rows that it wrote: what the law says, not what people decide."""
    BY_JUDGEMENTS = "by_judgements"
    """The people who judge the flags of this desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How many flags like this one people uphold, as far as their judgements tell."""

    at_threshold: float
    """Expected precision: share upheld of all pairs from the threshold on."""
    at_score: float
    """Share upheld of pairs of about this score."""
    threshold: float
    """Score from which a pair is put before a person."""
    rests_on: int
    """Labelled pairs that the figures come from."""
    labelled: Labelled | None = None
    """None in matches of releases that did not tell it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A scored (Sighting, Right) pair, reproducible from what it records."""

    listing: ListingRef
    content_digest: Sha256
    """Of the Sighting compared."""
    right_id: RightId
    score: float
    """0..1."""
    decision: Decision
    findings: tuple[Finding, ...]
    algorithm: str
    """Name and versions of the algorithm and its engines."""
    register_digest: Sha256
    """Of rights, reference pictures and authorisations compared against."""
    expected: Expected | None = None
    """None where no labels of this kind of right tell it."""

    @property
    def match_id(self) -> str:
        """Derived from what was compared and what came of it.

        The outcome counts too: what is known of the seller can change it between two screenings
        of the same listing against the same register.
        """
        return derive_id(
            "match",
            self.listing.platform,
            self.listing.listing_key,
            self.content_digest,
            self.right_id,
            self.algorithm,
            self.register_digest,
            self.decision.value,
            repr(self.findings),
        )
