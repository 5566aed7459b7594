"""Train one of the networks.

    python -m tools.logo_networks.train embedder --marks marks --photos PHOTO_DIR \
        --weights efficientnet-lite0.pth --out embedder.pt --minutes 18

`--progress 0 0.5` trains the first half of the schedule, `--begin FILE --progress 0.5 1` the rest.
The photographs are those with an even number; the others are for measuring. A processor alone will
do, slowly; the same seed draws the same scenes.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from tools.logo_networks.learn_detector import detector_steps, examine_detector
from tools.logo_networks.learn_embedder import embedder_steps, examine_embedder
from tools.logo_networks.networks import Detector, Embedder
from tools.logo_networks.scenes import Stage, marks_from

HELD_OUT = 600
"""Drawings, spread over the bank, that no step sees; the printed recall is theirs."""


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=("embedder", "detector"))
    parser.add_argument("--marks", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=18.0)
    parser.add_argument("--progress", type=float, nargs=2, default=(0.0, 1.0))
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    rgba = torch.from_numpy(np.load(given.marks / "rgba.npy", mmap_mode="c"))
    kinds = torch.from_numpy(np.load(given.marks / "kinds.npy"))
    places = torch.arange(len(rgba))
    is_held = places % max(len(rgba) // min(HELD_OUT, len(rgba) // 4), 1) == 0
    marks = marks_from(rgba, places[~is_held], device)
    held = marks_from(rgba, places[is_held], device)
    words = (kinds[~is_held] == 1).nonzero()[:, 0].to(device)
    network: nn.Module = Embedder() if given.network == "embedder" else Detector()
    if given.begin:
        network.load_state_dict(torch.load(given.begin, map_location="cpu", weights_only=True))
    else:
        network.backbone.begin_with(given.weights)
    network.to(device, memory_format=torch.channels_last)
    side = 176 if given.network == "embedder" else 560
    photos = _photos(given.photos, side).to(device)
    seed = given.seed * 1000 + round(given.progress[0] * 100)
    stage = Stage(marks, photos, seed)
    exam = Stage(held, photos, 99)
    if given.network == "embedder":
        step = embedder_steps(network, stage, words, given.batch or 96)
        check = partial(examine_embedder, exam=exam, marks=marks)
    else:
        step = detector_steps(network, stage, words, given.batch or 6)
        check = partial(examine_detector, exam=exam)
    averaged = _train(network, step, given.minutes * 60, tuple(given.progress), check, device)
    torch.save({name: value.cpu() for name, value in averaged.state_dict().items()}, given.out)


def _photos(folder: Path, side: int) -> Tensor:
    """Return P×3×side×side of the photographs with even numbers."""
    pictures = []
    for path in sorted(folder.glob("*.jpg")):
        if int(path.stem.rsplit("_", 1)[1]) % 2 == 0:
            image = Image.open(path).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
            pictures.append(torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1))
    return torch.stack(pictures)


def _train(
    network: nn.Module,
    step: Iterator[Tensor],
    seconds: float,
    progress: tuple[float, float],
    check: Callable[[nn.Module], str],
    device: torch.device,
) -> nn.Module:
    """Take steps until the time is up; return the running average of the weights."""
    slow = [one for name, one in network.named_parameters() if name.startswith("backbone")]
    fast = [one for name, one in network.named_parameters() if not name.startswith("backbone")]
    rates = (6e-4, 1.5e-3)
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": rates[0]}, {"params": fast, "lr": rates[1]}], weight_decay=0.02
    )
    averaged = copy.deepcopy(network)
    began = told = time.monotonic()
    steps = 0
    while (gone := time.monotonic() - began) < seconds:
        at = progress[0] + (progress[1] - progress[0]) * gone / seconds
        warm = min((steps + 1) / 100, 1.0)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * warm * (0.5 + 0.5 * math.cos(math.pi * at)) + 1e-6
        loss = next(step)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        steps += 1
        keep = min(0.99, (1 + steps) / (10 + steps))
        with torch.no_grad():
            mine = network.state_dict()
            for name, value in averaged.state_dict().items():
                if value.is_floating_point():
                    value.lerp_(mine[name], 1 - keep)
                else:
                    value.copy_(mine[name])
        if time.monotonic() - told > 400 or steps == 40:
            told = time.monotonic()
            now = f"{gone:4.0f} s, {steps} steps, loss {float(loss.detach()):.3f}"
            print(f"{now}, {check(averaged)}", flush=True)
    print(f"{steps} steps, {check(averaged)}", flush=True)
    return averaged


if __name__ == "__main__":
    main()
