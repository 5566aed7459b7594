"""Copies of reference pictures: whole or in part, mirrored, turned, framed, written over.

Two ways propose where a reference may lie in a picture: hashes of the whole picture (also without a
flat border, also mirrored), and single features that agree on a place, a size and a turn. Each
proposal is then checked: the reference is laid on the picture and compared block by block.

Measured with 100 photographs of clothing and groceries among 334 known pictures, each changed in
eight ways, and 50 unknown photographs of the same kind changed likewise; codes and thresholds were
made with other photographs:

    10 % or 20 % of each side cut off   1.00, .98    turned by 5°              1.00
    30 % of each side cut off                .97     written over, in bands     .97
    a border, one colour or blurred         1.00     one of 2 to 9 panels       .87
    mirrored                                1.00     false hits, 1,200 searches   1

The false one is one package held before two shelves, cut to little more than the package. Pictures
of one scene taken one after the other are found as copies too; two such pairs are among the 100.
A search takes 2 ms on one core beside the print. `make quality` has other changes, made alike for
other ways of finding copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from domain.matches import PictureHow
from domain.pictures import Box, Quad, ReferenceRole
from matchers.pictures.checking import Agreement, Placement, check_placement, open_thumbnail
from matchers.pictures.copies_index import HASHES, CopiesIndex
from matchers.pictures.descriptors import MIRROR_BITS
from matchers.pictures.engine.placing import place_references
from matchers.pictures.hamming import search_codes
from matchers.pictures.hits import PictureHit
from matchers.pictures.prints import HASH_WORDS, PicturePrint, mirror_mask, shrunk

_LEAST_AGREEING = 3
"""Features that must agree on where a reference lies, before it is laid there."""
_MOST_CHECKED = 32
"""References laid on one picture, those with most matches first."""
_LEAST_TOLD, _FEW_TOLD = 5, 24
"""Blocks of detail to be compared, of 64: fewer than the first decide nothing, fewer than the
second may be no more than an outline, as of any shirt on plain ground, and need support:"""
_SUPPORT_FEATURES, _SUPPORT_ALIKE = 6, 0.9
"""features that agree, or, where whole hashes are near, a share of blocks that are alike."""
_ALIKE_WHOLE, _ALIKE_PART = 0.38, 0.75
"""Share of blocks that must show the same where all of a reference is seen, since text may hide the
others, and where a quarter of it is. Between them it falls: two photographs of one product share a
part that is alike, and a copy that is a part has nothing else."""
_SEEN_WHOLE, _SEEN_PART = 0.75, 0.25
_LIKENESS, _FOR_UNLIKENESS = 0.95, 5.0
"""Likeness of the blocks of copies, and what share of blocks more must be alike for each bit that
lacks in it: a thing seen twice is like itself, a copy is nearly equal."""
_MOST_NEEDED = 0.98
_SURE = 0.85
"""Score of a hit that just passes; among pictures that are no copies fewer than .1 % do."""
_COVERS = 0.8
"""Share of a picture from which on what lies there is all that the picture is."""
_WHOLE = 0.95
"""Share of a picture from which on a hit is told to be the whole picture."""
_Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    reference: int
    is_mirrored: bool
    placement: Placement
    """From the reference's frame to the picture at working size, mirrored if `is_mirrored`."""
    agreeing: int = 0
    """Features that agree on it."""
    distance_bits: int | None = None
    """Of whole hashes."""


def find_copies(taken: PicturePrint, index: CopiesIndex) -> tuple[PictureHit, ...]:
    """Find references that a picture, or a region of it, is a copy of; the best first.

    A reference of ReferenceRole.HARMLESS is among them only where it is all of the picture. Where
    it is a part, hits inside that part are left out.
    """
    thumbnail = open_thumbnail(taken.thumbnail)
    if thumbnail is None:
        return ()
    best: dict[int, PictureHit] = {}
    for proposal in (*_propose_whole(taken, index), *_propose_parts(taken, index)):
        before = best.get(proposal.reference)
        if index.is_off[proposal.reference] or (before is not None and before.score >= 1.0):
            continue
        hit = _check(proposal, taken, thumbnail, index)
        if hit is not None and (before is None or hit.score > before.score):
            best[proposal.reference] = hit
    hits = sorted(best.values(), key=lambda hit: (-hit.score, hit.reference.sha256))
    return _without_harmless(hits, taken)


