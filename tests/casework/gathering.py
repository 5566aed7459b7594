"""A run as the crawler makes it: requests logged, pages preserved, listings taken in, captured."""

from __future__ import annotations

from casework.captures import keep_capture
from casework.context import Context
from casework.intake import preserve_page, take_in
from casework.runs import log_request, start_run
from domain.captures import Capture, Shot
from domain.common import Sha256, digest
from domain.listings import ListingRef, Provenance, Sighting
from domain.pages import Page, PageKind
from domain.runs import RequestEntry, Run, SpiderName
from domain.sellers import Seller
from tests.casework.conftest import PLATFORM

SHOP = f"https://{PLATFORM}"


def asked(url: str) -> Sha256:
    return digest(f"GET {url}".encode())


class Gathering:
    """One run."""

    def __init__(self, context: Context, spider: SpiderName = SpiderName.SEARCH) -> None:
        self.context = context
        self.run: Run = start_run(
            context,
            platform=PLATFORM,
            spider=spider,
            target=f"{SHOP}/",
            user_agent="Suyuan/0.1 (+bureau@example.org)",
            pace_s=1.0,
        )
        self.fetch(f"{SHOP}/robots.txt", robots="not_asked")
        self.fetch(f"{SHOP}/")

    def fetch(self, url: str, *, on: str | None = None, robots: str = "allowed") -> Page:
        """Log and preserve a page."""
        now = self.context.clock()
        body = f"<h1>{url}</h1> {now.isoformat()}".encode()
        page = Page(
            requested_url=url, url=url, status=200, fetched_at=now, body=body, sha256=digest(body)
        )
        entry = RequestEntry(
            run_id=self.run.run_id,
            url=url,
            at=now,
            robots=robots,
            status=200,
            bytes_count=len(body),
            sha256=page.sha256,
            asked=asked(url),
            found_on=asked(on) if on else None,
        )
        log_request(self.context, entry)
        preserve_page(self.context, page, run_id=self.run.run_id, by="suyuan crawler")
        return page

    def listing(self, key: str, title: str, *, on: str = f"{SHOP}/") -> ListingRef:
        """Gather a listing and its seller."""
        page = self.fetch(f"{SHOP}/item/{key}", on=on)
        seller = Seller(
            platform=PLATFORM, seller_key="s1", name="小李的店", url=f"{SHOP}/seller/s1"
        )
        sighting = Sighting(
            platform=PLATFORM,
            listing_key=key,
            url=page.url,
            requested_url=page.url,
            kind=PageKind.LISTING,
            fetched_at=page.fetched_at,
            title=title,
            category=("食品", "糕点"),
            seller=seller,
            page_sha256=page.sha256,
            provenance=Provenance(run=self.run.run_id),
        )
        take_in(self.context, sighting)
        return sighting.ref

    def capture(self, ref: ListingRef, *, mhtml: bytes | None = b"MIME-Version: 1.0") -> Capture:
        """Take a listing's page as a browser would."""
        url = f"{SHOP}/item/{ref.listing_key}"
        shot = Shot(
            url=url,
            taken_at=self.context.clock(),
            png=b"PNG of " + ref.listing_key.encode() + self.context.clock().isoformat().encode(),
            mhtml=mhtml,
            preview=b"JPEG",
            width=1366,
            height=16_000,
            page_height=30_000,
            browser="Chromium 150.0",
        )
        return keep_capture(
            self.context, ref, shot, run_id=self.run.run_id, found_on=asked(url), by="test"
        )
