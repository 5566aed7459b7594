"""How the networks count follows the processor; what they give does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matchers.pictures.learned import networks
from matchers.pictures.learned.networks import CROP, open_networks


@pytest.mark.parametrize(
    ("told", "cuts"),
    [
        ("flags : fpu avx2 avx512f avx512_vnni", False),
        ("flags : fpu avx2 avx_vnni", False),
        ("flags : fpu avx2 avx512f", True),
        (None, True),  # nothing is known of the processor
    ],
)
def test_sums_are_counted_whole_where_the_processor_would_cut_them(
    told: str | None, cuts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cpuinfo"
    if told is not None:
        path.write_text(told)
    monkeypatch.setattr(networks, "_PROCESSOR", path)
    assert networks._cuts_sums() is cuts


def test_both_ways_of_counting_describe_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crops = np.random.default_rng(7).integers(0, 256, (3, 3, CROP, CROP), np.uint8)
    usual = open_networks().embed(crops)
    monkeypatch.setattr(networks, "_PROCESSOR", tmp_path / "none")
    whole = open_networks.__wrapped__().embed(crops)
    assert (usual * whole).sum(1) == pytest.approx(1, abs=0.001)
