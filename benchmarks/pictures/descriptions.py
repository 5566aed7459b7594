"""Descriptions of a register's pictures, kept a thousand at a time: 100,000 take half an hour."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.pictures.icons import CACHE
from benchmarks.pictures.ways import Reference
from casework.picture_process import begin_picture_process
from matchers.pictures.decode import decode_picture
from matchers.pictures.learned import describing
from matchers.pictures.learned.networks import networks_version
from matchers.pictures.local import LocalFeatures, features, frames, references
from matchers.pictures.local.features import Keypoints
from matchers.pictures.logos import LogoFeatures, describe_logo

A_FILE = 1_000
_SOURCES = (features, frames, references, describing)
"""Modules by which descriptions are made: they are made anew when one of them changes."""


def describe_all(described: Sequence[Reference]) -> Iterator[LogoFeatures]:
    """Yield the description of each picture, in their order; on every core where it is not kept."""
    parts = [described[at : at + A_FILE] for at in range(0, len(described), A_FILE)]
    paths = [_path(part) for part in parts]
    missing = [at for at, path in enumerate(paths) if not path.exists()]
    if missing:
        count = sum(len(parts[at]) for at in missing)
        print(f"describing {count} pictures; what is described is kept in {CACHE}", flush=True)
        paths[0].parent.mkdir(parents=True, exist_ok=True)
        global _parts
        _parts = parts
        with multiprocessing.get_context("fork").Pool(
            os.cpu_count(), begin_picture_process
        ) as pool:
            list(pool.imap_unordered(_describe_part, missing))
    for path in paths:
        for row in pickle.loads(path.read_bytes()):  # noqa: S301 - written below
            yield _unpacked(row)


_parts: Sequence[Sequence[Reference]] = ()


def _describe_part(at: int) -> None:
    rows = []
    for one in _parts[at]:
        found = describe_logo(decode_picture(one.read(), one.name), one.role)
        local = found.local
        kept = local and (
            local.keypoints.points,
            local.keypoints.descriptors,
            local.keypoints.responses,
            local.frame,
        )
        rows.append((kept, found.vector))
    path = _path(_parts[at])
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(rows))
    part.replace(path)


def _unpacked(row: tuple[Any, Any]) -> LogoFeatures:
    local, vector = row
    if local is None:
        return LogoFeatures(local=None, vector=vector)
    points, descriptors, responses, frame = local
    keypoints = Keypoints(points=points, descriptors=descriptors, responses=responses)
    return LogoFeatures(local=LocalFeatures(keypoints=keypoints, frame=frame), vector=vector)


def _path(part: Sequence[Reference]) -> Path:
    told = sha256(networks_version().encode())
    for module in _SOURCES:
        told.update(Path(str(module.__file__)).read_bytes())
    told.update("\n".join(f"{one.role} {one.name}" for one in part).encode())
    return CACHE / "described" / f"{told.hexdigest()[:20]}.pickle"
