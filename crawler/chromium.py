"""Finds the Chromium that renders pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from domain.common import MissingTool

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium(environment: Mapping[str, str] | None = None) -> Path:
    """Return Chromium's program: SUYUAN_CHROMIUM, else one on the PATH, else playwright's own.

    Raises: MissingTool.
    """
    given = os.environ if environment is None else environment
    named = given.get("SUYUAN_CHROMIUM")
    if named:
        if os.access(named, os.X_OK) and Path(named).is_file():
            return Path(named)
        raise MissingTool(f"SUYUAN_CHROMIUM names {named}, which is no program")
    for name in _NAMES:
        found = shutil.which(name, path=given.get("PATH"))
        if found:
            return Path(found)
    for program in sorted(_playwright_folder(given).glob("chromium-*/chrome-linux*/chrome")):
        return program
    raise MissingTool(
        "no Chromium: install the package chromium, run `playwright install chromium`, "
        "or name the program in SUYUAN_CHROMIUM"
    )


def launch_arguments() -> list[str]:
    """Return the switches for a browser that fetches what it is told and nothing else."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
        "--disable-gpu",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox for root.
        arguments.append("--no-sandbox")
    return arguments


def _playwright_folder(environment: Mapping[str, str]) -> Path:
    named = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    return Path(named) if named else Path.home() / ".cache" / "ms-playwright"
