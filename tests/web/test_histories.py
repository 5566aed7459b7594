"""What becomes of listings, as the pages of a flag, a run and the queue show it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from casework import intake, runs
from domain.common import RunId, Sha256
from domain.flags import Flag, flag_id_of
from domain.listings import Availability, ListingRef, Offer, Provenance
from domain.money import Money
from domain.runs import Outcome, OutcomeKind, SpiderName
from storage import Unit, flags, listings, matches
from tests.web.seeding import Desk
from tests.web.world import LISTINGS, SHOP

REF = LISTINGS[0][0].ref


def see(desk: Desk, *, key: str | None = None, run: RunId | None = None, **said: object) -> None:
    """Take in what the first listing says now, which is what it said last but for some fields."""
    with desk.context.database.read() as unit:
        last = listings.latest_sighting(unit, REF)
    assert last is not None
    now = replace(
        last,
        listing_key=key or last.listing_key,
        url=last.url if key is None else f"https://{SHOP}/item/{key}",
        fetched_at=desk.clock(),
        provenance=Provenance(run=run),
        **said,  # type: ignore[arg-type]
    )
    intake.take_in(desk.context, now)


def live(desk: Desk, run: RunId | None = None) -> None:
    """Dearer, sold out, gone, there again: a day between each."""
    dearer = Money(amount_minor=12800, currency="CNY")
    see(desk, run=run, offer=Offer(price=dearer, availability=Availability.IN_STOCK))
    desk.clock.move(days=1)
    see(desk, run=run, offer=Offer(price=dearer, availability=Availability.OUT_OF_STOCK))
    desk.clock.move(days=1)
    intake.mark_gone(desk.context, REF, desk.clock(), run)
    desk.clock.move(days=1)
    see(desk, run=run, title="N0RVIK 强光头灯 <新链接>", description="换新描述")


def read(desk: Desk, path: str) -> list[str]:
    """Return the rows of a page's tables as text, blanks joined."""
    page = desk.client.get(path).text
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", row)).split()) for row in rows]


def test_a_flag_shows_the_history_of_its_listing(desk: Desk, waiting_ids: list[str]) -> None:
    live(desk)
    desk.log_in("officer")
    path = f"/flags/{waiting_ids[0]}"
    rows = [row for row in read(desk, path) if row.startswith("2026")]
    assert [re.sub(r"^\S+ \S+ ", "", row) for row in rows] == [
        "Relisted Description N0RVIK 同款 强光头灯 户外夜钓 充电款 N0RVIK 强光头灯 <新链接>"
        " CN¥128.00 Out of stock",
        "Gone The page was not there any more.",
        "Sold out N0RVIK 同款 强光头灯 户外夜钓 充电款 CN¥128.00 In stock Out of stock",
        "Changed Other details N0RVIK 同款 强光头灯 户外夜钓 充电款 CN¥59.90 CN¥128.00 In stock",
        "First seen N0RVIK 同款 强光头灯 户外夜钓 充电款 CN¥59.90 In stock",
    ]
    page = desk.client.get(path).text
    assert "is there again since the visit on 2026-11-25 10:30" in page
    assert "<新链接>" not in page, "what a page says is text"


def test_a_listing_under_a_new_key_is_named_on_the_flag_of_the_old_one(
    desk: Desk, waiting_ids: list[str]
) -> None:
    intake.mark_gone(desk.context, REF, desk.clock())
    desk.clock.move(days=1)
    desk.log_in("officer")
    path = f"/flags/{waiting_ids[0]}"
    sentence = "The same seller put up a listing with the same title and pictures again:"
    assert sentence not in desk.client.get(path).text
    see(desk, key="a-99")
    page = desk.client.get(path).text
    assert sentence in page
    assert f'href="https://{SHOP}/item/a-99"' in page


