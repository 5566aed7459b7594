"""What an investigator saves while browsing, taken in on real databases.

The example marketplace is browsed by a real Chromium, which writes HAR and MHTML itself.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from casework.context import Context
from crawler import saved
from crawler.chromium import find_chromium, launch_arguments
from crawler.platforms import find_platform
from crawler.reading.captures import EMBEDDED
from crawler.saved import BY, CaptureResult, import_capture
from domain.common import digest
from domain.listings import ListingRef, Sighting
from domain.money import Money
from domain.pages import PageKind
from domain.sellers import SellerRef
from examples.marketplace import Marketplace, ShopListing, serve
from examples.marketplace.pictures import picture_addresses
from examples.marketplace.shops import SHOPS
from storage import evidence, listings, sellers
from tests.conftest import Clock
from tests.crawler.reading.captures import making
from tests.examples.visits import Visit, visit

_OF_EACH_SHOP = 4
# A shop system's shops have no host by which a capture could tell them.
_RECORDED = sorted(
    case
    for case in (Path(__file__).parent / "platforms").glob("*/*/about.json")
    if find_platform(json.loads(case.read_text("utf-8"))["url"])
)


@dataclass(frozen=True, kw_only=True)
class Browsed:
    """What a browser left behind, and what it was shown."""

    har: bytes
    mhtml: Mapping[ListingRef, bytes]
    plain: Mapping[ListingRef, ShopListing]
    scripted: Mapping[ListingRef, ShopListing]
    """Their pages are drawn by a script."""


@pytest.fixture(scope="module")
def marketplace() -> Iterator[Marketplace]:
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def browsed(marketplace: Marketplace, tmp_path_factory: pytest.TempPathFactory) -> Browsed:
    """Look at a shop's front and one of its sellers, then at some listings of each shop."""
    recording = tmp_path_factory.mktemp("browsed") / "session.har"
    plain, scripted = choose(marketplace, scripted=False), choose(marketplace, scripted=True)
    snapshots: dict[ListingRef, bytes] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_chromium()), args=launch_arguments()
        )
        context = browser.new_context(record_har_path=recording)
        page = context.new_page()
        session = context.new_cdp_session(page)
        page.goto(marketplace.base_urls["a"])
        page.goto(seller_url(marketplace, next(iter(plain.values()))))
        for ref, listing in {**plain, **scripted}.items():
            answer = page.goto(url_of(marketplace, listing))
            if answer is not None and answer.status == 429:  # as a person does: once more
                page.reload()
            if listing.scripted:
                page.wait_for_selector("h1")
                page.wait_for_function("[...document.images].every(one => one.complete)")
            snapshot = session.send("Page.captureSnapshot", {"format": "mhtml"})
            snapshots[ref] = snapshot["data"].encode()
        context.close()
        browser.close()
    return Browsed(har=recording.read_bytes(), mhtml=snapshots, plain=plain, scripted=scripted)


def choose(marketplace: Marketplace, *, scripted: bool) -> dict[ListingRef, ShopListing]:
    chosen: dict[ListingRef, ShopListing] = {}
    for shop, platform in marketplace.platforms.items():
        harmless = [
            one
            for one in marketplace.world.listings
            if one.shop == shop and one.scripted == scripted and one.pictures[0] == "product"
        ]
        for one in harmless[:_OF_EACH_SHOP]:
            chosen[ListingRef(platform=platform, listing_key=one.listing_key)] = one
    return chosen


def url_of(marketplace: Marketplace, listing: ShopListing) -> str:
    return marketplace.base_urls[listing.shop] + listing.path


def seller_url(marketplace: Marketplace, listing: ShopListing) -> str:
    path = SHOPS[listing.shop].seller_path(listing.seller.seller_key)
    return marketplace.base_urls[listing.shop] + path


@pytest.fixture
def take(tmp_path: Path, clock: Clock) -> Callable[..., CaptureResult]:
    """Write a capture to a file and import it, now."""
    clock.now = datetime.now(UTC)

    def take_file(context: Context, name: str, data: bytes, **given: Any) -> CaptureResult:
        path = tmp_path / name
        path.write_bytes(data)
        return import_capture(context, path, **given)

    return take_file


Take = Callable[..., CaptureResult]


def last_said(context: Context, ref: ListingRef) -> Sighting:
    with context.database.read() as unit:
        sighting = listings.latest_sighting(unit, ref)
    assert sighting is not None, ref
    return sighting


