"""Bring the networks to 8-bit numbers, as matchers/pictures/learned opens them.

    python -m tools.logo_networks.quantise DATA --networks exported

What `export` wrote counts in floats. How large the numbers between the layers become is seen on
scenes of the tuning half, as benchmarks/quality_pictures.py makes them, with another seed: no mark
and no photograph of the test half takes part. Each channel of a layer has a scale of its own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

from benchmarks import quality_pictures
from benchmarks.pictures.register import Registers
from casework.picture_process import begin_picture_process
from matchers.pictures.decode import decode_picture
from matchers.pictures.learned import regions
from matchers.pictures.learned.describing import crops_of
from matchers.pictures.learned.networks import LogoNetworks, open_networks
from matchers.pictures.local import Surface

_SEED, _A_CLASS, _WITHOUT = 61, 5, 20
_FOLDER = Path("matchers/pictures/learned")

_Array = npt.NDArray[Any]


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--networks", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_FOLDER)
    given = parser.parse_args()
    begin_picture_process()
    pixels, crops = _shown(given.data, open_networks(given.networks))
    _quantise(given.networks / "detector.onnx", "pixels", pixels, given.out)
    _quantise(given.networks / "embedder.onnx", "crops", crops, given.out)


def _shown(data: Path, networks: LogoNetworks) -> tuple[list[_Array], list[_Array]]:
    """Return what the detector and the embedder are shown in some scenes."""
    quality_pictures.SEEDS["tune"] = _SEED
    quality_pictures.SIZES["tune"] = (_A_CLASS, _WITHOUT)
    pixels, crops = [], []
    for asked in quality_pictures.make_pictures(data, Registers(), "tune"):
        decoded = decode_picture(asked.picture, asked.name)
        pixels.append(regions.pixels_of(decoded)[0])
        boxes = regions.find_regions(decoded, networks).boxes
        crops.append(crops_of(Surface(decoded), boxes).astype(np.float32))
    return pixels, crops


class _Rows(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, name: str, rows: Iterable[_Array]) -> None:
        self._rows = ({name: row} for row in rows)

    def get_next(self) -> dict[str, _Array] | None:
        return next(self._rows, None)


def _quantise(network: Path, shown: str, rows: Iterable[_Array], out: Path) -> None:
    with TemporaryDirectory() as folder:
        widened = Path(folder) / network.name
        options = ort.SessionOptions()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(widened)
        ort.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        quantize_static(
            widened,
            out / network.name,
            _Rows(shown, rows),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
    written = out / network.name
    print(f"{written}: {written.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
