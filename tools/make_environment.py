"""Make a virtual environment with uv in it, on any Python ≥ 3.11.

Debian's python3 makes none until python3-venv is installed: as root that is done here, else one
sentence names the package.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

UV = "uv>=0.10"


def main(folder: Path) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may run an older one
        print(f"Suyuan needs Python 3.11 or later, this is {sys.version.split()[0]}")  # noqa: T201
        return 1
    if not _make(folder) and not (_install_venv() and _make(folder)):
        print("python3 cannot make virtual environments: install the package python3-venv")  # noqa: T201
        return 1
    python = folder / "bin" / "python"
    return subprocess.call([python, "-m", "pip", "install", "--quiet", UV])


def _make(folder: Path) -> bool:
    try:
        venv.create(folder, with_pip=True, clear=True)  # A set-up that broke off begins anew.
    except (subprocess.CalledProcessError, ImportError):
        return False
    return True


def _install_venv() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.call(["apt-get", "-qq", *arguments], env=environment) == 0
        for arguments in (["update"], ["install", "--yes", "python3-venv"])
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
