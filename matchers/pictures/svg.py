"""Drawings (SVG): stripped of all that is no drawing, then rendered.

What reaches the renderer is built anew from what may stand in a drawing: shapes, gradients, clips,
masks, patterns, and pictures that are held inside the file. Left out are scripts, animations,
foreign objects, links and files outside, filters (a blur over a large region takes minutes), dashes
(a line can ask for millions) and letters: they would look different with the fonts of each machine,
so a mark's lettering must be drawn as outlines.
"""

from __future__ import annotations

import re
from io import BytesIO
from math import sqrt

import lxml.etree
import numpy as np
import resvg_py
from PIL import Image

from domain.common import UnreadablePicture
from matchers.pictures.drawing import strip_drawing
from matchers.pictures.raster import Raster

MEDIA_TYPE = "image/svg+xml"
LARGEST = 2 * 1024 * 1024
"""Bytes of a drawing; marks have a few thousand."""
_MOST_FILLS = 2_000_000_000
"""Pixels that all shapes together could fill, were each as large as the drawing."""
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")
_LOOKED_AT = 16_384
_MOST_ASPECT = 100.0


def is_svg(data: bytes) -> bool:
    """Tell whether bytes are an SVG document: markup whose first element is `svg`."""
    head = data[:_LOOKED_AT].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head.startswith(b"<"):
        return False
    found = _ROOT.search(head)
    return found is not None and b"<html" not in head[: found.start()].lower()


def draw_svg(data: bytes, where: str, longest: int) -> Raster:
    """Render a drawing on white with its longest side `longest` pixels, or fewer where it has
    thousands of shapes.

    Raises: UnreadablePicture when it is no sound SVG or would cost too much to render.
    """
    if len(data) > LARGEST:
        raise UnreadablePicture(
            expected=f"at most {LARGEST} bytes of SVG", got=f"{len(data)} bytes", where=where
        )
    stripped = strip_drawing(_parse(data, where), where)
    aspect = stripped.width / stripped.height
    if not 1 / _MOST_ASPECT <= aspect <= _MOST_ASPECT:
        raise UnreadablePicture(
            expected=f"a drawing at most {_MOST_ASPECT:.0f} times as long as wide",
            got=f"{stripped.width:g}×{stripped.height:g}",
            where=where,
        )
    side = max(1, min(longest, int(sqrt(_MOST_FILLS / stripped.fills))))
    width, height = max(1, round(side * min(1, aspect))), max(1, round(side / max(1, aspect)))
    rgba = _render(stripped.text, width, height, where)
    alpha = np.asarray(rgba.getchannel("A"))
    white = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return Raster(
        rgb=np.ascontiguousarray(white.convert("RGB")),
        alpha=None if int(alpha.min()) == 255 else alpha,
        size=rgba.size,
        media_type=MEDIA_TYPE,
    )


def _parse(data: bytes, where: str) -> lxml.etree._Element:
    """Parse without files, network or external entities.

    Entities that the document itself declares are put in, as old drawing programs name their
    namespaces so; libxml2 stops when they make the text many times longer.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know of True and False
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePicture(
            expected="a whole SVG", got=f"a damaged one ({type(error).__name__})", where=where
        ) from error
    return root


def _render(text: str, width: int, height: int, where: str) -> Image.Image:
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=text, width=width, height=height, skip_system_fonts=True
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # A panic of the renderer is no Exception.
        raise UnreadablePicture(
            expected="a drawing that can be rendered", got=type(error).__name__, where=where
        ) from error
    with Image.open(BytesIO(data), formats=("PNG",)) as image:
        return image.convert("RGBA")
