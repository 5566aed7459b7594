"""The operator's keys to open platforms: one file, one section a platform, for the operator alone.

    [ebay]
    client_id = "…"
    client_secret = "…"

The process of a crawl reads the file itself: keys stand in no job, no command line, no database
and no log, and errors name them without showing them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from crawler.addresses import host_port
from crawler.platforms import PLATFORMS, Api, Keys, Platform
from domain.common import WrongUse

_MOST_BYTES = 100_000
_OTHERS = 0o077


def read_keys(file: Path, platform: Platform) -> Keys | None:
    """Return the keys to a platform's open API; None without the file, or a section in it.

    Raises: WrongUse for a file that others may read or that makes no sense.
    """
    if platform.api is None:
        return None
    text = _read_private(file)
    if text is None:
        return None
    sections = _sections(text, file)
    section = sections.get(platform.name)
    if section is None:
        return None
    return _keys_of(section, platform.api, f"section [{platform.name}] of {file}")


def _read_private(file: Path) -> str | None:
    """Return what a file says; None without one. Raises: WrongUse where others may read it."""
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if mode & _OTHERS:
                raise WrongUse(f"{file} may be read by others than its owner: chmod 600 {file}")
            return opened.read(_MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongUse(f"{file} cannot be read: {type(fault).__name__}") from None


def _sections(text: str, file: Path) -> Mapping[str, object]:
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        # The parser's words may quote the file; only the place is told.
        place = re.search(r"at (?:line \d+, column \d+|end of document)", str(fault))
        raise WrongUse(f"{file} is no TOML {place[0] if place else ''}".rstrip()) from None
    known = {platform.name for platform in PLATFORMS if platform.api is not None}
    for name in sections:
        if name not in known:
            raise WrongUse(f"{file}: [{name}] is none of {', '.join(sorted(known))}")
    return sections


def _keys_of(section: object, api: Api, where: str) -> Keys:
    if not isinstance(section, dict):
        raise WrongUse(f"{where}: expected names and values")
    known = {*api.needs, *api.takes, "gateway"}
    for name, value in section.items():
        if name not in known:
            raise WrongUse(f"{where}: {name} is none of {', '.join(sorted(known))}")
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise WrongUse(f"{where}: {name} is a text in quotes, on one line")
    missing = [name for name in api.needs if name not in section]
    if missing:
        raise WrongUse(f"{where} lacks {', '.join(missing)}")
    gateway = str(section.get("gateway", api.gateway)).rstrip("/")
    if host_port(gateway) is None or not re.fullmatch(r"https?://[^/?#]+", gateway):
        raise WrongUse(f"{where}: gateway is a scheme and a host, like {api.gateway}")
    return Keys(values={name: str(section[name]) for name in section}, gateway=gateway, where=where)
