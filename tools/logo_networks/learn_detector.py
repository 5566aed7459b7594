"""What the detector learns: which cells of a picture lie within a mark, and where its sides are."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn

from tools.logo_networks.networks import LIMITS, STRIDES, cells_of, fast
from tools.logo_networks.scenes import Stage

_SIZES = ((16.0, 32.0), (32.0, 70.0), (70.0, 140.0), (140.0, 210.0))
"""Half sides in pixels of pictures whose longer side is 704."""


def draw_scenes(
    stage: Stage, count: int, side: int, words: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
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


def detector_steps(network: nn.Module, stage: Stage, words: Tensor, batch: int) -> Iterator[Tensor]:
    while True:
        side = (384, 448, 512)[int(stage.pick(1, 3))]
        with torch.no_grad():
            pixels, boxes, counts = draw_scenes(
                stage, max(batch * 448 * 448 // side**2, 2), side, words
            )
            cells = cells_of(side, side, stage.device)
            wanted, chosen = _assign(cells, boxes, counts)
        network.train()
        with fast(stage.device):
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
def examine_detector(network: nn.Module, exam: Stage) -> str:
    """Share of held-out marks of which one of the best 32 boxes shares over half, by size."""
    network.eval()
    exam.random.manual_seed(99)
    side, words = 448, torch.zeros(0, dtype=torch.long, device=exam.device)
    cells = cells_of(side, side, exam.device)
    sizes, found = [], []
    for _ in range(8):
        pixels, boxes, counts = draw_scenes(exam, 8, side, words)
        with fast(exam.device):
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