def find_same(prints: Sequence[PicturePrint], index: CopiesIndex) -> tuple[tuple[int, ...], ...]:
    """Group pictures that show the same photograph, by their numbers in `prints`.

    `index` is of just these pictures, in this order. Pictures that share a region alone, as two
    collages with one panel in common, are grouped too. Groups of one are left out.
    """
    leader = list(range(len(prints)))

    def leader_of(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    numbers = {id(reference): at for at, reference in enumerate(index.references)}
    for number, taken in enumerate(prints):
        for hit in find_copies(taken, index):
            one, other = leader_of(number), leader_of(numbers[id(hit.reference)])
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for number in range(len(prints)):
        groups.setdefault(leader_of(number), []).append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _propose_whole(taken: PicturePrint, index: CopiesIndex) -> Iterator[_Proposal]:
    """Propose references of which hashes of the whole are near."""
    told = np.flatnonzero(taken.hashes.any(axis=1))
    masks = np.stack([np.zeros(HASH_WORDS, np.uint64), mirror_mask()])
    queries = (taken.hashes[told][:, None] ^ masks[None]).reshape(-1, HASH_WORDS)
    near = search_codes(index.whole, queries)
    width, height = shrunk(taken.width, taken.height)
    order = np.argsort(near.distance, kind="stable")[:_MOST_CHECKED]
    for at in order.tolist():
        ours, is_mirrored = divmod(int(near.query[at]), 2)
        reference, theirs = divmod(int(index.whole_of[near.number[at]]), HASHES)
        frame = index.frames[reference].tolist()
        size = shrunk(frame[0], frame[1])
        x, y, w, h = taken.inner if told[ours] else (0, 0, width, height)
        from_x, from_y, from_w, from_h = frame[2:] if theirs else (0, 0, *size)
        if is_mirrored:
            x = width - x - w
        across, down = w / from_w, h / from_h
        yield _Proposal(
            reference=reference,
            is_mirrored=bool(is_mirrored),
            placement=np.array(
                [
                    [across * size[0], 0.0, x - across * from_x],
                    [0.0, down * size[1], y - down * from_y],
                ]
            ),
            distance_bits=int(near.distance[at]),
        )


def _propose_parts(taken: PicturePrint, index: CopiesIndex) -> Iterator[_Proposal]:
    """Propose references of which several features agree on where they lie."""
    places = taken.places[: taken.full_size].astype(np.float64)
    codes = taken.codes[: taken.full_size]
    mirrored = places.copy()
    mirrored[:, 0] = shrunk(taken.width, taken.height)[0] - 1 - mirrored[:, 0]
    mirrored[:, 3] = (180 - mirrored[:, 3]) % 360
    near = search_codes(index.features, np.concatenate([codes, codes ^ MIRROR_BITS])[:, None])
    # Matches of one reference, mirrored or not, stand together.
    groups = index.feature_of[near.number].astype(np.int64) * 2 + (near.query >= len(codes))
    names, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    many = np.flatnonzero(counts >= _LEAST_AGREEING)
    many = np.sort(many[np.argsort(-counts[many], kind="stable")[:_MOST_CHECKED]])
    chosen = np.flatnonzero(np.isin(inverse, many))
    chosen = chosen[np.argsort(inverse[chosen], kind="stable")]
    starts = np.concatenate([[0], np.cumsum(counts[many])]).astype(np.int64)
    ours = np.concatenate([places, mirrored])[near.query[chosen]]
    theirs = index.places[near.number[chosen]].astype(np.float64)
    placed, agreeing = np.zeros((len(many), 5)), np.zeros(len(chosen), np.bool_)
    place_references(starts, ours, theirs, placed, agreeing)
    for group, (cosine, sine, x, y, count) in zip(names[many].tolist(), placed, strict=True):
        if count >= _LEAST_AGREEING:
            reference, is_mirrored = divmod(group, 2)
            width, height = shrunk(*index.frames[reference, :2].tolist())
            # Features count from the centre of the first pixel, frames from its corner.
            yield _Proposal(
                reference=reference,
                is_mirrored=bool(is_mirrored),
                agreeing=int(count),
                placement=np.array(
                    [
                        [cosine * width, -sine * height, x + 0.5 * (1 - cosine + sine)],
                        [sine * width, cosine * height, y + 0.5 * (1 - sine - cosine)],
                    ]
                ),
            )


def _check(
    proposal: _Proposal, taken: PicturePrint, thumbnail: npt.NDArray[np.uint8], index: CopiesIndex
) -> PictureHit | None:
    """Lay a reference where it is proposed to lie; None when it does not lie there."""
    first, last = index.ends[proposal.reference : proposal.reference + 2]
    reference = open_thumbnail(index.thumbnails[first:last].tobytes())
    if reference is None:
        return None
    picture = np.ascontiguousarray(thumbnail[:, ::-1]) if proposal.is_mirrored else thumbnail
    width, height = shrunk(taken.width, taken.height)
    shares = np.array([[picture.shape[1] / width], [picture.shape[0] / height]])
    agreement = check_placement(picture, reference, proposal.placement * shares)
    needed = _needed(agreement)
    if not _is_supported(proposal, agreement) or agreement.alike < needed:
        return None
    quad = _quad_of(proposal, taken)
    box, share = _box_of(quad, taken)
    return PictureHit(
        reference=index.references[proposal.reference],
        score=_SURE + (1 - _SURE) * (agreement.alike - needed) / (1 - needed),
        how=PictureHow.COPY,
        box=None if share >= _WHOLE else box,
        quad=quad,
        distance_bits=proposal.distance_bits,
    )


def _is_supported(proposal: _Proposal, agreement: Agreement) -> bool:
    if agreement.told >= _FEW_TOLD or proposal.agreeing >= _SUPPORT_FEATURES:
        return agreement.told >= _LEAST_TOLD
    is_near = proposal.distance_bits is not None and agreement.alike >= _SUPPORT_ALIKE
    return is_near and agreement.told >= _LEAST_TOLD


def _needed(agreement: Agreement) -> float:
    """Return the share of blocks that must be alike, by what is seen and how alike they are."""
    hidden = (_SEEN_WHOLE - agreement.seen) / (_SEEN_WHOLE - _SEEN_PART)
    share = _ALIKE_WHOLE + (_ALIKE_PART - _ALIKE_WHOLE) * min(1.0, max(0.0, hidden))
    return min(_MOST_NEEDED, share + _FOR_UNLIKENESS * max(0.0, _LIKENESS - agreement.likeness))


def _quad_of(proposal: _Proposal, taken: PicturePrint) -> Quad:
    """Return the corners of the reference's frame in pixels of the original."""
    width, height = shrunk(taken.width, taken.height)
    corners = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]) @ proposal.placement.T
    if proposal.is_mirrored:
        corners[:, 0] = width - corners[:, 0]
    corners *= [taken.width / width, taken.height / height]
    first, second, third, fourth = (
        (round(float(x), 1), round(float(y), 1)) for x, y in corners.tolist()
    )
    return first, second, third, fourth


