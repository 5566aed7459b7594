"""The drawings to learn from: icons, words in open fonts, and both together.

    python -m tools.logo_networks.marks gather --icons JSON_DIR --names SIMPLE_ICONS_JSON \
        --fonts FONT_DIR --out BUNDLE_DIR
    python -m tools.logo_networks.marks draw --bundle BUNDLE_DIR --out marks

`gather` picks the drawings (JSON_DIR is the folder `json` of the npm package @iconify/json) and
packs them small; `draw` turns them into pictures of 96 × 96 pixels, RGBA.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import multiprocessing
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE = 96
"""Pixels of a drawing's square."""
_CONTENT = 90
"""Pixels of its longer side; the rest is margin."""
PERMISSIVE = {"MIT", "Apache-2.0", "ISC", "CC0-1.0", "BSD-3-Clause", "OFL-1.1", "Unlicense"}
_SETS = """
noto fluent-emoji-flat fluent-emoji-high-contrast fxemoji flat-color-icons healthicons pinhead
maki temaki osmic whh icon-park-solid icon-park mdi fluent ph tabler mingcute ri carbon
material-symbols ic iconmind hugeicons boxicons ion clarity dinkie-icons tdesign la fluent-mdl2
garden wi medical-icon fontisto picon foundation raphael meteocons circle-flags flag flagpack
cif duo-icons glyphs-poly fluent-color zmdi entypo ix bi mynaui jam covid vs map geo bpmn
guidance uim websymbol el lineicons marketeq zondicons qlementine-icons formkit gravity-ui
"""
"""Icon sets learnt from; sets of brands are left out, and brands in the others, by name."""
MOST_OF_A_SET = 700
WORDS = 9_000
LOCKUPS = 5_000
_BRANDISH = ("brand", "logo", "social")
_HAN = (
    "天地人和山水云龙凤金银玉石花草木林森海江河湖泉春夏秋冬东西南北中华国家民生康泰安宁福禄寿喜"
    "财宝鼎盛隆昌达通顺利丰源泰恒久新鲜美味香甜酒茶米面油盐酱醋果蔬鱼肉牛羊马鹿鹤燕雀鹰虎狮象熊"
    "红黄蓝绿白黑紫光明星月日风雨雪霜雷电火土大小老少男女儿童母婴健身心力量智慧文学书画琴棋诗歌"
    "京沪川湘粤鲁豫晋秦楚吴越百千万亿一二三四五六七八九十正品优良精致雅韵尚品格调乐享悦动飞翔舞"
)


def gather(icons: Path, names: Path, fonts: Path, out: Path) -> None:
    """Pack the chosen icons' SVG bodies and the fonts into a folder."""
    brands = _brand_names(names)
    chosen: list[dict[str, object]] = []
    for prefix in _SETS.split():
        path = icons / f"{prefix}.json"
        if not path.exists():
            continue
        document = json.loads(path.read_bytes())
        if document["info"]["license"].get("spdx") not in PERMISSIVE:
            continue
        size = (document.get("width", 16), document.get("height", 16))
        bodies = {
            name: icon
            for name, icon in document["icons"].items()
            if not icon.get("hidden") and _is_no_brand(name, brands) and _is_one_of_variants(name)
        }
        kept = sorted(bodies, key=lambda name: hashlib.sha256(f"{prefix}:{name}".encode()).digest())
        for name in kept[:MOST_OF_A_SET]:
            icon = bodies[name]
            box = (icon.get("left", 0), icon.get("top", 0), icon.get("width", size[0]))
            height = icon.get("height", size[1])
            chosen.append({"name": f"{prefix}:{name}", "box": [*box, height], "body": icon["body"]})
    out.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(json.dumps(one) for one in chosen)
    (out / "icons.jsonl.xz").write_bytes(lzma.compress(lines.encode(), preset=6))
    shutil.copytree(fonts, out / "fonts", dirs_exist_ok=True)
    print(f"{len(chosen)} icons, {(out / 'icons.jsonl.xz').stat().st_size / 1e6:.1f} MB")


def draw(bundle: Path, out: Path) -> None:
    """Draw every icon, word and lock-up of a bundle; those that come out empty are left out."""
    icons = lzma.decompress((bundle / "icons.jsonl.xz").read_bytes()).decode().splitlines()
    with multiprocessing.Pool() as pool:
        drawn = [one for one in pool.imap(_draw_icon, icons, chunksize=200) if one is not None]
        symbols = [drawn[at] for at in range(0, len(drawn), 3)]
        jobs = _word_jobs(bundle, symbols)
        words = [one for one in pool.imap(_draw_words, jobs, chunksize=100) if one is not None]
    bank = np.stack(drawn + words)
    kinds = np.repeat(np.array([0, 1], dtype=np.uint8), (len(drawn), len(words)))
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "rgba.npy", bank)
    np.save(out / "kinds.npy", kinds)
    print(f"{len(drawn)} icons and {len(words)} words drawn")


