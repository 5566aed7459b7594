"""Drawings (SVG): stripped of all that is no drawing, then rendered.

What reaches the renderer is built anew from what may stand in a drawing: shapes, gradients, clips,
masks, and pictures that are held inside the file. Left out are scripts, animations, patterns (the
renderer would make a canvas of whatever size one tile states),
foreign objects, links and files outside, filters (a blur over a large region takes minutes), dashes
(a line can ask for millions) and letters: they would look different with the fonts of each machine,
so a mark's lettering must be drawn as outlines.
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from math import sqrt
from pathlib import Path

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
_MOST_FILLED = 300_000_000
"""Pixels that all shapes together could fill, were each as large as the drawing; the renderer
fills 60 million of them a second."""
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")
_LOOKED_AT = 16_384
_MOST_ASPECT = 100.0
_LONGEST_S = 60
"""Of the clock, on a machine that is busy; the process has 5 seconds of CPU and 1 GB."""
_RENDERER = next(Path(resvg_py.__file__).parent.glob("resvg_py.*"))
_APART = """
import resource, sys
from importlib.util import module_from_spec, spec_from_file_location
resource.setrlimit(resource.RLIMIT_CPU, (5, 6))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
spec = spec_from_file_location("resvg_py", sys.argv[1])
resvg_py = module_from_spec(spec)
spec.loader.exec_module(resvg_py)
text, (width, height) = sys.stdin.buffer.read().decode(), map(int, sys.argv[2:])
drawn = resvg_py.svg_to_bytes(svg_string=text, width=width, height=height, skip_system_fonts=True)
sys.stdout.buffer.write(drawn)
"""
"""What that process runs: a bare interpreter with the renderer alone, started in 30 ms."""


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
    side = max(1, min(longest, int(sqrt(_MOST_FILLED / stripped.fills))))
    width, height = max(1, round(side * min(1, aspect))), max(1, round(side / max(1, aspect)))
    render = _render if stripped.is_plain else _render_apart
    rgba = _open(render(stripped.text, width, height, where))
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


def _render(text: str, width: int, height: int, where: str) -> bytes:
    """Return the drawing as PNG."""
    try:
        return resvg_py.svg_to_bytes(
            svg_string=text, width=width, height=height, skip_system_fonts=True
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # A panic of the renderer is no Exception.
        raise _unrenderable(type(error).__name__, where) from error


def _render_apart(text: str, width: int, height: int, where: str) -> bytes:
    """Return the drawing as PNG, made by a process of its own.

    The renderer ends its process when it asks for more memory than there is, and a stroke of huge
    curves or a huge tile asks for hundreds of gigabytes; no check of ours can foresee them all.
    """
    command = [sys.executable, "-I", "-S", "-c", _APART, *map(str, (_RENDERER, width, height))]
    try:
        ended = subprocess.run(
            command, input=text.encode(), capture_output=True, close_fds=False, timeout=_LONGEST_S
        )
    except subprocess.TimeoutExpired:
        raise _unrenderable(f"one that takes over {_LONGEST_S} s", where) from None
    if ended.returncode != 0 or not ended.stdout.startswith(b"\x89PNG"):
        raise _unrenderable("one that asks for too much, or is damaged", where)
    return ended.stdout


def _unrenderable(got: str, where: str) -> UnreadablePicture:
    return UnreadablePicture(expected="a drawing that can be rendered", got=got, where=where)


def _open(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=("PNG",)) as image:
        return image.convert("RGBA")
