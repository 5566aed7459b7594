"""Sightings against the whole register: candidates from the indexes, each pair judged once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain.common import RightId, Sha256, digest_of
from domain.grounds import MAINLAND, Market
from domain.listings import ListingRef, Sighting
from domain.matches import Match, NameHow, PicturePlace
from domain.pages import PageKind
from domain.pictures import ReferencePicture, ReferenceRole
from domain.rights import (
    PATENT_MARKING,
    Authorisation,
    GeographicalIndication,
    Patent,
    Right,
)
from domain.sellers import SellerRef
from matchers.algorithms import DEFAULT, Algorithm
from matchers.decisions import Weighed, decide
from matchers.distinctive import PartsIndex, find_parts, index_parts
from matchers.fillers import as_written, readings_of
from matchers.indications.index import IndicationsIndex, index_indications
from matchers.indications.other_places import is_of_another_place, names_sort_of_place
from matchers.indications.search import find_indications
from matchers.names import AnyIndex, find_names_in, index_names
from matchers.pair import (
    FoundName,
    FoundPicture,
    Pair,
    SeenListing,
    says_what_it_is,
    seen_listing,
)
from matchers.patent_marks import (
    PatentMarking,
    PatentsIndex,
    divide_marking,
    index_patents,
    read_marking,
)
from matchers.permission import usccs_of_holders
from matchers.picture_names import is_mark_in_picture
from matchers.pictures.hits import PictureHit, SeenPicture
from matchers.pictures.phashes import PicturesIndex, find_pictures_in, index_pictures

AT_ONCE = 256
"""Sightings whose texts are searched together: each alone costs several times as much."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScreenIndex:
    """A register prepared for screening."""

    rights: Mapping[RightId, Right]
    authorisations: Mapping[RightId, tuple[Authorisation, ...]]
    holder_usccs: Mapping[RightId, frozenset[str]]
    """Social credit codes of holders, as far as authorisations tell them."""
    names: AnyIndex
    name_parts: PartsIndex
    pictures: PicturesIndex
    indications: IndicationsIndex
    patents: PatentsIndex
    market: Market
    """Offices whose registrations count where the platforms are."""
    register_digest: Sha256
    """Of rights, reference pictures and authorisations, whatever their order."""


def prepare(
    rights: Iterable[Right],
    references: Sequence[ReferencePicture] = (),
    authorisations: Iterable[Authorisation] = (),
    *,
    names: AnyIndex | None = None,
    market: Market = MAINLAND,
) -> ScreenIndex:
    """Index a register; references and authorisations of rights that are not in it are left out.

    The standing right against fake marks of patents (`PATENT_MARKING`) is always in it.

    `names` is the index of just these rights' names, where it is at hand.
    """
    by_id: dict[RightId, Right] = {right.right_id: right for right in rights}
    by_id[PATENT_MARKING.right_id] = PATENT_MARKING
    allowed: defaultdict[RightId, list[Authorisation]] = defaultdict(list)
    for one in authorisations:
        if one.right_id in by_id:
            allowed[one.right_id].append(one)
    pictures = [reference for reference in references if reference.right_id in by_id]
    nouns = (*by_id.values(), *pictures, *(one for many in allowed.values() for one in many))
    return ScreenIndex(
        rights=by_id,
        authorisations={right_id: tuple(many) for right_id, many in allowed.items()},
        holder_usccs=usccs_of_holders(by_id.values(), allowed),
        names=index_names(by_id.values()) if names is None else names,
        name_parts=index_parts(by_id.values()),
        pictures=index_pictures(
            [one for one in pictures if one.role is not ReferenceRole.HARMLESS]
        ),
        indications=index_indications(by_id.values()),
        patents=index_patents(by_id.values()),
        market=market,
        register_digest=digest_of(sorted(map(repr, nouns))),
    )


