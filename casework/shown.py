"""What pictures show, as far as they were looked at: read by screening, tracing and the desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from domain.common import Sha256
from domain.listings import Sighting
from domain.pictures import PictureText, ReferencePicture, ReferenceRole, ShownSign
from matchers.pictures.hits import PictureHit, SeenPicture
from matchers.pictures.words import text_of
from storage import Unit, looks, pictures, signs
from storage.looks import StoredHit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was found in one picture."""

    hits: tuple[StoredHit, ...] = ()
    """The best first; none in a copy of a known harmless picture."""
    text: PictureText | None = None
    """The words read in it."""
    signs: tuple[ShownSign, ...] = ()
    """Official signs, the surest first; none in a copy of a known harmless picture."""
    size: tuple[int, int] = (0, 0)
    """Width and height in pixels, upright."""

    @property
    def is_empty(self) -> bool:
        """Nothing was found: the picture could as well not have been looked at."""
        return not self.hits and self.text is None and not self.signs


NOTHING = Shown()
"""Of a picture that was not looked at."""


def show_pictures(unit: Unit, wanted: Collection[Sha256]) -> Mapping[Sha256, Shown]:
    """Return what was found in those of some pictures that were looked at."""
    hits, texts = looks.hits_of(unit, wanted), looks.texts_of(unit, wanted)
    sizes, marked = pictures.sizes_of(unit, wanted), signs.signs_of(unit, wanted)
    shown = {}
    for sha256 in looks.standings_of(unit, wanted):
        found = hits.get(sha256, ())
        harmless = any(hit.role is ReferenceRole.HARMLESS for hit in found)
        shown[sha256] = Shown(
            hits=() if harmless else found,
            text=texts.get(sha256),
            signs=() if harmless else marked.get(sha256, ()),
            size=sizes.get(sha256, (0, 0)),
        )
    return shown


def shown_to_screening(
    shown: Mapping[Sha256, Shown], references: Iterable[ReferencePicture]
) -> dict[Sha256, SeenPicture]:
    """Return what was found in each picture, with the references of a register that it shows."""
    known = {(one.right_id, one.role, one.sha256): one for one in references}
    return {
        sha256: SeenPicture(
            width=one.size[0],
            height=one.size[1],
            signs=one.signs,
            hits=tuple(
                PictureHit(
                    reference=known[hit.right_id, hit.role, hit.reference],
                    score=hit.score,
                    how=hit.how,
                    box=hit.box,
                    quad=hit.quad,
                )
                for hit in one.hits
                if (hit.right_id, hit.role, hit.reference) in known
            ),
        )
        for sha256, one in shown.items()
    }


def with_words(sighting: Sighting, shown: Mapping[Sha256, Shown]) -> Sighting:
    """Return a sighting whose pictures tell the words that were read in them."""
    told = tuple(
        replace(picture, text=text_of(text))
        if picture.sha256 and (text := shown.get(picture.sha256, NOTHING).text) is not None
        else picture
        for picture in sighting.pictures
    )
    return replace(sighting, pictures=told)


def pictures_of(sightings: Iterable[Sighting]) -> set[Sha256]:
    """Return the pictures of sightings that were fetched."""
    return {one.sha256 for sighting in sightings for one in sighting.pictures if one.sha256}
