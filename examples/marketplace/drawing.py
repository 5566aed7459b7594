"""Simple drawings of goods: the pictures of the shops and the photos of the register.

A drawing depends on its name alone, so every run of the shops shows the same pictures.
"""

from __future__ import annotations

import colorsys
import hashlib
import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFilter

SIZE = 480
"""Width and height of every picture, pixels."""

_CELLS, _BEND = 4, 26
"""How a drawing is bent: the nodes of so many cells a side are moved by so many pixels at most."""

Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw


def draw_product(product: str, name: str) -> Image.Image:
    """Draw a product (RGB, 480×480) in an outline, colours, place and surroundings of its name."""
    chance = random.Random(hashlib.sha256(name.encode()).digest())
    picture = _surroundings(chance)
    layer = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    body, trim = _strong_colour(chance), _strong_colour(chance)
    _SHAPES[product](ImageDraw.Draw(layer), body, trim)
    layer = _reshaped(layer, random.Random(hashlib.sha256(b"cut" + name.encode()).digest()))
    layer = layer.rotate(chance.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    scale = chance.uniform(0.62, 0.98)
    small = layer.resize((int(SIZE * scale), int(SIZE * scale)), Image.Resampling.LANCZOS)
    room = SIZE - small.width
    place = (chance.randint(0, room), chance.randint(0, room))
    picture.paste(small, place, small)
    return picture


def add_logo(picture: Image.Image, logo: Image.Image, name: str, *, share: float) -> Image.Image:
    """Sew a label with a logo on a picture, as wide as `share` of it, a little askew."""
    chance = random.Random(hashlib.sha256(b"logo" + name.encode()).digest())
    width = int(SIZE * share)
    small = logo.convert("RGB").resize((width, width * logo.height // logo.width))
    label = Image.new("RGBA", (small.width + 16, small.height + 12), (255, 255, 255, 240))
    label.paste(small, (8, 6))
    turned = label.rotate(chance.uniform(-5, 5), resample=Image.Resampling.BICUBIC, expand=True)
    labelled = picture.copy()
    labelled.paste(turned, ((SIZE - turned.width) // 2, int(SIZE * 0.46)), turned)
    return labelled


def _surroundings(chance: random.Random) -> Image.Image:
    """A backdrop: two colours blended along a line, a table edge, blurred patches of light."""
    one, other = _soft_colour(chance), _soft_colour(chance)
    ramp = Image.linear_gradient("L").resize((SIZE, SIZE)).rotate(90 * chance.randint(0, 3))
    picture = Image.composite(
        Image.new("RGB", (SIZE, SIZE), one), Image.new("RGB", (SIZE, SIZE), other), ramp
    )
    pen = ImageDraw.Draw(picture)
    for _ in range(chance.randint(5, 9)):
        x, y, r = (chance.randint(-60, SIZE), chance.randint(-60, SIZE), chance.randint(40, 170))
        pen.ellipse((x, y, x + r, y + r), fill=_soft_colour(chance))
    edge = chance.randint(300, 420)
    pen.rectangle((0, edge, SIZE, SIZE), fill=_soft_colour(chance))
    return picture.filter(ImageFilter.GaussianBlur(12))


def _reshaped(layer: Image.Image, chance: random.Random) -> Image.Image:
    """Bend a drawing a little: two products of one sort are cut alike, but are not the same.

    Else all jackets would be copies of one photo, and a search for copies would find them all.
    """
    step = SIZE // _CELLS
    nodes = {
        (x, y): (
            x * step + chance.uniform(-_BEND, _BEND) * (0 < x < _CELLS),
            y * step + chance.uniform(-_BEND, _BEND) * (0 < y < _CELLS),
        )
        for x in range(_CELLS + 1)
        for y in range(_CELLS + 1)
    }
    mesh = [
        (
            (x * step, y * step, (x + 1) * step, (y + 1) * step),
            (*nodes[x, y], *nodes[x, y + 1], *nodes[x + 1, y + 1], *nodes[x + 1, y]),
        )
        for x in range(_CELLS)
        for y in range(_CELLS)
    ]
    return layer.transform(layer.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def _soft_colour(chance: random.Random) -> Colour:
    return _colour(chance.random(), chance.uniform(0.05, 0.35), chance.uniform(0.45, 1.0))


def _strong_colour(chance: random.Random) -> Colour:
    return _colour(chance.random(), chance.uniform(0.3, 0.75), chance.uniform(0.2, 0.8))


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _bag(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.arc((180, 30, 300, 170), 180, 360, fill=trim, width=16)
    pen.rounded_rectangle((120, 90, 360, 440), 60, fill=body)
    pen.rounded_rectangle((150, 270, 330, 410), 24, fill=trim)
    pen.line((150, 200, 330, 200), fill=trim, width=8)


def _jacket(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(150, 90), (60, 300), (120, 330), (180, 190)], fill=body)
    pen.polygon([(330, 90), (420, 300), (360, 330), (300, 190)], fill=body)
    pen.polygon([(150, 90), (200, 50), (280, 50), (330, 90), (330, 430), (150, 430)], fill=body)
    pen.line((240, 60, 240, 430), fill=trim, width=10)


def _shoe(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(70, 200), (190, 180), (260, 270), (420, 310), (430, 360), (60, 360)], fill=body)
    pen.rounded_rectangle((55, 350, 440, 390), 16, fill=trim)
    for x in (205, 230, 255):
        pen.line((x, 225 + (x - 205), x + 30, 205 + (x - 205)), fill=trim, width=8)


def _bottle(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rectangle((210, 50, 270, 120), fill=trim)
    pen.rounded_rectangle((160, 110, 320, 440), 30, fill=body)
    pen.rectangle((175, 220, 305, 360), fill=(245, 245, 240))


def _jar(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rounded_rectangle((120, 140, 360, 210), 16, fill=trim)
    pen.rounded_rectangle((105, 200, 375, 390), 40, fill=body)


def _packet(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(90, 130), (330, 90), (400, 150), (400, 370), (160, 410), (90, 340)], fill=body)
    pen.polygon([(90, 130), (330, 90), (400, 150), (160, 195)], fill=trim)


def _sack(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(140, 60), (340, 60), (370, 130), (380, 430), (100, 430), (110, 130)], fill=body)
    pen.rectangle((130, 110, 350, 130), fill=trim)
    pen.ellipse((170, 200, 310, 340), fill=trim)


def _pot(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.ellipse((110, 180, 340, 400), fill=body)
    pen.polygon([(330, 250), (430, 190), (420, 230), (335, 320)], fill=body)
    pen.arc((40, 210, 160, 360), 90, 270, fill=trim, width=18)
    pen.ellipse((205, 150, 245, 190), fill=trim)


def _cup(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(110, 170), (330, 170), (290, 390), (150, 390)], fill=body)
    pen.arc((290, 200, 410, 320), 270, 90, fill=body, width=22)
    pen.ellipse((110, 145, 330, 195), fill=trim)


def _appliance(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rounded_rectangle((110, 90, 370, 420), 50, fill=body)
    pen.ellipse((190, 120, 290, 220), fill=trim)
    pen.rounded_rectangle((150, 260, 330, 380), 18, fill=(35, 35, 40))


def _pan(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.ellipse((50, 130, 320, 400), fill=body)
    pen.ellipse((80, 160, 290, 370), fill=trim)
    pen.rounded_rectangle((300, 240, 460, 280), 18, fill=body)


def _blade(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(60, 210), (310, 190), (310, 270), (100, 270)], fill=(205, 210, 215))
    pen.rounded_rectangle((305, 195, 440, 255), 18, fill=body)
    pen.line((100, 268, 310, 268), fill=trim, width=5)


def _lamp(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(170, 70), (310, 70), (370, 220), (110, 220)], fill=body)
    pen.rectangle((230, 220, 250, 400), fill=trim)
    pen.ellipse((150, 385, 330, 440), fill=trim)


def _headphones(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.arc((90, 70, 390, 420), 180, 360, fill=body, width=34)
    pen.rounded_rectangle((70, 230, 160, 400), 36, fill=trim)
    pen.rounded_rectangle((320, 230, 410, 400), 36, fill=trim)


def _device(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rounded_rectangle((150, 60, 330, 430), 40, fill=body)
    pen.rounded_rectangle((170, 110, 310, 330), 16, fill=trim)
    pen.ellipse((220, 350, 260, 390), fill=trim)


def _cable(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.arc((80, 90, 380, 390), 20, 330, fill=body, width=18)
    pen.arc((140, 150, 320, 330), 0, 300, fill=body, width=18)
    pen.rectangle((350, 280, 430, 320), fill=trim)


def _watch(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rectangle((195, 20, 285, 460), fill=trim)
    pen.ellipse((120, 120, 360, 360), fill=body)
    pen.ellipse((145, 145, 335, 335), fill=(245, 245, 240))
    pen.line((240, 240, 240, 165), fill=body, width=8)
    pen.line((240, 240, 300, 260), fill=body, width=8)


def _drill(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.rounded_rectangle((90, 110, 340, 210), 30, fill=body)
    pen.rectangle((340, 140, 450, 180), fill=(90, 90, 95))
    pen.polygon([(120, 200), (210, 200), (190, 360), (110, 360)], fill=trim)
    pen.rounded_rectangle((80, 350, 230, 430), 14, fill=body)


def _tool(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.line((120, 380, 350, 150), fill=body, width=46)
    pen.ellipse((300, 70, 430, 200), fill=body)
    pen.ellipse((345, 60, 420, 135), fill=trim)


def _disc(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.ellipse((70, 70, 410, 410), fill=body)
    pen.ellipse((180, 180, 300, 300), fill=trim)
    pen.rounded_rectangle((60, 190, 150, 300), 16, fill=trim)


def _stick(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.line((80, 110, 330, 330), fill=body, width=26)
    pen.polygon([(322, 345), (350, 318), (430, 420)], fill=trim)


def _sheet(pen: Pen, body: Colour, trim: Colour) -> None:
    for step in (0, 22, 44):
        pen.polygon(
            [(90 + step, 90 + step), (330 + step, 70 + step), (360 + step, 350), (110 + step, 390)],
            fill=body if step < 44 else (244, 240, 228),
        )
    pen.line((190, 200, 330, 190), fill=trim, width=12)


def _car(pen: Pen, body: Colour, trim: Colour) -> None:
    pen.polygon([(70, 280), (150, 180), (310, 180), (410, 280)], fill=trim)
    pen.rounded_rectangle((50, 260, 430, 350), 26, fill=body)
    for x in (110, 300):
        pen.ellipse((x, 310, x + 80, 390), fill=(30, 30, 30))


def _blocks(pen: Pen, body: Colour, trim: Colour) -> None:
    for row, (left, count) in enumerate(((90, 3), (140, 2), (190, 1))):
        for place in range(count):
            x, y = left + place * 100, 320 - row * 100
            pen.rectangle((x, y, x + 92, y + 92), fill=body if (row + place) % 2 else trim)


def _crab(pen: Pen, body: Colour, trim: Colour) -> None:
    for side in (-1, 1):
        for leg in range(4):
            x = 240 + side * 190
            pen.line((240 + side * 90, 240 + leg * 22, x, 200 + leg * 60), fill=trim, width=14)
        pen.ellipse((240 + side * 150 - 45, 70, 240 + side * 150 + 45, 170), fill=trim)
    pen.ellipse((120, 170, 360, 350), fill=body)


_SHAPES: Mapping[str, Callable[[Pen, Colour, Colour], None]] = MappingProxyType(
    {
        **dict.fromkeys(("bag", "tote"), _bag),
        **dict.fromkeys(("jacket", "hoodie", "down"), _jacket),
        "shoes": _shoe,
        **dict.fromkeys(("lipstick", "serum", "shampoo", "honey", "toothpaste"), _bottle),
        **dict.fromkeys(("cream", "ejiao"), _jar),
        **dict.fromkeys(("soap", "mooncake", "pastry", "tea", "box", "filter"), _packet),
        **dict.fromkeys(("rice", "fertiliser", "seeds"), _sack),
        **dict.fromkeys(("teaset", "kettle"), _pot),
        "cup": _cup,
        **dict.fromkeys(("cooker", "fryer"), _appliance),
        "pan": _pan,
        "knife": _blade,
        "lamp": _lamp,
        "earphones": _headphones,
        **dict.fromkeys(("speaker", "charger", "powerbank", "case"), _device),
        "cable": _cable,
        "watch": _watch,
        "drill": _drill,
        "wrench": _tool,
        "brake": _disc,
        **dict.fromkeys(("wiper", "brush", "pen"), _stick),
        **dict.fromkeys(("paper", "card"), _sheet),
        "car": _car,
        "blocks": _blocks,
        "crab": _crab,
    }
)
"""Product of data/products.csv ▶ its outline."""
