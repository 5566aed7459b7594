"""Make a virtual environment with uv in it, on any Python ≥ 3.11.

Debian ships `python3 -m venv` without pip unless python3-venv is installed: the sentence printed
then names the package.
"""

import subprocess
import sys
import venv
from pathlib import Path

UV = "uv>=0.9"


def main(folder: Path) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may run an older one
        print(f"Suyuan needs Python 3.11 or later, this is {sys.version.split()[0]}")  # noqa: T201
        return 1
    try:
        venv.create(folder, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        print("python3 cannot make virtual environments: install the package python3-venv")  # noqa: T201
        return 1
    python = folder / "bin" / "python"
    return subprocess.call([python, "-m", "pip", "install", "--quiet", UV])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
