"""Write trained weights as ONNX files, for `quantise` to bring to 8-bit numbers.

    python -m tools.logo_networks.export --embedder embedder.pt --detector detector.pt

Weights are kept in half precision, which halves the files; they are widened when a file is opened.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from tools.logo_networks.networks import CROP, Detector, Embedder

_SMALL = 64
"""Numbers up to which a constant stays as it is."""


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", type=Path)
    parser.add_argument("--detector", type=Path)
    parser.add_argument("--out", type=Path, default=Path("exported"))
    given = parser.parse_args()
    given.out.mkdir(exist_ok=True)
    if given.embedder:
        crops = torch.zeros(2, 3, CROP, CROP)
        _write(Embedder(), given.embedder, crops, "crops", {0: "n"}, given.out / "embedder.onnx")
    if given.detector:
        pixels = torch.zeros(1, 3, 448, 704)
        axes = {2: "height", 3: "width"}
        _write(Detector(), given.detector, pixels, "pixels", axes, given.out / "detector.onnx")


def _write(
    network: nn.Module,
    weights: Path,
    shown: torch.Tensor,
    name: str,
    axes: dict[int, str],
    out: Path,
) -> None:
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    network.eval()
    torch.onnx.export(
        network,
        (shown,),
        out,
        input_names=[name],
        output_names=["found"],
        dynamic_axes={name: axes},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(out)
    _halve(model)
    onnx.checker.check_model(model)
    onnx.save(model, out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def _halve(model: onnx.ModelProto) -> None:
    """Keep large constants in half precision, each behind a node that widens it."""
    graph = model.graph
    for constant in list(graph.initializer):
        values = numpy_helper.to_array(constant)
        if values.dtype != np.float32 or values.size <= _SMALL:
            continue
        name = constant.name
        graph.initializer.remove(constant)
        half = numpy_helper.from_array(values.astype(np.float16), f"{name}_half")
        graph.initializer.append(half)
        widen = onnx.helper.make_node("Cast", [half.name], [name], to=onnx.TensorProto.FLOAT)
        graph.node.insert(0, widen)


if __name__ == "__main__":
    main()
