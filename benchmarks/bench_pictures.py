"""What looking at a picture costs, stage by stage, and what a register of drawings takes."""

from __future__ import annotations

import pickle
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
from benchmarks.pictures.ways import Asked
from benchmarks.process_memory import memory_now
from benchmarks.quality_pictures import make_pictures, references_of
from casework.picture_process import begin_picture_process
from domain.pictures import ReferenceRole
from matchers.pictures.copies import find_copies
from matchers.pictures.copies_index import index_copies
from matchers.pictures.decode import decode_picture
from matchers.pictures.described import decode_reference
from matchers.pictures.local import find_local
from matchers.pictures.logos import describe_logo, find_logos
from matchers.pictures.prints import take_print
from matchers.pictures.seals import find_seals, may_show_seals
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import needs_words, read_words

EVERY = 12
"""Of the pictures that `quality pictures/marks` asks about, so many apart are looked at."""
MARKS = 100
MILLION = 1_000_000
SEARCHED = 20
One = TypeVar("One")
Made = TypeVar("Made")


def run_hashes(_: Path) -> None:
    """Print how many hashes a second are searched, on one core."""
    begin_picture_process()
    print_hamming()


def run_stages(folder: Path) -> None:
    """Print CPU time of every stage of a look, with two registers, and of registering a mark."""
    begin_picture_process()
    if not photo_paths(folder, tested=True):
        print(f"no photos under {folder}: pictures not measured")
        return
    registers = Registers()
    try:
        print_stages(make_pictures(folder, registers, "test")[::EVERY], registers)
        print_registering(registers.marks)
    except PackagesMissing as error:
        print(f"pictures not measured: {error}")


def run_memory(_: Path) -> None:
    """Print what a process with an index of marks takes, with two registers."""
    begin_picture_process()
    try:
        print_memory(Registers())
    except PackagesMissing as error:
        print(f"memory not measured: {error}")


