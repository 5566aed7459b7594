"""Captures: screenshot and MHTML of flagged listings, preserved as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.access import require
from casework.context import Context
from casework.flags import find_row, find_rows
from casework.intake import preserve
from domain.captures import Capture, CaptureWish, Shot
from domain.common import FlagId, NotFound, RunId, Sha256, derive_id
from domain.evidence import Evidence, EvidenceKind
from domain.listings import Listing, ListingRef
from domain.matches import Match
from domain.runs import RequestEntry
from domain.users import Role, User
from storage import Unit, captures, listings, matches, runs

MANY = 1_000_000_000
_MEDIA_TYPES = {
    EvidenceKind.SCREENSHOT: "image/png",
    EvidenceKind.MHTML: "multipart/related",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTask:
    """The listings of one platform that a run is to capture."""

    platform: str
    target: str | None
    """What an operator last typed to gather the platform; None when it was only imported, and
    nobody vouches for its address."""
    listing_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureState:
    """What a person is shown of the captures behind a flag."""

    capture: Capture | None
    """Of what the listing said when it was flagged; else the latest one."""
    is_same: bool
    """Whether the listing said just what it was flagged for when it was captured."""
    wish: CaptureWish | None
    """A person's wish that was not yet fulfilled."""


def lacking_tasks(
    context: Context, *, platform: str | None = None, limit: int = MANY
) -> tuple[CaptureTask, ...]:
    """Return what lacks a capture: listings with a flag not rejected, that say something of which
    there is none.
    """
    with context.database.read() as unit:
        due = captures.lacking_captures(unit, platform=platform, limit=limit)
        return _tasks(unit, (listing.ref for listing in due))


def chosen_tasks(context: Context, refs: Iterable[ListingRef]) -> tuple[CaptureTask, ...]:
    """Return the tasks for listings that a person named.

    Raises: NotFound for one that was never seen.
    """
    with context.database.read() as unit:
        chosen = tuple(refs)
        for ref in chosen:
            if listings.find_listing(unit, ref) is None:
                raise NotFound(f"there is no listing {ref}")
        return _tasks(unit, chosen)


def take_up_wishes(context: Context) -> tuple[CaptureTask, ...]:
    """Return the tasks for what people asked for at the desk; each wish is tried once."""
    with context.database.write() as unit:
        return _tasks(unit, captures.take_up_wishes(unit, context.clock()))


