"""Taking in what people saved of their own browsing: the bytes first, then what they say.

A capture is gone through twice: for its pages, then for those of its pictures that the listings
found show. So it costs its own size and one part, whatever it unpacks to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from casework.context import Context
from casework.files import read_beside, read_file
from casework.intake import (
    known_listing,
    preserve_page,
    preserve_picture,
    preserve_upload,
    take_in,
)
from crawler.platforms import find_platform, find_system, in_shop, read_page
from crawler.reading import needs_rendering, platform_of
from crawler.reading.captures import (
    HEAD_BYTES,
    CapturedPage,
    CapturedPicture,
    Part,
    find_form,
    read_capture,
)
from domain.common import Refusal, RefusedInput, SuyuanError, UnreadablePicture
from domain.listings import Change, ListingRef, Sighting
from domain.pages import Page, PageKind
from domain.pictures import Picture

BY = "suyuan import"
"""Named in the custody log of what an import preserves."""
MAX_PAGES = 20_000
MAX_PICTURES = 40
"""Of one listing."""
MAX_PICTURE_BYTES = 20 * 1024 * 1024
_CLOCKS_DIFFER = timedelta(days=1)


class Source(IntEnum):
    """What said something of a listing; of one capture, the highest that knows it is taken."""

    LIST = 1
    """A list that shows it among others, in part: for listings that are not known."""
    SHOP_DATA = 2
    """What a shop system's API said, under keys of its own: for shops of which the capture has no
    listing's page."""
    DATA = 3
    """Data that a page's script asked for, or a page without its price, which comes as data."""
    DOCUMENT = 4
    """The page that a person saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureResult:
    """What became of one capture."""

    added: int
    """Listings that were not known."""
    updated: int
    """Listings that say something else than before."""
    unchanged: int
    other_pages: Mapping[PageKind, int]
    """Pages that are no listings, by kind."""
    pictures: int
    """Pictures of listings that the capture held."""
    refusals: tuple[Refusal, ...]


def import_capture(context: Context, path: Path, *, url: str | None = None) -> CaptureResult:
    """Import a HAR, MHTML, WARC, WACZ or saved HTML file; `url` is where an HTML page came from.

    The file's bytes are preserved before they are read, then each page's. Pages that do not tell
    when they were saved are of the file's own time. Importing a file again changes nothing.

    Raises: WrongUse when the file cannot be opened.
    """
    data = read_file(path)
    saved_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return take_in_capture(context, path.name, data, saved_at=saved_at, url=url, beside=path)


def take_in_capture(
    context: Context,
    name: str,
    data: bytes,
    *,
    saved_at: datetime,
    url: str | None = None,
    beside: Path | None = None,
) -> CaptureResult:
    """Take in a capture's bytes. `beside`: the file, where a folder of its pictures may lie by it.

    Nothing is raised for what the bytes hold.
    """
    form = find_form(name, data[:HEAD_BYTES])
    media_type = form.media_type if form else "application/octet-stream"
    preserve_upload(context, name, data, media_type=media_type)
    taking = _Taking(context, name)
    for part in read_capture(name, data, saved_at=saved_at, url=url):
        taking.see(part)
    taking.keep_pictures(read_capture(name, data, saved_at=saved_at, url=url))
    if beside is not None:
        taking.keep_pictures_beside(beside)
    return taking.finish()


@dataclass(slots=True)
class _Taking:
    """One capture on its way in."""

    context: Context
    name: str
    listings: dict[ListingRef, tuple[Source, list[Sighting]]] = field(default_factory=dict)
    sellers: list[Sighting] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    others: Counter[PageKind] = field(default_factory=Counter)
    pages: int = 0

    def see(self, part: Part) -> None:
        """Preserve and read a page; note what was refused."""
        if isinstance(part, Refusal):
            self.refusals.append(part)
        elif isinstance(part, CapturedPage) and self.pages <= MAX_PAGES and _is_to_be_read(part):
            self.pages += 1
            try:
                self._check(part.page)
                preserve_page(self.context, part.page, run_id=None, by=BY)
                self._read(part)
            except RefusedInput as refusal:
                place = refusal.where.removeprefix(part.page.url).removeprefix(": ")
                said = f"expected {refusal.expected}, got {refusal.got}"
                at = f"{place}: " if place and place != self.name else ""
                self._refuse(part.page.url, at + said)

    def keep_pictures(self, parts: Iterator[Part]) -> None:
        """Preserve and hash the pictures that the listings show."""
        wanted = set(self._shown())
        for part in parts:
            if isinstance(part, CapturedPicture) and part.url in wanted:
                wanted.remove(part.url)
                self._keep_picture(part.url, part.data, part.media_type, part.fetched_at)

    def keep_pictures_beside(self, path: Path) -> None:
        """Preserve pictures of the folder that a browser puts beside a page: <name>_files."""
        folders = {f"{path.stem}_files", f"{path.stem}.files"}
        for url, sighting in self._shown().items():
            *_, folder, file = ["", *unquote(urlsplit(url).path).split("/")]
            if url in self.pictures or folder not in folders:
                continue
            try:
                data = read_beside(path, f"{folder}/{file}", largest=MAX_PICTURE_BYTES)
            except SuyuanError as refusal:
                self._refuse("pictures", str(refusal))
                continue
            self._keep_picture(url, data, "application/octet-stream", sighting.fetched_at)

    def finish(self) -> CaptureResult:
        """Enter what was read into the histories, the oldest first."""
        changes: Counter[Change] = Counter()
        for sighting in self._to_take_in():
            shown = tuple(self.pictures.get(p.url, p) for p in sighting.pictures)
            change = take_in(self.context, replace(sighting, pictures=shown))
            if change is not None:
                changes[change] += 1
        return CaptureResult(
            added=changes[Change.NEW],
            updated=sum(
                changes[kind] for kind in (Change.CHANGED, Change.SOLD_OUT, Change.RELISTED)
            ),
            unchanged=changes[Change.UNCHANGED],
            other_pages=dict(self.others),
            pictures=len(self.pictures),
            refusals=tuple(self.refusals),
        )

    def _check(self, page: Page) -> None:
        if self.pages > MAX_PAGES:
            raise RefusedInput(
                expected=f"at most {MAX_PAGES} pages",
                got="more; they are left unread",
                where=self.name,
            )
        # A page of the future would stand above every later one for ever.
        if page.fetched_at > self.context.clock() + _CLOCKS_DIFFER:
            raise RefusedInput(
                expected="a page saved in the past",
                got=page.fetched_at.isoformat(),
                where=self.name,
            )

    def _read(self, captured: CapturedPage) -> None:
        page = captured.page
        if captured.without_pictures is not None:
            page = replace(page, rendered=captured.without_pictures)
        sighting = read_page(page)
        known = find_platform(page.url)
        if sighting.kind is PageKind.LISTING:
            has_price = sighting.offer is not None and sighting.offer.price is not None
            whole = Source.DOCUMENT if has_price else Source.DATA
            data = Source.DATA if known else Source.SHOP_DATA
            self._add(sighting, whole if captured.is_document else data)
            return
        if known is None and needs_rendering(page, sighting):
            # A capture of the network holds what the script was sent, not what it drew.
            raise RefusedInput(
                expected="a page with its text in it",
                got="one that a script draws; save it as MHTML (a single file)",
                where=self.name,
            )
        if captured.is_document or sighting.kind is not PageKind.OTHER:
            self.others[sighting.kind] += 1
        if sighting.kind is PageKind.SELLER:
            self.sellers.append(sighting)
        if sighting.kind is PageKind.SEARCH:
            self._read_list(page, is_document=captured.is_document)

    def _read_list(self, page: Page, *, is_document: bool) -> None:
        known = find_platform(page.url)
        system = None if known or is_document else find_system(page)
        reader = known or system
        if reader is None or reader.read_list is None:
            return
        whole = Source.SHOP_DATA if system else Source.DATA
        for shown in reader.read_list(page).sightings:
            sighting = in_shop(shown, platform_of(page.url)) if system else shown
            self._add(sighting, whole if reader.lists_are_whole else Source.LIST)

    def _add(self, sighting: Sighting, source: Source) -> None:
        best, sightings = self.listings.get(sighting.ref, (source, []))
        if source >= best:
            kept = sightings if source == best else []
            self.listings[sighting.ref] = (source, [*kept, sighting])

    def _to_take_in(self) -> list[Sighting]:
        """Return sightings in the order of time, sellers under the keys that their listings use."""
        shops = {ref.platform for ref, (best, _) in self.listings.items() if best >= Source.DATA}
        for ref, (best, _) in tuple(self.listings.items()):
            # A list tells less than the listing's own page did: it would read as a change.
            in_part = best is Source.LIST and known_listing(self.context, ref) is not None
            if in_part or (best is Source.SHOP_DATA and ref.platform in shops):
                del self.listings[ref]
        found = [one for _, sightings in self.listings.values() for one in sightings]
        keys = {
            one.seller.url: one.seller.seller_key for one in found if one.seller and one.seller.url
        }
        for page in self.sellers:
            if page.seller is not None:
                key = keys.get(page.url, page.seller.seller_key)
                found.append(replace(page, seller=replace(page.seller, seller_key=key)))
        return sorted(found, key=lambda one: one.fetched_at)

    def _shown(self) -> dict[str, Sighting]:
        """Return the addresses of pictures that listings show, each with one that shows it."""
        return {
            picture.url: sighting
            for _, sightings in self.listings.values()
            for sighting in sightings
            for picture in sighting.pictures[:MAX_PICTURES]
        }

    def _keep_picture(self, url: str, data: bytes, media_type: str, fetched_at: datetime) -> None:
        try:
            self.pictures[url] = preserve_picture(
                self.context,
                url=url,
                data=data,
                media_type=media_type,
                fetched_at=fetched_at,
                run_id=None,
                by=BY,
            )
        except UnreadablePicture as refusal:
            self._refuse("pictures", str(refusal))

    def _refuse(self, place: str, reason: str) -> None:
        self.refusals.append(Refusal(file=self.name, field=place[:300], reason=reason))


def _is_to_be_read(captured: CapturedPage) -> bool:
    """Tell pages, and data that a platform file can read, from data of anything else."""
    if captured.is_document:
        return True
    return find_platform(captured.page.url) is not None or find_system(captured.page) is not None
