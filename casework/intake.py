"""Intake: bytes are preserved first, then what was read of them becomes listing history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from casework.changes import enter_gone, enter_sighting
from casework.context import Context
from domain.common import RunId, Sha256, derive_id
from domain.evidence import Evidence, EvidenceKind
from domain.listings import Change, Listing, ListingRef, Sighting
from domain.pages import Page, PageKind
from domain.pictures import Picture, PictureFacts
from domain.revisits import Validators
from domain.sellers import Seller, merge_sellers
from matchers.pictures.description import describe_picture
from storage import Unit, evidence, linkings, listings, pictures, sellers


def preserve(
    context: Context,
    data: bytes,
    *,
    kind: EvidenceKind,
    source_url: str,
    captured_at: datetime,
    media_type: str,
    run_id: RunId | None,
    by: str,
) -> Evidence:
    """Keep bytes under their digest and open their custody log, before anything is made of them."""
    sha256 = context.blobs.put(data)
    piece = Evidence(
        evidence_id=derive_id("evidence", sha256, source_url, captured_at.isoformat()),
        sha256=sha256,
        kind=kind,
        source_url=source_url,
        captured_at=captured_at,
        media_type=media_type,
        bytes_count=len(data),
        run_id=run_id,
    )
    with context.database.write() as unit:
        evidence.save_evidence(unit, piece, by)
    return piece


def preserve_upload(context: Context, name: str, data: bytes, *, media_type: str) -> Evidence:
    """Preserve a file that a person brought; the same file brought again is the same piece."""
    return _keep_upload(context, name, context.blobs.put(data), len(data), media_type)


def preserve_file(context: Context, path: Path, *, media_type: str) -> Evidence:
    """Preserve a file of any size as `preserve_upload`, without holding it."""
    return _keep_upload(
        context, path.name, context.blobs.put_file(path), path.stat().st_size, media_type
    )


def _keep_upload(
    context: Context, name: str, sha256: Sha256, bytes_count: int, media_type: str
) -> Evidence:
    with context.database.read() as unit:
        for piece in evidence.evidence_of_digest(unit, sha256):
            if piece.kind is EvidenceKind.UPLOAD and piece.source_url == name:
                return piece
    captured_at = context.clock()
    piece = Evidence(
        evidence_id=derive_id("evidence", sha256, name, captured_at.isoformat()),
        sha256=sha256,
        kind=EvidenceKind.UPLOAD,
        source_url=name,
        captured_at=captured_at,
        media_type=media_type,
        bytes_count=bytes_count,
        run_id=None,
    )
    with context.database.write() as unit:
        evidence.save_evidence(unit, piece, "import")
    return piece


def preserve_page(context: Context, page: Page, *, run_id: RunId | None, by: str) -> Evidence:
    """Preserve a page as it came; what a browser made of it is kept beside it."""
    if page.rendered is not None:
        preserve(
            context,
            page.rendered,
            kind=EvidenceKind.RENDERED_PAGE,
            source_url=page.url,
            captured_at=page.fetched_at,
            media_type="text/html",
            run_id=run_id,
            by=by,
        )
    return preserve(
        context,
        page.body,
        kind=EvidenceKind.PAGE,
        source_url=page.url,
        captured_at=page.fetched_at,
        media_type=page.media_type,
        run_id=run_id,
        by=by,
    )


def preserve_picture(
    context: Context,
    *,
    url: str,
    data: bytes,
    media_type: str,
    fetched_at: datetime,
    run_id: RunId | None,
    by: str,
) -> Picture:
    """Preserve a picture, then work out its hash.

    Raises: UnreadablePicture; its bytes stay preserved.
    """
    sha256 = preserve_picture_bytes(
        context,
        url=url,
        data=data,
        media_type=media_type,
        fetched_at=fetched_at,
        run_id=run_id,
        by=by,
    )
    facts = describe_picture(data, url)
    enter_picture(context, Picture(url=url, sha256=sha256), facts)
    return Picture(url=url, sha256=sha256, phash=facts.phash)


def preserve_picture_bytes(
    context: Context,
    *,
    url: str,
    data: bytes,
    media_type: str,
    fetched_at: datetime,
    run_id: RunId | None,
    by: str,
) -> Sha256:
    """Preserve what was got for a picture; `enter_picture` follows once it was decoded."""
    return preserve(
        context,
        data,
        kind=EvidenceKind.PICTURE,
        source_url=url,
        captured_at=fetched_at,
        media_type=media_type,
        run_id=run_id,
        by=by,
    ).sha256


def enter_picture(context: Context, picture: Picture, facts: PictureFacts) -> None:
    """Keep what preserved bytes turned out to be as a picture, and where they were shown."""
    if picture.sha256 is None:
        return
    with context.database.write() as unit:
        pictures.save_picture(
            unit,
            sha256=picture.sha256,
            media_type=facts.media_type,
            width=facts.width,
            height=facts.height,
            phash=facts.phash,
        )
        pictures.save_picture_url(unit, picture.url, picture.sha256)


def known_picture(context: Context, url: str) -> Picture | None:
    """Return a picture that was fetched from this address before."""
    with context.database.read() as unit:
        return pictures.find_picture_by_url(unit, url)


def known_listing(context: Context, ref: ListingRef) -> Listing | None:
    """Return a listing as it was last seen, or None when it never was."""
    with context.database.read() as unit:
        return listings.find_listing(unit, ref)


def known_listings(context: Context, platform: str | None = None) -> tuple[Listing, ...]:
    """Return the listings not known to be gone, those seen longest ago first."""
    with context.database.read() as unit:
        return listings.listings_there(unit, platform)


def take_in(
    context: Context, sighting: Sighting, validators: Validators | None = None
) -> Change | None:
    """Enter a sighting into the history of its listing, and its seller into the sellers.

    `validators`: by which the shop can be asked whether just this page changed. Returns None for
    pages that are no listing; of a seller page only the seller is kept.
    """
    with context.database.write() as unit:
        if sighting.seller is not None:
            _merge_seller(unit, sighting.seller, sighting.fetched_at)
        if sighting.kind is not PageKind.LISTING:
            return None
        return enter_sighting(unit, sighting, validators)


def mark_gone(
    context: Context, ref: ListingRef, at: datetime, run_id: RunId | None = None
) -> Change:
    """Note that a visit found a listing gone; `unchanged` when it was gone already.

    Raises: NotFound when the listing was never seen.
    """
    with context.database.write() as unit:
        return enter_gone(unit, ref, at, run_id)


def _merge_seller(unit: Unit, seen: Seller, seen_at: datetime) -> None:
    known = sellers.find_seller(unit, seen.ref)
    after = seen if known is None else merge_sellers(known, seen)
    if after != known:
        sellers.save_seller(unit, after, seen_at)
        linkings.touch(unit, (seen.ref,))
