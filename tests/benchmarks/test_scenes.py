"""Scenes are what they say: the same again from one seed, the mark inside its box, halves apart."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.pictures.distractors import (
    drawn_once,
    holding_none,
    named_after,
    shapes,
    signatures,
    unlike,
)
from benchmarks.pictures.icons import Drawing
from benchmarks.pictures.photos import SHOW_MARKS, Backgrounds, photo_paths
from benchmarks.pictures.rendering import has_tones, render
from benchmarks.pictures.scenes import CLASSES, make_scene, make_set


def drawing(slug: str, body: str, owner: str | None = None) -> Drawing:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">{body}</svg>'
    return Drawing(slug=slug, owner=owner or slug, title=slug, svg=svg)


ARROW = drawing("arrow", '<path fill="#d00" d="M10 20H60V5L95 30L60 55V40H10z"/>')
RING = drawing(
    "ring", '<circle cx="50" cy="30" r="22" stroke="#00c" stroke-width="9" fill="none"/>'
)
BOXED = drawing(
    "boxed", '<path fill="#06c" d="M20 0H80V60H20z"/><path fill="#fff" d="M30 40L50 10L70 40z"/>'
)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "pictures" / "photos").mkdir(parents=True)
    random = np.random.default_rng(3)
    for name in ("clothing_000", "clothing_001", "clothing_083", "grocery_000", "grocery_001"):
        coarse = random.integers(90, 166, (16, 12, 3), np.uint8)
        photo = cv2.resize(coarse, (400, 533), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(folder / "pictures" / "photos" / f"{name}.jpg"), photo)
    return folder


def test_photos_fall_into_halves_by_number(photos: Path) -> None:
    tuning, tested = photo_paths(photos, tested=False), photo_paths(photos, tested=True)
    assert [path.stem for path in tuning] == ["clothing_000", "grocery_000"]
    # clothing_083 is odd, but shows a mark of the register.
    assert "clothing_083" in SHOW_MARKS
    assert [path.stem for path in tested] == ["clothing_001", "grocery_001"]


def test_drawings_of_one_owner_fall_into_one_half() -> None:
    names = [f"brand{number}" for number in range(60)]
    halves = [drawing(name, "", owner=name).tested for name in names]
    assert halves == [drawing(f"logos--{name}-icon", "", owner=name).tested for name in names]
    assert 15 < sum(halves) < 45


def test_one_seed_gives_the_same_pictures_again(photos: Path) -> None:
    def make(seed: int) -> list[bytes]:
        scenes = make_set(
            seed,
            Backgrounds(photo_paths(photos, tested=False)),
            [ARROW, RING, BOXED],
            [RING],
            [ARROW],
            a_class=1,
            without=4,
        )
        assert [scene.kind for scene in scenes] == [*CLASSES, *["none"] * 4]
        assert [scene.mark is None for scene in scenes] == [False] * len(CLASSES) + [True] * 4
        return [scene.jpeg for scene in scenes]

    first = make(1)
    assert make(1) == first
    assert not set(make(2)) & set(first)


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("mark", [ARROW, BOXED], ids=lambda mark: mark.slug)
def test_box_holds_the_mark(photos: Path, kind: str, mark: Drawing) -> None:
    """What the mark changes of the picture lies in the box and the plate round it, and fills it."""
    backgrounds = Backgrounds(photo_paths(photos, tested=False)[:1])
    scene = make_scene(backgrounds, mark, kind, np.random.default_rng([9, 1]))
    bare = backgrounds.draw(np.random.default_rng([9, 1]))
    seen = cv2.imdecode(np.frombuffer(scene.jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
    height, width = seen.shape[:2]
    assert scene.size == (width, height)
    bare = cv2.resize(bare, (width, height), interpolation=cv2.INTER_AREA)
    changed = np.abs(seen.astype(int) - bare).max(2) > 30
    assert scene.box is not None
    x, y, w, h = scene.box
    assert 0 <= x < x + w <= width
    assert 0 <= y < y + h <= height
    inside = changed[y : y + h, x : x + w]
    assert inside.mean() > 0.15
    if kind not in ("text", "occl"):
        reach = round(0.5 * max(w, h))  # the plate's margin, turned
        left, top = max(0, x - reach), max(0, y - reach)
        around = changed[top : y + h + reach, left : x + w + reach].sum()
        assert around > 0.9 * changed.sum() or changed.mean() < 0.05


def test_part_of_the_frame_is_as_the_class_says(photos: Path) -> None:
    backgrounds = Backgrounds(photo_paths(photos, tested=False))
    for kind, low, high in (("s5", 0.05, 0.07), ("s10", 0.08, 0.12), ("clean", 0.3, 0.6)):
        for seed in range(2):
            scene = make_scene(backgrounds, ARROW, kind, np.random.default_rng(seed))
            assert scene.box is not None
            part = max(scene.box[2:]) / max(scene.size)
            assert low * 0.9 - 0.004 < part < high * 1.15 + 0.004


def test_tones_inside_a_mark_are_seen() -> None:
    assert has_tones(render(BOXED.svg, 100))
    assert not has_tones(render(ARROW.svg, 100))


def test_a_drawing_is_trimmed_to_what_shows() -> None:
    height, width = render(ARROW.svg, 200).shape[:2]
    assert abs(width - 170) <= 2
    assert abs(height - 100) <= 2
    with pytest.raises(ValueError, match="something shows"):
        render(drawing("empty", "").svg, 100)


def test_icons_like_a_mark_are_left_out() -> None:
    light = drawing("light", '<path fill="#fff" d="M10 20H60V5L95 30L60 55V40H10z"/>')
    large = drawing("large", '<path d="M11 20H60V6L94 30L60 54V40H11z"/>')
    bars = drawing("bars", '<path d="M20 5h10v50h-10zM45 5h10v50h-10zM70 5h10v50h-10z"/>')
    named = drawing("arrow-circle", '<circle cx="50" cy="30" r="8"/>')
    _, marks = signatures([ARROW])
    icons, rows = signatures([light, large, bars, named])
    left = [icons[at].slug for at in unlike(icons, rows, marks, frozenset({"arrow"}))]
    assert left == ["bars"]


def test_an_icon_holds_a_drawing_whole_or_as_a_piece_of_either() -> None:
    badge = '<circle cx="85" cy="52" r="5"/>'
    arrow = '<path d="M10 20H60V5L95 30L60 45V40H10z"/>'
    beside = drawing("beside", arrow + badge)
    bars = drawing("bars", '<path d="M20 5h10v50h-10zM45 5h10v50h-10zM70 5h10v50h-10z"/>')
    assert len(shapes(beside)) == 2
    assert len(shapes(drawing("empty", ""))) == 0
    alone = drawing("alone", arrow)
    icons = [shapes(icon) for icon in (beside, alone, RING, bars)]
    assert holding_none(icons, shapes(alone)) == [2, 3]  # the arrow stands in the first
    assert holding_none(icons, shapes(beside)) == [2, 3]  # the second is a piece of the mark


def test_equal_drawings_are_kept_once() -> None:
    _, rows = signatures([ARROW, RING, ARROW, BOXED, RING])
    assert drawn_once(rows) == [0, 1, 3]


@pytest.mark.parametrize(
    ("name", "brand", "why"),
    [
        ("github", True, "the brand"),
        ("github-circle", True, "the brand and a word"),
        ("visual-studio-code", True, "a brand of several words"),
        ("hub", False, "part of a brand's name"),
        ("circle-github", False, "only the beginning is compared: much begins with common words"),
    ],
)
def test_names_of_brands(name: str, brand: bool, why: str) -> None:
    assert named_after(name, frozenset({"github", "visualstudiocode"})) is brand, why