def screen(
    sightings: Iterable[Sighting],
    index: ScreenIndex,
    today: date,
    algorithm: Algorithm = DEFAULT,
    *,
    shown: Mapping[Sha256, SeenPicture] | None = None,
    upheld: Mapping[SellerRef, Collection[ListingRef]] | None = None,
) -> Iterator[Match]:
    """Compare sightings of listings with the register.

    `shown`: what was found in the pictures that were looked at, those without a hit too. Of other
    pictures the whole is compared by its hash. `upheld`: listings of sellers that people judged
    infringing.

    Yields one Match for every pair that the indexes propose, in the order of the sightings and, in
    each, the best first. Sightings of other pages are passed over. What is decided about a pair:
    `matchers.decisions.RULES`.
    """
    listings = (seen_listing(one, shown) for one in sightings if one.kind is PageKind.LISTING)
    while some := tuple(islice(listings, AT_ONCE)):
        names = _find_names(some, index, algorithm)
        pictures = _find_pictures(some, index, shown or {})
        for listing, named, pictured in zip(some, names, pictures, strict=True):
            before = _count_upheld(listing.sighting, upheld or {})
            pairs = tuple(_pairs(listing, named, pictured, index, today, before))
            judged = (_judge(pair, index, algorithm) for pair in pairs)
            matches = filter(_says_something, judged)
            yield from sorted(matches, key=lambda match: (-match.score, match.right_id))


def _pairs(
    listing: SeenListing,
    names: Mapping[RightId, Sequence[FoundName]],
    pictures: Mapping[RightId, Sequence[FoundPicture]],
    index: ScreenIndex,
    today: date,
    upheld_before: int,
) -> Iterator[Pair]:
    parts = find_indications(listing.texts, index.indications)
    marked = _find_marking(listing, index)
    for right_id in dict.fromkeys((*names, *pictures, *parts, *marked)):
        yield Pair(
            listing=listing,
            right=index.rights[right_id],
            names=tuple(names.get(right_id, ())),
            pictures=tuple(pictures.get(right_id, ())),
            parts=parts.get(right_id),
            marking=marked.get(right_id),
            authorisations=index.authorisations.get(right_id, ()),
            holder_usccs=index.holder_usccs.get(right_id, frozenset()),
            today=today,
            market=index.market,
            upheld_before=upheld_before,
        )


def _count_upheld(sighting: Sighting, upheld: Mapping[SellerRef, Collection[ListingRef]]) -> int:
    """Count the seller's other listings that were judged infringing."""
    if sighting.seller is None:
        return 0
    return sum(ref != sighting.ref for ref in upheld.get(sighting.seller.ref, ()))


def _find_names(
    listings: Sequence[SeenListing], index: ScreenIndex, algorithm: Algorithm
) -> list[dict[RightId, list[FoundName]]]:
    """Return the names found in each listing, by right; texts are searched many at a time."""
    texts = [
        (number, field, text, read)
        for number, listing in enumerate(listings)
        for field, text, read in readings_of(listing.texts, listing.folded)
    ]
    short = [says_what_it_is(field) or field == "seller.name" for _, field, _, _ in texts]
    hits = [
        find_names_in(
            [read for (*_, read), one in zip(texts, short, strict=True) if one is kind],
            index.names,
            threshold,
        )
        for kind, threshold in (
            (False, algorithm.description_threshold),
            (True, algorithm.title_threshold),
        )
    ]
    found: list[dict[RightId, list[FoundName]]] = [{} for _ in listings]
    for (number, field, text, read), kind in zip(texts, short, strict=True):
        for found_one in next(hits[kind]):
            hit = found_one if read is text else as_written(found_one, text)
            if hit is None:
                continue
            right = index.rights[hit.right_id]
            if isinstance(right, Patent):
                continue  # its name describes the thing, and every such thing bears it
            if field.startswith("pictures[") and not is_mark_in_picture(
                hit.name, text, hit.start, hit.end
            ):
                continue
            if isinstance(right, GeographicalIndication):
                if is_of_another_place(hit.surface, hit.how, right):
                    continue
                if names_sort_of_place(hit.surface, right):
                    hit = hit._replace(how=NameHow.SPLIT)
            named = FoundName(field=field, text=text, hit=hit)
            found[number].setdefault(hit.right_id, []).append(named)
    for listing, names in zip(listings, found, strict=True):
        _add_parts(listing, names, index)
    return found


