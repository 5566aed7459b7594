"""A listing beside one right: everything that features look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache
from itertools import islice

from domain.common import Sha256, Words
from domain.grounds import Market
from domain.listings import ListingRef, Sighting
from domain.matches import NameHow, PicturePlace, TextPlace
from domain.pictures import ShownSign
from domain.rights import Authorisation, GeographicalIndication, Right
from matchers.names import NameHit
from matchers.parts import FoundParts
from matchers.patent_marks import PatentMarking
from matchers.pictures.hits import PictureHit, SeenPicture
from reference.folding import fold_text

MAX_TEXT = 20_000
"""Code points of one field that are searched; descriptions beyond that are page furniture."""
MAX_ATTRIBUTES = 200
BRAND_ATTRIBUTES = ("品牌", "牌子", "商标", "brand", "trademark")
"""Attributes that say whose goods these are."""
FITTING_ATTRIBUTES = ("适用", "兼容", "适配", "compatible", "fits", "suitable")
"""Attributes whose name begins so say what the goods go with."""
_PLAIN = (NameHow.EXACT, NameHow.TRADITIONAL, NameHow.FULLWIDTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """A name of the right in one text field."""

    field: str
    """As in TextPlace; words read in pictures are pictures[0].text and so on."""
    text: str
    """The whole field."""
    hit: NameHit

    @property
    def place(self) -> TextPlace:
        return TextPlace(
            field=self.field,
            start=self.hit.start,
            end=self.hit.end,
            surface=self.hit.surface,
            how=self.hit.how,
        )

    @property
    def is_plain(self) -> bool:
        """The name is written without disguise."""
        return self.hit.how in _PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPicture:
    """A reference picture of the right that one picture of the listing resembles."""

    place: PicturePlace
    hit: PictureHit
    number: int
    """Of the picture in the listing, from 0."""
    size: tuple[int, int] | None
    """Width and height of the picture in pixels; None where it was not looked at."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SeenListing:
    """A sighting made ready to be held against many rights.

    Told apart by identity, so that what it says by itself is worked out once for all of them.
    """

    sighting: Sighting
    texts: tuple[tuple[str, str], ...]
    """Field and text of all that `texts_of` the sighting gives and that is not empty."""
    signs: Mapping[Sha256, tuple[ShownSign, ...]] = field(default_factory=dict)
    """Official signs in those of its pictures that were looked at, the surest first."""

    @cached_property
    def ref(self) -> ListingRef:
        return self.sighting.ref

    @cached_property
    def content_digest(self) -> Sha256:
        return self.sighting.content_digest

    @cached_property
    def folded(self) -> str:
        """All texts folded, a line end between them, for what most listings hold nothing of."""
        return fold_text("\n".join([text for _, text in self.texts]))

    @cached_property
    def folded_title(self) -> str:
        return fold_text((self.sighting.title or "")[:MAX_TEXT])

    @cached_property
    def said(self) -> str:
        """Title and description, a line end between them."""
        return f"{self.sighting.title or ''}\n{self.sighting.description or ''}"[:MAX_TEXT]


