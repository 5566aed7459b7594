"""Dossiers: the preserved bytes behind upheld flags, numbered and frozen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.context import Context
from domain.common import CaseId, Sha256, WrongUse, derive_id
from domain.evidence import Dossier, Evidence, EvidenceKind, Exhibit
from domain.forms import match_to_json, sighting_to_json
from domain.listings import Sighting
from domain.matches import Match
from domain.pictures import Picture, ReferencePicture
from domain.users import User
from storage import Unit, evidence, listings, matches, rights
from storage.flags import FlagRow

_EXTENSIONS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}
_CAPTIONS = {
    EvidenceKind.PAGE: ("网页原始数据", "Page as received"),
    EvidenceKind.RENDERED_PAGE: ("浏览器渲染后的网页", "Page as rendered"),
    EvidenceKind.PICTURE: ("商品图片", "Listing picture"),
    EvidenceKind.SCREENSHOT: ("网页截图", "Screenshot"),
    EvidenceKind.UPLOAD: ("导入文件", "Imported file"),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A dossier with the bytes to put into a package."""

    dossier: Dossier
    files: tuple[tuple[str, bytes], ...]
    """Exhibits, reference pictures, findings and custody log by path inside the package."""


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
    return Target(row=row, match=match, sighting=sighting, capture=capture, gone_at=gone_at)


def compile_dossier(
    context: Context, unit: Unit, user: User, case_id: CaseId, targets: Sequence[Target]
) -> Compilation:
    """Number the evidence of some targets and collect its bytes.

    The dossier's id comes of the case and the digests in it, so compiling it again gives the same.
    """
    exhibits: list[Exhibit] = []
    files: list[tuple[str, bytes]] = []
    for piece, caption in _pieces(unit, targets):
        number = len(exhibits) + 1
        extension = _EXTENSIONS.get(piece.media_type.partition(";")[0].strip().lower(), "bin")
        path = f"evidence/{number:03d}-{piece.kind.value}.{extension}"
        exhibits.append(Exhibit(number=number, caption=caption, file=path, evidence=piece))
        files.append((path, context.blobs.get(piece.sha256)))
    dossier = Dossier(
        dossier_id=derive_id(
            "dossier", case_id, *(exhibit.evidence.evidence_id for exhibit in exhibits)
        ),
        case_id=case_id,
        compiled_at=context.clock(),
        compiled_by=user.user_name,
        exhibits=tuple(exhibits),
    )
    files += _references(context, unit, targets)
    files.append(("findings.jsonl", _findings(targets)))
    files.append(("custody.csv", _custody(unit, exhibits)))
    return Compilation(dossier=dossier, files=tuple(files))


def _pieces(unit: Unit, targets: Sequence[Target]) -> Iterator[tuple[Evidence, str]]:
    """Go through the evidence of targets, each piece once."""
    seen: set[str] = set()
    for target in targets:
        wanted = [target.capture]
        captures = evidence.evidence_at(unit, target.capture.source_url, target.capture.captured_at)
        wanted += [one for one in captures if one.kind is EvidenceKind.RENDERED_PAGE]
        for picture in target.sighting.pictures:
            wanted += _capture_of(unit, picture)
        for piece in wanted:
            if piece.evidence_id not in seen:
                seen.add(piece.evidence_id)
                zh, en = _CAPTIONS[piece.kind]
                yield piece, f"{zh} {en}: {piece.source_url}"


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
            pictures.setdefault(picture.sha256, picture)
    return [
        (
            f"right/{number:03d}-{picture.role.value}.{_EXTENSIONS.get(picture.media_type, 'bin')}",
            context.blobs.get(picture.sha256),
        )
        for number, picture in enumerate(pictures.values(), 1)
    ]


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
