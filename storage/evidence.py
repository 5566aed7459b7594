"""Preserved bytes with their custody log, and what was compiled and sealed of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, Table, select

from domain.common import CaseId, Sha256
from domain.evidence import CustodyEntry, Dossier, Evidence, SealedPackage
from domain.notices import Notice
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    from_row,
    metadata,
    save,
    to_json,
    to_row,
)

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_id", PlainText, primary_key=True, comment="Derived from digest, URL and time"),
    Column("sha256", PlainText, nullable=False, comment="Of the bytes, kept as a blob"),
    Column("kind", PlainText, nullable=False, comment="page, rendered_page, picture …"),
    Column("source_url", PlainText, nullable=False, comment="Where the bytes came from"),
    Column("captured_at", UtcDateTime, nullable=False, comment="When they were fetched"),
    Column("media_type", PlainText, nullable=False, comment="As the server declared"),
    Column("bytes_count", Integer, nullable=False, comment="How many bytes"),
    Column("run_id", PlainText, comment="The run that fetched them; null for uploads"),
    comment="Bytes preserved before anything was made of them",
)
Index(None, evidence.c.sha256)
Index(None, evidence.c.captured_at)

custody = Table(
    "custody",
    metadata,
    Column("entry_id", Integer, primary_key=True, comment="In the order of the log"),
    Column("evidence_id", PlainText, nullable=False, comment="The evidence acted on"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("by", PlainText, nullable=False, comment="User name, or the program for captures"),
    Column("act", PlainText, nullable=False, comment="preserved or exported"),
    comment="Custody log of evidence; rows are only ever added",
)
Index(None, custody.c.evidence_id)
_ADDING_CUSTODY = custody.insert()

dossiers = Table(
    "dossiers",
    metadata,
    Column("dossier_id", PlainText, primary_key=True, comment="Derived from case and exhibits"),
    Column("case_id", PlainText, nullable=False, comment="The case"),
    Column("compiled_at", UtcDateTime, nullable=False, comment="When it was frozen"),
    Column("content", Json, nullable=False, comment="The whole Dossier with its exhibits"),
    comment="Frozen compilations of a case's evidence",
)

packages = Table(
    "packages",
    metadata,
    Column("package_id", PlainText, primary_key=True, comment="Derived from its seal and case"),
    Column("case_id", PlainText, nullable=False, comment="The case"),
    Column("dossier_id", PlainText, nullable=False, comment="The dossier in it"),
    Column("regime", PlainText, nullable=False, comment="Notice regime"),
    Column("sealed_at", UtcDateTime, nullable=False, comment="When"),
    Column("sealed_by", PlainText, nullable=False, comment="User name"),
    Column("sha256", PlainText, nullable=False, comment="Of the ZIP, kept as a blob"),
    Column("seal", PlainText, nullable=False, comment="SHA-256 of its tag manifest"),
    Column("bytes_count", Integer, nullable=False, comment="Of the ZIP"),
    Column("notice", Json, nullable=False, comment="The whole Notice as it went out"),
    comment="Sealed packages that were given out",
)
Index(None, packages.c.case_id)


def save_evidence(unit: Unit, piece: Evidence, by: str) -> bool:
    """Note preserved bytes and open their custody log; False when noted already."""
    values = {**to_row(piece, evidence), "kind": piece.kind.value}
    new = save(unit, evidence, values, replace=False)
    if new:
        entry = CustodyEntry(
            evidence_id=piece.evidence_id, at=piece.captured_at, by=by, act="preserved"
        )
        add_custody(unit, entry)
    return new


def add_custody(unit: Unit, entry: CustodyEntry) -> None:
    """Append to the custody log."""
    unit.execute(_ADDING_CUSTODY, to_row(entry, custody))


def custody_of(unit: Unit, evidence_id: str) -> tuple[CustodyEntry, ...]:
    """Return the custody log of one piece, in order."""
    rows = unit.execute(
        select(custody).where(custody.c.evidence_id == evidence_id).order_by(custody.c.entry_id)
    ).mappings()
    return tuple(from_row(CustodyEntry, dict(row)) for row in rows)


def evidence_of_digest(unit: Unit, sha256: Sha256) -> tuple[Evidence, ...]:
    """Return every capture of just these bytes, the first one first."""
    rows = unit.execute(
        select(evidence)
        .where(evidence.c.sha256 == sha256)
        .order_by(evidence.c.captured_at, evidence.c.evidence_id)
    ).mappings()
    return tuple(from_row(Evidence, dict(row)) for row in rows)


def evidence_at(unit: Unit, source_url: str, captured_at: datetime) -> tuple[Evidence, ...]:
    """Return everything captured from one address at one moment."""
    rows = unit.execute(
        select(evidence)
        .where(evidence.c.source_url == source_url, evidence.c.captured_at == captured_at)
        .order_by(evidence.c.evidence_id)
    ).mappings()
    return tuple(from_row(Evidence, dict(row)) for row in rows)


def save_dossier(unit: Unit, dossier: Dossier) -> bool:
    """Keep a dossier; returns False when just this one is kept already."""
    values = {**to_row(dossier, dossiers), "content": to_json(dossier)}
    return save(unit, dossiers, values, replace=False)


def find_dossier(unit: Unit, dossier_id: str) -> Dossier | None:
    """Return one dossier, or None."""
    content = unit.execute(
        select(dossiers.c.content).where(dossiers.c.dossier_id == dossier_id)
    ).scalar()
    return None if content is None else from_json(Dossier, content)


def save_package(unit: Unit, package: SealedPackage, notice: Notice) -> bool:
    """Keep what was given out; returns False when just this one is kept already."""
    values = {**to_row(package, packages), "notice": to_json(notice)}
    return save(unit, packages, values, replace=False)


def find_package(unit: Unit, package_id: str) -> SealedPackage | None:
    """Return one sealed package, or None."""
    row = (
        unit.execute(select(packages).where(packages.c.package_id == package_id)).mappings().first()
    )
    return None if row is None else from_row(SealedPackage, dict(row))


def notice_of(unit: Unit, package_id: str) -> Notice | None:
    """Return the notice in a package, or None."""
    content = unit.execute(
        select(packages.c.notice).where(packages.c.package_id == package_id)
    ).scalar()
    return None if content is None else from_json(Notice, content)


def packages_of(unit: Unit, case_id: CaseId) -> tuple[SealedPackage, ...]:
    """Return the packages of a case, oldest first."""
    rows = unit.execute(
        select(packages).where(packages.c.case_id == case_id).order_by(packages.c.sealed_at)
    ).mappings()
    return tuple(from_row(SealedPackage, dict(row)) for row in rows)
