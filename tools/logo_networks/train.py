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
import torch.nn.functional as nnf
from PIL import Image
from torch import Tensor, nn

from tools.logo_networks.networks import (
    CROP,
    LIMITS,
    STRIDES,
    Detector,
    Embedder,
    cells_of,
)
from tools.logo_networks.scenes import Marks, Stage, marks_from

HELD_OUT = 600
"""Drawings, spread over the bank, that no step sees; the printed recall is theirs."""
FILL = 0.87
"""Share of a crop's side that a mark's longer side takes: crops are 1.15 times the mark."""
_TEMPERATURE = 0.07
_ALIKE = 0.88
"""Correlation of two drawings from which they do not count as different marks."""


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
        step = _embedder_steps(network, stage, words, given.batch or 96)
        check = partial(_examine_embedder, exam=exam, marks=marks)
    else:
        step = _detector_steps(network, stage, words, given.batch or 6)
        check = partial(_examine_detector, exam=exam)
    averaged = _train(network, step, given.minutes * 60, tuple(given.progress), check, device)
    torch.save({name: value.cpu() for name, value in averaged.state_dict().items()}, given.out)


def _fast(device: torch.device) -> torch.autocast:
    """Half precision where it is faster."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda")


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


# The embedder: crops of one mark lie near each other and near its drawing, far from all others.


def plain_views(stage: Stage, which: Tensor) -> Tensor:
    """Return B×3×CROP×CROP, 0..1, as a register shows marks: on white, or on dark if light."""
    count = len(which)
    drawing = stage.marks.levels[0][which].float() / 255
    alpha = drawing[:, 3:]
    mean = drawing[:, :3].sum((1, 2, 3)) / alpha.sum((1, 2, 3)).clamp(min=1) / 3
    light = (mean > 0.75).view(-1, 1, 1, 1)
    paper = torch.where(light, 0.15, 1.0)
    plain = drawing[:, :3] + paper * (1 - alpha)
    black = torch.where(light, paper, 1 - alpha).expand_as(plain)
    plain = torch.where(stage.happens(count, 0.2).view(-1, 1, 1, 1) & ~light, black, plain)
    size = FILL / stage.marks.extents[which].amax(1)
    size = 1 / (size * torch.exp(stage.uniform(count, -0.06, 0.06)))
    zero = torch.zeros_like(size)
    rows = torch.stack([size, zero, stage.uniform(count, -0.04, 0.04), zero, size,
                        stage.uniform(count, -0.04, 0.04)], 1)  # fmt: skip
    grid = nnf.affine_grid(rows.view(-1, 2, 3), [count, 3, CROP, CROP], align_corners=False)
    return nnf.grid_sample(plain, grid, padding_mode="border", align_corners=False)


def crops(stage: Stage, which: Tensor, words: Tensor, side: int, there: Tensor) -> Tensor:
    """Return B×3×CROP×CROP, 0..1: what the detector would cut out round each mark."""
    count = len(which)
    scene = stage.backgrounds(count, side, (0.08, 0.7))
    extent = stage.marks.extents[which].amax(1)
    half = side / 2 * FILL / extent * torch.exp(stage.uniform(count, -0.28, 0.2))
    shift = 0.13 * side / 2
    centre = side / 2 + torch.stack(
        [stage.uniform(count, -shift, shift), stage.uniform(count, -shift, shift)], 1
    )
    level = 0 if side > 72 else 1 if side > 36 else 2
    scene, _ = stage.lay(scene, which, centre, half, there, level)
    scene = stage.write_over(scene, words, 0.2, side * 0.4)
    scene = stage.wear(scene)
    return nnf.interpolate(scene, size=(CROP, CROP), mode="bilinear", antialias=True)


def _embedder_steps(
    network: nn.Module, stage: Stage, words: Tensor, batch: int
) -> Iterator[Tensor]:
    sides = (28, 32, 40, 48, 56, 64, 80, 96, 112)
    empty = batch // 6
    while True:
        which = _look_alikes(stage, batch)
        with torch.no_grad():
            views = [plain_views(stage, which)]
            for _ in range(2):
                side = sides[int(stage.pick(1, len(sides)))]
                views.append(crops(stage, which, words, side, torch.ones_like(which) > 0))
            side = sides[int(stage.pick(1, len(sides)))]
            nothing = torch.zeros(empty, device=stage.device) > 0
            views.append(crops(stage, which[:empty], words, side, nothing))
            pixels = torch.cat(views).mul(255).contiguous(memory_format=torch.channels_last)
        network.train()
        with _fast(stage.device):
            out = network(pixels)
        out = nnf.normalize(out.float(), dim=1)
        plain, first, second, none = out.split([batch, batch, batch, empty])
        shapes = stage.marks.shapes[which].float()
        own = torch.eye(batch, dtype=torch.bool, device=stage.device)
        one_mark = (shapes @ shapes.T > _ALIKE) & ~own
        target = torch.arange(batch, device=stage.device)

        def pull(
            asked: Tensor, kept: Tensor, beside: Tensor, one_mark: Tensor, target: Tensor
        ) -> Tensor:
            logits = (asked @ kept.T).masked_fill(one_mark, -2.0)
            logits = torch.cat([logits, asked @ beside.T], 1)
            return nnf.cross_entropy(logits / _TEMPERATURE, target)

        pulls = ((first, plain), (second, plain), (plain, first), (plain, second), (first, second))
        yield sum(pull(asked, kept, none, one_mark, target) for asked, kept in pulls) / len(pulls)


def _look_alikes(stage: Stage, batch: int) -> Tensor:
    """Pick marks in threes: one by chance and two that look like it, so that details must count."""
    first = stage.pick(batch // 3, len(stage.marks))
    shapes = stage.marks.shapes
    likeness = shapes[first] @ shapes.T
    likeness[likeness > _ALIKE] = -1
    near = likeness.topk(24, dim=1).indices
    chosen = torch.stack([stage.pick(len(first), 24), stage.pick(len(first), 24)], 1)
    rest = stage.pick(batch - 3 * len(first), len(stage.marks))
    return torch.cat([first, near.gather(1, chosen).flatten(), rest])


@torch.no_grad()
def _embed(network: nn.Module, pixels: Tensor) -> Tensor:
    network.eval()
    with _fast(pixels.device):
        parts = [network(part.mul(255)) for part in pixels.split(512)]
    return nnf.normalize(torch.cat(parts).float(), dim=1)


@torch.no_grad()
def _examine_embedder(network: nn.Module, exam: Stage, marks: Marks) -> str:
    """Recall@1 of held-out marks among themselves and 2,000 others; at 1 % of empty crops."""
    count = len(exam.marks)
    which = torch.arange(count, device=exam.device)
    exam.random.manual_seed(99)
    register = torch.cat([_embed(network, plain_views(exam, part)) for part in which.split(1000)])
    distract = Stage(marks, exam.photos, 98)
    beside = torch.arange(min(len(marks), 2_000), device=exam.device)
    more = [_embed(network, plain_views(distract, part)) for part in beside.split(1000)]
    register = torch.cat([register, *more])
    words = which[exam.marks.extents[:, 1] < 0.5]
    told = []
    for side in (40, 96):
        asked = which[:: max(count // 300, 1)][:300]
        there = torch.ones_like(asked) > 0
        shown = _embed(network, crops(exam, asked, words, side, there)) @ register.T
        empty = _embed(network, crops(exam, asked, words, side, ~there)) @ register.T
        best, found = shown.max(1)
        limit = empty.max(1).values.quantile(0.99)
        right = found == asked
        told.append(
            f"{side} px: recall {float(right.float().mean()):.3f}, "
            f"above {float(limit):.2f} {float((right & (best > limit)).float().mean()):.3f}"
        )
    return "; ".join(told)


# The detector.

_SIZES = ((16.0, 32.0), (32.0, 70.0), (70.0, 140.0), (140.0, 210.0))
"""Half sides in pixels of pictures whose longer side is 704."""


def scenes(stage: Stage, count: int, side: int, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return B×3×S×S 0..1, B×3×4 boxes, and B×3 whether a box counts."""
    scene = stage.backgrounds(count, side, (0.5, 1.0))
    if len(words):
        scene = stage.write_over(scene, words, 0.3, side * 0.15)
    boxes, counts = [], []
    for _ in range(3):
        low, high = _SIZES[int(stage.pick(1, len(_SIZES)))]
        which = stage.pick(count, len(stage.marks))
        half = low * (high / low) ** stage.uniform(count)
        room = (side / 2 - half * 0.8).clamp(min=8)
        centre = side / 2 + torch.stack(
            [room * stage.uniform(count, -1, 1), room * stage.uniform(count, -1, 1)], 1
        )
        there = stage.happens(count, 0.55)
        level = min(max(round(math.log2(48 / math.sqrt(low * high))), 0), 2)
        scene, box = stage.lay(scene, which, centre, half, there, level)
        whole = (box[:, 2:] - box[:, :2]).prod(1)
        box = box.clamp(0, side)
        shown = (box[:, 2:] - box[:, :2]).prod(1) > 0.6 * whole
        for at, earlier in enumerate(boxes):
            over = torch.minimum(earlier[:, 2:], box[:, 2:]) - torch.maximum(
                earlier[:, :2], box[:, :2]
            )
            covered = over.clamp(min=0).prod(1) / (earlier[:, 2:] - earlier[:, :2]).prod(1)
            counts[at] = counts[at] & ~((covered > 0.35) & there)
        boxes.append(box)
        counts.append(there & shown)
    if len(words):
        scene = stage.write_over(scene, words, 0.2, side * 0.12)
    return stage.wear(scene), torch.stack(boxes, 1), torch.stack(counts, 1)


