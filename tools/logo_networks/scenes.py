"""Marks laid on photographs, by the thousand, on the device that trains.

The ways in which a listing shows a mark: its own colours or others, light on dark, on a label or on
the goods themselves, turned, seen aslant, round a bottle, on folds of fabric, partly hidden, under
sale text, small, and through a strong JPEG. All drawn by chance from a torch generator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as nnf
from torch import Tensor

_LEVELS = 4
"""Halvings of the drawings that are kept, so that small marks are not aliased."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Drawings on the device."""

    levels: tuple[Tensor, ...]
    """N×4×S×S, uint8 RGBA with premultiplied colour, S = 96, 48, 24, 12."""
    extents: Tensor
    """N×2: half width and half height of what is drawn, of the half side."""
    shapes: Tensor
    """N×576: what is drawn, 24 × 24, less its mean, of length 1: near shapes are no impostors."""

    def __len__(self) -> int:
        return len(self.extents)


def marks_from(rgba: Tensor, places: Tensor, device: torch.device) -> Marks:
    """Prepare those drawings of N×S×S×4 uint8 that stand at `places`."""
    shapes, extents = [], []
    levels: list[list[Tensor]] = [[] for _ in range(_LEVELS)]
    for part in places.split(1000):
        x = rgba[part].to(device).permute(0, 3, 1, 2).float() / 255
        x = torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], dim=1)
        alpha = x[:, 3]
        lit = alpha > 0.1
        side = alpha.shape[-1]
        across = torch.linspace(-1, 1, side, device=x.device).abs()
        half_width = (lit.any(1) * across).amax(1)
        half_height = (lit.any(2) * across).amax(1)
        extents.append(torch.stack([half_width, half_height], 1))
        ink = alpha * (1.3 - x[:, :3].mean(1))
        small = nnf.adaptive_avg_pool2d(ink[:, None], 24).flatten(1)
        shapes.append(nnf.normalize(small - small.mean(1, keepdim=True), dim=1))
        for level in range(_LEVELS):
            levels[level].append((x * 255).round().to(torch.uint8))
            x = nnf.avg_pool2d(x, 2)
    return Marks(
        levels=tuple(torch.cat(one) for one in levels),
        extents=torch.cat(extents),
        shapes=torch.cat(shapes),
    )


