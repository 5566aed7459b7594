"""What a command loads before it begins: memory, and the time until it answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("library", ["cv2", "numba", "onnxruntime", "pypinyin", "weasyprint"])
def test_an_import_of_a_register_loads_no_library_it_does_not_need(library: str) -> None:
    """A register of 500 MB is imported in little memory."""
    program = (
        "import sys, cli.imports\n"
        "from domain.grounds import Ground\n"
        "from web.labels import label_of\n"
        "label_of(next(iter(Ground)))\n"
        f"sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_search_of_names_loads_no_library_it_does_not_need(tmp_path: Path) -> None:
    """It answers within seconds of being called."""
    register, titles = tmp_path / "register.csv", tmp_path / "titles.jsonl"
    register.write_text("right_id,kind,name\n1,mark,云栖虎\n", "utf-8")
    titles.write_text('{"id": 1, "text": "云七虎 茶"}\n', "utf-8")
    words = ["match", "names", "--register", str(register), "--titles", str(titles)]
    program = (
        "import sys\n"
        "from cli.main import run\n"
        f"status = run({words!r})\n"
        "print(status, *{one.partition('.')[0] for one in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    answer, loaded = ran.stdout.decode().splitlines()
    assert '"surface": "云七虎"' in answer
    status, *libraries = loaded.split(" ")
    assert status == "0"
    assert "numba" in libraries
    assert not {"cv2", "onnxruntime", "openpyxl", "sqlalchemy", "xlrd"} & set(libraries)
