"""Preserved bytes, exhibits and sealed packages (terms of ISO/IEC 27037)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import CaseId, Sha256


class EvidenceKind(StrEnum):
    """What the preserved bytes are."""

    PAGE = "page"
    RENDERED_PAGE = "rendered_page"
    PICTURE = "picture"
    SCREENSHOT = "screenshot"
    MHTML = "mhtml"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Bytes preserved before anything was made of them."""

    evidence_id: str
    sha256: Sha256
    kind: EvidenceKind
    source_url: str
    captured_at: datetime
    media_type: str
    bytes_count: int
    run_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """Who did what to a piece of evidence, and when; append-only."""

    evidence_id: str
    at: datetime
    by: str
    """User name, or the name of the program for captures."""
    act: str
    """preserved, exported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """Evidence numbered within a Dossier."""

    number: int
    """From 1."""
    caption: str
    file: str
    """Path inside the package."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A frozen compilation of a case's evidence."""

    dossier_id: str
    case_id: CaseId
    compiled_at: datetime
    compiled_by: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPackage:
    """A ZIP that was given out."""

    package_id: str
    case_id: CaseId
    dossier_id: str
    regime: str
    sealed_at: datetime
    sealed_by: str
    sha256: Sha256
    """Of the ZIP."""
    seal: Sha256
    """SHA-256 of the package's tag manifest, which names every other digest."""
    bytes_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of a verification."""

    name: str
    passed: bool
    words: str
