"""Official signs in pictures: however drawn, turned and coloured; and what only looks like one."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from domain.pictures import Box, TextLine
from matchers.pictures.rings import Ring, find_rings
from matchers.pictures.seals import SealHit, find_code, find_seals, may_show_seals
from matchers.pictures.signs import SIGNS, fold_words, likeness
from matchers.pictures.text_networks import WordReader, open_reader
from tests.matchers.pictures.lettering import decode, font, letter, scene

GI = ("中华人民共和国地理标志", "GEOGRAPHICAL INDICATION OF P.R.CHINA", "GI")
CODE = "91330106MA2AAAAA15"
RED_ON_GOLD = ("#b81820", "#e6c268")


@pytest.fixture(scope="module")
def reader() -> WordReader:
    return open_reader()


def write_along(
    sheet: Image.Image, text: str, radius: float, height: int, arc: tuple[int, int], ink: str
) -> None:
    """Write along a circle about the middle, from one angle to another in degrees; letters stand
    upright where angles grow, and on their heads, read from within, where they fall."""
    middle, outward = sheet.width / 2, 90 if arc[1] > arc[0] else -90
    for number, character in enumerate(text):
        angle = arc[0] + (arc[1] - arc[0]) * (number + 0.5) / len(text)
        glyph = Image.new("RGBA", (height * 2, height * 2))
        pen = ImageDraw.Draw(glyph)
        pen.text((height, height), character, font=font(height), fill=ink, anchor="mm")
        glyph = glyph.rotate(-angle - outward, resample=Image.Resampling.BICUBIC)
        x = middle + radius * math.cos(math.radians(angle)) - height
        y = middle + radius * math.sin(math.radians(angle)) - height
        sheet.alpha_composite(glyph, (round(x), round(y)))


def draw_seal(
    top: str,
    bottom: str = "",
    middle: str = "",
    *,
    size: int = 240,
    colours: tuple[str, str | None] = RED_ON_GOLD,
    circles: tuple[float, ...] = (0.49, 0.3),
) -> Image.Image:
    """Draw a schematic seal: words along a ring, `circles` at shares of its size; RGBA."""
    ink, ground = colours
    sheet = Image.new("RGBA", (600, 600))
    pen = ImageDraw.Draw(sheet)
    if ground:
        pen.ellipse((6, 6, 594, 594), fill=ground)
    for share in circles:
        reach = share * 600
        box = (300 - reach, 300 - reach, 300 + reach, 300 + reach)
        pen.ellipse(box, outline=ink, width=7)
    write_along(sheet, top, 238, 56, (170, 370), ink)
    write_along(sheet, bottom, 243, 30, (160, 20), ink)
    pen.text((300, 300), middle, font=font(130), fill=ink, anchor="mm")
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def paste(seal: Image.Image, at: tuple[int, int] = (180, 120), seed: int = 11) -> Image.Image:
    image = scene(seed)
    image.paste(seal, at, seal)
    return image


def found_in(image: Image.Image, reader: WordReader, **options: object) -> tuple[SealHit, ...]:
    return find_seals(decode(image, **options), reader=reader)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "seal",
    [
        draw_seal(*GI),
        draw_seal(*GI).rotate(70, resample=Image.Resampling.BICUBIC),
        draw_seal(*GI).rotate(180, resample=Image.Resampling.BICUBIC),
        draw_seal(*GI, size=130),
        draw_seal(*GI, colours=("#ffffff", "#1c3f94")),
        draw_seal(*GI, colours=("#b81820", None), circles=(0.49,)),
        draw_seal(*GI, colours=("#fff4d8", "#b81820"), circles=()),
        draw_seal(*GI).resize((260, 180), Image.Resampling.LANCZOS),
        draw_seal(GI[0], "", "茶"),
    ],
    ids=[
        "as drawn",
        "turned",
        "upside down",
        "small",
        "white on blue",
        "red on nothing",
        "a disc without circles",
        "flat",
        "Chinese only",
    ],
)
def test_the_sign_for_indications_is_found(reader: WordReader, seal: Image.Image) -> None:
    image = paste(seal)
    assert may_show_seals(decode(image))
    (hit,) = found_in(image, reader, form="JPEG", quality=85)
    assert (hit.sign.name, hit.uscc) == ("gi", None)
    assert hit.score > 0.8
    middle = (hit.box.x + hit.box.width / 2, hit.box.y + hit.box.height / 2)
    assert middle == pytest.approx((180 + seal.width / 2, 120 + seal.height / 2), abs=12)
    assert any("地理标志" in line.text for line in hit.lines)
    assert all(line.box == hit.box for line in hit.lines)


def test_the_box_is_in_pixels_of_the_original(reader: WordReader) -> None:
    image = scene(12, (2400, 1800))
    image.paste(seal := draw_seal(*GI, size=600), (1500, 900), seal)
    (hit,) = found_in(image, reader, form="JPEG")
    box = (hit.box.x, hit.box.y, hit.box.width, hit.box.height)
    assert box == pytest.approx((1500, 900, 600, 600), abs=40)


def test_the_code_below_a_seal_is_its_users(reader: WordReader) -> None:
    image = paste(draw_seal(*GI))
    image.paste(code := letter(CODE, 18), (195, 362), code)
    (hit,) = found_in(image, reader)
    assert hit.uscc == CODE
    assert hit.lines[-1].text == CODE, "it is a word of the picture like any other"


@pytest.mark.parametrize(
    ("top", "bottom", "name"),
    [
        (
            "中华人民共和国地理标志保护产品",
            "PEOPLE'S REPUBLIC OF CHINA",
            "gi_product_until_2020",
        ),
        ("中国有机产品", "ORGANIC", "organic"),
        ("农产品地理标志", "AGRO-PRODUCT", "agricultural_gi"),
    ],
)
def test_other_round_signs_are_told_apart(
    reader: WordReader, top: str, bottom: str, name: str
) -> None:
    hits = found_in(paste(draw_seal(top, bottom)), reader)
    assert [hit.sign.name for hit in hits] == [name]


def clock() -> Image.Image:
    sheet = draw_seal("", circles=(0.49, 0.47))
    for number in range(12):
        angle = math.radians(30 * number - 60)
        at = (120 + 92 * math.cos(angle), 120 + 92 * math.sin(angle))
        ImageDraw.Draw(sheet).text(at, str(number + 1), font=font(22), fill="black", anchor="mm")
    return sheet


@pytest.mark.parametrize(
    "image",
    [
        paste(draw_seal("STARLIGHT COFFEE", "ROASTED DAILY", colours=("#ffffff", "#006241"))),
        paste(draw_seal("中华人民共和国国家市场监督管理总局", "", "章", colours=("#c01010", None))),
        paste(
            draw_seal("杭州青鲤商贸有限公司", "3301060012345", "专用", colours=("#c01010", None))
        ),
        paste(draw_seal("国家地理杂志", "NATIONAL GEOGRAPHY")),
        paste(clock()),
        paste(draw_seal("")),
        scene(13),
    ],
    ids=["coffee", "an authority", "a company", "a magazine", "a clock", "a plate", "nothing"],
)
def test_other_round_things_are_no_official_signs(reader: WordReader, image: Image.Image) -> None:
    assert found_in(image, reader) == ()


def test_a_picture_with_nothing_round_is_left_at_once() -> None:
    assert not may_show_seals(decode(Image.new("RGB", (640, 480), "white")))
    boxes = Image.new("RGB", (640, 480), "white")
    for number in range(8):
        at = 30 + 60 * number
        ImageDraw.Draw(boxes).rectangle((at, 40, at + 40, 400), outline="black", width=4)
    assert not may_show_seals(decode(boxes))


@pytest.mark.parametrize("size", [(1, 1), (1, 1024), (1024, 3), (50, 50)])
def test_pictures_of_every_shape_are_looked_at(size: tuple[int, int]) -> None:
    assert find_rings(decode(Image.new("RGB", size, "red")).rgb) == ()


def test_an_ellipse_is_found_where_it_is() -> None:
    image = scene(14)
    ImageDraw.Draw(image).ellipse((200, 100, 420, 260), outline="#101010", width=5)
    ring = min(find_rings(decode(image).rgb), key=lambda one: abs(one.radius - 94))
    assert (ring.x, ring.y) == pytest.approx((310, 180), abs=4)
    assert sorted((ring.across, ring.along)) == pytest.approx([80, 110], abs=5)
    assert isinstance(ring, Ring)


def line(text: str) -> TextLine:
    return TextLine(text=text, box=Box(x=5, y=6, width=70, height=8), confidence=0.9)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中国驰名商标", ["well_known_mark"]),
        ("中華老字號 百年傳承", []),
        ("中华老字号·百年传承", ["time_honoured_brand"]),
        ("经中国绿色食品发展中心许可使用绿色食品标志", ["green_food"]),
        ("奥林匹克同款", ["olympic"]),
        ("Olympic Games 2028", ["olympic"]),
        ("绿色健康食品", []),
        ("百年老字号工艺", []),
        ("国家地理标志产品", []),
        ("Olympus camera", []),
    ],
)
def test_signs_of_plain_words_stand_in_the_words_read(
    reader: WordReader, text: str, names: list[str]
) -> None:
    blank = decode(Image.new("RGB", (64, 64), "white"))
    hits = find_seals(blank, reader=reader, lines=[line(text)])
    assert [hit.sign.name for hit in hits] == names
    assert all(hit.box == line(text).box and hit.lines == (line(text),) for hit in hits)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([CODE], CODE),
        (["统一社会信用代码：91330106 MA2AAAAA15"], CODE),
        (["9I33OI06MA2AAAAAI5"], CODE),
        (["91330106MA2AAAAA16"], None),
        (["GI 地理标志", "1234567890"], None),
        ([], None),
    ],
    ids=["bare", "after its name", "misread letters", "wrong check digit", "no code", "nothing"],
)
def test_a_credit_code_counts_when_its_check_digit_is_right(
    texts: list[str], code: str | None
) -> None:
    assert find_code(texts) == code


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.name for sign in SIGNS])
def test_every_sign_is_like_its_own_words_and_like_no_other(sign: object) -> None:
    for other in SIGNS:
        for phrase in other.phrases:
            alike = likeness(sign, fold_words(phrase.text))  # type: ignore[arg-type]
            assert alike == (1.0 if other is sign else 0.0), phrase.text
