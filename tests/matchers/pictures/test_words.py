"""Words in pictures: what is read, where it stands, and what is no word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from domain.common import Sha256
from domain.pictures import Box, PictureText, TextLine
from matchers.pictures.lines import MAX_LINES, FoundLine, find_lines
from matchers.pictures.text_networks import WordReader, open_reader
from matchers.pictures.words import (
    boxes_of,
    needs_words,
    read_strips,
    read_words,
    reader_name,
    text_of,
)
from tests.matchers.pictures.lettering import decode, font, letter, scene


@pytest.fixture(scope="module")
def reader() -> WordReader:
    return open_reader()


def words_of(*lines: TextLine) -> PictureText:
    return PictureText(sha256=Sha256("0" * 64), lines=lines, reader="r")


def line(text: str, x: int, y: int, width: int, height: int = 20) -> TextLine:
    box = Box(x=x, y=y, width=width, height=height)
    return TextLine(text=text, box=box, confidence=0.9)


@pytest.mark.parametrize(
    ("text", "height", "ink", "turn"),
    [
        ("正品保证假一赔十", 36, "white", 0),
        ("限时特价199元", 60, "#e01010", 0),
        ("加微信wx_gaofang88", 24, "black", 0),
        ("电话13857112233", 20, "#ffe000", 0),
        ("专利号ZL201930123456.7", 26, "white", 0),
        ("Original Factory Outlet", 30, "black", 0),
        ("退货地址：杭州市余杭区良渚街道15号", 22, "white", 8),
        ("官方旗舰店", 40, "white", -12),
        ("厂家直销一件代发", 32, "black", 180),
        ("明前特级西湖龙井", 32, "black", 90),
    ],
    ids=[
        "sale text",
        "large",
        "WeChat id",
        "small",
        "patent number",
        "English",
        "tilted left",
        "tilted right",
        "upside down",
        "on its side",
    ],
)
def test_a_line_over_a_scene_is_read(
    reader: WordReader, text: str, height: int, ink: str, turn: int
) -> None:
    image, written = scene(1), letter(text, height, ink)
    written = written.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(written, (60, 40), written)
    decoded = decode(image, "JPEG", quality=80)
    assert needs_words(decoded, reader=reader)
    lines = read_words(decoded, reader=reader)
    assert [one.text.replace(" ", "") for one in lines] == [text.replace(" ", "")]
    assert lines[0].confidence > 0.8


def test_a_column_is_read_from_top_to_bottom(reader: WordReader) -> None:
    image = scene(2)
    pen = ImageDraw.Draw(image)
    for number, character in enumerate("阳澄湖大闸蟹"):
        pen.text((300, 30 + 52 * number), character, font=font(46), fill="black")
    assert [one.text for one in read_words(decode(image), reader=reader)] == ["阳澄湖大闸蟹"]


def test_lines_stand_in_reading_order(reader: WordReader) -> None:
    image = scene(3)
    for text, at in (("第三行", (40, 330)), ("左边", (40, 130)), ("右边", (400, 136))):
        image.paste(written := letter(text, 40), at, written)
    lines = read_words(decode(image), reader=reader)
    assert [one.text for one in lines] == ["左边", "右边", "第三行"]


def test_boxes_are_in_pixels_of_the_original(reader: WordReader) -> None:
    image = scene(4, (2400, 1800))
    image.paste(written := letter("假一赔十", 160), (1200, 900), written)
    decoded = decode(image, "JPEG")
    assert decoded.rgb.shape[1] == 1024
    (read,) = read_words(decoded, reader=reader)
    left, top, right, bottom = written.getbbox()  # type: ignore[misc]
    drawn = (1200 + left, 900 + top, right - left, bottom - top)
    box = (read.box.x, read.box.y, read.box.width, read.box.height)
    assert box == pytest.approx(drawn, abs=80), "a fifth of its height around it"


def stripes() -> Image.Image:
    rows = (np.indices((480, 640))[1] // 9 % 2 * 255).astype(np.uint8)
    return Image.fromarray(rows).convert("RGB")


def rings() -> Image.Image:
    image = Image.new("RGB", (640, 480), "white")
    for reach in range(20, 200, 14):
        box = (320 - reach, 240 - reach, 320 + reach, 240 + reach)
        ImageDraw.Draw(image).ellipse(box, outline="black", width=5)
    return image


@pytest.mark.parametrize(
    "image",
    [Image.new("RGB", (640, 480), "#b0b8c0"), Image.linear_gradient("L").convert("RGB"), scene(5)],
    ids=["nothing", "a gradient", "soft patches"],
)
def test_a_picture_without_words_is_left_after_a_glance(
    reader: WordReader, image: Image.Image
) -> None:
    assert not needs_words(decode(image), reader=reader)


@pytest.mark.parametrize("image", [stripes(), rings(), scene(6)], ids=["stripes", "rings", "scene"])
def test_patterns_are_no_words(reader: WordReader, image: Image.Image) -> None:
    assert read_words(decode(image), reader=reader) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 1024), (1024, 2), (33, 31)])
def test_pictures_of_every_shape_are_looked_at(reader: WordReader, size: tuple[int, int]) -> None:
    decoded = decode(Image.new("RGB", size, "white"))
    assert not needs_words(decoded, reader=reader)
    assert read_words(decoded, reader=reader) == ()


def test_a_map_full_of_specks_gives_the_largest_lines_only() -> None:
    text_map = np.zeros((800, 800), dtype=np.float32)
    for number in range(400):
        y, x = divmod(number, 20)
        text_map[40 * y : 40 * y + 4 + number // 20, 40 * x : 40 * x + 30] = 1.0
    found = find_lines(text_map, (800, 800))
    assert len(found) == MAX_LINES
    assert min(float(np.ptp(one.corners[:, 1])) for one in found) > 20, "the lowest are left out"


def test_strips_are_read_until_their_budget_is_spent(reader: WordReader) -> None:
    rgb = np.full((64, 1024, 3), 255, dtype=np.uint8)
    corners = np.array([[0, 0], [1000, 0], [1000, 20], [0, 20]], dtype=np.float32)
    lines = [FoundLine(corners=corners, score=1.0)] * MAX_LINES
    read = list(read_strips(rgb, lines, reader))
    assert len(read) == 8, "fifteen of the longest strips, of which most are read both ways up"


def test_the_reader_tells_its_version(reader: WordReader) -> None:
    assert reader_name(reader).startswith("words-1 (PP-OCRv6-small rapidocr-")


ROWS = words_of(
    line("电话", 10, 10, 50),
    line("13857112233", 70, 12, 120),
    line("另一栏", 600, 10, 60),
    line("微信", 10, 60, 50),
)


def test_pieces_of_a_row_are_joined_by_a_space_and_columns_by_a_line_end() -> None:
    assert text_of(ROWS) == "电话 13857112233\n另一栏\n微信"
    assert text_of(words_of()) == ""


@pytest.mark.parametrize(
    ("stretch", "boxes"),
    [("电话", [0]), ("13857112233", [1]), ("话 138", [0, 1]), ("\n", []), ("另一栏\n微", [2, 3])],
)
def test_a_stretch_of_the_text_tells_its_boxes(stretch: str, boxes: list[int]) -> None:
    start = text_of(ROWS).index(stretch)
    found = boxes_of(ROWS, start, start + len(stretch))
    assert found == tuple(ROWS.lines[number].box for number in boxes)


@given(
    st.lists(
        st.builds(
            line,
            st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
            st.integers(0, 500),
            st.integers(0, 500),
            st.integers(1, 300),
            st.integers(1, 60),
        ),
        max_size=8,
    )
)
def test_every_character_of_a_line_leads_back_to_its_box(lines: list[TextLine]) -> None:
    words, at = words_of(*lines), 0
    text = text_of(words)
    for one in lines:
        at += 0 if one is lines[0] else 1
        assert text[at : at + len(one.text)] == one.text
        assert boxes_of(words, at, at + 1) == (one.box,)
        at += len(one.text)
    assert at == len(text)
