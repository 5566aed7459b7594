"""Settings, from the environment and nowhere else."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from domain.common import WrongUse
from domain.grounds import MAINLAND, Market

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where Suyuan keeps things and how it presents itself."""

    folder: Path
    """Holds the database (unless another is named), the blobs and the secret key."""
    database_url: str
    """SQLAlchemy URL."""
    language: str
    """Language of command output, zh or en: SUYUAN_LANGUAGE, else as POSIX has it LC_ALL,
    LC_MESSAGES or LANG."""
    contact: str
    """Put into the crawler's user agent, so that a shop knows whom to ask."""
    time_zone: str
    """IANA name; schedules and printed times follow it."""

    keys_file: Path
    """The operator's keys to open platforms (TOML); it need not exist."""
    market: Market = MAINLAND
    """Offices whose registrations are a ground where the watched platforms are."""
    look_budget_ms: int = 5_000
    """CPU time that the pictures of one listing may cost before the others have had their turn."""

    @property
    def blobs_folder(self) -> Path:
        return self.folder / "blobs"

    @property
    def indexes_folder(self) -> Path:
        """Indexes of the register; they may be deleted and are made anew."""
        return self.folder / "indexes"

    @property
    def pairs_file(self) -> Path:
        """Characters that copies put for each other (`kept_pairs`)."""
        return self.folder / "pairs.txt"

    @property
    def texts_folder(self) -> Path:
        """What listings say, to be searched for new names; made anew from the database."""
        return self.folder / "texts"

    @property
    def secret_file(self) -> Path:
        return self.folder / "secret.key"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read SUYUAN_HOME, SUYUAN_DATABASE, SUYUAN_LANGUAGE, SUYUAN_CONTACT, SUYUAN_TIME_ZONE,
    SUYUAN_KEYS, SUYUAN_MARKET and SUYUAN_LOOK_BUDGET_MS.

    Raises: WrongUse naming the variable that makes no sense.
    """
    given = os.environ if environment is None else environment
    folder = Path(given.get("SUYUAN_HOME") or "suyuan-data").absolute()
    named = (given.get(one) for one in ("SUYUAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, named), "en")
    chosen = "zh" if language.lower().startswith("zh") else "en"
    if "SUYUAN_LANGUAGE" in given and given["SUYUAN_LANGUAGE"] not in ("zh", "en"):
        raise WrongUse(f"SUYUAN_LANGUAGE must be zh or en, got {given['SUYUAN_LANGUAGE']!r}")
    budget = given.get("SUYUAN_LOOK_BUDGET_MS") or "5000"
    if not budget.isdecimal() or int(budget) == 0:
        raise WrongUse(f"SUYUAN_LOOK_BUDGET_MS must be milliseconds above 0, got {budget!r}")
    return Settings(
        folder=folder,
        database_url=given.get("SUYUAN_DATABASE") or f"sqlite:///{folder / 'suyuan.db'}",
        language=chosen,
        contact=given.get("SUYUAN_CONTACT") or "no contact configured",
        time_zone=given.get("SUYUAN_TIME_ZONE") or "Asia/Shanghai",
        keys_file=Path(given.get("SUYUAN_KEYS") or folder / "keys.toml").absolute(),
        look_budget_ms=int(budget),
        market=_read_market(given.get("SUYUAN_MARKET") or "CN"),
    )


def _read_market(text: str) -> Market:
    offices = [part.strip().upper() for part in text.split(",")]
    if not all(len(one) == 2 and one.isascii() and one.isalpha() for one in offices):
        raise WrongUse(f"SUYUAN_MARKET must be offices such as CN or CN,HK, got {text!r}")
    return frozenset(offices)


def secret_key(settings: Settings) -> bytes:
    """Return the key that signs sessions, made at first use and readable by the owner alone."""
    path = settings.secret_file
    if not path.exists():
        handle, written = tempfile.mkstemp(dir=settings.folder)  # Readable by the owner alone.
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
        # Of two processes that start at once the first to link its key wins, and both read it.
        with suppress(FileExistsError):
            os.link(written, path)
        Path(written).unlink()
    return path.read_bytes()