def check(context: Context, shown: Mapping[ListingRef, ShopListing]) -> None:
    """Compare what was kept of listings with what the marketplace had put into its pages."""
    for ref, listing in shown.items():
        sighting = last_said(context, ref)
        assert sighting.title == listing.title
        price = Money(amount_minor=int(listing.price * 100), currency=listing.currency)
        assert sighting.offer is not None
        assert sighting.offer.price == price
        assert sighting.seller is not None
        assert sighting.seller.seller_key == listing.seller.seller_key
        assert sighting.pictures[0].phash, f"{ref}: its picture is in the capture"
        for sha256 in (sighting.page_sha256, sighting.pictures[0].sha256):
            assert sha256 is not None
            assert digest(context.blobs.get(sha256)) == sha256


@pytest.mark.browser
def test_every_product_page_of_a_har_is_read(
    context: Context, browsed: Browsed, take: Take
) -> None:
    result = take(context, "session.har", browsed.har)
    assert result.added == len(browsed.plain)
    check(context, browsed.plain)
    # A shop that answers "too many requests" is asked again: the first answer is no listing.
    assert result.other_pages.keys() == {PageKind.SEARCH, PageKind.SELLER, PageKind.BLOCKED}
    assert result.pictures >= len(browsed.plain)
    # What a script drew is not in a HAR: each such page is named, with what to do about it.
    refused = {urlsplit(refusal.field or "").netloc for refusal in result.refusals}
    assert refused == {ref.platform for ref in browsed.scripted}
    assert len(result.refusals) == len(browsed.scripted)
    assert all("save it as MHTML" in refusal.reason for refusal in result.refusals)


@pytest.mark.browser
def test_a_seller_page_says_who_is_behind_the_listings(
    sqlite_context: Context, browsed: Browsed, take: Take
) -> None:
    take(sqlite_context, "session.har", browsed.har)
    ref, listing = next(iter(browsed.plain.items()))
    with sqlite_context.database.read() as unit:
        seller = sellers.find_seller(
            unit, SellerRef(platform=ref.platform, seller_key=listing.seller.seller_key)
        )
    assert seller is not None
    assert seller.company == listing.seller.company


@pytest.mark.browser
def test_every_mhtml_is_read_scripted_pages_as_well(
    context: Context, browsed: Browsed, take: Take
) -> None:
    for number, data in enumerate(browsed.mhtml.values()):
        result = take(context, f"{number}.mhtml", data)
        assert (result.added, result.refusals) == (1, ())
    check(context, {**browsed.plain, **browsed.scripted})


@pytest.mark.parametrize("name", ["all.warc", "all.warc.gz", "all.wacz"])
def test_every_product_page_of_an_archive_is_read(
    sqlite_context: Context, marketplace: Marketplace, take: Take, name: str
) -> None:
    shown = choose(marketplace, scripted=False)
    at = datetime.now(UTC).isoformat()
    records = [
        making.record(url=f"{marketplace.base_urls[one.shop]}{path}", block=block_of(answer), at=at)
        for one in shown.values()
        for path in (one.path, *picture_addresses(one))
        for answer in [visit(marketplace, one.shop, path)]
    ]
    data = b"".join(records) if name == "all.warc" else making.packed(*records)
    if name == "all.wacz":
        data = making.wacz({"archive/data.warc.gz": data})
    result = take(sqlite_context, name, data)
    assert (result.added, result.refusals) == (len(shown), ())
    check(sqlite_context, shown)


def block_of(answer: Visit) -> bytes:
    return making.answer(answer.body, {"Content-Type": answer.media_type}, answer.status)


@pytest.mark.browser
def test_the_file_is_preserved_before_it_is_read_and_importing_it_again_changes_nothing(
    context: Context, browsed: Browsed, take: Take, clock: Clock
) -> None:
    take(context, "session.har", browsed.har)
    clock.move(hours=1)
    again = take(context, "session.har", browsed.har)
    assert (again.added, again.updated, again.unchanged) == (0, 0, len(browsed.plain))
    sighting = last_said(context, next(iter(browsed.plain)))
    with context.database.read() as unit:
        (first,) = evidence.evidence_of_digest(unit, digest(browsed.har))
        (page,) = evidence.evidence_of_digest(unit, sighting.page_sha256 or digest(b""))
        assert (first.kind, first.source_url) == ("upload", "session.har")
        assert (page.kind, page.source_url) == ("page", sighting.url)
        assert page.captured_at == sighting.fetched_at
        assert [entry.by for entry in evidence.custody_of(unit, page.evidence_id)] == [BY]