class Stage:
    """Draws scenes with one generator."""

    def __init__(self, marks: Marks, photos: Tensor, seed: int):
        """`photos`: P×3×H×W uint8."""
        self.marks = marks
        self.photos = photos
        self.device = photos.device
        self.random = torch.Generator(device=self.device).manual_seed(seed)

    # What chance gives.

    def uniform(self, count: int, low: float = 0.0, high: float = 1.0) -> Tensor:
        """Return `count` numbers of [low, high)."""
        drawn = torch.rand(count, generator=self.random, device=self.device)
        return drawn * (high - low) + low

    def happens(self, count: int, chance: float) -> Tensor:
        """Return `count` truths, each with a probability."""
        return self.uniform(count) < chance

    def pick(self, count: int, end: int) -> Tensor:
        """Return `count` whole numbers of [0, end)."""
        return torch.randint(0, end, (count,), generator=self.random, device=self.device)

    # Backgrounds.

    def backgrounds(self, count: int, side: int, closeness: tuple[float, float]) -> Tensor:
        """Return count×3×side×side, 0..1: parts of photographs, walls of colour, and noise.

        `closeness`: the least and the largest share of a photograph that fills the square.
        """
        share = self.uniform(count, *closeness)
        turn = self.uniform(count, -0.15, 0.15)
        flip = torch.where(self.happens(count, 0.5), 1.0, -1.0)
        shift = (1 - share)[:, None] * torch.stack(
            [self.uniform(count, -1, 1), self.uniform(count, -1, 1)], 1
        )
        cos, sin = torch.cos(turn) * share, torch.sin(turn) * share
        rows = torch.stack([cos * flip, -sin, shift[:, 0], sin * flip, cos, shift[:, 1]], 1)
        grid = nnf.affine_grid(rows.view(-1, 2, 3), [count, 3, side, side], align_corners=False)
        photos = self.photos[self.pick(count, len(self.photos))].float() / 255
        out = nnf.grid_sample(photos, grid, padding_mode="reflection", align_corners=False)
        flat = self.happens(count, 0.12)
        walls = self._walls(count, side)
        out = torch.where(flat.view(-1, 1, 1, 1), walls, out)
        channel = (
            1 + (torch.rand(count, 3, 1, 1, generator=self.random, device=self.device) - 0.5) * 0.4
        )
        return (out * channel + self.uniform(count, -0.15, 0.15).view(-1, 1, 1, 1)).clamp(0, 1)

    def _walls(self, count: int, side: int) -> Tensor:
        """Two colours that run into each other, with stripes or weave on some."""
        grid = torch.linspace(-1, 1, side, device=self.device)
        y, x = torch.meshgrid(grid, grid, indexing="ij")
        angle = self.uniform(count, 0, math.tau).view(-1, 1, 1)
        along = x * torch.cos(angle) + y * torch.sin(angle)
        waves = torch.sin(along * self.uniform(count, 5, 120).view(-1, 1, 1))
        weave = waves * torch.where(self.happens(count, 0.5), 0.25, 0.0).view(-1, 1, 1)
        mix = (along * 0.5 + 0.5 + weave).clamp(0, 1)[:, None]
        first = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        second = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        return first * mix + second * (1 - mix)

    # Marks.

    def lay(
        self, scene: Tensor, which: Tensor, centre: Tensor, half: Tensor, there: Tensor, level: int
    ) -> tuple[Tensor, Tensor]:
        """Lay a mark into each scene.

        scene: B×3×S×S 0..1. which: B, marks. centre, half: B×2 and B, in pixels (half: of the
        longer side). there: B, whether at all. level: halving of the drawings to draw from.
        Returns the scenes and B×4 boxes (left, top, right, bottom) of what is drawn.
        """
        count, _, side, _ = scene.shape
        homography, corners = self._aslant(which, centre, half)
        grid = torch.arange(side, device=self.device) + 0.5
        y, x = torch.meshgrid(grid, grid, indexing="ij")
        points = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3)
        back = points @ torch.linalg.inv(homography).transpose(1, 2)
        uv = (back[..., :2] / back[..., 2:].clamp(min=1e-3)).view(count, side, side, 2)
        uv = self._bend(uv)
        drawing = self.marks.levels[level][which].float() / 255
        drawn = nnf.grid_sample(drawing, uv, align_corners=False)
        colour, alpha = self._coloured(drawn, which)
        colour, alpha = self._on_label(colour, alpha, uv, which, scene)
        alpha = alpha * there.view(-1, 1, 1, 1)
        faint = torch.where(self.happens(count, 0.3), self.uniform(count, 0.55, 0.95), 1.0)
        alpha = alpha * faint.view(-1, 1, 1, 1)
        woven = torch.where(self.happens(count, 0.35), self.uniform(count, 0.3, 0.9), 0.0)
        shade = scene.mean(1, keepdim=True) * 1.2
        colour = colour * (1 - woven.view(-1, 1, 1, 1) * (1 - shade))
        laid = scene * (1 - alpha) + colour * alpha
        laid = self._hide(laid, uv, which, there)
        boxes = torch.cat([corners.amin(1), corners.amax(1)], 1)
        return laid, boxes

    def _aslant(self, which: Tensor, centre: Tensor, half: Tensor) -> tuple[Tensor, Tensor]:
        """Return homographies drawing ▶ scene and where the corners of the content come to lie."""
        count = len(which)
        wild = self.happens(count, 0.3)
        turn = torch.where(wild, self.uniform(count, -0.6, 0.6), self.uniform(count, -0.12, 0.12))
        sway = torch.where(wild, 0.22, 0.05).view(-1, 1, 1)
        stretch = torch.exp(self.uniform(count, -0.15, 0.15))
        extent = self.marks.extents[which]
        unit = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]], device=self.device)
        around = unit[None] * half.view(-1, 1, 1)
        around = around * torch.stack([stretch, 1 / stretch], 1)[:, None]
        noise = torch.rand(count, 4, 2, generator=self.random, device=self.device) - 0.5
        around = around + noise * 2 * sway * half.view(-1, 1, 1) * extent[:, None]
        cos, sin = torch.cos(turn), torch.sin(turn)
        rotation = torch.stack([cos, -sin, sin, cos], 1).view(-1, 2, 2)
        target = around @ rotation.transpose(1, 2) + centre[:, None]
        homography = _homography(unit.expand(count, 4, 2), target)
        content = unit[None] * extent[:, None]
        ones = torch.ones(count, 4, 1, device=self.device)
        moved = torch.cat([content, ones], 2) @ homography.transpose(1, 2)
        return homography, moved[..., :2] / moved[..., 2:]

    def _bend(self, uv: Tensor) -> Tensor:
        """Wave some as on folds, and roll some round a bottle or a can."""
        count = len(uv)
        depth = torch.where(self.happens(count, 0.25), self.uniform(count, 0.01, 0.06), 0.0)
        pace, start = self.uniform(count, 1, 6), self.uniform(count, 0, math.tau)
        wave = depth.view(-1, 1, 1) * torch.sin(
            uv[..., 1] * pace.view(-1, 1, 1) + start.view(-1, 1, 1)
        )
        across = uv[..., 0] + wave
        round_ = torch.where(self.happens(count, 0.15), self.uniform(count, 0.3, 0.8), 0.01)
        bow = round_.view(-1, 1, 1)
        rolled = torch.asin((across * bow).clamp(-0.99, 0.99)) / torch.asin(bow)
        inside = across.abs() < 1.1
        across = torch.where(inside, rolled, across)
        return torch.stack([across, uv[..., 1] + wave * 0.5], -1)

    def _coloured(self, drawn: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
        """Its own colours; one ink; dark and light swapped; or two inks for dark and light."""
        count = len(drawn)
        alpha = drawn[:, 3:]
        own = drawn[:, :3] / alpha.clamp(min=1e-3)
        grey = own.mean(1, keepdim=True)
        ink = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        other = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        light = 0.85 + 0.15 * ink
        ways = self.uniform(count).view(-1, 1, 1, 1)
        # A drawing that fills its square would be a plain square in one ink.
        full = (alpha.mean((1, 2, 3)) > 0.6 * (alpha > 0.02).float().mean((1, 2, 3))) & (
            grey.var((1, 2, 3)) > 0.02
        )
        swapped = 1 - own
        two = ink * grey + other * (1 - grey)
        one = torch.where(ways < 0.65, light.expand_as(own), ink.expand_as(own))
        changed = torch.where(full.view(-1, 1, 1, 1), torch.where(ways < 0.65, swapped, two), one)
        return torch.where(ways < 0.4, own, changed), alpha

    def _on_label(
        self, colour: Tensor, alpha: Tensor, uv: Tensor, which: Tensor, scene: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Put a plate under some; always under marks that would not be seen without."""
        count = len(colour)
        weight = alpha.sum((1, 2, 3)).clamp(min=1e-3)
        mean = (colour * alpha).sum((2, 3)) / weight[:, None]
        below = (scene * alpha).sum((2, 3)) / weight[:, None]
        unseen = (mean - below).abs().amax(1) < 0.25
        plated = self.happens(count, 0.5) | unseen
        tint = torch.rand(count, 3, generator=self.random, device=self.device) * 0.35
        dark_ink = mean.mean(1, keepdim=True) < 0.5
        plate = torch.where(dark_ink, 1 - tint, tint * 0.9)[..., None, None]
        extent = self.marks.extents[which].view(-1, 1, 1, 2)
        margin = 1 + self.uniform(count, 0.05, 0.5).view(-1, 1, 1)
        aside = (uv / extent.clamp(min=0.05)).abs()
        box = torch.maximum(aside[..., 0], aside[..., 1]) < margin
        oval = aside.square().sum(-1).sqrt() < margin * 1.3
        inside = torch.where(self.happens(count, 0.75).view(-1, 1, 1), box, oval)
        cover = (inside & plated.view(-1, 1, 1)).float()[:, None]
        laid = plate * (1 - alpha) + colour * alpha
        return torch.where(cover > 0, laid, colour), torch.maximum(alpha, cover)

    def _hide(self, scene: Tensor, uv: Tensor, which: Tensor, there: Tensor) -> Tensor:
        """Cover up to two fifths of some from one side."""
        count = len(scene)
        extent = self.marks.extents[which]
        side = self.pick(count, 4)
        axis = (side // 2).view(-1, 1, 1)
        sign = torch.where(side % 2 == 0, 1.0, -1.0).view(-1, 1, 1)
        place = torch.where(axis == 0, uv[..., 0], uv[..., 1]) * sign
        reach = torch.where(side // 2 == 0, extent[:, 0], extent[:, 1]).view(-1, 1, 1)
        share = self.uniform(count, 0.05, 0.42).view(-1, 1, 1)
        near = (uv.abs() < 1.25).all(-1)
        band = (place > reach * (1 - 2 * share)) & near
        hidden = self.happens(count, 0.18) & there
        paint = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        cover = (band & hidden.view(-1, 1, 1))[:, None]
        return torch.where(cover, paint, scene)

    # What a camera and a shop do to it.

    def wear(self, scene: Tensor, quality: tuple[float, float] = (18, 95)) -> Tensor:
        """Light from one side, softness, noise and JPEG."""
        count, _, side, _ = scene.shape
        grid = torch.linspace(-1, 1, side, device=self.device)
        y, x = torch.meshgrid(grid, grid, indexing="ij")
        angle = self.uniform(count, 0, math.tau).view(-1, 1, 1, 1)
        tilt = (x * torch.cos(angle) + y * torch.sin(angle)) * self.uniform(count, 0, 0.3).view(
            -1, 1, 1, 1
        )
        bend = torch.exp(self.uniform(count, -0.35, 0.35)).view(-1, 1, 1, 1)
        scene = (scene * (1 + tilt)).clamp(1e-3, 1) ** bend
        soft = torch.where(self.happens(count, 0.4), self.uniform(count, 0.4, 1.4), 0.05)
        scene = _blur(scene, soft)
        noise = torch.randn(scene.shape, generator=self.random, device=self.device)
        scene = scene + noise * self.uniform(count, 0, 0.04).view(-1, 1, 1, 1)
        return _jpeg(scene.clamp(0, 1), self.uniform(count, *quality))

    def write_over(self, scene: Tensor, words: Tensor, chance: float, half: float) -> Tensor:
        """Lay sale text (word marks, unlabelled) over some; `half`: of its width, in pixels."""
        count, side = len(scene), scene.shape[-1]
        which = words[self.pick(count, len(words))]
        place = torch.stack([self.uniform(count, 0, side), self.uniform(count, 0, side)], 1)
        size = half * torch.exp(self.uniform(count, -0.5, 0.5))
        level = min(max(round(math.log2(48 / max(half, 1))), 0), _LEVELS - 1)
        there = self.happens(count, chance)
        extent = self.marks.extents[which]
        flat = extent[:, 1] < 0.5  # lines of text, not badges
        homography, _ = self._aslant(which, place, size)
        grid = torch.arange(side, device=self.device) + 0.5
        y, x = torch.meshgrid(grid, grid, indexing="ij")
        points = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3)
        back = points @ torch.linalg.inv(homography).transpose(1, 2)
        uv = (back[..., :2] / back[..., 2:].clamp(min=1e-3)).view(count, side, side, 2)
        alpha = nnf.grid_sample(
            self.marks.levels[level][which][:, 3:].float() / 255, uv, align_corners=False
        )
        alpha = alpha * (there & flat).view(-1, 1, 1, 1)
        ink = torch.rand(count, 3, 1, 1, generator=self.random, device=self.device)
        return scene * (1 - alpha) + ink * alpha


def _homography(source: Tensor, target: Tensor) -> Tensor:
    """Solve for B×3×3 that take four source points to four target points."""
    x, y = source[..., 0], source[..., 1]
    u, v = target[..., 0], target[..., 1]
    one, zero = torch.ones_like(x), torch.zeros_like(x)
    first = torch.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1)
    second = torch.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1)
    solved = torch.linalg.solve(torch.cat([first, second], 1), torch.cat([u, v], 1)[..., None])
    last = torch.ones(len(source), 1, 1, device=source.device)
    return torch.cat([solved, last], 1).view(-1, 3, 3)


def _blur(scene: Tensor, sigma: Tensor) -> Tensor:
    """Gaussian blur, a sigma (pixels) for each of the batch."""
    count, bands, height, width = scene.shape
    reach = torch.arange(-4, 5, device=scene.device, dtype=scene.dtype)
    kernel = torch.exp(-(reach**2) / (2 * sigma.view(-1, 1) ** 2))
    kernel = (kernel / kernel.sum(1, keepdim=True)).repeat_interleave(bands, 0)
    flat = scene.reshape(1, count * bands, height, width)
    flat = nnf.pad(flat, (4, 4, 4, 4), mode="reflect")
    flat = nnf.conv2d(flat, kernel.view(-1, 1, 1, 9), groups=count * bands)
    flat = nnf.conv2d(flat, kernel.view(-1, 1, 9, 1), groups=count * bands)
    return flat.view(count, bands, height, width)


_LUMA = (
    (16, 11, 10, 16, 24, 40, 51, 61), (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56), (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77), (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101), (72, 92, 95, 98, 112, 100, 103, 99),
)  # fmt: skip
"""Quantisation of luminance at quality 50: ITU-T T.81, table K.1."""


def _jpeg(scene: Tensor, quality: Tensor) -> Tensor:
    """Quantise 8×8 blocks as JPEG does, a quality (1..100) for each; colour at half the size."""
    device = scene.device
    at = torch.arange(8, device=device, dtype=torch.float32)
    basis = torch.cos((2 * at[None] + 1) * at[:, None] * math.pi / 16) * math.sqrt(2 / 8)
    basis[0] /= math.sqrt(2)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100
    table = torch.tensor(_LUMA, device=device, dtype=torch.float32)
    steps = (table * scale.view(-1, 1, 1)).clamp(1, 255).view(-1, 1, 1, 1, 8, 8)
    red, green, blue = scene.float().unbind(1)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    chroma = nnf.avg_pool2d(torch.stack([blue - luma, red - luma], 1), 2)

    def coded(bands: Tensor, steps: Tensor) -> Tensor:
        count, many, height, width = bands.shape
        down, right = -height % 8, -width % 8
        blocks = nnf.pad(bands, (0, right, 0, down), mode="replicate") * 255
        tall, wide = (height + down) // 8, (width + right) // 8
        blocks = blocks.view(count, many, tall, 8, wide, 8).transpose(3, 4)
        turned = basis @ blocks @ basis.T
        turned = (turned / steps).round() * steps
        blocks = (basis.T @ turned @ basis).transpose(3, 4)
        return blocks.reshape(count, many, height + down, width + right)[..., :height, :width] / 255

    luma = coded(luma[:, None], steps)[:, 0]
    chroma = nnf.interpolate(coded(chroma, steps * 1.5), size=luma.shape[-2:], mode="bilinear")
    blue, red = luma + chroma[:, 0], luma + chroma[:, 1]
    green = (luma - 0.299 * red - 0.114 * blue) / 0.587
    return torch.stack([red, green, blue], 1).clamp(0, 1)
