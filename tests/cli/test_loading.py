"""What a command loads before it begins: a register of 500 MB is imported in little memory."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("library", ["cv2", "numba", "onnxruntime", "pypinyin", "weasyprint"])
def test_an_import_of_a_register_loads_no_library_it_does_not_need(library: str) -> None:
    program = (
        "import sys, cli.imports\n"
        "from domain.grounds import Ground\n"
        "from web.labels import label_of\n"
        "label_of(next(iter(Ground)))\n"
        f"sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