@pytest.mark.parametrize("platform", sorted({case.parts[-3] for case in _RECORDED}))
def test_pages_of_known_platforms_are_read_by_their_files(
    sqlite_context: Context, take: Take, clock: Clock, platform: str
) -> None:
    """All recorded pages of a platform, its API's answers as well, in one capture."""
    entries: list[dict[str, Any]] = []
    shown: dict[ListingRef, str] = {}
    changed: list[str] = []
    for case in (case for case in _RECORDED if case.parts[-3] == platform):
        about = json.loads(case.read_text("utf-8"))
        entries.append(recorded(case.parent, about["fetched_at"]))
        clock.now = max(clock.now, datetime.fromisoformat(about["fetched_at"]))
        if "changed" in about:
            changed.append(about["changed"])
        else:
            expected = json.loads((case.parent / "expected.json").read_text("utf-8"))
            for one in expected.get("listings", [expected]):
                if one["kind"] == "listing":
                    ref = ListingRef(platform=one["platform"], listing_key=one["listing_key"])
                    shown[ref] = case.parent.name
    result = take(sqlite_context, "session.har", making.har(*entries))
    assert shown
    with sqlite_context.database.read() as unit:
        for ref, name in shown.items():
            assert listings.find_listing(unit, ref) is not None, f"{ref} of {name}"
    assert result.added == len(shown)
    assert len(result.refusals) == len(changed)
    for field, refusal in zip(changed, result.refusals, strict=True):
        assert field in refusal.reason


def recorded(folder: Path, at: str, **replaced: str) -> dict[str, Any]:
    """Return a recorded page of a platform as an entry of a HAR."""
    about = json.loads((folder / "about.json").read_text("utf-8"))
    (file,) = folder.glob("page.*")
    body = file.read_bytes()
    for old, new in replaced.items():
        body = body.replace(old.removeprefix("_").encode(), new.encode())
    return making.entry(
        about["url"],
        base64.b64encode(body).decode(),
        encoding="base64",
        kind=about["media_type"],
        status=about["status"],
        at=at,
    )


def test_of_one_listing_the_fullest_source_counts(sqlite_context: Context, take: Take) -> None:
    taobao = Path(__file__).parent / "platforms" / "taobao"
    of_list = recorded(taobao / "search_api", "2026-11-21T10:00:30Z", _82000000001="83000000001")
    page = recorded(taobao / "listing_2025", "2026-11-21T10:00:10Z")  # gets its price as data
    data = recorded(taobao / "listing_api", "2026-11-21T10:00:20Z")
    result = take(sqlite_context, "a.har", making.har(of_list, page, data))
    ref = ListingRef(platform="taobao", listing_key="83000000001")
    said = last_said(sqlite_context, ref)
    assert said.offer is not None
    assert said.offer.price == Money(amount_minor=12850, currency="CNY")
    assert "产地" in said.attributes, "not what the list said, which came last"
    others = result.added - 1
    assert others > 0, "the list's other listings are new"
    # A list tells of known listings nothing that their own pages did not.
    again = take(sqlite_context, "b.har", making.har(of_list))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 0)
    assert last_said(sqlite_context, ref) == said


@pytest.mark.parametrize(
    ("case", "listed"), [("shopify/listing", 1), ("woocommerce/search", 2), ("vendure/search", 2)]
)
def test_the_api_of_a_shop_counts_where_no_page_of_the_shop_does(
    sqlite_context: Context, take: Take, case: str, listed: int
) -> None:
    folder = Path(__file__).parent / "platforms" / case
    data = recorded(folder, "2026-11-21T10:00:00Z")
    url = data["request"]["url"]
    host = urlsplit(url).netloc
    page = making.entry(f"https://{host}/item/1", listing_page("青鲤堂桃酥"))
    both = take(sqlite_context, "both.har", making.har(data, page, data))
    assert (both.added, both.refusals) == (1, ())
    alone = take(sqlite_context, "alone.har", making.har(data))
    assert (alone.added, alone.refusals) == (listed, ())
    assert {ref.platform for ref in known(sqlite_context)} == {host}


def known(context: Context) -> set[ListingRef]:
    with context.database.read() as unit:
        return {sighting.ref for sighting in listings.latest_sightings(unit)}


def listing_page(title: str, key: str = "1", picture: str = "") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f'<img src="{picture}" width="600" height="600"><p class="price">¥19.90</p>'
        f"<button>加入购物车</button><p>商品编号：{key}</p></body></html>"
    )


def drawing() -> bytes:
    picture = Image.effect_mandelbrot((200, 200), (-2, -1.5, 1, 1.5), 40)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_a_page_saved_with_a_folder_brings_its_pictures(
    sqlite_context: Context, tmp_path: Path, take: Take
) -> None:
    url = "https://shop.example/item/1"
    folder = tmp_path / "青鲤堂 桃酥_files"
    folder.mkdir()
    (folder / "1.png").write_bytes(drawing())
    page = listing_page("青鲤堂桃酥", picture="./青鲤堂%20桃酥_files/1.png")
    head = f"<!-- saved from url=({len(url):04}){url} -->\n"
    result = take(sqlite_context, "青鲤堂 桃酥.html", (head + page).encode())
    assert (result.added, result.pictures, result.refusals) == (1, 1, ())
    ref = ListingRef(platform="shop.example", listing_key="1")
    assert last_said(sqlite_context, ref).pictures[0].sha256 == digest(drawing())


