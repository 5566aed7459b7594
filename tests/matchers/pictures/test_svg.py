"""Drawings: what is drawn, what is left out, and what is refused before it costs anything."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.common import UnreadablePicture
from matchers.pictures.decode import DecodedPicture, decode_picture

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 50"'
)
BOX = '<rect width="50" height="50" fill="#c00"/>'


def draw(inside: str, head: str = HEAD, before: str = "") -> DecodedPicture:
    return decode_picture(f"{before}{head}>{inside}</svg>".encode(), "logo.svg", longest=200)


def red(decoded: DecodedPicture) -> float:
    """Return the share of the drawing that is red."""
    return float((np.abs(decoded.rgb.astype(int) - (204, 0, 0)).max(axis=2) < 10).mean())


def png(image: Image.Image) -> str:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def test_a_drawing_has_the_size_of_its_view_box_and_tells_what_is_transparent() -> None:
    decoded = draw(BOX)
    assert decoded.rgb.shape == (100, 200, 3)
    assert (decoded.width, decoded.height, decoded.scale) == (1024, 512, 5.12)
    assert decoded.media_type == "image/svg+xml"
    assert decoded.alpha is not None
    assert decoded.alpha[50, 50] == 255
    assert decoded.alpha[50, 150] == 0
    assert decoded.rgb[50, 150].tolist() == [255, 255, 255]


@pytest.mark.parametrize(
    ("inside", "share"),
    [
        (BOX, 0.5),
        ('<g transform="translate(50)">' + BOX + "</g>", 0.5),
        ('<path d="M0 0h50v50H0z" style="fill:#c00"/>', 0.5),
        ('<style>.a{fill:#c00}</style><rect class="a" width="50" height="50"/>', 0.5),
        ('<defs><g id="a">' + BOX + '</g></defs><use xlink:href="#a"/>', 0.5),
        ('<defs><g id="a">' + BOX + '</g></defs><use href="#a" x="50"/>', 0.5),
        ('<clipPath id="c"><rect width="25" height="50"/></clipPath>'
         '<g clip-path="url(#c)">' + BOX + "</g>", 0.25),
        ('<linearGradient id="g"><stop stop-color="#c00"/></linearGradient>'
         '<rect width="50" height="50" fill="url(#g)"/>', 0.5),
        (f'<image width="50" height="50" href="{png(Image.new("RGB", (9, 9), (204, 0, 0)))}"/>',
         0.5),
        ("<a xlink:href='http://shop.example/'>" + BOX + "</a>", 0.5),
        # A shadow is left out, and not the shape that has one.
        ('<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
         '<rect width="50" height="50" fill="#c00" filter="url(#f)"/>', 0.5),
        ('<rect width="50" height="50" fill="#c00" style="filter:url(#f);opacity:1"/>', 0.5),
        ("<script>alert(1)</script>" + BOX, 0.5),
        (BOX.replace("/>", ' onclick="steal()"/>'), 0.5),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>" + BOX, 0.5),
        ("<animate attributeName='fill'/>" + BOX, 0.5),
    ],
)  # fmt: skip
def test_what_is_a_drawing_is_drawn(inside: str, share: float) -> None:
    assert red(draw(inside)) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    "head",
    [
        HEAD + ' width="100%" height="100%"',
        HEAD.replace("0 0 100 50", "0,0,100,50"),
        HEAD.replace('viewBox="0 0 100 50"', 'width="100" height="50px"'),
        HEAD.replace('viewBox="0 0 100 50"', 'width="10cm" height="50mm" viewBox="0 0 100 50"'),
    ],
)
def test_sizes_are_read_in_every_way_they_are_written(head: str) -> None:
    decoded = draw(BOX, head)
    assert decoded.rgb.shape == (100, 200, 3)
    assert red(decoded) == pytest.approx(0.5, abs=0.02)


def test_entities_that_old_drawing_programs_write_are_put_in() -> None:
    before = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" \
"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY colour "#c00">]>'
    assert red(draw(BOX.replace("#c00", "&colour;"), before=before)) == pytest.approx(0.5, abs=0.02)


def test_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (9, 9), (204, 0, 0)).save(secret)
    for address in (str(secret), secret.as_uri(), "secret.png"):
        assert red(draw(f'<image width="50" height="50" href="{address}"/>')) == 0
    entity = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(UnreadablePicture):
        draw("<g>&a;</g>", before=entity)


def nested(element: str, number: int, times: int) -> str:
    """Return references to references: `times` to the power of `number` shapes."""
    name, asks = {
        "use": ("g", '<use xlink:href="#a{0}"/>'),
        "pattern": ("pattern", '<rect width="9" height="9" fill="url(#a{0})"/>'),
        "mask": ("mask", '<rect width="9" height="9" mask="url(#a{0})"/>'),
        "css": ("pattern", '<rect width="9" height="9" class="c{0}"/>'),
    }[element]
    parts = [f'<{name} id="a0">{BOX}</{name}>']
    for at in range(1, number):
        parts.append(f'<{name} id="a{at}">{asks.format(at - 1) * times}</{name}>')
    rules = "".join(f".c{at}{{fill:url(#a{at})}}" for at in range(number))
    return f"<style>{rules}</style><defs>{''.join(parts)}</defs>{asks.format(number - 1)}"


ENTITIES = "<!DOCTYPE svg [<!ENTITY a0 'aaaaaaaaaaaaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12)
)


@pytest.mark.parametrize(
    ("inside", "before", "got"),
    [
        (nested("use", 10, 10), "", "shapes, references followed"),
        (nested("pattern", 10, 10), "", "shapes, references followed"),
        (nested("mask", 10, 10), "", "shapes, references followed"),
        (nested("css", 10, 10), "", "shapes, references followed"),
        (nested("use", 200, 1), "", "levels of references"),
        ("<g>" * 60 + "</g>" * 60, "", "levels of elements"),
        ("<g>" * 5000 + "</g>" * 5000, "", "damaged"),
        ("<g/>" * 10_001, "", "elements"),
        ('<g opacity=".5"/>' * 3000, "", "shapes"),
        (f'<path d="M0 0{"L9 9" * 600_000}"/>', "", "bytes of SVG"),
        (f'<image href="{png(Image.new("1", (9, 9)))}"/>' * 5, "", "pictures inside"),
        ("<g id='&a11;'/>", ENTITIES + "]>", "damaged"),
        (BOX[:-2], "", "damaged"),
        # A tile of any size is a canvas of that size, and a huge stroke fills the memory.
        ('<pattern id="p" width="90000" height="90000" patternUnits="userSpaceOnUse">' + BOX
         + '</pattern><rect width="99" height="99" fill="url(#p)"/>', "", "asks for too much"),
    ],
    ids=lambda value: str(value)[-30:],
)  # fmt: skip
def test_bombs_are_refused(inside: str, before: str, got: str) -> None:
    with pytest.raises(UnreadablePicture) as refusal:
        draw(inside, before=before)
    assert got in str(refusal.value)
    assert refusal.value.where == "logo.svg"


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use xlink:href="#a"/></g>' + BOX,
        '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask>' + BOX,
        '<linearGradient id="g" xlink:href="#h"/><linearGradient id="h" xlink:href="#g"/>' + BOX,
    ],
)
def test_references_in_a_circle_do_no_harm(inside: str) -> None:
    assert red(draw(inside)) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("head", "got"),
    [
        (HEAD.replace("0 0 100 50", "0 0 0 50"), "neither"),
        (HEAD.replace("0 0 100 50", "0 0 1e99 50"), "neither"),
        (HEAD.replace("0 0 100 50", "0 0 9000 1"), "9000×1"),
    ],
)
def test_drawings_without_a_sensible_size_are_refused(head: str, got: str) -> None:
    with pytest.raises(UnreadablePicture, match=got):
        draw(BOX, head)


def test_pages_that_hold_a_drawing_are_no_drawing() -> None:
    for data in (b"<!doctype html><html><body><svg/></body></html>", b"<rss><svg/></rss>"):
        with pytest.raises(UnreadablePicture):
            decode_picture(data, "x")


def test_changed_drawings_end_in_pixels_or_a_refusal() -> None:
    chance = random.Random(7)
    whole = f"{HEAD}>{nested('use', 3, 2)}{nested('mask', 2, 2)}<path d='M1 1L9 40z'/></svg>"
    for _ in range(60):
        data = bytearray(whole.encode())
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(32, 127)
        try:
            assert max(decode_picture(bytes(data), "x", longest=64).rgb.shape) <= 64
        except UnreadablePicture:
            continue