def _detector_steps(
    network: nn.Module, stage: Stage, words: Tensor, batch: int
) -> Iterator[Tensor]:
    while True:
        side = (384, 448, 512)[int(stage.pick(1, 3))]
        with torch.no_grad():
            pixels, boxes, counts = scenes(stage, max(batch * 448 * 448 // side**2, 2), side, words)
            cells = cells_of(side, side, stage.device)
            wanted, chosen = _assign(cells, boxes, counts)
        network.train()
        with _fast(stage.device):
            out = network(pixels.mul(255).contiguous(memory_format=torch.channels_last))
        yield _detector_loss(out.float(), cells, wanted, chosen)


def _assign(cells: Tensor, boxes: Tensor, counts: Tensor) -> tuple[Tensor, Tensor]:
    """Return B×C whether a cell answers for a box, and B×C×4 that box."""
    x, y, stride = cells.T
    size = (boxes[..., 2:] - boxes[..., :2]).amax(-1)
    map_of_box = torch.bucketize(size, torch.tensor(LIMITS, device=boxes.device))
    map_of_cell = torch.bucketize(stride, torch.tensor(STRIDES, device=boxes.device) - 0.5) - 1
    centre = (boxes[..., :2] + boxes[..., 2:]) / 2
    reach = 1.5 * stride
    near = (
        ((x - centre[..., :1]).abs() < reach)
        & ((y - centre[..., 1:]).abs() < reach)
        & (x > boxes[..., 0:1]) & (x < boxes[..., 2:3])
        & (y > boxes[..., 1:2]) & (y < boxes[..., 3:4])
        & (map_of_box[..., None] == map_of_cell)
        & counts[..., None]
    )  # fmt: skip
    area = (boxes[..., 2:] - boxes[..., :2]).prod(-1)[..., None].expand(near.shape)
    best = torch.where(near, area, torch.inf).argmin(1)
    return near.any(1), boxes.gather(1, best[..., None].expand(*best.shape, 4))


def _overlap(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Return intersection over union and its generalisation (Rezatofighi et al., CVPR 2019)."""
    inner = (
        torch.minimum(first[..., 2:], second[..., 2:])
        - torch.maximum(first[..., :2], second[..., :2])
    ).clamp(min=0).prod(-1)  # fmt: skip
    both = (first[..., 2:] - first[..., :2]).prod(-1) + (second[..., 2:] - second[..., :2]).prod(-1)
    union = (both - inner).clamp(min=1e-3)
    around = (
        torch.maximum(first[..., 2:], second[..., 2:])
        - torch.minimum(first[..., :2], second[..., :2])
    ).prod(-1).clamp(min=1e-3)  # fmt: skip
    shared = inner / union
    return shared, shared - (around - union) / around


def boxes_from(out: Tensor, cells: Tensor) -> Tensor:
    """Return …×C×4 boxes in pixels from rows of the detector."""
    x, y, stride = cells.T
    off = out[..., 1:] * stride[:, None]
    return torch.stack([x - off[..., 0], y - off[..., 1], x + off[..., 2], y + off[..., 3]], -1)


def _detector_loss(out: Tensor, cells: Tensor, wanted: Tensor, chosen: Tensor) -> Tensor:
    """Quality focal loss (Li et al., NeurIPS 2020) for standing in a mark, GIoU for its box."""
    shared, general = _overlap(boxes_from(out, cells), chosen)
    target = torch.where(wanted, shared.detach().clamp(0.05, 1), 0.0)
    chance = out[..., 0].sigmoid()
    cross = nnf.binary_cross_entropy_with_logits(out[..., 0], target, reduction="none")
    focal = (cross * (target - chance).abs() ** 2).sum()
    many = wanted.sum().clamp(min=1)
    return (focal + 2.0 * ((1 - general) * wanted).sum()) / many


@torch.no_grad()
def _examine_detector(network: nn.Module, exam: Stage) -> str:
    """Share of held-out marks of which one of the best 32 boxes shares over half, by size."""
    network.eval()
    exam.random.manual_seed(99)
    side, words = 448, torch.zeros(0, dtype=torch.long, device=exam.device)
    cells = cells_of(side, side, exam.device)
    sizes, found = [], []
    for _ in range(8):
        pixels, boxes, counts = scenes(exam, 8, side, words)
        with _fast(exam.device):
            out = network(pixels.mul(255).contiguous(memory_format=torch.channels_last)).float()
        for one, rows in enumerate(out):
            near = rows[:, 0].topk(400).indices
            best = boxes_from(rows[near], cells[near])
            kept = suppress(best, rows[near, 0], 0.6)[:32]
            for box in boxes[one][counts[one]]:
                sizes.append(float((box[2:] - box[:2]).max()))
                found.append(float(_overlap(best[kept], box)[0].max()) > 0.5)
    told, size, hit = [], np.array(sizes), np.array(found)
    for low, high in ((0, 64), (64, 128), (128, 256), (256, 999)):
        those = (size >= low) & (size < high)
        told.append(f"{low}-{high} px {hit[those].mean() if those.any() else 0:.3f}")
    return f"found {hit.mean():.3f} of {len(hit)} ({', '.join(told)})"


def suppress(boxes: Tensor, scores: Tensor, most: float) -> Tensor:
    """Return the places of boxes to keep, best first: none overlaps a better one by more."""
    order = scores.argsort(descending=True)
    left, kept = order, []
    while len(left) and len(kept) < 64:
        kept.append(left[0])
        left = left[1:][_overlap(boxes[left[1:]], boxes[left[0]])[0] <= most]
    return torch.stack(kept)


if __name__ == "__main__":
    main()