def test_a_folder_beside_the_page_is_never_left(
    sqlite_context: Context, tmp_path: Path, take: Take
) -> None:
    (tmp_path / "secret.png").write_bytes(drawing())
    page = listing_page("青鲤堂桃酥", picture="/a_files/..%2Fsecret.png")
    result = take(sqlite_context, "a.html", page.encode(), url="https://shop.example/item/1")
    assert (result.added, result.pictures) == (1, 0)


def test_pictures_inside_a_page_are_kept(sqlite_context: Context, take: Take) -> None:
    inside = "data:image/png;base64," + base64.b64encode(drawing()).decode()
    page = listing_page("青鲤堂桃酥", picture=inside).encode()
    result = take(sqlite_context, "a.html", page, url="https://shop.example/item/1")
    assert (result.added, result.pictures, result.refusals) == (1, 1, ())
    ref = ListingRef(platform="shop.example", listing_key="1")
    sighting = last_said(sqlite_context, ref)
    assert sighting.page_sha256 == digest(page), "the page as it was saved"
    assert sighting.pictures[0].url == EMBEDDED + digest(drawing())
    assert sighting.pictures[0].sha256 == digest(drawing())


def test_a_page_of_the_future_is_refused(sqlite_context: Context, take: Take) -> None:
    entries = [
        making.entry(text=listing_page("青鲤堂桃酥"), at=at)
        for at in ("2026-11-21T00:00:00Z", "2099-01-01T00:00:00Z")
    ]
    result = take(sqlite_context, "a.har", making.har(*entries))
    assert result.added == 1
    (refusal,) = result.refusals
    assert "a page saved in the past, got 2099" in str(refusal)


def test_pages_beyond_the_limit_are_refused_in_one_line(
    sqlite_context: Context, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MAX_PAGES", 3)
    urls = [f"https://shop.example/item/{number}" for number in range(6)]
    pages = [making.entry(url, listing_page(f"青鲤堂桃酥{url[-1]}")) for url in urls]
    result = take(sqlite_context, "a.har", making.har(*pages))
    assert result.added == 3
    assert [str(refusal) for refusal in result.refusals] == [
        f"a.har: {urls[3]}: expected at most 3 pages, got more; they are left unread"
    ]


def test_characters_that_no_database_keeps_do_no_harm(context: Context, take: Take) -> None:
    page = making.entry(text=listing_page("青鲤堂\0桃酥\ud800"))
    taobao = Path(__file__).parent / "platforms" / "taobao" / "listing_api"
    title = "雪岭松松茸".encode()
    data = recorded(taobao, "2026-11-21T10:00:20Z")
    text = base64.b64decode(data["response"]["content"]["text"])
    hostile = text.replace(title, title + rb"\u0000\ud800")
    assert hostile != text
    data["response"]["content"]["text"] = base64.b64encode(hostile).decode()
    assert take(context, "a.har", making.har(page, data)).added == 2


def test_an_unreadable_picture_is_refused_and_its_listing_kept(
    sqlite_context: Context, take: Take
) -> None:
    url = "https://shop.example/big.jpg"
    page = making.entry(text=listing_page("青鲤堂桃酥", picture=url))
    noise = base64.b64encode(b"no picture").decode()
    picture = making.entry(url, noise, encoding="base64", kind="image/jpeg")
    result = take(sqlite_context, "a.har", making.har(page, picture))
    assert (result.added, result.pictures) == (1, 0)
    assert "a picture" in str(result.refusals[0])
    with sqlite_context.database.read() as unit:
        assert evidence.evidence_of_digest(unit, digest(b"no picture")), "preserved all the same"


@pytest.mark.parametrize("name", ["a.har", "a.mhtml", "a.warc.gz", "a.wacz", "a.html", "a.txt"])
def test_what_is_no_capture_is_preserved_and_refused(
    sqlite_context: Context, take: Take, name: str
) -> None:
    data = bytes(range(256))
    result = take(sqlite_context, name, data)
    assert (result.added, result.updated, result.unchanged) == (0, 0, 0)
    assert len(result.refusals) == 1
    with sqlite_context.database.read() as unit:
        (piece,) = evidence.evidence_of_digest(unit, digest(data))
    assert piece.kind == "upload"
