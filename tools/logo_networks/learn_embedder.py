"""What the embedder learns: crops of a mark lie near its drawing and far from all others."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as nnf
from torch import Tensor, nn

from tools.logo_networks.networks import CROP, fast
from tools.logo_networks.scenes import Marks, Stage

FILL = 0.87
"""Share of a crop's side that a mark's longer side takes: crops are 1.15 times the mark."""
_TEMPERATURE = 0.07
_ALIKE = 0.88
"""Correlation of two drawings from which they do not count as different marks."""


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


def embedder_steps(network: nn.Module, stage: Stage, words: Tensor, batch: int) -> Iterator[Tensor]:
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
        with fast(stage.device):
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
    with fast(pixels.device):
        parts = [network(part.mul(255)) for part in pixels.split(512)]
    return nnf.normalize(torch.cat(parts).float(), dim=1)


@torch.no_grad()
def examine_embedder(network: nn.Module, exam: Stage, marks: Marks) -> str:
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