def test_a_listing_under_a_new_key_names_the_one_that_it_was(desk: Desk) -> None:
    """The new one is flagged as well: it says the same."""
    intake.mark_gone(desk.context, REF, desk.clock())
    desk.clock.move(days=1)
    see(desk, key="a-99")
    ref = ListingRef(platform=SHOP, listing_key="a-99")
    with desk.context.database.write() as unit:
        [old] = matches.matches_of(unit, REF)
        new = replace(old, listing=ref, content_digest=content_of(unit, ref))
        matches.save_match(unit, new, desk.clock())
        flag = Flag(
            flag_id=flag_id_of(ref, new.right_id),
            listing=ref,
            right_id=new.right_id,
            match_id=new.match_id,
            raised_at=desk.clock(),
            score=new.score,
        )
        flags.raise_flag(unit, flag)
    desk.log_in("officer")
    page = desk.client.get(f"/flags/{flag.flag_id}").text
    assert "had a listing with the same title and pictures, which is gone:" in page
    assert page.count(f'href="https://{SHOP}/item/a-1"') == 2, "above, and in the history"
    assert "came back under a new address; before:" in page


def content_of(unit: Unit, ref: ListingRef) -> Sha256:
    listing = listings.find_listing(unit, ref)
    assert listing is not None
    return listing.content_digest


def test_an_older_capture_stands_in_its_place(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    now = desk.clock()
    desk.clock.move(days=-30)
    see(desk, title="旧标题")
    desk.clock.now = now
    rows = [row for row in read(desk, f"/flags/{waiting_ids[0]}") if row.startswith("2026")]
    assert "First seen" in rows[0]
    assert "Earlier capture, imported later 旧标题" in rows[1]


@pytest.mark.parametrize("query", ["relisted=1", "relisted=1&state=all", "relisted=true"])
def test_the_queue_narrows_to_what_was_relisted(
    desk: Desk, waiting_ids: list[str], query: str
) -> None:
    desk.log_in("officer")
    before = desk.client.get(f"/flags?{query}").text
    assert "No flag fits this filter" in before
    live(desk)
    desk.log_in("officer")
    page = desk.client.get(f"/flags?{query}").text
    assert [flag_id for flag_id in waiting_ids if f"/flags/{flag_id}" in page] == [waiting_ids[0]]
    assert "relisted=1" in page, "the way goes on within the filter"
    assert re.search(r'name="relisted" value="1" checked', page)
    everything = desk.client.get("/flags").text
    assert everything.count("is-relisted") == 1
    assert not re.search(r'name="relisted" value="1" checked', everything)


def test_a_run_shows_what_it_found_changed(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    run = runs.start_run(desk.context, platform=SHOP, spider=SpiderName.WATCH, target=SHOP)
    path = f"/runs/{run.run_id}"
    assert "Listings found changed" not in desk.client.get(path).text
    live(desk, run.run_id)
    desk.log_in("officer")
    see(desk, run=run.run_id, key="b-1", title="New, and no change")
    runs.finish_run(desk.context, run.run_id, [], {"not_modified": 3})
    rows = [row for row in read(desk, path) if "Open the flag" in row]
    kinds = [re.sub(r"^\S+ \S+ ", "", row).partition(" N0RVIK")[0] for row in rows]
    assert kinds == ["Relisted", "Gone", "Sold out", "Changed"]
    page = desk.client.get(path).text
    assert f"/flags/{waiting_ids[0]}" in page
    for name in ("New listings", "Listings relisted", "Not modified since the last visit"):
        assert name in page


@pytest.mark.parametrize(
    ("spider", "told"),
    [(SpiderName.WATCH, "Nothing due"), (SpiderName.SEARCH, "Nothing there")],
)
def test_of_a_watch_that_found_nothing_to_do_it_is_said_so(
    desk: Desk, spider: SpiderName, told: str
) -> None:
    desk.log_in("officer")
    run = runs.start_run(
        desk.context, platform="empty.example", spider=spider, target="empty.example"
    )
    nothing = Outcome(query=None, kind=OutcomeKind.NOTHING_THERE, listings=0)
    runs.finish_run(desk.context, run.run_id, [nothing], {})
    assert f">{told}<" in desk.client.get(f"/runs/{run.run_id}").text
    assert f">{told}<" in desk.client.get("/runs").text