def _add_parts(
    listing: SeenListing, names: dict[RightId, list[FoundName]], index: ScreenIndex
) -> None:
    """Add parts of marks that nothing names whole, where they lie in no other's name."""
    parts = tuple(find_parts(listing, names, index.name_parts))
    whole = [name for many in names.values() for name in many if name.is_plain] if parts else ()
    for right_id, part in parts:
        if not any(_lies_within(part, name) for name in whole):
            names.setdefault(right_id, []).append(part)


def _lies_within(part: FoundName, name: FoundName) -> bool:
    """Tell whether a longer name stands where a part does."""
    if part.field != name.field or part.hit.surface == name.hit.surface:
        return False
    return name.hit.start <= part.hit.start and part.hit.end <= name.hit.end


def _find_pictures(
    listings: Sequence[SeenListing], index: ScreenIndex, shown: Mapping[Sha256, SeenPicture]
) -> list[dict[RightId, list[FoundPicture]]]:
    """Return the pictures found in each listing, by right; hashes are searched many at a time."""
    hashes = [
        picture.phash
        for listing in listings
        for picture in listing.sighting.pictures
        if picture.sha256 is not None and picture.phash and picture.sha256 not in shown
    ]
    copies = find_pictures_in(hashes, index.pictures)
    return [_pictures_of(listing.sighting, copies, shown) for listing in listings]


def _pictures_of(
    sighting: Sighting,
    copies: Mapping[str, Sequence[PictureHit]],
    shown: Mapping[Sha256, SeenPicture],
) -> dict[RightId, list[FoundPicture]]:
    found: dict[RightId, list[FoundPicture]] = {}
    for number, picture in enumerate(sighting.pictures):
        if picture.sha256 is None:
            continue
        seen = shown.get(picture.sha256)
        size = (seen.width, seen.height) if seen else None
        for hit in seen.hits if seen else copies.get(picture.phash or "", ()):
            box = hit.box
            place = PicturePlace(
                sha256=picture.sha256,
                box=(box.x, box.y, box.width, box.height) if box else None,
                how=hit.how,
                reference=hit.reference.sha256,
            )
            named = FoundPicture(place=place, hit=hit, number=number, size=size)
            found.setdefault(hit.reference.right_id, []).append(named)
    return found


def _find_marking(listing: SeenListing, index: ScreenIndex) -> dict[RightId, PatentMarking]:
    marking = read_marking(listing.sighting, listing.texts, listing.folded)
    if marking is None:
        return {}
    found, rest = divide_marking(marking, index.patents)
    return found | {PATENT_MARKING.right_id: rest} if rest else found


def _says_something(match: Match) -> bool:
    """Tell whether a match is of use: numbers of patents that no register knows prove nothing."""
    return match.right_id != PATENT_MARKING.right_id or bool(match.findings)


def _judge(pair: Pair, index: ScreenIndex, algorithm: Algorithm) -> Match:
    findings = algorithm.find(pair)
    score = algorithm.score(findings)
    weighed = Weighed(pair=pair, findings=findings, score=score, flag_from=algorithm.flag_from)
    ruling = decide(weighed)
    return Match(
        listing=pair.listing.ref,
        content_digest=pair.listing.content_digest,
        right_id=pair.right.right_id,
        score=score,
        decision=ruling.decision,
        findings=(ruling.reason, *findings) if ruling.reason else findings,
        algorithm=algorithm.full_name,
        register_digest=index.register_digest,
        expected=algorithm.expect(score, pair.right.kind),
    )
