"""Notices: drafted from a case, completed by a person, sealed with their evidence."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import evidence as sealing
import notices as writing
from casework.access import require
from casework.cases import append_event, find_own_case, move_case
from casework.context import Context
from casework.dossiers import Target, compile_dossier, dossier_files, find_target
from casework.drafting import draft
from casework.flags import find_rows
from domain.cases import Case, CaseEventKind, CaseState
from domain.common import (
    CaseId,
    ForbiddenTransition,
    NotFound,
    RightId,
    WrongUse,
    derive_id,
    digest,
)
from domain.evidence import CustodyEntry, SealedPackage
from domain.flags import Verdict
from domain.notices import Notice
from domain.users import Role, User
from storage import Unit, evidence
from storage.flags import FlagRow

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One notice that a case can lead to: a platform, and the right relied on."""

    platform: str
    right_id: RightId
    right_name: str
    flags: int


def list_addressees(context: Context, user: User, case_id: CaseId) -> tuple[Addressee, ...]:
    """Return the notices a case can lead to, one per platform and right.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        groups: dict[tuple[str, RightId], list[FlagRow]] = {}
        for row in _infringing(unit, user, case):
            groups.setdefault((row.flag.listing.platform, row.flag.right_id), []).append(row)
    return tuple(
        Addressee(
            platform=platform, right_id=right_id, right_name=rows[0].right.name, flags=len(rows)
        )
        for (platform, right_id), rows in sorted(groups.items())
    )


def draft_notice(
    context: Context,
    user: User,
    case_id: CaseId,
    *,
    regime: str,
    language: str,
    platform: str | None = None,
    right_id: RightId | None = None,
) -> Notice:
    """Make a notice of what is stored; what only a person can give is left open.

    Without platform and right, the first addressee of the case is taken.

    Raises: NotFound; WrongUse when no flag of the case is judged infringing, a capture lacks, or
    the language is none that notices are written in.
    """
    writing.find_regime(regime)
    if language not in LANGUAGES:
        raise WrongUse(f"a notice is written in {' or '.join(LANGUAGES)}, not in {language!r}")
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        targets = _targets(unit, user, case, platform, right_id)
        dossier = compile_dossier(context, unit, user, case_id, targets)
        return draft(context, unit, targets, dossier, regime, language)


def package_notice(context: Context, user: User, case_id: CaseId, notice: Notice) -> SealedPackage:
    """Complete a drafted notice with a person's parts, print it and seal it with its evidence.

    Of `notice` only the person's parts are taken (sender, proof of the right, measures,
    guarantee, signature, language, and which platform and right it concerns); the rest is made
    anew of what is stored. The same notice packaged again gives the package that is there.

    Raises: NoticeRefused naming each missing element and its article; WrongUse, NotFound,
    MissingTool, ForbiddenTransition.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    now = context.clock()
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        if case.state in (CaseState.CLOSED, CaseState.HANDED_OVER):
            raise ForbiddenTransition(f"a {case.state.value} case sends no notice")
        targets = _targets(unit, user, case, notice.platform, _right_id(unit, user, case, notice))
        dossier = compile_dossier(context, unit, user, case_id, targets)
        drafted = draft(context, unit, targets, dossier, notice.regime, notice.language)
        whole = replace(
            drafted,
            sender=notice.sender,
            right=replace(drafted.right, proof=notice.right.proof),
            measures=notice.measures,
            guarantee=notice.guarantee,
            signatory=notice.signatory,
            signed_on=notice.signed_on,
        )
        whole = replace(whole, notice_id=_notice_id(whole, dossier.dossier_id))
        if (earlier := _same_as_before(unit, case_id, whole)) is not None:
            return earlier
        written = writing.write_notice(whole)
        files = [("notice.pdf", written.pdf), *dossier_files(context, unit, dossier, targets)]
    package, zip_bytes = _seal(context, user, case_id, whole, dossier.dossier_id, files)
    context.blobs.put(zip_bytes)
    with context.database.write() as unit:
        evidence.save_dossier(unit, dossier)
        if evidence.save_package(unit, package, whole):
            for exhibit in dossier.exhibits:
                entry = CustodyEntry(
                    evidence_id=exhibit.evidence.evidence_id,
                    at=now,
                    by=user.user_name,
                    act="exported",
                )
                evidence.add_custody(unit, entry)
            append_event(
                unit, context, user, case_id, CaseEventKind.NOTICE_PACKAGED, package.package_id
            )
            move_case(unit, context, user, case, CaseState.NOTICED)
    return package


