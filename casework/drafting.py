"""Drafting: what is stored of upheld flags becomes the machine's part of a notice."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from casework.context import Context
from casework.dossiers import Target
from domain.common import Words, WrongUse, derive_id
from domain.evidence import Dossier
from domain.flags import Judgement, verdict_that_counts
from domain.grounds import ground_on, words_of_ground
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
from storage import Unit, flags
from storage import users as stored_users


def draft(
    context: Context,
    unit: Unit,
    targets: Sequence[Target],
    dossier: Dossier,
    regime: str,
    language: str,
) -> Notice:
    """Make a notice on targets of one platform and one right; a person's parts are left open.

    Raises: WrongUse when the right is no ground for a notice today.
    """
    right = targets[0].row.right
    now = context.clock()
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    ground = ground_on(right, today, context.settings.market)
    if not ground.serves:
        reason = words_of_ground(right, ground).in_language(context.settings.language)
        raise WrongUse(f"{right.name}: {reason}")
    return Notice(
        # A draft: the number that goes out is made of the completed notice.
        notice_id=derive_id("draft", regime, dossier.dossier_id, language),
        regime=regime,
        platform=targets[0].row.flag.listing.platform,
        language=language,
        made_at=now,
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
        gone_at=target.gone_at,
    )


def _ground(unit: Unit, target: Target) -> NoticeGround:
    judgement = _counting_judgement(unit, target)
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


def _counting_judgement(unit: Unit, target: Target) -> Judgement:
    flag_id = target.row.flag.flag_id
    judgement = verdict_that_counts(flags.judgements_of(unit, flag_id))
    if judgement is None:
        raise WrongUse(f"flag {flag_id} has no judgement to rest a notice on")
    return judgement
