"""What of an SVG document is a drawing, and what it would cost to render."""

from __future__ import annotations

import base64
import re
from binascii import Error as Base64Error
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import isfinite

import lxml.etree
from PIL import Image

from domain.common import UnreadablePicture
from matchers.pictures.raster import read_raster

_Element = lxml.etree._Element

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_PREFIXES: dict[str | None, str] = {None: _SVG, "xlink": "http://www.w3.org/1999/xlink"}
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"})
_KEPT = _SHAPES | {
    "svg",
    "g",
    "a",
    "defs",
    "symbol",
    "use",
    "switch",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "style",
}
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_DROPPED = ("filter", "stroke-dasharray", "stroke-dashoffset", "base", "systemLanguage")
"""Attributes and properties without which the shape is still drawn."""
_MOST_ELEMENTS = 10_000
"""Crests of states have some thousands."""
_MOST_FILLS = 10_000
"""Fillings of the whole canvas, after every reference is followed."""
_LAYER_FILLS = 5
"""What a group costs that is drawn apart and laid on: it takes a canvas of its own."""
_FILL_CHARACTERS = 200
"""Characters of a path whose stroke costs as much as one filling of a small canvas."""
_PLAIN = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "polygon"})
_PLAIN_FILLS = 100
_PLAIN_NUMBER = re.compile(r"[0-9]{6}|[eE]")
"""Numbers of six digits, or with an exponent."""
_MOST_DEPTH = 50
_MOST_PICTURES = 4
_LARGEST_TEXT = 4 * 1024 * 1024
"""Characters of all attributes together, after entities are put in."""
_PICTURE_SIDE = 1024
_UNIT = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in)?\s*\Z")
_REFERENCE = re.compile(r"url\(\s*['\"]?([^)'\"]*)['\"]?\s*\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"[.#]?[\w-]+")
_LAYERED = re.compile(r"(?<![-\w])(?:opacity|mask|clip-path|mix-blend-mode|isolation)\s*:")
_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrippedDrawing:
    """A drawing that holds nothing else."""

    text: str
    """The SVG document."""
    width: float
    """Its own size, in no unit that matters."""
    height: float
    fills: int
    """Fillings of its canvas that rendering costs at most, at least 1."""
    is_plain: bool
    """It holds a few filled shapes of sensible size and nothing else, as most marks do."""


def strip_drawing(root: _Element, where: str) -> StrippedDrawing:
    """Build a drawing anew from what may stand in one.

    Raises: UnreadablePicture when it has no size, or costs too much to render.
    """
    if root.tag != f"{{{_SVG}}}svg":
        raise UnreadablePicture(expected="an SVG drawing", got="other XML", where=where)
    drawing = _Stripping(where).copy(root, 1)
    if drawing is None:
        raise UnreadablePicture(expected="an SVG drawing", got="nothing to draw", where=where)
    width, height = _size_of(drawing, where)
    for name, value in (("width", width), ("height", height)):
        drawing.set(name, f"{value:g}")
    fills = _Costs(drawing, where).count()
    return StrippedDrawing(
        text=lxml.etree.tostring(drawing, encoding="unicode"),
        width=width,
        height=height,
        fills=fills,
        is_plain=fills <= _PLAIN_FILLS and all(map(_is_plain, drawing.iter())),
    )


def _is_plain(element: _Element) -> bool:
    """Tell of an element that it is filled, of sensible size, and asks for no other."""
    return _local(element) in _PLAIN and not any(
        name in ("stroke", "style", "transform", "class")
        or "(" in str(value)
        or (name not in ("id", "fill") and _PLAIN_NUMBER.search(str(value)))
        for name, value in element.attrib.items()
    )


class _Stripping:
    """The copying of one document, with what of its limits is used up."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._elements = 0
        self._characters = 0
        self._pictures = 0

    def copy(self, element: _Element, depth: int) -> _Element | None:
        """Copy an element and what it holds; None for what is no part of a drawing."""
        if not isinstance(element.tag, str):
            return None
        namespace, _, name = element.tag.rpartition("}")
        if namespace != f"{{{_SVG}" or name not in _KEPT:
            return None
        self._elements += 1
        _limit(self._elements, _MOST_ELEMENTS, "elements", self._where)
        _limit(depth, _MOST_DEPTH, "levels of elements", self._where)
        twin = lxml.etree.Element(element.tag, nsmap=_PREFIXES)  # type: ignore[arg-type]  # None is the default namespace
        for attribute, value in self._attributes(element, name):
            self._characters += len(value)
            _limit(self._characters, _LARGEST_TEXT, "characters", self._where)
            twin.set(attribute, value)
        if name == "style":
            twin.text = _clean_sheet("".join(str(text) for text in element.itertext()))
            return twin
        twin.extend(
            copied for child in element if (copied := self.copy(child, depth + 1)) is not None
        )
        return twin

    def _attributes(self, element: _Element, name: str) -> Iterator[tuple[str, str]]:
        for attribute, value in element.attrib.items():
            attribute, value = str(attribute), str(value)
            if attribute in ("href", _XLINK):
                target = self._embed(value) if name == "image" else value.strip()
                if target.startswith("#" if name != "image" else "data:"):
                    yield _XLINK, target
            elif attribute.startswith("{") or attribute.startswith("on") or attribute in _DROPPED:
                continue
            elif attribute == "style":
                yield attribute, _clean_declarations(value)
            elif _stays_inside(value):
                yield attribute, value

    def _embed(self, address: str) -> str:
        """Decode a picture held in the drawing and put it back as sound PNG; else return ""."""
        if (start := _DATA.match(address)) is None:
            return ""
        self._pictures += 1
        _limit(self._pictures, _MOST_PICTURES, "pictures inside", self._where)
        try:
            data = base64.b64decode(address[start.end() :])
        except Base64Error:
            return ""
        raster = read_raster(data, f"{self._where}: a picture inside", _PICTURE_SIDE)
        image = Image.fromarray(raster.rgb)
        if raster.alpha is not None:
            image.putalpha(Image.fromarray(raster.alpha))
        stream = BytesIO()
        image.save(stream, "PNG", compress_level=1)
        return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def _stays_inside(value: str) -> bool:
    return all(target.startswith("#") for target in _REFERENCE.findall(value))


def _clean_declarations(text: str) -> str:
    kept = []
    for declaration in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split(";"):
        if declaration.partition(":")[0].strip() not in _DROPPED and _stays_inside(declaration):
            kept.append(declaration.strip())
    return ";".join(part for part in kept if part)


def _clean_sheet(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(
        f"{selectors.strip()} {{{_clean_declarations(declarations)}}}"
        for selectors, declarations in _RULE.findall(text)
        if "@" not in selectors
    )


def _size_of(drawing: _Element, where: str) -> tuple[float, float]:
    """Return width and height: as given, else of the view box."""
    box = [_number(part) for part in re.split(r"[\s,]+", (drawing.get("viewBox") or "").strip())]
    given = (_length(drawing.get("width")), _length(drawing.get("height")))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        wide, high = box[2], box[3]
        return (
            given[0] or (given[1] * wide / high if given[1] else wide),
            given[1] or (given[0] * high / wide if given[0] else high),
        )
    if given[0] and given[1]:
        return given
    raise UnreadablePicture(
        expected="a drawing with a view box or a width and a height", got="neither", where=where
    )


def _length(text: str | None) -> float:
    """Return a length in px; 0 for none, for per cent, and for what is no length."""
    found = _LENGTH.match(text or "")
    if found is None:
        return 0.0
    value = _number(found[1]) * _UNIT[found[2] or "px"]
    return value if 1e-6 < value < 1e9 else 0.0


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if isfinite(value) and abs(value) < 1e9 else 0.0


class _Costs:
    """What rendering costs once every reference is followed, as the renderer follows it."""

    def __init__(self, drawing: _Element, where: str) -> None:
        self._drawing = drawing
        self._where = where
        self._by_id = {
            identity: element for element in drawing.iter() if (identity := element.get("id"))
        }
        self._rules = _rules_of(drawing)
        self._known: dict[_Element, tuple[int, int]] = {}
        self._open: set[_Element] = set()

    def count(self) -> int:
        """Return the fillings of the canvas, at least 1.

        Raises: UnreadablePicture when they are too many, or references too deep.
        """
        return max(1, self._cost(self._drawing, 1)[0])

    def _cost(self, element: _Element, level: int) -> tuple[int, int]:
        """Return the fillings of an element and the levels below it."""
        fills, height = self._known.get(element, (0, 0))
        _limit(level + height, 2 * _MOST_DEPTH, "levels of references", self._where)
        if height or element in self._open:  # A circle is cut by the renderer too.
            return fills, height
        self._open.add(element)
        style, references = self._style_of(element)
        fills = int(_local(element) in _SHAPES)
        fills += len(element.get("d") or element.get("points") or "") // _FILL_CHARACTERS
        if _LAYERED.search(style):
            fills += _LAYER_FILLS
        for part in (*element, *references):
            below = self._cost(part, level + 1)
            fills, height = fills + below[0], max(height, below[1])
            _limit(fills, _MOST_FILLS, "shapes, references followed", self._where)
        self._open.discard(element)
        self._known[element] = fills, height + 1
        return self._known[element]

    def _style_of(self, element: _Element) -> tuple[str, list[_Element]]:
        """Return the declarations that hold for an element, and the elements it asks for."""
        parts = [f"{name!s}:{value!s}" for name, value in element.attrib.items() if name != "id"]
        names = [_local(element), f"#{element.get('id')}"]
        names += [f".{one}" for one in (element.get("class") or "").split()]
        style = ";".join((*parts, *(rule for name in names for rule in self._rules[name])))
        targets = [target.lstrip("#") for target in _REFERENCE.findall(style)]
        targets.append((element.get(_XLINK) or "").lstrip("#"))
        wanted = (self._by_id.get(target) for target in targets)
        return style, [one for one in wanted if one is not None and _local(one) not in _GRADIENTS]


def _rules_of(drawing: _Element) -> defaultdict[str, list[str]]:
    """Return the declarations of style sheets by every element name, class and id they name."""
    rules: defaultdict[str, list[str]] = defaultdict(list)
    for sheet in drawing.iter(f"{{{_SVG}}}style"):
        for selectors, declarations in _RULE.findall(sheet.text or ""):
            if _REFERENCE.search(declarations) or _LAYERED.search(declarations):
                for name in set(_NAME.findall(selectors)):
                    rules[name].append(declarations)
    return rules


def _local(element: _Element) -> str:
    return str(lxml.etree.QName(element).localname)


def _limit(number: int, most: int, what: str, where: str) -> None:
    """Raise UnreadablePicture where a drawing has more of something than it may."""
    if number > most:
        raise UnreadablePicture(
            expected=f"a drawing of at most {most} {what}", got="more", where=where
        )