def print_stages(pictures: Sequence[Asked], registers: Registers) -> None:
    """Print CPU time a picture by stage, and the share of pictures that words were read in."""
    decoded, decode_ms = _timed(lambda one: decode_picture(one.picture, one.name), pictures)
    reader, some = open_reader(), references_of(registers.marks)[:: len(registers.marks) // MARKS]
    prints = [take_print(decode_picture(one.read(), one.name)) for one in some]
    copies = index_copies(pictures_of(some), prints)
    _, copies_ms = _timed(lambda one: find_copies(take_print(one), copies), decoded)
    needed, glance_ms = _timed(lambda one: needs_words(one, reader=reader), decoded)
    worded = [one for one, needs in zip(decoded, needed, strict=True) if needs]
    _, words_ms = _timed(lambda one: read_words(one, reader=reader), worded)
    seals, seals_ms = _timed(
        lambda one: find_seals(one, reader=reader) if may_show_seals(one) else None, decoded
    )
    words_share = len(worded) / len(decoded)
    seals_share = sum(found is not None for found in seals) / len(decoded)
    words_ms = glance_ms + words_share * words_ms
    shown = [one for one, asked in zip(decoded, pictures, strict=True) if asked.owner is not None]
    empty = [one for one, asked in zip(decoded, pictures, strict=True) if asked.owner is None]
    print(
        f"\nCPU ms a picture on one core, {len(pictures)} pictures of .57 megapixels, "
        f"{len(shown)} of them with a mark"
    )
    print(f"{'decoding':40}{decode_ms:8.1f}")
    print(f"{'copies':40}{copies_ms:8.1f}")
    print(f"{'official signs':40}{seals_ms:8.1f}   ({seals_share:.0%} have rings with letters)")
    print(f"{'words':40}{words_ms:8.1f}   ({words_share:.0%} needed them)")
    for gallery in (registers.marks, registers.large):
        index = open_logos(references_of(gallery))
        _, local_ms = _timed(lambda one, index=index: find_local(one, index.local), decoded)  # type: ignore[misc]
        shown_ms, empty_ms = (
            _timed(lambda one, index=index: find_logos(one, index), some)[1]  # type: ignore[misc]
            for some in (shown, empty)
        )
        logos_ms = (shown_ms * len(shown) + empty_ms * len(empty)) / len(decoded)
        whole_ms = decode_ms + copies_ms + logos_ms + seals_ms
        told = f"   (with a mark {shown_ms:.0f}, without {empty_ms:.0f})"
        print(f"{f'logos, {len(gallery):,} drawings':40}{logos_ms:8.1f}{told}", flush=True)
        print(f"{'  of it local features':40}{local_ms:8.1f}")
        told = f"   (without a mark {whole_ms - logos_ms + empty_ms:.0f})"
        print(f"{'  all stages but words':40}{whole_ms:8.1f}{told}")
        print(f"{'  all stages':40}{whole_ms + words_ms:8.1f}", flush=True)


def print_registering(gallery: Gallery) -> None:
    """Print what describing a drawing from its SVG costs, and adding it to a live index."""
    drawings = list(islice(gallery.drawings, 0, None, max(1, len(gallery) // MARKS)))
    decoded, decode_ms = _timed(lambda one: decode_reference(one.svg.encode(), one.slug), drawings)
    described, describe_ms = _timed(lambda one: describe_logo(one, ReferenceRole.LOGO), decoded)
    index = open_logos(references_of(gallery))
    new = list(zip(pictures_of(references_of(gallery)), described, strict=False))
    _, add_ms = _timed(lambda one: index.add([one]), new)
    print(
        f"\nregistering a mark: {decode_ms + describe_ms:.1f} ms ({decode_ms:.1f} to draw it); "
        f"adding it to a live index of {len(gallery):,}: {add_ms:.2f} ms"
    )


def print_memory(registers: Registers) -> None:
    """Print what a process takes that has opened an index and searched pictures."""
    taken = {len(g): _megabytes_of(g) for g in (registers.marks, registers.large)}
    (small, small_mb), (large, large_mb) = taken.items()
    print(f"\nMB of a process that has opened the index and searched {SEARCHED} pictures")
    print(f"{'drawings':>12}{'in all':>9}{'its own':>9}{'file':>9}")
    for count, row in taken.items():
        print(f"{count:12,}" + "".join(f"{one:9.0f}" for one in row))
    rise = (MILLION - large) / (large - small)
    further = [b + (b - a) * rise for a, b in zip(small_mb, large_mb, strict=True)]
    print(f"{MILLION:12,}" + "".join(f"{one:9.0f}" for one in further) + "   along that line")
    print("(what is not its own lies in the file: all processes share it, and it may be dropped)")


def _megabytes_of(gallery: Gallery) -> tuple[float, float, float]:
    """Return the memory in all, of it what the process has for itself, and the size of the file."""
    index = kept_logos(references_of(gallery))
    step = max(1, len(gallery) // SEARCHED)
    pictures = [gallery.png(at) for at in range(0, step * SEARCHED, step)]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_pictures", str(index)],
        input=pickle.dumps(pictures),
        check=True,
        stdout=subprocess.PIPE,
    )
    in_all, its_own = map(float, ran.stdout.split())
    return in_all, its_own, index.stat().st_size / 2**20


def _hold(path: Path, pictures: Sequence[bytes]) -> None:
    """Open an index, search pictures and print the memory taken."""
    begin_picture_process()
    index = read_logos(path)
    for picture in pictures:
        find_logos(decode_picture(picture, "a picture"), index)
    print(*memory_now())


def _timed(work: Callable[[One], Made], things: Sequence[One]) -> tuple[list[Made], float]:
    """Return what the work made of each, and CPU milliseconds of one."""
    started = time.process_time()
    made = [work(one) for one in things]
    return made, (time.process_time() - started) * 1000 / max(1, len(things))


if __name__ == "__main__":
    _hold(Path(sys.argv[1]), pickle.load(sys.stdin.buffer))  # noqa: S301 - from `_megabytes_of`
