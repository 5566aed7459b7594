"""Screening: every listing not yet compared with the register as it stands is compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import matchers.screening
from casework.algorithms import algorithm_in_use
from casework.context import Context
from casework.name_indexes import open_names
from casework.shown import pictures_of, show_pictures, shown_to_screening, with_words
from casework.stored_texts import find_stored, has_texts, keep_texts, rebuild_texts
from domain.common import NotFound, RightId, Sha256, digest_of
from domain.flags import Flag, flag_id_of
from domain.grounds import ground_on
from domain.matches import Decision, Match
from domain.pictures import ReferencePicture
from domain.rights import PATENT_MARKING, Authorisation, Right
from matchers.algorithms import Algorithm
from storage import Unit, flags, linkings, matches, rights, screenings
from storage.screenings import ScreeningTask

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenResult:
    """What one screening did."""

    compared: int = 0
    """Listings screened."""
    flagged: int = 0
    """Flags raised that were not there before."""
    no_ground: int = 0
    authorised: int = 0
    below: int = 0
    """Pairs worth comparing that stayed under the threshold."""


def screen(context: Context, *, on_progress: Callable[[int], None] | None = None) -> ScreenResult:
    """Screen what is new or changed, or all of it after the register or the algorithm changed.

    A second call finds nothing to do. `on_progress` is told the number of listings done so far.
    """
    now = context.clock()
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    known = _read_register(context)
    index = known.index
    algorithm = known.algorithm.full_name
    state = _register_state(index, known.rights, known.authorisations, today)
    counts = dict.fromkeys(("compared", "flagged", "no_ground", "authorised", "below"), 0)
    while True:
        with context.database.read() as unit:
            tasks = screenings.unscreened(
                unit, algorithm=algorithm, register_state=state, limit=_CHUNK
            )
        if not tasks:
            return ScreenResult(**counts)
        found = _compare(context, known, tasks, today)
        # First the texts: what is kept twice is known, what left the work list does not come back.
        keep_texts(context.settings.texts_folder, (task.sighting for task in tasks))
        with context.database.write() as unit:
            _keep(unit, found, now, counts)
            _leave_work_list(unit, tasks, algorithm, state)
        counts["compared"] += len(tasks)
        if on_progress is not None:
            on_progress(counts["compared"])


def screen_for(context: Context, right_ids: Collection[RightId]) -> ScreenResult:
    """Screen for some rights, say new ones, just those listings whose texts hold their names.

    The texts are those kept by earlier screenings. Flags are raised as by `screen`, for these
    rights alone; no listing leaves the work list, so `screen` still compares pictures and the rest.

    Raises: NotFound naming a right that is not registered.
    """
    now = context.clock()
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    known = _read_register(context)
    chosen = [right for right in known.rights if right.right_id in right_ids]
    if missing := set(right_ids) - {right.right_id for right in chosen}:
        raise NotFound(f"no right is registered as {min(missing)}")
    names = sum(1 + len(right.other_names) for right in known.rights)
    threshold = min(known.algorithm.title_threshold, known.algorithm.description_threshold)
    if not has_texts(context.settings.texts_folder):
        rebuild_texts(context)
    found = find_stored(context.settings.texts_folder, chosen, names, threshold)
    refs = sorted({ref for ref, _ in found})
    counts = dict.fromkeys(("compared", "flagged", "no_ground", "authorised", "below"), 0)
    for start in range(0, len(refs), _CHUNK):
        with context.database.read() as unit:
            tasks = screenings.screening_tasks(unit, refs[start : start + _CHUNK])
        matched = _compare(context, known, tasks, today)
        kept = tuple(match for match in matched if match.right_id in right_ids)
        with context.database.write() as unit:
            _keep(unit, kept, now, counts)
        counts["compared"] += len(tasks)
    return ScreenResult(**counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """The register as it stands, its index, and the algorithm that people chose."""

    rights: tuple[Right, ...]
    authorisations: tuple[Authorisation, ...]
    references: tuple[ReferencePicture, ...]
    index: matchers.screening.ScreenIndex
    algorithm: Algorithm


def _read_register(context: Context) -> _Register:
    with context.database.read() as unit:
        # Screening adds the standing right by itself: stored with its first flag, it is no change.
        all_rights = tuple(
            one for one in rights.all_rights(unit) if one.right_id != PATENT_MARKING.right_id
        )
        authorisations = rights.all_authorisations(unit)
        references = rights.references_of(unit)
        algorithm = algorithm_in_use(unit)
    names = open_names(context.settings.indexes_folder, all_rights)
    index = matchers.screening.prepare(
        all_rights, references, authorisations, names=names, market=context.settings.market
    )
    return _Register(
        rights=all_rights,
        authorisations=authorisations,
        references=references,
        index=index,
        algorithm=algorithm,
    )


def _compare(
    context: Context, known: _Register, tasks: Sequence[ScreeningTask], today: date
) -> tuple[Match, ...]:
    """Compare listings with a register, by what they say and what their pictures show."""
    gathered = [task.sighting for task in tasks]
    with context.database.read() as unit:
        shown = show_pictures(unit, pictures_of(gathered))
        sellers = {one.seller.ref for one in gathered if one.seller is not None}
        upheld = flags.upheld_listings(unit, sellers)
    return tuple(
        matchers.screening.screen(
            (with_words(one, shown) for one in gathered),
            known.index,
            today,
            known.algorithm,
            shown=shown_to_screening(shown, known.references),
            upheld=upheld,
        )
    )


def _keep(unit: Unit, found: Sequence[Match], now: datetime, counts: dict[str, int]) -> None:
    for match in found:
        if match.decision is Decision.BELOW:
            counts["below"] += 1
            continue
        matches.save_match(unit, match, now)
        if match.decision is not Decision.FLAG:
            counts[match.decision.value] += 1
            continue
        if match.right_id == PATENT_MARKING.right_id:
            _register_standing(unit)
        flag = Flag(
            flag_id=flag_id_of(match.listing, match.right_id),
            listing=match.listing,
            right_id=match.right_id,
            match_id=match.match_id,
            raised_at=now,
            score=match.score,
        )
        if flags.raise_flag(unit, flag):
            counts["flagged"] += 1
            # The next linking makes its trail.
            linkings.touch_seller_of(unit, flag.listing)


def _register_standing(unit: Unit) -> None:
    """Register the standing right with its first flag, so that flag and case can name it."""
    if rights.find_right(unit, PATENT_MARKING.right_id) is None:
        rights.save_right(unit, PATENT_MARKING)


def _leave_work_list(
    unit: Unit, tasks: Sequence[ScreeningTask], algorithm: str, state: Sha256
) -> None:
    for task in tasks:
        screenings.mark_screened(unit, task, algorithm=algorithm, register_state=state)


def _register_state(
    index: matchers.screening.ScreenIndex,
    all_rights: Sequence[Right],
    authorisations: Sequence[Authorisation],
    today: date,
) -> Sha256:
    """Digest of the register and of what of it is a ground: a lapse asks for a new screening."""
    grounds = (f"{right.right_id} {ground_on(right, today, index.market)}" for right in all_rights)
    spans = (
        f"{(one.valid_from or today) <= today} {today <= (one.valid_to or today)}"
        for one in authorisations
    )
    return digest_of((index.register_digest, *grounds, *spans))