def _brand_names(names: Path) -> set[str]:
    """Return slugs of brands of four letters or more."""
    document = json.loads(names.read_bytes())
    entries = document["icons"] if isinstance(document, dict) else document
    titles = (entry["title"] for entry in entries)
    slugs = ("".join(sign for sign in title.casefold() if sign.isalnum()) for title in titles)
    return {slug for slug in slugs if len(slug) > 3}


def _is_no_brand(name: str, brands: set[str]) -> bool:
    parts = name.split("-")
    if any(part.startswith(_BRANDISH) for part in parts):
        return False
    runs = {"".join(parts[at:end]) for at in range(len(parts)) for end in range(at + 1, at + 4)}
    everyday = {"apple", "target", "shell", "slack", "word", "signal", "buffer", "stencil", "line"}
    return not (runs & (brands - everyday))


def _is_one_of_variants(name: str) -> bool:
    """Keep one size of icons that are drawn in many sizes."""
    parts = name.split("-")
    return not any(part in ("16", "12", "20", "28", "32", "48", "10", "8") for part in parts)


def _draw_icon(line: str) -> npt.NDArray[np.uint8] | None:
    import resvg_py

    icon = json.loads(line)
    left, top, width, height = icon["box"]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}" width="{width}" height="{height}" '
        f'color="#111">{icon["body"]}</svg>'
    )
    side = {"width": 192} if width >= height else {"height": 192}
    try:
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, **side)
        image = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    except (ValueError, OSError):
        return None
    return _in_square(image)


def _in_square(image: Image.Image) -> npt.NDArray[np.uint8] | None:
    """Cut to what is drawn, scale it to the content's size, centre it."""
    box = image.getchannel("A").point(lambda level: 255 * (level > 20)).getbbox()
    if box is None or min(box[2] - box[0], box[3] - box[1]) < 6:
        return None
    cut = image.crop(box)
    scale = _CONTENT / max(cut.size)
    size = (max(round(cut.width * scale), 1), max(round(cut.height * scale), 1))
    square = Image.new("RGBA", (SIDE, SIDE), (255, 255, 255, 0))
    square.paste(
        cut.resize(size, Image.Resampling.LANCZOS),
        ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2),
    )
    return np.asarray(square)


def _word_jobs(
    bundle: Path, symbols: Sequence[npt.NDArray[np.uint8]]
) -> Iterator[tuple[int, str, bool, npt.NDArray[np.uint8] | None]]:
    """Yield (seed, font, whether Han, symbol or None)."""
    fonts = sorted((bundle / "fonts" / "latin").iterdir())
    han = sorted((bundle / "fonts" / "han").iterdir())
    choice = random.Random(5)
    for seed in range(WORDS + LOCKUPS):
        is_han = choice.random() < 0.25
        font = choice.choice(han if is_han else fonts)
        symbol = symbols[choice.randrange(len(symbols))] if seed >= WORDS else None
        yield seed, str(font), is_han, symbol


def _draw_words(
    job: tuple[int, str, bool, npt.NDArray[np.uint8] | None],
) -> npt.NDArray[np.uint8] | None:
    """Draw one word mark: plain, outlined, in a badge, or beside a symbol."""
    seed, font_path, is_han, symbol = job
    choice = random.Random(seed)
    font = ImageFont.truetype(font_path, 96)
    word = _han_word(choice) if is_han else _latin_word(choice)
    lines = word.split(" ") if choice.random() < 0.6 else [word]
    ink = _colour(choice) if choice.random() < 0.6 else (17, 17, 17)
    drawing = _set_lines(lines, font, ink, choice)
    if drawing is None:
        return None
    if symbol is not None:
        drawing = _beside(drawing, Image.fromarray(symbol), choice)
    elif choice.random() < 0.35:
        drawing = _on_badge(drawing, choice)
    return _in_square(drawing)


def _latin_word(choice: random.Random) -> str:
    pairs = [first + second for first in "bcdfgp" for second in "lr"]
    onsets = (*"bcdfghjklmnprstvwz", *pairs, "ch", "sh", "st", "th")
    vowels = (*"aeiouy", "ai", "ea", "oo", "ou")
    ends = ["", "", "n", "r", "s", "x", "t", "l", "nd", "ck", "m"]

    def word() -> str:
        syllables = choice.choice((1, 2, 2, 3))
        parts = [choice.choice(onsets) + choice.choice(vowels) for _ in range(syllables)]
        return "".join(parts) + choice.choice(ends)

    count = choice.choice((1, 1, 1, 2, 2, 3))
    text = " ".join(word() for _ in range(count))
    if choice.random() < 0.15:
        text = "".join(part[0] for part in text.split(" ")) + choice.choice("aeioubdk&7x")
    return choice.choice((str.upper, str.lower, str.title))(text)


