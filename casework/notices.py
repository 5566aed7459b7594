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
from casework.dossiers import Compilation, Target, compile_dossier, find_target
from casework.flags import find_rows
from domain.cases import Case, CaseEventKind, CaseState
from domain.common import (
    CaseId,
    ForbiddenTransition,
    NotFound,
    RightId,
    Words,
    WrongUse,
    derive_id,
    digest,
)
from domain.evidence import CustodyEntry, Dossier, SealedPackage
from domain.flags import Judgement, Verdict
from domain.matches import Speaks
from domain.notices import (
    Notice,
    NoticeExhibit,
    NoticeGround,
    NoticeRight,
    NoticeSender,
    NoticeTarget,
)
from domain.rights import Right
from domain.users import Role, User
from storage import Unit, evidence, flags
from storage import users as stored_users
from storage.flags import FlagRow


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

    Raises: NotFound; WrongUse when no flag of the case is judged infringing or a capture lacks.
    """
    writing.find_regime(regime)
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        targets = _targets(unit, user, case, platform, right_id)
        compiled = compile_dossier(context, unit, user, case_id, targets)
        return _draft(context, unit, case, targets, compiled.dossier, regime, language)


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
        compiled = compile_dossier(context, unit, user, case_id, targets)
        draft = _draft(
            context, unit, case, targets, compiled.dossier, notice.regime, notice.language
        )
        whole = replace(
            draft,
            sender=notice.sender,
            right=replace(draft.right, proof=notice.right.proof),
            measures=notice.measures,
            guarantee=notice.guarantee,
            signatory=notice.signatory,
            signed_on=notice.signed_on,
        )
        earlier = _same_as_before(unit, case_id, whole)
    if earlier is not None:
        return earlier
    written = writing.write_notice(whole)
    package, zip_bytes = _seal(context, user, case_id, whole, compiled, written.pdf)
    context.blobs.put(zip_bytes)
    with context.database.write() as unit:
        evidence.save_dossier(unit, compiled.dossier)
        if evidence.save_package(unit, package, whole):
            for exhibit in compiled.dossier.exhibits:
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


def _draft(
    context: Context,
    unit: Unit,
    case: Case,
    targets: Sequence[Target],
    dossier: Dossier,
    regime: str,
    language: str,
) -> Notice:
    right = targets[0].row.right
    notice = Notice(
        notice_id=derive_id("notice", regime, dossier.dossier_id, language),
        regime=regime,
        platform=targets[0].row.flag.listing.platform,
        language=language,
        made_at=context.clock(),
        sender=NoticeSender(),
        right=_notice_right(right),
        targets=tuple(map(_notice_target, targets)),
        grounds=tuple(_ground(unit, target) for target in targets),
        exhibits=tuple(
            NoticeExhibit(
                number=exhibit.number,
                caption=exhibit.caption,
                file=exhibit.file,
                sha256=exhibit.evidence.sha256,
            )
            for exhibit in dossier.exhibits
        ),
    )
    return notice


def _notice_right(right: Right) -> NoticeRight:
    return NoticeRight(
        kind=right.kind,
        name=right.name,
        number=right.number,
        office=right.office,
        nice_classes=right.nice_classes,
        holder=right.holder,
        valid_from=right.valid_from,
        valid_to=right.valid_to,
    )


def _notice_target(target: Target) -> NoticeTarget:
    sighting = target.sighting
    price = sighting.offer.price if sighting.offer else None
    seller = sighting.seller
    return NoticeTarget(
        platform=sighting.platform,
        listing_key=sighting.listing_key,
        url=sighting.url,
        title=sighting.title or sighting.listing_key,
        seller=(seller.name or seller.seller_key) if seller else None,
        capture_sha256=target.capture.sha256,
        captured_at=target.capture.captured_at,
        price=str(price) if price else None,
    )


def _ground(unit: Unit, target: Target) -> NoticeGround:
    judgement = _last_judgement(unit, target)
    judge = stored_users.find_user(unit, judgement.judged_by)
    right = target.row.right
    title = target.sighting.title or target.sighting.listing_key
    return NoticeGround(
        listing_key=target.sighting.listing_key,
        explanation=Words(
            zh=f"商品“{title}”未经权利人许可，使用与“{right.name}”相同或者近似的标识。",
            en=f"The listing “{title}” uses a sign identical or similar to “{right.name}” "
            "without the right holder's consent.",
        ),
        findings=tuple(
            finding.words for finding in target.match.findings if finding.speaks is Speaks.FOR
        ),
        judged_by=judge.display_name if judge else judgement.judged_by,
        judged_at=judgement.judged_at,
        reason=judgement.reason,
    )


def _last_judgement(unit: Unit, target: Target) -> Judgement:
    return flags.judgements_of(unit, target.row.flag.flag_id)[-1]


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
    compiled: Compilation,
    pdf: bytes,
) -> tuple[SealedPackage, bytes]:
    target = io.BytesIO()
    sealed_at = context.clock()
    seal = sealing.seal(
        [("notice.pdf", pdf), *compiled.files],
        target,
        info={
            "Source-Organization": notice.sender.name or user.organisation,
            "External-Identifier": notice.notice_id,
            "External-Description": f"{notice.regime}: {notice.right.name}, {notice.platform}",
        },
        sealed_at=sealed_at,
    )
    data = target.getvalue()
    package = SealedPackage(
        package_id=derive_id("package", case_id, seal.seal),
        case_id=case_id,
        dossier_id=compiled.dossier.dossier_id,
        regime=notice.regime,
        sealed_at=sealed_at,
        sealed_by=user.user_name,
        sha256=digest(data),
        seal=seal.seal,
        bytes_count=len(data),
    )
    return package, data
