"""Sightings a second of the whole command `suyuan screen` on files, JSON Lines in and out.

Every right has a drawing, and some listings' pictures are copies of one by the hashes they carry.
Beside it what a user would write instead: rapidfuzz's partial ratio of every title over all
names, and plain rules over what that gives.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from rapidfuzz import fuzz, process

from benchmarks.names_data import NamesData, load_marks, load_names
from domain.rights import Mark
from matchers.pictures.description import describe_picture

SIGHTINGS = 20_000
PICTURES = 3
SIDE = 48
"""Pixels of a drawing."""
COPIED = 0.02
"""Share of pictures that are copies of a drawing."""
DESCRIBED = 200
"""Code points of a description."""
CUTOFF = 80
_PEERS = 200
"""Sightings that the peer is timed on, or it would take an hour."""


def run(folder: Path) -> None:
    """Print sightings a second of CPU time, start-up apart, and the peer's.

    Start-up is all that the first listing waits for: the register is read, its drawings are hashed,
    the index of names is opened.
    """
    data = load_names(folder)
    if data is None:
        print(f"no names under {folder}: nothing measured")
        return
    marks = load_marks(folder, "10k")
    with TemporaryDirectory() as made:
        home = Path(made)
        register, sightings, first = home / "r.csv", home / "s.jsonl", home / "first.jsonl"
        hashes = _draw(home, len(marks))
        register.write_text(_register(marks), encoding="utf-8")
        lines = list(_sightings(data, hashes))
        sightings.write_text("".join(lines), encoding="utf-8")
        first.write_text(lines[0], encoding="utf-8")
        _screen(home, register, first)  # Makes and saves the index of names.
        # With a first listing, whose pictures ask for the hashes of the register's drawings.
        started_s, _ = _screen(home, register, first)
        spent_s, pairs = _screen(home, register, sightings)
    ours = (SIGHTINGS - 1) / (spent_s - started_s)
    theirs = _peer(lines[:_PEERS], marks)
    print(
        f"{len(marks)} marks, each with a drawing; {SIGHTINGS} sightings with {PICTURES} hashed "
        f"pictures each, {COPIED:.0%} of these copies of a drawing"
    )
    print(f"{'':36}{'sightings/s':>12}")
    print(f"{'suyuan screen, one core':36}{ours:12.0f}   {pairs} pairs, start {started_s:.1f} s")
    print(f"{'rapidfuzz partial_ratio and rules':36}{theirs:12.1f}   titles only, no reasons")
    print(f"{'ratio':36}{ours / theirs:12.0f}")


def _screen(home: Path, register: Path, sightings: Path) -> tuple[float, int]:
    """Run the command; return the CPU time it took, in seconds, and the lines that it wrote."""
    before = getrusage(RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "cli.main", "screen"]
    ran = subprocess.run(
        [*command, "--register", str(register), "--sightings", str(sightings)],
        env={**os.environ, "SUYUAN_HOME": str(home), "OMP_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
    )
    after = getrusage(RUSAGE_CHILDREN)
    spent_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent_s, ran.stdout.count(b"\n")


def _draw(home: Path, count: int) -> list[str]:
    """Write drawings beside the register; returns their hashes."""
    dice = random.Random(3)
    hashes = []
    for number in range(count):
        drawing = Image.new("RGB", (SIDE, SIDE), "white")
        pen = ImageDraw.Draw(drawing)
        for _ in range(6):
            x, y, size = dice.randrange(SIDE), dice.randrange(SIDE), dice.randrange(4, SIDE // 2)
            pen.ellipse((x, y, x + size, y + size), fill=tuple(dice.randbytes(3)))
        drawing.save(home / f"{number}.png")
        hashes.append(describe_picture((home / f"{number}.png").read_bytes(), "drawing").phash)
    return hashes


def _register(marks: Sequence[Mark]) -> str:
    dice = random.Random(1)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("right_id", "kind", "name", "nice_classes", "holder", "valid_to", "logos"))
    for number, mark in enumerate(marks):
        classes = "|".join(map(str, sorted(dice.sample(range(1, 46), 2))))
        holder = f"第{number}号实业有限公司"
        writer.writerow(
            (f"R{number}", "mark", mark.name, classes, holder, "2035-01-01", f"{number}.png")
        )
    return file.getvalue()


def _sightings(data: NamesData, hashes: Sequence[str]) -> Iterator[str]:
    """Yield sightings as lines: half of the titles hold an imitation, half are clean."""
    dice = random.Random(2)
    titles = [one.text for one in data.planted] + list(data.clean)
    for number in range(SIGHTINGS):
        url = f"https://shop.example/item/{number}"
        pictures = [
            {
                "url": f"{url}/{picture}.jpg",
                "sha256": f"{dice.getrandbits(256):064x}",
                "phash": dice.choice(hashes)
                if dice.random() < COPIED
                else f"{dice.getrandbits(64):016x}",
            }
            for picture in range(PICTURES)
        ]
        seller = f"s{number % 2_000}"
        yield (
            json.dumps(
                {
                    "platform": "shop.example",
                    "listing_key": str(number),
                    "url": url,
                    "kind": "listing",
                    "fetched_at": "2026-11-20T08:00:00Z",
                    "title": titles[number % len(titles)],
                    "description": " ".join(dice.choices(data.clean, k=6))[:DESCRIBED],
                    "attributes": {"产地": "浙江省义乌市", "材质": "棉", "货号": f"A{number}"},
                    "category": ["日用", "百货"],
                    "offer": {"price": "59.90", "currency": "CNY", "ships_from": "浙江 义乌"},
                    "pictures": pictures,
                    "seller": {"seller_key": seller, "name": f"小店{seller}"},
                },
                ensure_ascii=False,
            )
            + "\n"
        )


def _peer(lines: Sequence[str], marks: Sequence[Mark]) -> float:
    """Return the sightings a second of a script that a user would write."""
    names = [mark.name for mark in marks]
    started = time.process_time()
    written = []
    for line in lines:
        row = json.loads(line)
        title = row["title"]
        best = process.extractOne(title, names, scorer=fuzz.partial_ratio, score_cutoff=CUTOFF)
        honest = any(word in title for word in ("二手", "闲置", "适用于"))
        found = {"listing_key": row["listing_key"], "mark": best[0] if best else None}
        written.append(json.dumps(found | {"flag": best is not None and not honest}))
    return len(lines) / (time.process_time() - started)