class Given(Enum):
    """What a pair may hold, in the order of `Pair.given`."""

    NAME = "name"
    """The right's name, anywhere in the texts."""
    NAME_IN_TITLE = "name_in_title"
    NAME_OFFERED = "name_offered"
    """The right's name in a place that says what is on sale: title, brand, attribute of it."""
    PICTURE = "picture"
    """A picture like one of the right's."""
    MARKING = "marking"
    """Words or numbers of patents."""
    INDICATION = "indication"
    """The right is a geographical indication."""
    AUTHORISATION = "authorisation"
    """An authorisation of the right, whoever's."""
    COMPANY = "company"
    """The company behind the seller."""
    PRICE_BAND = "price_band"
    """The holder's own price."""
    UPHELD = "upheld"
    """Other listings of the seller that people judged infringing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """A listing and a right worth comparing, with what the indexes found.

    Pairs are told apart by identity, so that what several features ask is remembered for one.
    """

    listing: SeenListing
    right: Right
    names: tuple[FoundName, ...]
    pictures: tuple[FoundPicture, ...]
    parts: FoundParts | None
    """Of an indication: its place and its product, apart or said otherwise."""
    marking: PatentMarking | None
    """What the page says of patents, as far as it concerns this right."""
    authorisations: tuple[Authorisation, ...]
    """Of this right."""
    holder_usccs: frozenset[str]
    """Social credit codes of the holder that authorisations of the register tell."""
    today: date
    market: Market
    """Offices whose registrations count where the platforms are."""
    upheld_before: int
    """Other listings of this seller that people judged infringing."""
    titled: tuple[FoundName, ...] = field(init=False)
    """Names in the title."""
    offered_as: tuple[FoundName, ...] = field(init=False)
    """Names in the places that say what is on sale: title, brand, attribute of the brand."""

    def __post_init__(self) -> None:
        offered = tuple([name for name in self.names if says_what_it_is(name.field)])
        object.__setattr__(self, "offered_as", offered)
        titled = tuple([name for name in offered if name.field == "title"])
        object.__setattr__(self, "titled", titled)

    @property
    def sighting(self) -> Sighting:
        return self.listing.sighting

    @property
    def given(self) -> tuple[bool, ...]:
        """Which of `Given` the pair holds, in their order."""
        seller = self.sighting.seller
        return (
            bool(self.names),
            bool(self.titled),
            bool(self.offered_as),
            bool(self.pictures),
            self.marking is not None,
            isinstance(self.right, GeographicalIndication),
            bool(self.authorisations),
            seller is not None and bool(seller.company),
            self.right.price_band is not None,
            self.upheld_before > 0,
        )

    def names_in(self, *fields: str) -> tuple[FoundName, ...]:
        """Return the names found in fields (compared by the part before the first dot)."""
        return tuple([name for name in self.names if name.field.partition(".")[0] in fields])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a feature found in a pair."""

    score: float
    """0..1."""
    words: Words
    where: TextPlace | PicturePlace | None = None


def indication_of(right: Right) -> GeographicalIndication | None:
    """Return the right when it is an indication, whose rules are its own."""
    return right if isinstance(right, GeographicalIndication) else None


# Listings of one platform have the same fields.
@lru_cache(maxsize=1_024)
def says_what_it_is(field: str) -> bool:
    """Tell whether a field names the goods rather than describes them."""
    if field in ("title", "brand"):
        return True
    name = field.removeprefix("attributes.").casefold()
    return field.startswith("attributes.") and name in BRAND_ATTRIBUTES


def seen_listing(
    sighting: Sighting, shown: Mapping[Sha256, SeenPicture] | None = None
) -> SeenListing:
    """Make a sighting ready to be held against rights, with what its pictures were seen to show."""
    digests = (one.sha256 for one in sighting.pictures if one.sha256)
    seen = {one: shown[one] for one in digests if one in shown} if shown else {}
    return SeenListing(
        sighting=sighting,
        texts=tuple(one for one in texts_of(sighting) if one[1]),
        signs={sha256: one.signs for sha256, one in seen.items() if one.signs},
    )


def texts_of(sighting: Sighting) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of every field in which names are looked for."""
    yield "title", (sighting.title or "")[:MAX_TEXT]
    yield "brand", (sighting.brand or "")[:MAX_TEXT]
    yield "description", (sighting.description or "")[:MAX_TEXT]
    for name, value in islice(sighting.attributes.items(), MAX_ATTRIBUTES):
        if not name.casefold().startswith(FITTING_ATTRIBUTES):
            yield f"attributes.{name}", value[:MAX_TEXT]
    if sighting.seller is not None:
        yield "seller.name", (sighting.seller.name or "")[:MAX_TEXT]
    for number, picture in enumerate(sighting.pictures):
        yield f"pictures[{number}].text", (picture.text or "")[:MAX_TEXT]
