"""Recall of real brands on photographs, and of stolen photos, beside what else one could use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.pictures.copying import CHANGES, list_photos, make_copies
from benchmarks.pictures.icons import PackagesMissing
from benchmarks.pictures.ours import Copies, Local, Logos, WithWords
from benchmarks.pictures.peers import Pdq, PHash256, Sift, WholePHash
from benchmarks.pictures.photos import photo_paths
from benchmarks.pictures.real import CROPS, RealPhotos, load_real
from benchmarks.pictures.register import Registers
from benchmarks.pictures.ways import (
    Asked,
    Outcome,
    Reference,
    Way,
    ask,
    fit_threshold,
    share,
)
from benchmarks.quality_pictures import make_pictures, references_of
from casework.picture_process import begin_picture_process
from domain.pictures import ReferenceRole

MakeWay = Callable[[Sequence[Reference]], Way]
REAL_WAYS: tuple[MakeWay, ...] = (Sift, Local, Logos)
WITH_WORDS: MakeWay = Logos
"""The way that words are added to."""
COPY_WAYS: tuple[MakeWay, ...] = (WholePHash, PHash256, Pdq, Copies)
FALSE_COPIES = 0.001


def run_brands(folder: Path) -> None:
    """Print recall of real brands, with drawings, 3 and 10 crops, and with words: some 15 minutes
    of two cores."""
    begin_picture_process()
    if not photo_paths(folder, tested=True):
        print(f"no photos under {folder}: nothing measured")
        return
    registers = Registers()
    try:
        tune = make_pictures(folder, registers, "tune")
        print_real(folder, references_of(registers.marks), tune)
    except PackagesMissing as error:
        print(f"no brands measured: {error}")


def run_copies(folder: Path) -> None:
    """Print recall of copied photos: some 3 minutes of two cores."""
    begin_picture_process()
    if not photo_paths(folder, tested=True):
        print(f"no photos under {folder}: nothing measured")
        return
    print_copies(folder)


def print_real(folder: Path, drawings: Sequence[Reference], without: Sequence[Asked]) -> None:
    """Print recall on photographs of real brands, with more and more crops in the register."""
    real = load_real(folder)
    if real is None:
        print(f"\nno photographs of brands under {folder}: not measured")
        return
    shown = [asked for asked in real.asked if asked.owner is not None]
    print(
        f"\n{len(shown)} photographs of {len(real.names)} real brands, "
        f"{len(real.asked) - len(shown)} without; {len(drawings)} drawings in the register"
    )
    print(
        "(@1%: recall at the threshold that 1 % of the composites without a mark pass; false: share"
    )
    print("of the photographs without a brand that have a hit at it)")
    print(f"{'way':36}{'crops':>6}{'@1':>6}{'@1%':>6}{'false':>7}{'ms':>7}")
    for crops in CROPS:
        references = [*drawings, *real.references(crops)]
        for make in REAL_WAYS:
            way = make(references)
            threshold = fit_threshold(ask(way, without))
            _print_real_row(way, crops, ask(way, real.asked), threshold)
            if make is WITH_WORDS:
                _print_with_words(way, crops, real, threshold)


def _print_with_words(way: Way, crops: int, real: RealPhotos, threshold: float) -> None:
    worded = WithWords(way, real.names, threshold)
    _print_real_row(worded, crops, ask(worded, real.asked), threshold)


def _print_real_row(way: Way, crops: int, outcomes: Sequence[Outcome], threshold: float) -> None:
    shown = [outcome for outcome in outcomes if outcome.asked.owner is not None]
    without = [outcome for outcome in outcomes if outcome.asked.owner is None]
    print(
        f"{way.title:36}{crops:6}{share(shown, lambda o: o.right):6.2f}"
        f"{share(shown, lambda o: o.right and o.passes(threshold)):6.2f}"
        f"{share(without, lambda o: o.passes(threshold)):7.3f}"
        f"{sum(o.cpu_ms for o in outcomes) / len(outcomes):7.0f}",
        flush=True,
    )


def print_copies(folder: Path) -> None:
    """Print recall of changed photos at one false hit in a thousand."""
    photos = folder / "pictures" / "photos"
    odd = [(path.stem, path.read_bytes()) for path in photo_paths(folder, tested=True)]
    even = [(path.stem, path.read_bytes()) for path in photo_paths(folder, tested=False)]
    bank = [*odd, *list_photos(folder / "pictures" / "real" / "train", "*.jpg")]
    # Photographs of a brand show what stands in the bank: its logo, alone or on other goods.
    real = load_real(folder)
    strange = [(one.name, one.picture) for one in real.asked if one.owner is None] if real else []
    others = [photo for _, photo in even]
    copies = make_copies(odd, known=True, others=others, seed=1)
    tuning = make_copies(even, known=False, others=others, seed=2)
    never = make_copies(strange, known=False, others=others, seed=3)
    if not never:
        print(f"\nno photographs beside those of {photos}: copies not measured")
        return
    print(
        f"\ncopies: {len(bank)} photos known; each of {len(odd)} changed in {len(CHANGES)} ways; "
        f"{len(never)} pictures of unknown photos\nthresholds fit on {len(tuning)} other pictures "
        f"of unknown photos, at most {FALSE_COPIES:.1%} of them false"
    )
    heads = "".join(f"{kind:>11}" for kind in CHANGES)
    print(f"{'way':30}{'false':>7}{'ms':>6}{heads}")
    known = [
        Reference(owner=name, name=name, role=ReferenceRole.PHOTO, read=lambda photo=photo: photo)  # type: ignore[misc]
        for name, photo in bank
    ]
    for make in COPY_WAYS:
        way = make(known)
        threshold = fit_threshold(ask(way, tuning), FALSE_COPIES)
        print(_copies_row(way.title, ask(way, [*copies, *never]), threshold), flush=True)


def _copies_row(title: str, outcomes: Sequence[Outcome], threshold: float) -> str:
    def found(outcome: Outcome) -> bool:
        return outcome.right and outcome.passes(threshold)

    known = [outcome for outcome in outcomes if outcome.asked.owner is not None]
    strange = [outcome for outcome in outcomes if outcome.asked.owner is None]
    recalls = "".join(
        f"{share([o for o in known if o.asked.kind == kind], found):11.2f}" for kind in CHANGES
    )
    return (
        f"{title:30}{share(strange, lambda o: o.passes(threshold)):7.4f}"
        f"{sum(o.cpu_ms for o in outcomes) / len(outcomes):6.1f}{recalls}"
    )