def _box_of(quad: Quad, taken: PicturePrint) -> tuple[Box, float]:
    """Return the box of a frame inside the picture, and the share of the picture in the frame."""
    x = np.clip([corner[0] for corner in quad], 0, taken.width)
    y = np.clip([corner[1] for corner in quad], 0, taken.height)
    left, top = int(x.min()), int(y.min())
    right, bottom = int(np.ceil(x.max())), int(np.ceil(y.max()))
    box = Box(x=left, y=top, width=max(1, right - left), height=max(1, bottom - top))
    picture = np.array(
        [[0, 0], [taken.width, 0], [taken.width, taken.height], [0, taken.height]], np.float32
    )
    area, _ = cv2.intersectConvexConvex(np.array(quad, np.float32), picture)
    return box, float(area) / (taken.width * taken.height)


def _without_harmless(hits: Sequence[PictureHit], taken: PicturePrint) -> tuple[PictureHit, ...]:
    whole = Box(x=0, y=0, width=taken.width, height=taken.height)
    harmless = [hit.box or whole for hit in hits if hit.reference.role is ReferenceRole.HARMLESS]
    kept = []
    for hit in hits:
        box = hit.box or whole
        if hit.reference.role is ReferenceRole.HARMLESS:
            if _share_inside(whole, box) >= _COVERS:
                kept.append(hit)
        elif all(_share_inside(box, one) < _COVERS for one in harmless):
            kept.append(hit)
    return tuple(kept)


def _share_inside(box: Box, other: Box) -> float:
    """Return the share of a box that lies inside another."""
    across = min(box.x + box.width, other.x + other.width) - max(box.x, other.x)
    down = min(box.y + box.height, other.y + other.height) - max(box.y, other.y)
    return max(0, across) * max(0, down) / (box.width * box.height)
