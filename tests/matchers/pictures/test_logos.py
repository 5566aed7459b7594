"""Marks of a register in scenes: which, where, how sure; saved, opened and added to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from domain.common import RefusedInput, RightId, digest
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.evidence import (
    CloseEvidence,
    Evidence,
    TintEvidence,
    chance_of,
    close_chance_of,
    close_terms_of,
    tint_chance_of,
)
from matchers.pictures.evidence_points import POINTS
from matchers.pictures.learned.networks import EMBEDDING
from matchers.pictures.local.comparing import Colours, Parts
from matchers.pictures.logos import (
    FROM,
    LogoFeatures,
    LogoIndex,
    describe_logo,
    find_logos,
    hit_from,
    index_logos,
)
from tests.matchers.pictures.marks import draw_mark, lay, picture_of, wall

MARKS = range(30)


def reference_of(seed: int) -> ReferencePicture:
    return ReferencePicture(
        right_id=RightId(f"R{seed}"),
        role=ReferenceRole.LOGO,
        name=f"{seed}.png",
        sha256=digest(str(seed).encode()),
        media_type="image/png",
        phash="0" * 16,
    )


@pytest.fixture(scope="module")
def described() -> list[tuple[ReferencePicture, LogoFeatures]]:
    return [
        (reference_of(seed), describe_logo(picture_of(draw_mark(seed)), ReferenceRole.LOGO))
        for seed in MARKS
    ]


@pytest.fixture(scope="module")
def index(described: list[tuple[ReferencePicture, LogoFeatures]]) -> LogoIndex:
    return index_logos(described)


SHOWN = {
    "on a label": {"side": 150},
    "small": {"side": 60},
    "light on dark": {"side": 120, "ink": (250, 250, 250), "plate": (30, 20, 60)},
    "recoloured": {"side": 120, "ink": (180, 20, 90), "plate": (230, 240, 170)},
    "turned": {"side": 150, "turn": 17.0},
}


@pytest.mark.parametrize("way", SHOWN)
def test_a_mark_is_found_where_it_stands(way: str, index: LogoIndex) -> None:
    found = 0
    for seed in (2, 9, 16, 23):
        scene, box = lay(wall(640, 480, seed=seed), draw_mark(seed), at=(260, 190), **SHOWN[way])
        hits = find_logos(picture_of(scene), index)
        if hits and hits[0].reference.right_id == f"R{seed}" and hits[0].score > FROM:
            found += 1
            seen = hits[0].box
            assert seen is not None
            middle = (seen.x + seen.width / 2, seen.y + seen.height / 2)
            assert box[0] < middle[0] < box[2]
            assert box[1] < middle[1] < box[3]
    assert found >= 3


def test_few_marks_of_others_are_hits(index: LogoIndex) -> None:
    """All are made of the same discs, bars and corners, so they look alike more than marks do."""
    wrong = 0
    for seed in range(101, 125):
        scene, _ = lay(wall(640, 480, seed=seed), draw_mark(seed), side=140, at=(300, 200))
        wrong += any(hit.score > FROM for hit in find_logos(picture_of(scene), index))
    assert wrong <= 4


def test_a_register_of_one_mark_does_not_take_every_mark_for_it(
    described: list[tuple[ReferencePicture, LogoFeatures]],
) -> None:
    alone = index_logos(described[4:5])
    for seed in (101, 102, 103):
        scene, _ = lay(wall(640, 480, seed=seed), draw_mark(seed), side=140, at=(300, 200))
        assert all(hit.score < FROM for hit in find_logos(picture_of(scene), alone))


def test_an_index_opened_from_arrays_or_added_to_answers_like_one_made_at_once(
    described: list[tuple[ReferencePicture, LogoFeatures]], index: LogoIndex
) -> None:
    references = [reference for reference, _ in described]
    opened = LogoIndex.from_arrays(references, index.to_arrays(), "here")
    grown = index_logos(described[:20])
    grown.add(described[20:])
    scene, _ = lay(wall(640, 480, seed=5), draw_mark(25), side=150, at=(260, 190))
    expected = find_logos(picture_of(scene), index)
    assert expected[0].reference.right_id == "R25"
    # Sums of floats differ in their last digits with the alignment of arrays in memory.
    for other in (opened, grown):
        found = find_logos(picture_of(scene), other)
        assert [hit.reference for hit in found] == [hit.reference for hit in expected]
        assert found[0].box == expected[0].box
        assert found[0].score == pytest.approx(expected[0].score, abs=0.01)


def test_no_register_and_blank_references_find_nothing() -> None:
    scene, _ = lay(wall(640, 480, seed=5), draw_mark(25), side=150, at=(260, 190))
    assert find_logos(picture_of(scene), index_logos([])) == ()
    blank = describe_logo(picture_of(np.full((60, 60, 3), 255, np.uint8)), ReferenceRole.LOGO)
    assert (blank.local, blank.vector) == (None, None)
    assert find_logos(picture_of(scene), index_logos([(reference_of(1), blank)])) == ()


@pytest.mark.parametrize("broken", ["vectors", "vectors_of", "counts"])
def test_arrays_that_do_not_fit_are_refused(broken: str, index: LogoIndex) -> None:
    arrays = index.to_arrays()
    arrays[broken] = arrays[broken][:-1] if broken != "vectors" else np.zeros((3, EMBEDDING - 1))
    with pytest.raises(RefusedInput, match="here"):
        LogoIndex.from_arrays(index.references, arrays, "here")


STRONG = Evidence(
    correlation=0.95,
    likeness=0.9,
    lead=0.2,
    inliers=15,
    keypoints=40,
    complexity=7.0,
    is_drawing=True,
)


@pytest.mark.parametrize(
    ("weaker", "why"),
    [
        ({"correlation": 0.4}, "its edges do not lie on the picture's"),
        ({"likeness": 0.3, "lead": -0.3}, "strangers are more like it"),
        ({"correlation": 0.6, "likeness": 0.5, "lead": -0.1, "inliers": 0}, "nothing is strong"),
    ],
)
def test_weaker_evidence_is_worth_less(weaker: dict[str, float], why: str) -> None:
    assert 0 < chance_of(replace(STRONG, **weaker)) < 0.6 < 0.95 < chance_of(STRONG) < 1, why


CLOSE = CloseEvidence(
    first=STRONG,
    correlation=0.96,
    parts=Parts(agreeing=1.0, weak=0.9, lower=0.95, upper=0.98, best=0.98),
    colours=Colours(
        explained=0.95,
        explained_by_ink=0.9,
        spread=0.4,
        left=0.09,
        apart=0.6,
        ink_spread=0.1,
        ground_spread=0.1,
        own=0.0,
        hue=0.0,
    ),
    area=9000,
    rival=0.4,
)
WEAK = replace(CLOSE, correlation=0.7, area=900)
EVERYWHERE_A_LITTLE = Parts(agreeing=0.4, weak=0.2, lower=0.4, upper=0.7, best=0.7)
A_THIRD_HIDDEN = Parts(agreeing=0.8, weak=0.1, lower=0.8, upper=0.98, best=0.97)


def test_more_is_asked_of_a_place_where_there_are_more_marks_to_take_it_for() -> None:
    few, usual, many, most = map(hit_from, (0, 5_773, 100_000, 1_000_000))
    assert few == usual == pytest.approx(FROM)
    assert FROM < many < most < 1


def test_a_mark_in_its_own_colours_is_worth_more() -> None:
    own = replace(WEAK, colours=replace(WEAK.colours, own=0.9, hue=0.9))
    assert close_chance_of(WEAK) < close_chance_of(own)


@pytest.mark.parametrize(
    ("weaker", "why"),
    [
        ({"correlation": 0.6, "parts": EVERYWHERE_A_LITTLE}, "its edges are a little like any"),
        ({"rival": 0.99, "correlation": 0.7}, "another mark lies better"),
        (
            {"first": replace(STRONG, lead=-0.2, keypoints=3), "correlation": 0.7},
            "a plain shape, and strangers are more like it",
        ),
    ],
)
def test_a_closer_look_at_weaker_evidence_is_worth_less(
    weaker: dict[str, object], why: str
) -> None:
    assert 0 < close_chance_of(replace(CLOSE, **weaker)) < FROM < close_chance_of(CLOSE) < 1, why


def test_a_mark_with_a_part_hidden_is_worth_more_than_one_that_is_alike_all_over() -> None:
    hidden = replace(CLOSE, correlation=0.75, parts=A_THIRD_HIDDEN)
    alike = replace(CLOSE, correlation=0.75, parts=EVERYWHERE_A_LITTLE)
    assert close_chance_of(hidden) > close_chance_of(alike)


def test_every_measurement_of_a_closer_look_has_points() -> None:
    assert close_terms_of(CLOSE).keys() == POINTS.keys()
    for at, points in POINTS.values():
        assert len(at) == len(points)
        assert list(at) == sorted(set(at))


TINTED = TintEvidence(
    first=replace(STRONG, lead=0.15, inliers=9),
    close=replace(CLOSE, correlation=0.6, area=40_000),
    correlation=0.92,
    parts=CLOSE.parts,
    rival=0.4,
)


@pytest.mark.parametrize(
    ("weaker", "why"),
    [
        ({"correlation": 0.5}, "its edges lie no better without the light"),
        ({"close": replace(WEAK, correlation=0.6)}, "the closer look found little"),
        ({"first": replace(STRONG, likeness=0.4, lead=-0.3, inliers=0)}, "it is like strangers"),
        ({"parts": EVERYWHERE_A_LITTLE}, "no part agrees well"),
        ({"rival": 0.99}, "another mark lies better"),
    ],
)
def test_a_look_without_light_at_weaker_evidence_is_worth_less(
    weaker: dict[str, object], why: str
) -> None:
    assert 0 < tint_chance_of(replace(TINTED, **weaker)) < tint_chance_of(TINTED) < 1, why


def test_edges_that_lie_well_in_one_of_two_ways_are_worth_as_much() -> None:
    with_it = replace(TINTED, correlation=0.6, close=replace(TINTED.close, correlation=0.92))
    without = replace(TINTED, close=replace(with_it.close, correlation=0.92), correlation=0.6)
    assert tint_chance_of(with_it) == tint_chance_of(without)
