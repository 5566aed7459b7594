"""What looking at a picture costs, stage by stage, and what a register of drawings takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.bench_hamming import print_hamming
from benchmarks.pictures.icons import PackagesMissing
from benchmarks.pictures.ours import kept_logos, open_logos, pictures_of, read_logos
from benchmarks.pictures.photos import photo_paths
from benchmarks.pictures.register import Gallery, Registers
from benchmarks.pictures.ways import Asked, use_one_thread
from benchmarks.process_memory import PeakMemory
from benchmarks.quality_pictures import make_pictures, references_of
from domain.pictures import ReferenceRole
from matchers.pictures.decode import decode_picture
from matchers.pictures.local import find_local
from matchers.pictures.logos import describe_logo, find_logos
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import needs_words, read_words

PICTURES = 60
MARKS = 100
MILLION = 1_000_000
One = TypeVar("One")
Made = TypeVar("Made")


def run(folder: Path) -> None:
    """Print hash search, then CPU and memory of the search of marks, on one core."""
    use_one_thread()
    print_hamming()
    if not photo_paths(folder, tested=False):
        print(f"no photos under {folder}: pictures not measured")
        return
    registers = Registers()
    try:
        tune = make_pictures(folder, registers, "tune")[:PICTURES]
        print_stages(tune, registers)
        print_registering(registers.marks)
        print_memory(registers)
    except PackagesMissing as error:
        print(f"pictures not measured: {error}")


def print_stages(pictures: Sequence[Asked], registers: Registers) -> None:
    """Print CPU time a picture by stage, and the share of pictures that words were read in."""
    decoded, decode_ms = _timed(lambda one: decode_picture(one.picture, one.name), pictures)
    reader = open_reader()
    needed, glance_ms = _timed(lambda one: needs_words(one, reader=reader), decoded)
    worded = [one for one, needs in zip(decoded, needed, strict=True) if needs]
    _, words_ms = _timed(lambda one: read_words(one, reader=reader), worded)
    share = len(worded) / len(decoded)
    print(f"\nCPU ms a picture on one core, {len(pictures)} pictures of .57 megapixels")
    print(f"{'decoding':40}{decode_ms:8.1f}")
    for gallery in (registers.marks, registers.large):
        index = open_logos(references_of(gallery))
        _, local_ms = _timed(lambda one, index=index: find_local(one, index.local), decoded)  # type: ignore[misc]
        _, logos_ms = _timed(lambda one, index=index: find_logos(one, index), decoded)  # type: ignore[misc]
        print(f"{f'logos, {len(gallery):,} drawings':40}{logos_ms:8.1f}", flush=True)
        print(f"{'  of it local features':40}{local_ms:8.1f}", flush=True)
    print(f"{'glance for words':40}{glance_ms:8.1f}")
    print(f"{'reading words, where there are any':40}{words_ms:8.1f}")
    print(f"{'words on average':40}{glance_ms + share * words_ms:8.1f}   ({share:.0%} needed them)")


def print_registering(gallery: Gallery) -> None:
    """Print what describing a drawing from its SVG costs, and adding it to a live index."""
    drawings = list(islice(gallery.drawings, 0, None, max(1, len(gallery) // MARKS)))
    decoded, decode_ms = _timed(lambda one: decode_picture(one.svg.encode(), one.slug), drawings)
    described, describe_ms = _timed(lambda one: describe_logo(one, ReferenceRole.LOGO), decoded)
    index = open_logos(references_of(gallery))
    new = list(zip(pictures_of(references_of(gallery)), described, strict=False))
    _, add_ms = _timed(lambda one: index.add([one]), new)
    print(
        f"\nregistering a mark: {decode_ms + describe_ms:.1f} ms ({decode_ms:.1f} to draw it); "
        f"adding it to a live index of {len(gallery):,}: {add_ms:.2f} ms"
    )


def print_memory(registers: Registers) -> None:
    """Print what processes take at most that open an index and search one picture."""
    taken = {len(g): _megabytes_of(g) for g in (registers.marks, registers.large)}
    (small, small_mb), (large, large_mb) = taken.items()
    slope = (large_mb - small_mb) / (large - small)
    print(
        f"\nmemory of a process with the index: {small_mb:.0f} MB at {small:,} drawings, "
        f"{large_mb:.0f} MB at {large:,}; along that line "
        f"{(large_mb + slope * (MILLION - large)) / 1024:.2f} GB at {MILLION:,}"
    )


def _megabytes_of(gallery: Gallery) -> float:
    index, picture = kept_logos(references_of(gallery)), gallery.png(0)
    with PeakMemory() as memory:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.bench_pictures", str(index)],
            input=picture,
            check=True,
        )
    return memory.megabytes


def _hold(path: Path, picture: bytes) -> None:
    """Open an index and search a picture: what a process that looks at pictures does."""
    use_one_thread()
    find_logos(decode_picture(picture, "a picture"), read_logos(path))
    time.sleep(1)  # long enough to be sampled


def _timed(work: Callable[[One], Made], things: Sequence[One]) -> tuple[list[Made], float]:
    """Return what the work made of each, and CPU milliseconds of one."""
    started = time.process_time()
    made = [work(one) for one in things]
    return made, (time.process_time() - started) * 1000 / max(1, len(things))


if __name__ == "__main__":
    _hold(Path(sys.argv[1]), sys.stdin.buffer.read())