def read_package(context: Context, user: User, package_id: str) -> tuple[str, bytes]:
    """Return a sealed package's file name and bytes.

    Raises: NotFound, also for a package of a case outside the user's scope.
    """
    with context.database.read() as unit:
        package = evidence.find_package(unit, package_id)
        if package is None:
            raise NotFound(f"there is no package {package_id}")
        find_own_case(unit, user, package.case_id)
    return package_name(package), context.blobs.get(package.sha256)


def package_name(package: SealedPackage) -> str:
    """Return the file name a package is handed out under."""
    return f"suyuan-notice-{package.package_id}.zip"


def _infringing(unit: Unit, user: User, case: Case) -> tuple[FlagRow, ...]:
    rows = find_rows(unit, user, case.flag_ids)
    return tuple(row for row in rows if row.verdict is Verdict.INFRINGING)


def _targets(
    unit: Unit, user: User, case: Case, platform: str | None, right_id: RightId | None
) -> tuple[Target, ...]:
    rows = sorted(
        _infringing(unit, user, case), key=lambda row: (row.flag.listing, row.flag.right_id)
    )
    if not rows:
        raise WrongUse("no flag of this case is judged infringing: there is nothing to notify")
    first = rows[0].flag
    wanted = (platform or first.listing.platform, right_id)
    if right_id is None:
        of_platform = [row for row in rows if row.flag.listing.platform == wanted[0]]
        wanted = (wanted[0], of_platform[0].flag.right_id if of_platform else first.right_id)
    chosen = [row for row in rows if (row.flag.listing.platform, row.flag.right_id) == wanted]
    if not chosen:
        raise WrongUse(f"no infringing flag of this case concerns {wanted[1]} on {wanted[0]}")
    return tuple(find_target(unit, row) for row in chosen)


def _right_id(unit: Unit, user: User, case: Case, notice: Notice) -> RightId | None:
    """Find which right of the case a notice names."""
    for row in _infringing(unit, user, case):
        right = row.right
        if (right.name, right.number, right.office) == (
            notice.right.name,
            notice.right.number,
            notice.right.office,
        ) and row.flag.listing.platform == notice.platform:
            return row.flag.right_id
    return None


def _notice_id(whole: Notice, dossier_id: str) -> str:
    """Return the number of a completed notice: two that say different things bear two numbers."""
    persons_parts = (
        whole.sender,
        whole.right.proof,
        whole.measures,
        whole.signatory,
        whole.signed_on,
    )
    return derive_id("notice", whole.regime, whole.language, dossier_id, repr(persons_parts))


def _same_as_before(unit: Unit, case_id: CaseId, whole: Notice) -> SealedPackage | None:
    """Return the package of a notice that says just the same, whenever it was made."""
    for package in evidence.packages_of(unit, case_id):
        earlier = evidence.notice_of(unit, package.package_id)
        if earlier is not None and replace(earlier, made_at=whole.made_at) == whole:
            return package
    return None


def _seal(
    context: Context,
    user: User,
    case_id: CaseId,
    notice: Notice,
    dossier_id: str,
    files: Sequence[tuple[str, bytes]],
) -> tuple[SealedPackage, bytes]:
    target = io.BytesIO()
    sealed_at = context.clock()
    seal = sealing.seal(
        files,
        target,
        info={
            "Source-Organization": notice.sender.name or user.organisation,
            "External-Identifier": notice.notice_id,
            "External-Description": f"{notice.regime}: {notice.right.name}, {notice.platform}",
        },
        sealed_at=sealed_at,
        folder=f"suyuan-{notice.notice_id}",
    )
    data = target.getvalue()
    package = SealedPackage(
        package_id=derive_id("package", case_id, seal.seal),
        case_id=case_id,
        dossier_id=dossier_id,
        regime=notice.regime,
        sealed_at=sealed_at,
        sealed_by=user.user_name,
        sha256=digest(data),
        seal=seal.seal,
        bytes_count=len(data),
    )
    return package, data
