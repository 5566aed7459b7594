"""The two trained networks, opened: where a mark may stand, and what a crop is like.

They were trained by tools/logo_networks on icons of permissive licence, words in open fonts, and
CC0 and MIT photographs, and brought to 8-bit numbers. Data, figures and how to train them anew:
docs/logo-networks.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

Floats = npt.NDArray[np.float32]

CROP = 96
"""Side in pixels of the crops that the embedder takes."""
EMBEDDING = 128
"""Numbers that describe a crop."""
SIDES = 64
"""The detector takes pictures whose sides are multiples of this."""
_AT_ONCE = 12
"""Crops that are described together: what is made of more leaves the cache of a processor."""
_FOLDER = Path(__file__).parent
_PROCESSOR = Path("/proc/cpuinfo")
_DETECTOR, _EMBEDDER = "detector.onnx", "embedder.onnx"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # networks have no one truth
class LogoNetworks:
    """Both networks, each bound to one thread; several threads may ask at once."""

    detector: ort.InferenceSession
    embedder: ort.InferenceSession

    def detect(self, pixels: Floats) -> Floats:
        """Return a row for every cell of four maps of 1×3×H×W pixels, 0..255.

        A row is (logit of standing within a mark, distances to its left, top, right and bottom side
        in strides). Rows run over the maps of strides 8, 16, 32 and 64, each row by row.
        """
        return cast("list[Floats]", self.detector.run(None, {"pixels": pixels})[0])[0]

    def embed(self, crops: npt.NDArray[np.uint8]) -> Floats:
        """Describe N×3×96×96 crops by N×128 numbers, each row of length 1."""
        parts = np.split(crops.astype(np.float32), range(_AT_ONCE, len(crops), _AT_ONCE))
        described = [self.embedder.run(None, {"crops": part})[0] for part in parts]
        return np.concatenate(cast("list[Floats]", described))


@lru_cache(maxsize=2)
def open_networks(folder: Path = _FOLDER) -> LogoNetworks:
    """Open the networks that come with the package, or those of a folder; each once in a
    process."""
    return LogoNetworks(detector=_open(folder / _DETECTOR), embedder=_open(folder / _EMBEDDER))


@lru_cache(maxsize=1)
def networks_version() -> str:
    """Return the version of the weights, by their bytes; the networks are not opened for it."""
    weights = hashlib.sha256()
    for name in (_DETECTOR, _EMBEDDER):
        weights.update((_FOLDER / name).read_bytes())
    return f"logos-{weights.hexdigest()[:8]}"


def _open(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if _cuts_sums():
        options.add_session_config_entry("session.x64quantprecision", "1")
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _cuts_sums() -> bool:
    """Tell whether the processor may cut large sums of 8-bit products.

    Those without VNNI do; there they are counted in another way, as slow as floats, to the same
    numbers. So it is where nothing is known of the processor.
    """
    try:
        return "vnni" not in _PROCESSOR.read_text("ascii", errors="replace")
    except OSError:
        return True
