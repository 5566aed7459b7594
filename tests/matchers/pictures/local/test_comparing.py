"""What a drawing and the picture under it share: in which parts, and of which colours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.pictures.local import Template, cut_drawing, frame_of, make_template
from matchers.pictures.local.comparing import compare_colours, compare_parts
from matchers.pictures.local.edges import edges_of
from matchers.pictures.local.template import SOFTEN
from tests.matchers.pictures.marks import Rgb, draw_mark


def template_of(seed: int) -> Template:
    drawing = cut_drawing(draw_mark(seed), None)
    assert drawing is not None
    return make_template(frame_of(drawing))


MARK, OTHER = template_of(9), template_of(16)


def as_drawn(frame: Rgb) -> Rgb:
    return frame


def as_a_negative(frame: Rgb) -> Rgb:
    return np.asarray(255 - frame, np.uint8)


def in_red_on_green(frame: Rgb) -> Rgb:
    share = frame[..., :1] / 255
    return (share * (150, 220, 160) + (1 - share) * (190, 20, 30)).astype(np.uint8)


def a_third_hidden(frame: Rgb) -> Rgb:
    seen = frame.copy()
    seen[: frame.shape[0] * 2 // 5] = (90, 120, 40)
    return seen


def another(frame: Rgb) -> Rgb:
    width = min(frame.shape[1], OTHER.frame.shape[1])
    seen = np.full_like(frame, 255)
    height = min(frame.shape[0], OTHER.frame.shape[0])
    seen[:height, :width] = OTHER.frame[:height, :width]
    return seen


@pytest.mark.parametrize("look", [as_drawn, as_a_negative, in_red_on_green])
def test_the_mark_in_any_colours_agrees_everywhere(look: Callable[[Rgb], Rgb]) -> None:
    seen = look(MARK.frame)
    parts, colours = compare_parts(MARK, edges_of(seen, SOFTEN)), compare_colours(MARK, seen)
    assert parts.agreeing == pytest.approx(1.0)
    assert parts.weak > 0.9
    assert colours.explained > 0.95
    assert colours.left < colours.spread / 4


def test_a_mark_partly_hidden_agrees_in_what_is_seen() -> None:
    hidden = compare_parts(MARK, edges_of(a_third_hidden(MARK.frame), SOFTEN))
    wrong = compare_parts(MARK, edges_of(another(MARK.frame), SOFTEN))
    assert hidden.weak < 0.75
    assert hidden.best > 0.9
    assert hidden.upper > 0.9
    assert wrong.weak < 0.1
    assert wrong.best < 0.5


def test_another_mark_explains_little() -> None:
    assert compare_colours(MARK, another(MARK.frame)).explained < 0.6


def test_grain_is_not_explained() -> None:
    grain = np.random.default_rng(1).integers(0, 255, MARK.frame.shape).astype(np.uint8)
    colours = compare_colours(MARK, grain)
    assert colours.explained < 0.05
    assert colours.left == pytest.approx(colours.spread, rel=0.05)


def a_little_darker(frame: Rgb) -> Rgb:
    return (frame * 0.9).astype(np.uint8)


def in_blue_for_red(frame: Rgb) -> Rgb:
    return np.ascontiguousarray(frame[..., ::-1])


def without_colours(frame: Rgb) -> Rgb:
    return np.repeat(frame.mean(2, keepdims=True), 3, 2).astype(np.uint8)


COLOURED = make_template(in_red_on_green(MARK.frame))


@pytest.mark.parametrize(
    ("look", "own", "hue", "why"),
    [
        (as_drawn, (0.4, 1), (0.9, 1), "its own colours"),
        (a_little_darker, (0.4, 1), (0.9, 1), "less light does not make other colours"),
        (a_third_hidden, (0.1, 0.6), (0.7, 0.95), "what is seen has them"),
        (in_blue_for_red, (0, 0), (0, 0), "other colours do not speak against it"),
        (as_a_negative, (0, 0), (0, 0), "nor do the opposite ones"),
        (without_colours, (0, 0), (0, 0.05), "nor do none"),
    ],
)
def test_a_coloured_mark_is_told_by_its_own_colours(
    look: Callable[[Rgb], Rgb], own: tuple[float, float], hue: tuple[float, float], why: str
) -> None:
    colours = compare_colours(COLOURED, look(COLOURED.frame))
    assert own[0] <= colours.own <= own[1], why
    assert hue[0] <= colours.hue <= hue[1], why


@pytest.mark.parametrize("look", [as_drawn, as_a_negative, in_red_on_green, a_third_hidden])
def test_a_black_mark_has_no_colours_of_its_own(look: Callable[[Rgb], Rgb]) -> None:
    colours = compare_colours(MARK, look(MARK.frame))
    assert (colours.own, colours.hue) == (0, pytest.approx(0, abs=1e-6))


@given(level=st.integers(0, 255))
def test_one_colour_is_worth_nothing(level: int) -> None:
    flat = np.full_like(MARK.frame, level)
    colours, parts = compare_colours(MARK, flat), compare_parts(MARK, edges_of(flat, SOFTEN))
    assert colours.spread == pytest.approx(0.01, abs=0.002)  # what keeps the share from 0/0
    assert colours.apart == pytest.approx(0, abs=1e-3)
    assert (parts.agreeing, parts.best) == (0, pytest.approx(0))


def test_a_crop_that_is_all_of_one_colour_compares() -> None:
    bare = make_template(np.full((60, 60, 3), 200, np.uint8))
    colours = compare_colours(bare, draw_mark(9)[60:120, 60:120])
    assert (colours.apart, colours.ink_spread) == (0, 0)
    assert colours.explained == pytest.approx(0, abs=0.01)
