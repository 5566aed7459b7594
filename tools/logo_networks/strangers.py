"""Describe drawings that belong to nobody, for matchers/pictures/learned/strangers.py.

python -m tools.logo_networks.strangers --marks marks
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from domain.common import Sha256
from domain.pictures import ReferenceRole
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.learned.describing import describe_mark
from matchers.pictures.learned.networks import open_networks

MANY = 4096
_LATIN_WORDS = (
    "SALE", "NEW", "HOT", "HOT!", "FREE", "Free Shipping", "BEST", "Best Quality", "TOP", "OFF",
    "50% OFF", "30%", "100%", "100% Cotton", "$9.99", "$19.99", "€25", "¥99", "2 FOR 1", "BUY NOW",
    "SHOP", "ONLY", "LIMITED", "DEAL", "OFFER", "GIFT", "NEW 2026", "S", "M", "L", "XL", "XXL",
    "SIZE", "M-XXL", "@shop", "www", "PRO", "MAX", "PLUS", "OK", "NO.1", "24h",
)  # fmt: skip
_HAN_WORDS = (
    "包邮", "正品", "新品", "特价", "热卖", "限时", "秒杀", "促销", "清仓", "优惠", "爆款", "现货",
    "满减", "买一送一", "七天无理由", "官方", "旗舰店", "品质保证", "厂家直销", "工厂店",
    "顺丰包邮", "假一赔十", "老店", "第二件半价", "新款", "高端", "促", "惠", "抢", "送",
)  # fmt: skip
"""What shops write over pictures of their goods."""
_FONTS_A_WORD = 12
_OUT = Path("matchers/pictures/learned/strangers.npy")


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marks", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, required=True)
    given = parser.parse_args()
    drawings = np.load(given.marks / "rgba.npy", mmap_mode="r")
    networks = open_networks()
    described = []
    for drawing in (*drawings[:: max(len(drawings) // MANY, 1)][:MANY], *_words(given.fonts)):
        share = drawing[..., 3:].astype(np.float32) / 255
        rgb = (drawing[..., :3] * share + 255 * (1 - share)).round().astype(np.uint8)
        decoded = DecodedPicture(
            sha256=Sha256(""),
            rgb=np.ascontiguousarray(rgb),
            alpha=np.ascontiguousarray(drawing[..., 3]),
            scale=1.0,
            width=rgb.shape[1],
            height=rgb.shape[0],
            media_type="image/png",
        )
        vector = describe_mark(decoded, ReferenceRole.LOGO, networks)
        if vector is not None:
            described.append(vector)
    np.save(_OUT, np.clip(np.stack(described) * 254, -127, 127).round().astype(np.int8))
    print(f"{len(described)} strangers, {_OUT.stat().st_size / 1e6:.2f} MB")


def _words(fonts: Path) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield pictures of shops' words, black on nothing, each in some of the fonts."""
    for script, words in (("latin", _LATIN_WORDS), ("han", _HAN_WORDS)):
        files = sorted((fonts / script).iterdir())
        for at, word in enumerate(words):
            for turn in range(min(_FONTS_A_WORD, len(files))):
                file = files[(at * 7 + turn * 5) % len(files)]
                font = ImageFont.truetype(str(file), 60)
                canvas = Image.new("RGBA", (round(font.getlength(word)) + 40, 130), (0, 0, 0, 0))
                ImageDraw.Draw(canvas).text((20, 20), word, font=font, fill=(0, 0, 0, 255))
                yield np.asarray(canvas)


if __name__ == "__main__":
    main()
