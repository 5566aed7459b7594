"""The requests behind an answer, found in a collection log."""

from __future__ import annotations

import pytest

from domain.common import RunId, Sha256, digest
from domain.lineage import Wanted, trace
from domain.runs import RequestEntry
from tests.conftest import START

SHOP, CDN = "https://shop.example", "https://cdn.example"


def asked(url: str) -> Sha256:
    return digest(f"GET {url}".encode())


def line(
    url: str, *, on: str | None = None, to: str | None = None, body: str | None = None,
    robots: str = "allowed", made: bool = False,
) -> RequestEntry:  # fmt: skip
    return RequestEntry(
        run_id=RunId("r"),
        url=url,
        at=START,
        robots=robots,
        status=302 if to else 200,
        bytes_count=0,
        sha256=None if to else digest((body or url).encode()),
        asked=None if made else asked(url),
        location=to,
        found_on=None if on is None else asked(on),
    )


LOG = (
    line(f"{SHOP}/robots.txt", robots="not_asked"),
    line(f"{SHOP}/"),
    line(f"{SHOP}/search?q=1", on=f"{SHOP}/"),
    line(f"{SHOP}/search?q=1&p=2", on=f"{SHOP}/search?q=1"),
    line(f"{SHOP}/search?q=2", on=f"{SHOP}/"),
    line(f"{SHOP}/item/1", on=f"{SHOP}/search?q=1"),
    line(f"{SHOP}/old/2", on=f"{SHOP}/search?q=1&p=2", to="/item/2"),
    line(f"{SHOP}/item/2", on=f"{SHOP}/search?q=1&p=2"),
    line(f"{CDN}/robots.txt", robots="not_asked"),
    line(f"{CDN}/1.jpg", body="one"),
    line(f"{CDN}/copy.jpg", body="one"),
    line(f"{SHOP}/seller/9", on=f"{SHOP}/item/2"),
    line(f"{SHOP}/x", on=f"{SHOP}/search?q=2", to="/login"),
    line(f"{SHOP}/login", on=f"{SHOP}/search?q=2"),
    line(f"{SHOP}/y", on=f"{SHOP}/search?q=1", to="/login"),
    line(f"{SHOP}/style.css", on=f"{SHOP}/item/1"),
    line(f"{SHOP}/item/1", on=f"{SHOP}/item/1", body="screenshot", made=True),
)
START_AND_ROBOTS = ["/", "/robots.txt"]


@pytest.mark.parametrize(
    ("url", "body", "behind"),
    [
        # The pages that led to it, up to the start; not the other listings on them.
        ("/item/1", None, ["/item/1", "/search?q=1", *START_AND_ROBOTS]),
        # A redirect on the way, and the pages of results before the one that named it.
        ("/item/2", None, ["/item/2", "/old/2", "/search?q=1", "/search?q=1&p=2",
                           *START_AND_ROBOTS]),
        # What a browser made: all that was asked to draw the page, and the page's own trail.
        ("/item/1", "screenshot", ["/item/1", "/item/1", "/search?q=1", "/style.css",
                                   *START_AND_ROBOTS]),
        # Two listings were redirected to one address: only the hop of the same trail counts.
        ("/login", None, ["/login", "/search?q=2", "/x", *START_AND_ROBOTS]),
    ],
)  # fmt: skip
def test_the_requests_behind_a_page(url: str, body: str | None, behind: list[str]) -> None:
    piece = (SHOP + url, digest((body or SHOP + url).encode()))
    found = trace(LOG, Wanted(pieces={piece}))
    assert sorted(entry.url.removeprefix(SHOP) for entry in found.entries) == sorted(behind)
    assert found.missing == frozenset()


def test_a_picture_counts_at_its_own_address_else_by_its_bytes() -> None:
    def urls(url: str) -> list[str]:
        found = trace(LOG, Wanted(pieces={(url, digest(b"one"))}))
        return [entry.url.removeprefix(CDN) for entry in found.entries]

    assert urls(f"{CDN}/1.jpg") == ["/robots.txt", "/1.jpg"]
    assert urls(f"{CDN}/redirected.jpg") == ["/robots.txt", "/1.jpg", "/copy.jpg"]


def test_a_seller_counts_by_address_and_what_another_run_saw_is_missing() -> None:
    found = trace(LOG[5:], Wanted(urls=[f"{SHOP}/seller/9"]))
    assert f"{SHOP}/seller/9" in {entry.url for entry in found.entries}
    assert found.missing == {asked(f"{SHOP}/search?q=1&p=2")}
    taken_over = trace(LOG, Wanted(asked=set(found.missing)))
    assert taken_over.entries[-1].url == f"{SHOP}/search?q=1&p=2"


def test_lines_stay_in_the_order_of_the_log_and_circles_end() -> None:
    circle = (line("https://a.example/1", on="https://a.example/2"),
              line("https://a.example/2", on="https://a.example/1", to="//[broken"))  # fmt: skip
    found = trace(circle, Wanted(urls=["https://a.example/2"]))
    assert found.entries == circle