def wish_capture(context: Context, user: User, flag_id: FlagId) -> None:
    """Ask for a capture of a flagged listing; `suyuan work` takes it up.

    Raises: NotAllowed, NotFound.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    with context.database.write() as unit:
        ref = find_row(unit, user, flag_id).flag.listing
        wish = CaptureWish(
            platform=ref.platform,
            listing_key=ref.listing_key,
            asked_at=context.clock(),
            asked_by=user.user_name,
        )
        captures.save_wish(unit, wish)


def capture_targets(
    context: Context, platform: str, listing_keys: Sequence[str]
) -> tuple[Listing, ...]:
    """Return the known ones of some listings, in the order of their keys as given."""
    refs = (ListingRef(platform=platform, listing_key=key) for key in listing_keys)
    with context.database.read() as unit:
        found = (listings.find_listing(unit, ref) for ref in refs)
        return tuple(listing for listing in found if listing is not None)


def keep_capture(
    context: Context, ref: ListingRef, shot: Shot, *, run_id: RunId, found_on: Sha256, by: str
) -> Capture:
    """Preserve what a browser took of a listing, as evidence and in the run's collection log.

    `found_on` is the digest of the request that the page answered. The listing's sighting of this
    visit has been taken in.

    Raises: NotFound when the listing was never seen.
    """
    pieces = [_preserve(context, EvidenceKind.SCREENSHOT, shot.png, shot, run_id, by)]
    if shot.mhtml is not None:
        pieces.append(_preserve(context, EvidenceKind.MHTML, shot.mhtml, shot, run_id, by))
    preview = context.blobs.put(shot.preview)
    with context.database.write() as unit:
        listing = listings.find_listing(unit, ref)
        if listing is None:
            raise NotFound(f"there is no listing {ref}")
        for piece in pieces:
            runs.log_request(unit, _log_entry(piece, shot, run_id, found_on))
        capture = Capture(
            capture_id=derive_id(
                "capture", ref.platform, ref.listing_key, shot.taken_at.isoformat()
            ),
            platform=ref.platform,
            listing_key=ref.listing_key,
            content_digest=listing.content_digest,
            url=shot.url,
            captured_at=shot.taken_at,
            run_id=run_id,
            screenshot=pieces[0].sha256,
            mhtml=None if shot.mhtml is None else pieces[1].sha256,
            preview=preview,
            width=shot.width,
            height=shot.height,
            page_height=shot.page_height,
        )
        captures.save_capture(unit, capture)
    return capture


def show_captures(
    context: Context, user: User, flag_ids: Sequence[FlagId]
) -> Mapping[FlagId, CaptureState]:
    """Return what there is of captures behind those of some flags that the user may see."""
    with context.database.read() as unit:
        rows = find_rows(unit, user, flag_ids)
        found = matches.find_matches(unit, tuple(row.flag.match_id for row in rows))
        return {
            row.flag.flag_id: _state(unit, row.flag.listing, found[row.flag.match_id])
            for row in rows
            if row.flag.match_id in found
        }


def find_capture(unit: Unit, ref: ListingRef, content_digest: Sha256) -> Capture | None:
    """Return the latest capture of a listing that said just this, else the latest one."""
    found = captures.captures_of(unit, ref)
    same = (one for one in found if one.content_digest == content_digest)
    return next(same, found[0] if found else None)


def read_capture(
    context: Context, user: User, flag_id: FlagId, sha256: Sha256
) -> tuple[bytes, Capture]:
    """Return the bytes of a screenshot, MHTML or preview of a flag's listing.

    Raises: NotFound, also for a flag outside the user's scope and for any other bytes.
    """
    with context.database.read() as unit:
        ref = find_row(unit, user, flag_id).flag.listing
        found = captures.captures_of(unit, ref)
    for capture in found:
        if sha256 in (capture.screenshot, capture.mhtml, capture.preview):
            return context.blobs.get(sha256), capture
    raise NotFound(f"there is no capture {sha256} of this listing")


def _state(unit: Unit, ref: ListingRef, match: Match) -> CaptureState:
    capture = find_capture(unit, ref, match.content_digest)
    wish = captures.find_wish(unit, ref)
    latest = captures.captures_of(unit, ref)[:1]
    if wish is not None and any(one.captured_at >= wish.asked_at for one in latest):
        wish = None
    is_same = capture is not None and capture.content_digest == match.content_digest
    return CaptureState(capture=capture, is_same=is_same, wish=wish)


def _tasks(unit: Unit, refs: Iterable[ListingRef]) -> tuple[CaptureTask, ...]:
    keys: dict[str, list[str]] = {}
    for ref in refs:
        keys.setdefault(ref.platform, []).append(ref.listing_key)
    return tuple(
        CaptureTask(
            platform=platform,
            target=runs.last_target(unit, platform),
            listing_keys=tuple(dict.fromkeys(chosen)),
        )
        for platform, chosen in keys.items()
    )


def _preserve(
    context: Context, kind: EvidenceKind, data: bytes, shot: Shot, run_id: RunId, by: str
) -> Evidence:
    return preserve(
        context,
        data,
        kind=kind,
        source_url=shot.url,
        captured_at=shot.taken_at,
        media_type=_MEDIA_TYPES[kind],
        run_id=run_id,
        by=by,
    )


def _log_entry(piece: Evidence, shot: Shot, run_id: RunId, found_on: Sha256) -> RequestEntry:
    """The line by which the collection log vouches for a piece that no server sent."""
    note = f"{piece.kind.value} taken by {shot.browser} of the answers to found_on"
    if piece.kind is EvidenceKind.SCREENSHOT:
        note += f", {shot.width}×{shot.height} of {shot.page_height} pixels"
    return RequestEntry(
        run_id=run_id,
        url=shot.url,
        at=shot.taken_at,
        robots="not_asked",
        status=200,
        bytes_count=piece.bytes_count,
        sha256=piece.sha256,
        note=note,
        content_type=piece.media_type,
        found_on=found_on,
    )
