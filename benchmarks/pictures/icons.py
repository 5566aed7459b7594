"""Drawings from npm packages: marks to search for, and icons that are nobody's mark."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache" / "pictures"
"""Where packages and what is rendered of them are kept; git ignores it."""
PACKAGES = {
    "simple-icons": "simple-icons@16.37.0",
    "logos": "@iconify-json/logos@1.2.19",
    "icons": "@iconify/json@2.2.535",
}
"""What is fetched, at the versions for which figures are written down."""
PERMISSIVE = frozenset(
    {"MIT", "Apache-2.0", "ISC", "CC0-1.0", "BSD-3-Clause", "OFL-1.1", "Unlicense"}
)
BRAND_SETS = frozenset(
    # Sets of the category "Logos" are left out by it; these hold brands under other names.
    {
        *("devicon", "devicon-plain", "skill-icons", "vscode-icons", "file-icons", "gcp", "k8s"),
        *("material-icon-theme", "catppuccin", "unjs", "academicons", "nonicons", "fa", "glyphs"),
        *("cryptocurrency", "cryptocurrency-color", "bxl", "lineicons", "ion", "jam", "raphael"),
    }
)
_VARIANT = re.compile(
    r"[-_](icon|wordmark|horizontal|vertical|light|dark|alt|mark|logo|inverted|\d+)$"
)


class PackagesMissing(Exception):
    """A package is not at hand and could not be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One drawing; `owner` is equal for drawings of one brand (docker, docker-icon)."""

    slug: str
    owner: str
    title: str
    """As people write the brand."""
    svg: str

    @property
    def tested(self) -> bool:
        """Whether scenes for the test are made of it; nothing may be tuned on such a one."""
        return sha256(f"mark:{self.owner}".encode()).digest()[0] % 2 == 1


def find_package(name: str) -> Path:
    """Return the folder of a package, fetching it when it is not in the cache.

    Raises PackagesMissing with the command that would bring it.
    """
    folder = CACHE / name
    if not (folder / "package" / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), PACKAGES[name]]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=600)
            (archive,) = folder.glob("*.tgz")
            with tarfile.open(archive) as opened:
                opened.extractall(folder, filter="data")
            archive.unlink()
        except (OSError, subprocess.SubprocessError, ValueError, tarfile.TarError) as error:
            raise PackagesMissing(
                f"{PACKAGES[name]} is neither in {folder} nor could it be fetched "
                f"({type(error).__name__}); run: {' '.join(command)}, and unpack it there"
            ) from error
    return folder / "package"


def load_marks() -> tuple[Drawing, ...]:
    """Return the marks of simple-icons (in the brand's colour) and of logos, ordered by slug."""
    marks = [*_simple_icons(find_package("simple-icons")), *_logos(find_package("logos"))]
    return tuple(sorted(marks, key=lambda mark: mark.slug))


def load_icons() -> Iterator[Drawing]:
    """Give the icons of permissive sets without brands; slug is SET--NAME, owner is NAME."""
    package = find_package("icons")
    collections = json.loads((package / "collections.json").read_text("utf-8"))
    for name, about in sorted(collections.items()):
        if about["license"]["spdx"] not in PERMISSIVE or name in BRAND_SETS:
            continue
        if about.get("category") == "Logos":
            continue
        content = json.loads((package / "json" / f"{name}.json").read_text("utf-8"))
        for icon, svg in _svgs(content):
            yield Drawing(slug=f"{name}--{icon}", owner=icon, title=icon, svg=svg)


def _simple_icons(package: Path) -> Iterator[Drawing]:
    entries = json.loads((package / "data" / "simple-icons.json").read_text("utf-8"))
    colours = {_fold(row["title"]): row["hex"] for row in entries}
    for path in sorted((package / "icons").glob("*.svg")):
        svg = path.read_text("utf-8")
        found = re.search(r"<title>(.*?)</title>", svg)
        title = unescape(found[1]) if found else path.stem
        colour = colours.get(_fold(title), "000000")
        yield Drawing(
            slug=path.stem,
            owner=_fold(path.stem),
            title=title,
            svg=svg.replace("<svg ", f'<svg width="24" height="24" fill="#{colour}" ', 1),
        )


def _logos(package: Path) -> Iterator[Drawing]:
    # Hidden ones are logos that a brand gave up: still marks.
    for icon, svg in _svgs(json.loads((package / "icons.json").read_text("utf-8")), hidden=True):
        owner = _bare(icon)
        yield Drawing(
            slug=f"logos--{icon}", owner=_fold(owner), title=owner.replace("-", " "), svg=svg
        )


def _svgs(content: dict[str, Any], *, hidden: bool = False) -> Iterator[tuple[str, str]]:
    width, height = content.get("width", 16), content.get("height", 16)
    for name, icon in sorted(content["icons"].items()):
        if icon.get("hidden") and not hidden:
            continue
        w, h = icon.get("width", width), icon.get("height", height)
        left, top = icon.get("left", 0), icon.get("top", 0)
        yield (
            name,
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{w}" height="{h}" viewBox="{left} {top} {w} {h}" color="#000">'
            f"{icon['body']}</svg>",
        )


def _bare(name: str) -> str:
    """The brand's name without what tells its drawings apart."""
    while (shorter := _VARIANT.sub("", name)) not in ("", name):
        name = shorter
    return name


def _fold(name: str) -> str:
    """The name as simple-icons writes slugs, so that both sets meet."""
    name = name.lower().replace("+", "plus").replace("&", "and").replace(".", "dot")
    return re.sub(r"[^a-z0-9]", "", name)
