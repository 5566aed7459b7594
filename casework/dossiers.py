"""Dossiers: the preserved bytes behind upheld flags, numbered and frozen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.captures import find_capture
from casework.collection import collection_files
from casework.context import Context
from casework.purchase_exhibits import bought_from, media_of, write_purchases
from domain.captures import Capture
from domain.common import CaseId, Sha256, UnreadablePicture, WrongUse, derive_id
from domain.evidence import Dossier, Evidence, EvidenceKind, Exhibit
from domain.forms import match_to_json, sighting_to_json
from domain.forms.fields import without_empty, write_time
from domain.listings import Sighting
from domain.matches import Match, PicturePlace
from domain.pictures import Box, Picture, Quad, ReferencePicture, ReferenceRole
from domain.users import User
from matchers.pictures.decode import decode_picture
from matchers.pictures.overlay import draw_overlay, draw_region
from storage import Unit, evidence, listings, looks, matches, rights
from storage.flags import FlagRow

_EXTENSIONS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "multipart/related": "mhtml",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
_CAPTIONS = {
    EvidenceKind.PAGE: ("网页原始数据", "Page as received"),
    EvidenceKind.RENDERED_PAGE: ("浏览器渲染后的网页", "Page as rendered"),
    EvidenceKind.PICTURE: ("商品图片", "Listing picture"),
    EvidenceKind.SCREENSHOT: ("网页整页截图", "Screenshot of the whole page"),
    EvidenceKind.MHTML: ("网页存档（MHTML）", "Page archive (MHTML)"),
    EvidenceKind.UPLOAD: ("导入文件", "Imported file"),
}
_TAKEN = (EvidenceKind.SCREENSHOT, EvidenceKind.MHTML)
MAX_TAKEN_BYTES = 400_000_000
"""Of screenshots and page archives in one dossier: it must go through a platform's complaint
form. Beyond, archives are left out before screenshots; they stay preserved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One upheld flag with the capture it rests on."""

    row: FlagRow
    match: Match
    sighting: Sighting
    """What the listing said when the flag was raised."""
    capture: Evidence
    """The preserved page of that sighting."""
    gone_at: datetime | None
    """When a later visit found the listing gone; None while it is there."""
    taken: Capture | None
    """Its page as a browser took it: of what it said then, else the latest."""


def find_target(unit: Unit, row: FlagRow) -> Target:
    """Return a flag with the capture it rests on.

    Raises: WrongUse when no page of it was preserved, as for imported sightings.
    """
    match = matches.find_match(unit, row.flag.match_id)
    if match is None:
        raise WrongUse(f"flag {row.flag.flag_id} has lost the match it was raised on")
    sighting = listings.sighting_by_digest(unit, row.flag.listing, match.content_digest)
    if sighting is None:
        raise WrongUse(f"flag {row.flag.flag_id} has lost the sighting it was raised on")
    captures = evidence.evidence_of_digest(unit, sighting.page_sha256 or Sha256(""))
    capture = next((one for one in captures if one.captured_at == sighting.fetched_at), None)
    capture = capture or next(iter(captures), None)
    if capture is None:
        raise WrongUse(
            f"listing {row.flag.listing} has no preserved page: gather it with a crawl first"
        )
    listing = listings.find_listing(unit, row.flag.listing)
    gone_at = listing.gone_at if listing else None
    return Target(
        row=row,
        match=match,
        sighting=sighting,
        capture=capture,
        gone_at=gone_at,
        taken=find_capture(unit, row.flag.listing, match.content_digest),
    )


def compile_dossier(
    context: Context, unit: Unit, user: User, case_id: CaseId, targets: Sequence[Target]
) -> Dossier:
    """Number the evidence of some targets.

    The dossier's id comes of the case and the digests in it, so compiling it again gives the same.
    """
    exhibits: list[Exhibit] = []
    bought = bought_from(unit, case_id, {target.row.flag.listing for target in targets})
    for piece, caption in (*_pieces(unit, targets), *media_of(unit, bought)):
        number = len(exhibits) + 1
        extension = _EXTENSIONS.get(piece.media_type.partition(";")[0].strip().lower(), "bin")
        path = f"evidence/{number:03d}-{piece.kind.value}.{extension}"
        exhibits.append(Exhibit(number=number, caption=caption, file=path, evidence=piece))
    return Dossier(
        dossier_id=derive_id(
            "dossier", case_id, *(exhibit.evidence.evidence_id for exhibit in exhibits)
        ),
        case_id=case_id,
        compiled_at=context.clock(),
        compiled_by=user.user_name,
        exhibits=tuple(exhibits),
    )


def dossier_files(
    context: Context, unit: Unit, dossier: Dossier, targets: Sequence[Target]
) -> list[tuple[str, bytes]]:
    """Return the bytes of a dossier by path inside a package: exhibits and the list of them,
    reference pictures, what was found in pictures beside them, findings, custody log, and how the
    exhibits were collected.

    Raises: NotFound or StorageFault for bytes that are no longer there or have changed.
    """
    files = [(one.file, context.blobs.get(one.evidence.sha256)) for one in dossier.exhibits]
    files += _references(context, unit, targets)
    files += _overlays(context, unit, targets)
    files.append(("exhibits.jsonl", _exhibits(dossier)))
    files.append(("findings.jsonl", _findings(targets)))
    files.append(("custody.csv", _custody(unit, dossier.exhibits)))
    bought = bought_from(unit, dossier.case_id, {target.row.flag.listing for target in targets})
    if bought:
        files.append(("purchases.jsonl", write_purchases(bought)))
    sellers = [one.sighting.seller.url for one in targets if one.sighting.seller]
    files += collection_files(
        unit,
        [one.evidence for one in dossier.exhibits],
        seller_urls=frozenset(url for url in sellers if url),
    )
    return files


def _pieces(unit: Unit, targets: Sequence[Target]) -> Iterator[tuple[Evidence, str]]:
    """Go through the evidence of targets, each piece once."""
    seen: set[str] = set()
    taken = _taken_pieces(unit, targets)
    for target in targets:
        wanted = [target.capture]
        captures = evidence.evidence_at(unit, target.capture.source_url, target.capture.captured_at)
        wanted += [one for one in captures if one.kind is EvidenceKind.RENDERED_PAGE]
        for picture in target.sighting.pictures:
            wanted += _capture_of(unit, picture)
        if target.taken is not None:
            wanted += taken[target.taken.capture_id]
        for piece in wanted:
            if piece.evidence_id not in seen:
                seen.add(piece.evidence_id)
                yield piece, _caption(piece, target.taken)


def _caption(piece: Evidence, taken: Capture | None) -> str:
    zh, en = _CAPTIONS[piece.kind]
    if piece.kind in _TAKEN:
        at = f"{piece.captured_at:%Y-%m-%d %H:%M} UTC"
        zh, en = f"{zh}，截取于 {at}", f"{en}, taken {at}"
    if piece.kind is EvidenceKind.SCREENSHOT and taken is not None and taken.is_cut:
        zh = f"{zh}，仅含页面前 {taken.height} 像素（全长 {taken.page_height} 像素）"
        en = f"{en}, the first {taken.height} of {taken.page_height} pixels"
    return f"{zh} {en}: {piece.source_url}"


def _taken_pieces(unit: Unit, targets: Sequence[Target]) -> dict[str, list[Evidence]]:
    """Return screenshot and archive of each capture, as far as they have room in one dossier."""
    captures = {one.taken.capture_id: one.taken for one in targets if one.taken is not None}
    chosen: dict[str, list[Evidence]] = {capture_id: [] for capture_id in captures}
    left = MAX_TAKEN_BYTES
    for kind in _TAKEN:
        for capture_id, capture in captures.items():
            for piece in evidence.evidence_at(unit, capture.url, capture.captured_at):
                is_its = piece.sha256 in (capture.screenshot, capture.mhtml)
                if piece.kind is kind and is_its and piece.bytes_count <= left:
                    left -= piece.bytes_count
                    chosen[capture_id].append(piece)
    return chosen


def _capture_of(unit: Unit, picture: Picture) -> list[Evidence]:
    """Return the capture of a picture at the very address that the listing showed it at.

    The same bytes may have been got from other listings' addresses too, which are no evidence
    against this one.
    """
    if picture.sha256 is None:
        return []
    captures = evidence.evidence_of_digest(unit, picture.sha256)
    return [one for one in captures if one.source_url == picture.url][:1]


def _references(context: Context, unit: Unit, targets: Sequence[Target]) -> list[tuple[str, bytes]]:
    pictures: dict[Sha256, ReferencePicture] = {}
    for target in targets:
        for picture in rights.references_of(unit, target.row.flag.right_id):
            if picture.role is not ReferenceRole.HARMLESS:
                pictures.setdefault(picture.sha256, picture)
    return [
        (
            f"right/{number:03d}-{picture.role.value}.{_EXTENSIONS.get(picture.media_type, 'bin')}",
            context.blobs.get(picture.sha256),
        )
        for number, picture in enumerate(pictures.values(), 1)
    ]


def _overlays(context: Context, unit: Unit, targets: Sequence[Target]) -> list[tuple[str, bytes]]:
    """Draw what was found in pictures beside what it resembles, of the preserved bytes of both.

    An official sign stands beside nothing but itself, enlarged. A reference that has left the
    register since is left out.
    """
    places = {
        (found.where.sha256, found.where.reference, found.where.box): found.where
        for target in targets
        for found in target.match.findings
        if isinstance(found.where, PicturePlace)
    }
    known = {
        picture.sha256
        for target in targets
        for picture in rights.references_of(unit, target.row.flag.right_id)
    }
    hits = looks.hits_of(unit, {place.sha256 for place in places.values()})
    files: list[tuple[str, bytes]] = []
    for place in places.values():
        if place.reference is not None and place.reference not in known:
            continue
        found = (one for one in hits.get(place.sha256, ()) if one.reference == place.reference)
        quad = next((one.quad for one in found), None)
        try:
            drawn = _draw(context, place, quad)
        except UnreadablePicture:  # Read when it was compared; the exhibit itself is there.
            continue
        files.append((f"overlays/{len(files) + 1:03d}.png", drawn))
    return files


def _draw(context: Context, place: PicturePlace, quad: Quad | None) -> bytes:
    shown, box = decode_picture(context.blobs.get(place.sha256), place.sha256), _box_of(place)
    if place.reference is not None:
        beside = decode_picture(context.blobs.get(place.reference), place.reference)
        return draw_overlay(shown, beside, box, quad)
    return draw_region(shown, box or Box(x=0, y=0, width=shown.width, height=shown.height))


def _box_of(place: PicturePlace) -> Box | None:
    if place.box is None:
        return None
    x, y, width, height = place.box
    return Box(x=x, y=y, width=width, height=height)


def _exhibits(dossier: Dossier) -> bytes:
    """The exhibits as JSON Lines; `run` names the file in collection/ that tells of one."""
    lines = []
    for exhibit in dossier.exhibits:
        piece = exhibit.evidence
        line = {
            "number": exhibit.number,
            "file": exhibit.file,
            "sha256": piece.sha256,
            "kind": piece.kind.value,
            "source_url": piece.source_url,
            "captured_at": write_time(piece.captured_at),
            "media_type": piece.media_type,
            "bytes": piece.bytes_count,
            "run": piece.run_id,
        }
        lines.append(json.dumps(without_empty(line), ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _findings(targets: Sequence[Target]) -> bytes:
    """What was read and found, one line a target, in both languages."""
    lines = [
        json.dumps(
            {
                "sighting": sighting_to_json(target.sighting),
                "match_zh": match_to_json(target.match, "zh"),
                "match_en": match_to_json(target.match, "en"),
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for target in targets
    ]
    return ("\n".join(lines) + "\n").encode()


def _custody(unit: Unit, exhibits: Sequence[Exhibit]) -> bytes:
    """The custody log of the exhibits as CSV with a UTF-8 mark, so that spreadsheets read it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["exhibit", "sha256", "source_url", "bytes", "at", "by", "act"])
    for exhibit in exhibits:
        piece = exhibit.evidence
        for entry in evidence.custody_of(unit, piece.evidence_id):
            if entry.act == "preserved":
                writer.writerow(
                    [
                        exhibit.number,
                        piece.sha256,
                        _plain_cell(piece.source_url),
                        piece.bytes_count,
                        entry.at.isoformat(),
                        _plain_cell(entry.by),
                        entry.act,
                    ]
                )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain_cell(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