def _han_word(choice: random.Random) -> str:
    return "".join(choice.choice(_HAN) for _ in range(choice.choice((1, 2, 2, 3, 3, 4))))


def _colour(choice: random.Random) -> tuple[int, int, int]:
    return choice.randrange(220), choice.randrange(220), choice.randrange(220)


def _set_lines(
    lines: Sequence[str],
    font: ImageFont.FreeTypeFont,
    ink: tuple[int, int, int],
    choice: random.Random,
) -> Image.Image | None:
    width = round(max(font.getlength(line) for line in lines)) + 60
    canvas = Image.new("RGBA", (max(width, 80), 130 * len(lines) + 60), (255, 255, 255, 0))
    pen = ImageDraw.Draw(canvas)
    outlined = choice.random() < 0.12
    for row, line in enumerate(lines):
        left = (canvas.width - font.getlength(line)) / 2
        place = (left, 20 + 118 * row)
        if outlined:
            edge = choice.randrange(2, 5)
            pen.text(place, line, font=font, fill=(255, 255, 255, 255), stroke_width=edge,
                     stroke_fill=(*ink, 255))  # fmt: skip
        else:
            pen.text(place, line, font=font, fill=(*ink, 255),
                     stroke_width=choice.choice((0, 0, 2)), stroke_fill=(*ink, 255))  # fmt: skip
    if choice.random() < 0.15:
        shear = choice.uniform(-0.35, 0.35)
        canvas = canvas.transform(
            canvas.size, Image.Transform.AFFINE, (1, shear, -shear * canvas.height / 2, 0, 1, 0),
            Image.Resampling.BILINEAR,
        )  # fmt: skip
    box = canvas.getchannel("A").getbbox()
    return None if box is None else canvas.crop(box)


def _beside(drawing: Image.Image, symbol: Image.Image, choice: random.Random) -> Image.Image:
    symbol = symbol.crop(symbol.getchannel("A").getbbox())
    if choice.random() < 0.5:
        scale = drawing.height * choice.uniform(0.9, 2.2) / symbol.height
    else:
        scale = drawing.width * choice.uniform(0.3, 0.7) / symbol.width
    size = (max(round(symbol.width * scale), 4), max(round(symbol.height * scale), 4))
    symbol = symbol.resize(size)
    gap = round(min(drawing.size) * choice.uniform(0.1, 0.4))
    if symbol.height < drawing.height * 2.3 and choice.random() < 0.6:
        whole = Image.new(
            "RGBA",
            (symbol.width + gap + drawing.width, max(symbol.height, drawing.height)),
            (255, 255, 255, 0),
        )
        whole.paste(symbol, (0, (whole.height - symbol.height) // 2))
        whole.paste(drawing, (symbol.width + gap, (whole.height - drawing.height) // 2))
        return whole
    whole = Image.new(
        "RGBA",
        (max(symbol.width, drawing.width), symbol.height + gap + drawing.height),
        (255, 255, 255, 0),
    )
    whole.paste(symbol, ((whole.width - symbol.width) // 2, 0))
    whole.paste(drawing, ((whole.width - drawing.width) // 2, symbol.height + gap))
    return whole


def _on_badge(drawing: Image.Image, choice: random.Random) -> Image.Image:
    """Set a drawing in a filled or ringed shape."""
    width = round(drawing.width * choice.uniform(1.15, 1.6))
    height = round(drawing.height * choice.uniform(1.2, 2.2))
    kind = choice.choice(("box", "round", "oval", "circle"))
    if kind == "circle":
        width = height = max(width, height)
    whole = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    pen = ImageDraw.Draw(whole)
    filled = choice.random() < 0.6
    fill = (*_colour(choice), 255) if filled else None
    line = (*_colour(choice), 255)
    edge = choice.randrange(3, 12)
    frame = (2, 2, width - 3, height - 3)
    if kind == "box":
        pen.rectangle(frame, fill=fill, outline=line, width=edge)
    elif kind == "round":
        pen.rounded_rectangle(frame, height // 3, fill=fill, outline=line, width=edge)
    else:
        pen.ellipse(frame, fill=fill, outline=line, width=edge)
    if filled:
        white = Image.new("RGBA", drawing.size, (255, 255, 255, 255))
        white.putalpha(drawing.getchannel("A"))
        drawing = white
    place = ((width - drawing.width) // 2, (height - drawing.height) // 2)
    whole.alpha_composite(drawing, place)
    return whole.filter(ImageFilter.SMOOTH) if choice.random() < 0.2 else whole


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("gather", "draw"))
    for name in ("--icons", "--names", "--fonts", "--bundle", "--out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    if given.step == "gather":
        gather(given.icons, given.names, given.fonts, given.out)
    else:
        draw(given.bundle, given.out)


if __name__ == "__main__":
    main()
